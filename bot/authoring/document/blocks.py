"""What the document is made of, before it becomes Markdown or pages: headings, texts, tables, places to sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Heading:
    """A chapter (1), a section of it (2), or one thing in a section (3); a chapter begins on a new page."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph of the document itself."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """Short points of the document itself."""

    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """What is to be known of the thing above, each with its name: condition, level, sources."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A text as parents read it, with its running number, its name, what it is, and its sources."""

    number: int
    id: str
    what: str
    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """A button or another short wording: like a text, but a line of a table; `tells` is what follows from it."""

    number: int
    id: str
    text: str
    tells: str


@dataclass(frozen=True, slots=True)
class Labels:
    """The buttons of one question, or other short wordings, as a table."""

    rows: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Any other table; `widths` are the shares of the columns, with `room` empty cells are there to be written in."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    room: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a picture, from one height to another, as SVG."""

    svg: str
    height: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture in pieces of one width, one below the other: a page may end between two of them."""

    title: str
    width: int
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Sign:
    """A place to sign for one thing, with the fingerprint of what it is now, and who signed it already."""

    id: str
    covers: str
    state: str


Block = Heading | Para | Bullets | Fields | Told | Labels | Table | Figure | Sign


@dataclass(frozen=True, slots=True)
class Front:
    """The first page: what this is, which version, from which day, and who should read what."""

    title: str
    version: str
    date: str
    facts: tuple[tuple[str, str], ...]
    warning: str
    intended_use: str
    readers: tuple[tuple[str, str], ...]
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The whole document."""

    front: Front
    blocks: tuple[Block, ...] = field(default_factory=tuple)

    def ids(self) -> Iterator[str]:
        """The name of every text, in the order in which they stand here."""
        for block in self.blocks:
            match block:
                case Told():
                    yield block.id
                case Labels():
                    yield from (row.id for row in block.rows)
                case _:
                    pass
