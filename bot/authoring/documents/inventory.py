"""`content/inventory.yaml`: every place of the articles, and where this guide says it, or why it does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from pydantic import Field

from bot.script.citations import DocumentPlace, document_place
from bot.script.document import Mapped, Node
from bot.script.problems import Place, Problems
from bot.script.shaped import shaped
from bot.script.shapes import Id, Reviewed, Shape, Text

INVENTORY = "content/inventory.yaml"


class State(StrEnum):
    """What became of a place of an article."""

    USED = "used"
    """At least one home says it; a warning may stand beside it."""

    WITHHELD = "withheld"
    """Nothing says it: there is a warning, or a reason to be silent."""

    OPEN = "open"
    """Nobody has decided yet."""


@dataclass(frozen=True, slots=True)
class Item:
    """One place of an article: its id (S-001), the line, the homes that say it, and what holds it back."""

    id: str
    line: DocumentPlace
    place: Place
    used_by: tuple[str, ...] = ()
    withheld_by: tuple[str, ...] = ()

    @property
    def state(self) -> State:
        """Used where any home says it, else withheld, else open."""
        if self.used_by:
            return State.USED
        return State.WITHHELD if self.withheld_by else State.OPEN


@dataclass(frozen=True, slots=True)
class Reason:
    """Why places are left out of which no withheld passage speaks; `instead` are the homes in their place."""

    id: str
    why: str
    place: Place
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class System:
    """One of the lists of the articles: the line where it begins, and its homes."""

    id: str
    what: str
    line: DocumentPlace
    place: Place
    home: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inventory:
    """All places in their order, the reasons, and the systems A to S."""

    items: Mapping[str, Item] = field(default_factory=dict)
    reasons: Mapping[str, Reason] = field(default_factory=dict)
    systems: Mapping[str, System] = field(default_factory=dict)

    def on(self, line: DocumentPlace) -> tuple[Item, ...]:
        """The places on one line."""
        return tuple(item for item in self.items.values() if item.line == line)

    def lines(self, document: str) -> tuple[DocumentPlace, ...]:
        """The lines of a document with something on them, in order, each once."""
        return tuple(sorted({item.line for item in self.items.values() if item.line.document == document}))


class _ItemShape(Shape):
    place: Text
    used_by: list[Text] | None = Field(default=None, min_length=1)
    withheld_by: list[Text] | None = Field(default=None, min_length=1)
    open: Literal["yes"] | None = None


class _ReasonShape(Shape):
    why: Text
    instead: list[Text] = Field(default_factory=list)


class _SystemShape(Shape):
    what: Text
    place: Text
    home: list[Text] = Field(min_length=1)


class _InventoryShape(Shape):
    reviewed: Reviewed
    places: dict[Text, _ItemShape]
    reasons: dict[Id, _ReasonShape] = Field(default_factory=dict)
    systems: dict[Text, _SystemShape] = Field(default_factory=dict)


def load_inventory(nodes: Mapping[str, Node], problems: Problems) -> Inventory | None:
    """Read the inventory; None where these scripts have none, or it is not written as it should be."""
    node = nodes.get(INVENTORY)
    shape = None if node is None else shaped(_InventoryShape, node, problems, "the file")
    if shape is None or not isinstance(node, Mapped):
        return None
    keys = {part: found.keys for part, found in node.entries.items() if isinstance(found, Mapped)}
    reader = _Reader(problems)
    return Inventory(
        {item.id: item for item in reader.items(shape.places, keys["places"])},
        {name: Reason(name, one.why, keys["reasons"][name], tuple(one.instead)) for name, one in shape.reasons.items()},
        {system.id: system for system in reader.systems(shape.systems, keys.get("systems", {}))},
    )


class _Reader:
    """Makes items of shapes, and notes what cannot be one."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems

    def items(self, shapes: Mapping[str, _ItemShape], places: Mapping[str, Place]) -> Iterator[Item]:
        for name, one in shapes.items():
            line = self._line(one.place, places[name])
            if line is None:
                continue
            decided = one.used_by is not None or one.withheld_by is not None
            if decided is (one.open == "yes"):
                what = f"'{name}' {'is open and decided' if decided else 'says neither where it is used nor why not'}."
                cure = "Write 'used_by:', 'withheld_by:', or 'open: yes' alone."
                self._problems.add(places[name], what, cure)
            yield Item(name, line, places[name], tuple(one.used_by or ()), tuple(one.withheld_by or ()))

    def systems(self, shapes: Mapping[str, _SystemShape], places: Mapping[str, Place]) -> Iterator[System]:
        for name, one in shapes.items():
            line = self._line(one.place, places[name])
            if line is not None:
                yield System(name, one.what, line, places[name], tuple(one.home))

    def _line(self, written: str, place: Place) -> DocumentPlace | None:
        line = document_place(written)
        if line is None:
            self._problems.add(place, f"'{written}' is no line of a document.", "Write it like tremor:36.")
        return line
