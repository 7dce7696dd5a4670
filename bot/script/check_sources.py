"""Where each medical text comes from: `content/sources.yaml`, and places such as `tremor:36`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.script.citations import citations, document_place
from bot.script.document import Node
from bot.script.foundation import SOURCES
from bot.script.problems import Place, Problems, did_you_mean
from bot.script.script import Script
from bot.script.shaped import section, shaped
from bot.script.shapes import SourceShape

DOCUMENT = "document"
GENERAL = "general knowledge"


@dataclass(frozen=True, slots=True)
class Sources:
    """The names that a text may cite, and the file of each document."""

    names: frozenset[str]
    documents: Mapping[str, str]


def load_sources(node: Node, problems: Problems) -> Sources:
    """Read the names of all sources."""
    part = section(node, "sources", problems, "Add 'sources:' with a name for each.")
    if part is None:
        return Sources(frozenset(), {})
    shapes = {name: shaped(SourceShape, entry, problems, f"source '{name}'") for name, entry in part.entries.items()}
    for name, shape in shapes.items():
        if shape is not None:
            _complete(name, shape, part.keys[name], problems)
    documents = {
        name: shape.file or "" for name, shape in shapes.items() if shape is not None and shape.kind == DOCUMENT
    }
    return Sources(frozenset(part.entries), documents)


def source_shapes(nodes: Mapping[str, Node]) -> Mapping[str, SourceShape]:
    """Everything that is known about each source."""
    part = section(nodes[SOURCES], "sources", Problems(), "") if SOURCES in nodes else None
    entries = {} if part is None else part.entries
    shapes = {name: shaped(SourceShape, entry, Problems(), name) for name, entry in entries.items()}
    return {name: shape for name, shape in shapes.items() if shape is not None}


def _complete(name: str, shape: SourceShape, place: Place, problems: Problems) -> None:
    """Note what a clinician would miss who wants to look a source up."""
    general = shape.kind == GENERAL
    if shape.kind == DOCUMENT and shape.file is None:
        problems.add(place, f"the document '{name}' names no file.", "Add 'file: ...', such as tremor.txt.")
    if shape.kind not in (DOCUMENT, GENERAL) and shape.address is None:
        problems.add(place, f"the source '{name}' has no address.", "Add 'address:' with where it can be read.")
    if general != name.startswith(f"{GENERAL}: "):
        cure = f"Call it '{GENERAL}: {name}'." if general else f"Write 'kind: {GENERAL}', or give it another name."
        problems.add(place, f"the name '{name}' and its kind do not say the same.", cure)
    elif general and shape.seen == "yes":
        what = f"'{name}' was seen, so it is no general knowledge."
        problems.add(place, what, "Name what was read, with its address.")


def check_sources(_script: Script, nodes: Mapping[str, Node], problems: Problems) -> None:
    """Note every citation of a source that is not listed."""
    if SOURCES not in nodes:
        return
    sources = load_sources(nodes[SOURCES], Problems())
    for cited in citations({path: node for path, node in nodes.items() if path != SOURCES}):
        _check(sources, cited.source, cited.place, problems)


def _check(sources: Sources, cited: str, place: Place, problems: Problems) -> None:
    line = document_place(cited)
    if line is not None:
        if line.document not in sources.documents:
            problems.unknown(place, "document", line.document, sources.documents)
        return
    if cited in sources.names:
        return
    known = {*sources.names, *(f"{name}:1" for name in sources.documents)}
    problems.add(
        place,
        f"'{cited}' is not in content/sources.yaml.",
        f"{did_you_mean(cited, known)} (Or add it there.)",
        about=("source", cited),
    )
