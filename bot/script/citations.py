"""Which part of the scripts cites which source: every list `sources`, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.script.document import Items, Mapped, Node, Scalar
from bot.script.problems import Place

SOURCES = "sources"
PHRASES = "content/phrases.yaml"
"""Here one list `sources` names them for each phrase that needs any: most phrases only lead through the chat."""

_DOCUMENT_PLACE = re.compile(r"([a-z]+):(\d+)")
_SECTIONS = {
    "content/red_flags.yaml": ("rules",),
    "content/gates.yaml": ("gates", "always_said"),
    "content/withheld.yaml": ("passages",),
}
"""Files whose entries have a name that is known everywhere, such as F-01, and the parts in which these stand."""

_OF_A_DIALOG = ("questions", "checklists", "texts")


@dataclass(frozen=True, slots=True)
class Citation:
    """One source as it is written, where it is written, and the home that it belongs to, such as `episode.state`."""

    source: str
    place: Place
    home: str


@dataclass(frozen=True, slots=True, order=True)
class DocumentPlace:
    """A line of one of the documents, written `tremor:36`."""

    document: str
    line: int

    def __str__(self) -> str:
        return f"{self.document}:{self.line}"


def document_place(source: str) -> DocumentPlace | None:
    """The line of a document that a source names; None where it is the name of something else."""
    found = _DOCUMENT_PLACE.fullmatch(source)
    return None if found is None else DocumentPlace(found[1], int(found[2]))


def citations(nodes: Mapping[str, Node]) -> Iterator[Citation]:
    """Every source that is cited in these files, in their order."""
    for file, node in nodes.items():
        yield from _citations(file, node, ())


def home_of(file: str, path: tuple[str, ...]) -> str:
    """The name of the home at `path` of a file; steps of lists are named by their `id`.

    Rules, lines of gates and withheld passages have names of their own (F-01, M-05, U-12). Dialogs, their questions,
    lists and texts are `episode` and `episode.state`, how-tos and their steps `howto.bath` and `howto.bath.water`.
    All else is named by its file and where it stands there: `outcomes.advice.film_it`; phrases are `phrases.card`,
    articles `articles.causes`.
    """
    folders = file.split("/")[1:]
    stem = folders.pop().rsplit(".", 1)[0]
    if path and path[0] in _SECTIONS.get(file, ()) and len(path) > 1:
        # A line of a gate is known by its own id, such as M-05.
        return path[-1]
    if file.startswith("dialogs/") and path and path[0] in _OF_A_DIALOG:
        path = path[1:]
    if file.startswith("content/howto/") and path and path[0] == "steps":
        path = path[1:]
    if file.startswith("content/articles/"):
        # A doctor looks for the article; the page is found at a glance.
        path = ()
    return ".".join([*folders, stem, *path])


def _citations(file: str, node: Node, path: tuple[str, ...]) -> Iterator[Citation]:
    if isinstance(node, Items):
        for number, part in enumerate(node.parts):
            yield from _citations(file, part, (*path, _name(part, number)))
    if isinstance(node, Mapped):
        for name, value in node.entries.items():
            if name == SOURCES and isinstance(value, Items):
                yield from (Citation(one.text, one.place, home_of(file, path)) for one in _named(value))
            elif name == SOURCES and isinstance(value, Mapped) and file == PHRASES:
                for phrase, listed in value.entries.items():
                    yield from (Citation(one.text, one.place, f"phrases.{phrase}") for one in _named(listed))
            else:
                yield from _citations(file, value, (*path, name))


def sources_at(nodes: Mapping[str, Node], file: str, path: Sequence[str | int]) -> tuple[str, ...]:
    """What the text at `path` of a file cites: the list nearest around it; empty where there is none."""
    node = nodes.get(file)
    if isinstance(node, Mapped) and file == PHRASES:
        listed = node.entries.get(SOURCES)
        node = listed.entries.get(str(path[-1])) if isinstance(listed, Mapped) and path else None
        return () if node is None else tuple(one.text for one in _named(node))
    found: tuple[str, ...] = ()
    for step in (*path, None):
        listed = node.entries.get(SOURCES) if isinstance(node, Mapped) else None
        if isinstance(listed, Items):
            found = tuple(one.text for one in _named(listed))
        if isinstance(node, Mapped):
            node = node.entries.get(str(step))
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.parts):
            node = node.parts[step]
        else:
            node = None
    return found


def _named(node: Node) -> Iterator[Scalar]:
    """The names in a list of sources."""
    return (part for part in node.parts if isinstance(part, Scalar)) if isinstance(node, Items) else iter(())


def _name(part: Node, number: int) -> str:
    """The id of one part of a list, or its number from 0."""
    named = part.entries.get("id") if isinstance(part, Mapped) else None
    return named.text if isinstance(named, Scalar) else str(number)
