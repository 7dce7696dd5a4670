"""`content/articles/*.md`: a head in YAML between two lines `---`, then pages of plain text with `---` between them.

The last line of a page is `sources: [...]`. What is read becomes one node, as if all of it were YAML, so that every
check and every search finds a text with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.script.articles import MAX_PAGES, Article, Page
from bot.script.document import Items, Mapped, Node, Scalar, compose
from bot.script.library_shapes import ArticleShape, PageShape
from bot.script.problems import Place, Problem, Problems, ScriptError
from bot.script.shaped import shaped
from bot.script.vocabulary import refuse_name

ARTICLES = "content/articles/"
ENDING = ".md"
PAGES = "pages"
_BREAK = re.compile(r"-{3,}\s*")
_MARKS = (
    (re.compile(r"\*\*|__|(?<!\w)[*_](?=\w)|~~|`"), "a sign for bold or slanted letters"),
    (re.compile(r"^\s*#"), "a '#' for a heading"),
    (re.compile(r"^\s*[-*+] "), "a list with '-' or '*'"),
    (re.compile(r"\[[^\]]*\]\([^)]*\)|https?://"), "a link"),
    (re.compile(r"<[A-Za-z/]"), "a '<'"),
    (re.compile(r"^\s*>"), "a '>'"),
)
_PLAIN = "Write plain text; a line of a list begins with •."


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines of a file, from number `start` (counted from 1)."""

    start: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def compose_article(text: str, file: str) -> Mapped:
    """Read the file as one node with the names of the head and `pages`; raises ScriptError with the first mistake."""
    lines = text.splitlines()
    breaks = [number for number, line in enumerate(lines) if _BREAK.fullmatch(line)]
    before = lines[: breaks[0]] if breaks else lines
    strange = next((number for number, line in enumerate(before, 1) if line.strip() and line[0] != "#"), None)
    if len(breaks) < 2 or strange is not None:
        what = "the head of the article is not between two lines '---'."
        raise ScriptError([Problem(Place(file, strange or 1), what, "Compare the file with another article.")])
    head = _composed(_Block(breaks[0] + 2, tuple(lines[breaks[0] + 1 : breaks[1]])), file)
    if not isinstance(head, Mapped):
        what = "the head of the article is not written as 'name: value'."
        raise ScriptError([Problem(head.place, what, "Write one name and value in each line.")])
    pages = tuple(_page(block, file) for block in _blocks(lines, breaks[1:]))
    place = Place(file, breaks[1] + 1)
    return Mapped({**head.entries, PAGES: Items(pages, place)}, {**head.keys, PAGES: place}, head.place)


def load_article(node: Node, stem: str, problems: Problems) -> Article | None:
    """Read one article; None after a mistake."""
    if not isinstance(node, Mapped):
        return None
    pages = node.entries.get(PAGES)
    head = Mapped({name: one for name, one in node.entries.items() if name != PAGES}, node.keys, node.place)
    shape = shaped(ArticleShape, head, problems, "the head of the article")
    read = tuple(_read_pages(pages, problems)) if isinstance(pages, Items) else ()
    if shape is None:
        return None
    refuse_name(shape.article, node.keys["article"], problems)
    if shape.article != stem:
        what = f"the article is called '{shape.article}', but the file '{stem}{ENDING}'."
        problems.add(node.keys["article"], what, "Give both the same name.")
    if len(read) > MAX_PAGES:
        what = f"the article has {len(read)} pages; {MAX_PAGES} is the limit."
        problems.add(read[MAX_PAGES].place, what, "Shorten it, or make two articles of it.")
    return Article(
        shape.article,
        shape.title,
        shape.label,
        read,
        (shape.reviewed.by, shape.reviewed.on),
        node.place,
        tuple(shape.words),
    )


def _blocks(lines: list[str], breaks: list[int]) -> Iterator[_Block]:
    for begin, end in zip(breaks, [*breaks[1:], len(lines)], strict=True):
        yield _Block(begin + 2, tuple(lines[begin + 1 : end]))


def _composed(block: _Block, file: str) -> Node:
    """The YAML of a block, with the lines of the whole file."""
    return compose("\n" * (block.start - 1) + block.text, file)


def _page(block: _Block, file: str) -> Mapped:
    """A page as `text` and what its last line says."""
    written = [number for number, line in enumerate(block.lines) if line.strip()]
    if not written:
        what = "a page of the article is empty."
        raise ScriptError([Problem(Place(file, block.start - 1), what, "Write its text, or take one '---' out.")])
    last = written[-1]
    text = "\n".join(block.lines[:last]).strip("\n")
    place = Place(file, block.start + written[0])
    if not block.lines[last].startswith("sources:") or not text.strip():
        where = Place(file, block.start + last)
        what = "the page does not end with its sources." if text.strip() else "the page has sources and no text."
        raise ScriptError([Problem(where, what, "Write 'sources: [name, name]' in a line of its own below the text.")])
    below = _composed(_Block(block.start + last, (block.lines[last],)), file)
    entries: Mapping[str, Node] = below.entries if isinstance(below, Mapped) else {}
    # The place of a text under '|' is the line above it.
    scalar = Scalar(text, Place(file, place.line - 1), block=True)
    keys = below.keys if isinstance(below, Mapped) else {}
    return Mapped({"text": scalar, **entries}, {"text": place, **keys}, place)


def _read_pages(pages: Items, problems: Problems) -> Iterator[Page]:
    for node in pages.parts:
        if not isinstance(node, Mapped):
            continue
        text = node.entries["text"]
        below = Mapped({"sources": node.entries["sources"]}, node.keys, node.place)
        shape = shaped(PageShape, below, problems, "the page")
        if isinstance(text, Scalar) and shape is not None:
            _check_marks(text, problems)
            yield Page(text.text, tuple(shape.sources), node.place)


def _check_marks(text: Scalar, problems: Problems) -> None:
    """Note signs that a parent would see as they stand: nothing turns them into bold letters or headings."""
    for number, line in enumerate(text.text.splitlines(), 1):
        for pattern, name in _MARKS:
            if pattern.search(line):
                place = Place(text.place.file, text.place.line + number)
                problems.add(place, f"parents would read {name} as it stands.", _PLAIN)
                return
