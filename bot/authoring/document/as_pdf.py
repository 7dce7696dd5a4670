"""The document as pages: typst sets them, from data that it never takes for markup.

Only the fonts that typst brings are used, so that the same document gives the same bytes on every machine. They have no
letters for some languages; their emergency words stand in the Markdown alone, and the pages say so.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, time
from importlib import import_module
from importlib.resources import files
from types import ModuleType

from bot.authoring.document.blocks import Block, Document, Table
from bot.errors import SteadyError

TEMPLATE = "pages.typ"
NO_LETTERS = (
    (0x0590, 0x08FF),
    (0x0900, 0x0DFF),
    (0x0E00, 0x0FFF),
    (0x3040, 0x30FF),
    (0x3400, 0x9FFF),
    (0xAC00, 0xD7AF),
)
"""Scripts of which the fonts have no letters that join as they should: Hebrew, Arabic, those of India, Thai, Japanese,
Chinese, Korean."""

_UNSHOWN = "(letters that these pages cannot show: see the Markdown, or content/words.yaml)"


class DocumentError(SteadyError):
    """The document cannot be made on this machine."""


def as_pdf(document: Document) -> bytes:
    """The pages as PDF; the same document gives the same bytes. Raises DocumentError where typst is missing."""
    noon = datetime.combine(date.fromisoformat(document.front.date), time(12), UTC)
    pages = need_typst().compile(**_arguments(document), format="pdf", timestamp=int(noon.timestamp()))
    return bytes(pages)


def as_pictures(document: Document, *, dots: float = 60) -> list[bytes]:
    """Each page as PNG, with this many dots an inch."""
    pages = need_typst().compile(**_arguments(document), format="png", ppi=dots)
    return [bytes(one) for one in pages] if isinstance(pages, list) else [bytes(pages)]


def pages_of(document: Document) -> dict[str, int]:
    """On which page, from 1, each heading stands; of two that say the same, the first."""
    found = json.loads(need_typst().query(**_arguments(document), selector="<page-of>", field="value"))
    pages: dict[str, int] = {}
    for heading, page in found:
        pages.setdefault(heading, page)
    return pages


def _arguments(document: Document) -> dict[str, object]:
    template = files("bot.authoring.document").joinpath(TEMPLATE).read_bytes()
    return {"input": template, "sys_inputs": {"data": as_data(document)}, "ignore_system_fonts": True}


def as_data(document: Document) -> str:
    """What the template reads: the first page, and each block with its kind."""
    blocks = [{"kind": type(one).__name__.lower(), **asdict(one)} for one in map(_shown, document.blocks)]
    return json.dumps({"front": asdict(document.front), "blocks": blocks}, ensure_ascii=False)


def _shown(block: Block) -> Block:
    if not isinstance(block, Table):
        return block
    rows = tuple(tuple(_UNSHOWN if unshown(cell) else cell for cell in row) for row in block.rows)
    if rows == block.rows:
        return block
    # One line is enough to say it.
    kept = [row for row in rows if _UNSHOWN not in row]
    first = next(row for row in rows if _UNSHOWN in row)
    return replace(block, rows=(*kept, first))


def unshown(text: str) -> bool:
    """Whether a text has letters that the fonts do not have."""
    return any(low <= ord(letter) <= high for letter in text for low, high in NO_LETTERS)


def need_typst() -> ModuleType:
    """What sets the pages; raises DocumentError where it is not installed."""
    try:
        return import_module("typst")
    except ImportError:
        raise DocumentError(
            "pages need one more package.",
            where="steady document --pdf",
            cure="Install the extras: pip install 'steady-bot[document,draw]'; or leave --pdf out.",
        ) from None
