"""`steady find`: where a wording or a name stands, and which chats show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.authoring.chat_index import Listed
from bot.script.document import Items, Mapped, Node, Scalar
from bot.script.problems import Place

MAX_CHATS = 10
_WIDTH = 100
_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "\N{NO-BREAK SPACE}": " "})
_UNNAMED = (
    "questions",
    "checklists",
    "texts",
    "options",
    "bands",
    "items",
    "levels",
    "steps",
    "plan",
    "rules",
    "gates",
)
"""Parts of a file that need not be named to say where something stands."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One place: which part of the file it is, and what is written there."""

    place: Place
    part: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.part}: {self.text}" if self.part else f"{self.place}: {self.text}"


def find_text(nodes: Mapping[str, Node], wanted: str) -> list[Hit]:
    """Every text and every name that holds the wanted words; capitals, breaks and kinds of quotes do not matter."""
    needle = flat(wanted)
    return [hit for path in sorted(nodes) for hit in _in(nodes[path], needle, ())] if needle else []


def find_chats(chats: list[Listed], wanted: str) -> list[Listed]:
    """The chats whose transcript shows it."""
    needle = flat(wanted)
    return [one for one in chats if needle in flat(one.conversation.transcript or "")]


def flat(text: str) -> str:
    """The text without what makes no difference to a reader."""
    return " ".join(text.translate(_SAME).split()).casefold()


def _in(node: Node, needle: str, path: tuple[str, ...]) -> Iterator[Hit]:
    match node:
        case Scalar():
            if needle in flat(node.text):
                yield Hit(
                    _line(node, needle), ", ".join(name for name in path if name not in _UNNAMED), _shown(node.text)
                )
        case Items(parts):
            for part in parts:
                yield from _in(part, needle, path)
        case Mapped(entries, keys):
            for name, value in entries.items():
                if needle == flat(name):
                    inside = ", ".join(one for one in path if one not in _UNNAMED)
                    yield Hit(keys[name], inside, f"{name}: ...")
                yield from _in(value, needle, (*path, name))


def _line(node: Scalar, needle: str) -> Place:
    """The line in which the words begin; a text under '|' begins one line further down."""
    if not node.block:
        return node.place
    lines = node.text.splitlines()
    last = max((number for number in range(len(lines)) if needle in flat("\n".join(lines[number:]))), default=0)
    return Place(node.place.file, node.place.line + 1 + last)


def _shown(text: str) -> str:
    shown = " ".join(text.split())
    return shown if len(shown) <= _WIDTH else f"{shown[:_WIDTH].rsplit(' ', 1)[0]} ..."


def told(hits: list[Hit], chats: list[Listed], wanted: str) -> Iterator[str]:
    """What was found, in lines."""
    if not hits and not chats:
        yield f"Nothing says '{wanted}'."
    yield from map(str, hits)
    yield from chat_lines("Chats that show it:", chats)


def chat_lines(title: str, chats: list[Listed]) -> Iterator[str]:
    """Some chats by file, line and claim."""
    if chats:
        yield ""
        yield title
        yield from (f"  {one.place}: {one.conversation.chat}" for one in chats[:MAX_CHATS])
        if len(chats) > MAX_CHATS:
            yield f"  and {len(chats) - MAX_CHATS} more"
