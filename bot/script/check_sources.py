"""Where each medical text comes from: `content/sources.yaml`, and places such as `tremor:36`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.script.document import Items, Mapped, Node, Scalar
from bot.script.foundation import SOURCES
from bot.script.problems import Place, Problems, did_you_mean
from bot.script.script import Script
from bot.script.shaped import section, shaped
from bot.script.shapes import SourceShape

_PLACE = re.compile(r"([a-z]+):(\d+)")
GENERAL = "general knowledge: "


@dataclass(frozen=True, slots=True)
class Sources:
    """The names that a text may cite."""

    names: frozenset[str]
    documents: frozenset[str]


def load_sources(node: Node, problems: Problems) -> Sources:
    """Read the names of all sources."""
    part = section(node, "sources", problems, "Add 'sources:' with a name for each.")
    if part is None:
        return Sources(frozenset(), frozenset())
    shapes = {name: shaped(SourceShape, entry, problems, f"source '{name}'") for name, entry in part.entries.items()}
    documents = frozenset(name for name, shape in shapes.items() if shape is not None and shape.kind == "document")
    return Sources(frozenset(part.entries), documents)


def check_sources(_script: Script, nodes: Mapping[str, Node], problems: Problems) -> None:
    """Note every citation of a source that is not listed."""
    if SOURCES not in nodes:
        return
    sources = load_sources(nodes[SOURCES], Problems())
    for path, node in nodes.items():
        if path == SOURCES:
            continue
        for cited, place in _citations(node):
            _check(sources, cited, place, problems)


def _check(sources: Sources, cited: str, place: Place, problems: Problems) -> None:
    found = _PLACE.fullmatch(cited)
    if found is not None:
        if found[1] not in sources.documents:
            problems.unknown(place, "document", found[1], sources.documents)
        return
    if cited in sources.names or cited.startswith(GENERAL):
        return
    known = {*sources.names, *(f"{name}:1" for name in sources.documents)}
    problems.add(
        place,
        f"'{cited}' is not in content/sources.yaml.",
        f"{did_you_mean(cited, known)} (Or add it there.)",
        about=("source", cited),
    )


def _citations(node: Node) -> Iterator[tuple[str, Place]]:
    if isinstance(node, Items):
        for part in node.parts:
            yield from _citations(part)
    if isinstance(node, Mapped):
        for name, value in node.entries.items():
            if name == "sources" and isinstance(value, Items):
                for part in value.parts:
                    if isinstance(part, Scalar):
                        yield part.text, part.place
            else:
                yield from _citations(value)
