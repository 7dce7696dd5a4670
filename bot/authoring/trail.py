"""Which ways through the plans chats really take: the edges of the machines, noted while the engine moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from bot.script.conditions import ALWAYS
from bot.script.machine import DialogMachine, Position
from bot.script.model import Kind
from bot.script.script import Script


@dataclass(frozen=True, slots=True, order=True)
class Way:
    """One edge: in the plan of a dialog, from a step (or its start) to the next one that is taken."""

    dialog: str
    source: str
    target: str

    def __str__(self) -> str:
        return f"{self.dialog}: {self.source} -> {self.target}"


@dataclass(slots=True)
class Trail:
    """The edges taken since it was last emptied."""

    taken: set[Way] = field(default_factory=set)

    def take(self) -> frozenset[Way]:
        """Give the edges, and begin anew."""
        taken = frozenset(self.taken)
        self.taken.clear()
        return taken


@dataclass(frozen=True, slots=True)
class _TracedMachine(DialogMachine):
    trail: Trail

    def advance(self, position: Position) -> None:
        source = position.state
        DialogMachine.advance(self, position)
        self.trail.taken.add(Way(self.dialog.id, source, position.state))


def traced(script: Script) -> tuple[Script, Trail]:
    """The same script, whose machines note on the trail how they move."""
    trail = Trail()
    machines: dict[str, DialogMachine] = {
        name: _TracedMachine(one.dialog, one.machine, one.items, trail) for name, one in script.machines.items()
    }
    return replace(script, machines=machines), trail


def all_ways(script: Script) -> frozenset[Way]:
    """Every edge of every plan; the end behind a 'finish' is no way of its own, but where texts follow the result."""
    return frozenset(_ways(script.machines.values()))


def _ways(machines: Iterable[DialogMachine]) -> Iterable[Way]:
    for machine in machines:
        for edge in machine.edges():
            item = machine.items.get(edge.source)
            if item is None or item.kind is not Kind.FINISH or is_followed(machine, item.id):
                yield Way(machine.dialog.id, edge.source, edge.target)


def is_followed(machine: DialogMachine, finish: str) -> bool:
    """Whether texts follow the result that a `finish` tells."""
    return machine.items[finish].when == ALWAYS and bool(machine.dialog.after_the_result)
