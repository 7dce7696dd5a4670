"""`steady check --documents`: every citation looked up, and how much of each document this guide answers for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.authoring.check import counted
from bot.authoring.documents.inventory import INVENTORY, Inventory, Item, State, load_inventory
from bot.authoring.documents.reading import Document, DocumentsError, read_documents
from bot.authoring.documents.spans import spans
from bot.script.check_sources import load_sources
from bot.script.citations import Citation, DocumentPlace, citations, document_place
from bot.script.foundation import SOURCES
from bot.script.load import Loaded
from bot.script.problems import Place, Problems


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A line that somebody cites or lists, and why nobody can look it up."""

    place: Place
    line: DocumentPlace
    why: str

    def __str__(self) -> str:
        return f"{self.place}: {self.line} cannot be looked up: {self.why}."


@dataclass(frozen=True, slots=True)
class DocumentCoverage:
    """What became of one document.

    `uncited` are lines of the inventory that nothing cites (a reason stands for each); `unlisted` are lines with text
    on which the inventory has nothing, such as headings.
    """

    document: Document
    items: tuple[Item, ...]
    cited: int
    uncited: tuple[int, ...]
    unlisted: tuple[int, ...]

    def count(self, state: State) -> int:
        """How many places became this."""
        return Counter(item.state for item in self.items)[state]

    def as_text(self) -> Iterator[str]:
        """The lines for people."""
        lines = len({item.line for item in self.items})
        states = ", ".join(f"{self.count(state)} {state.value}" for state in State)
        places = f"{counted(len(self.items), 'place')} on {lines} lines"
        yield f"{self.document.name} ({self.document.file}): {places}: {states}"
        yield f"  Cited {counted(self.cited, 'time')}."
        if self.uncited:
            yield f"  Listed and cited by nothing, with a reason: {spans(self.uncited)}."
        if self.unlisted:
            yield f"  Not listed, such as headings: {spans(self.unlisted)}."

    def as_data(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "file": self.document.file,
            "places": len(self.items),
            **{state.value: self.count(state) for state in State},
            "citations": self.cited,
            "lines_cited_by_nothing": list(self.uncited),
            "lines_not_listed": list(self.unlisted),
        }


@dataclass(frozen=True, slots=True)
class Coverage:
    """All documents, and what does not pass."""

    documents: tuple[DocumentCoverage, ...]
    unresolved: tuple[Unresolved, ...]
    open: tuple[Item, ...]

    @property
    def good(self) -> bool:
        """Whether every citation was found and every place is decided."""
        return not self.unresolved and not self.open

    def as_text(self) -> str:
        """The lines for people; the last one says whether it passes."""
        lines = [line for one in self.documents for line in one.as_text()]
        lines += map(str, self.unresolved)
        lines += (
            f"{item.place}: {item.id} ({item.line}) is open: say where it is used, or why not." for item in self.open
        )
        return "\n".join([*lines, f"{counted(len(self.unresolved), 'unresolved citation')}, {len(self.open)} open."])

    def as_data(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "documents": {one.document.name: one.as_data() for one in self.documents},
            "unresolved": [
                {"file": one.place.file, "line": one.place.line, "cites": str(one.line), "why": one.why}
                for one in self.unresolved
            ],
            "open": [item.id for item in self.open],
        }


def cover(loaded: Loaded, folder: Path) -> Coverage:
    """Look up every citation of the scripts and every place of the inventory in the documents of a folder.

    Raises DocumentsError where a document or the inventory is not there.
    """
    problems = Problems()
    inventory = load_inventory(loaded.nodes, problems)
    if inventory is None or problems.found:
        raise DocumentsError(
            "the inventory is missing or cannot be read.", where=INVENTORY, cure="Mend it: `steady check` says how."
        )
    documents = read_documents(folder, load_sources(loaded.nodes[SOURCES], Problems()).documents)
    cited = list(citations(loaded.nodes))
    return Coverage(
        tuple(_of_document(document, inventory, cited) for document in documents.values()),
        tuple(_unresolved(inventory, cited, documents)),
        tuple(item for item in inventory.items.values() if item.state is State.OPEN),
    )


def _of_document(document: Document, inventory: Inventory, cited: Iterable[Citation]) -> DocumentCoverage:
    lines = [line.line for one in cited if (line := document_place(one.source)) and line.document == document.name]
    items = tuple(item for item in inventory.items.values() if item.line.document == document.name)
    listed = {item.line.line for item in items}
    return DocumentCoverage(
        document,
        items,
        len(lines),
        tuple(sorted(listed - set(lines))),
        tuple(number for number in document.with_text if number not in listed),
    )


def _unresolved(
    inventory: Inventory, cited: Iterable[Citation], documents: Mapping[str, Document]
) -> Iterator[Unresolved]:
    listed = {item.line for item in inventory.items.values()}
    for one in cited:
        line = document_place(one.source)
        if line is None:
            continue
        why = _why(line, documents)
        if why is None and line not in listed:
            # A heading, perhaps, or a line that nobody has read as a place: a doctor would find no claim there.
            why = f"{INVENTORY} has nothing on this line"
        if why is not None:
            yield Unresolved(one.place, line, why)
    places = [*((item.place, item.line) for item in inventory.items.values())]
    places += ((system.place, system.line) for system in inventory.systems.values())
    for place, line in places:
        why = _why(line, documents)
        if why is not None:
            yield Unresolved(place, line, why)


def _why(line: DocumentPlace, documents: Mapping[str, Document]) -> str | None:
    document = documents.get(line.document)
    return f"there is no document '{line.document}'" if document is None else document.what_is_wrong(line)
