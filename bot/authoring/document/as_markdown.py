"""The document as Markdown: for reading on a screen, and for comparing two versions line by line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.authoring.document.blocks import (
    Block,
    Bullets,
    Document,
    Fields,
    Figure,
    Front,
    Heading,
    Labels,
    Para,
    Sign,
    Table,
    Told,
)

_MEANT = re.compile(r"([\\`*_{}\[\]<>#|])")


def as_markdown(document: Document) -> str:
    """The whole document as one page."""
    parts = ["\n".join(_front(document.front)), *("\n".join(_block(one)) for one in document.blocks)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _front(front: Front) -> Iterator[str]:
    yield f"# {front.title}"
    yield ""
    for name, value in front.facts:
        yield f"- {name}: **{_plain(value)}**"
    yield ""
    yield f"**{front.warning}**"
    yield ""
    yield _plain(front.intended_use)
    yield ""
    yield "Who should read what:"
    yield ""
    yield from _table(("Reader", "What"), front.readers)
    yield ""
    yield "How to comment:"
    yield ""
    yield from (f"- {_plain(one)}" for one in front.comments)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield f"{'#' * (level + 1)} {_plain(text)}"
        case Para(text):
            yield _plain(text)
        case Bullets(points):
            yield from (f"- {_plain(one)}" for one in points)
        case Fields(rows):
            yield from (f"- {_plain(name)}: {_plain(value)}".replace("\n", "  \n  ") for name, value in rows)
        case Told():
            yield f"**{block.number}** `{block.id}` {_plain(block.what)}"
            yield ""
            yield from (f"> {_plain(line)}".rstrip() + "  " * bool(line) for line in block.text.splitlines())
            if block.sources:
                yield ""
                yield f"Sources: {_plain('; '.join(block.sources))}"
        case Labels(rows):
            shown = ((f"**{row.number}**", _plain(row.text), _plain(row.tells), f"`{row.id}`") for row in rows)
            yield from _rows(("No.", "Words", "What follows", "Name"), shown)
        case Table(head, rows):
            yield from _table(head, rows)
        case Figure():
            yield f"(The picture stands in the PDF; or draw it: `steady draw {block.title}`.)"
        case Sign():
            yield f"Sign {_plain(block.id)}, fingerprint `{block.covers}`: {_plain(block.state)}."
            yield ""
            yield "\u2610 agree  \u2610 change: ____________  name: ____________  date: ________"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield from _rows(head, (tuple(_plain(cell) for cell in row) for row in rows))


def _rows(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    for row in rows:
        yield f"| {' | '.join(cell.replace(chr(10), '<br>') for cell in row)} |"


def _plain(text: str) -> str:
    """The text such that no sign in it is taken for Markdown."""
    return _MEANT.sub(r"\\\1", text)
