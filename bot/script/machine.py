"""Each dialog as one shared `transitions.Machine`: states are the plan's steps, `advance` moves on.

What waits for the parent ends with `finish`; below it only texts may stand, which are said after the result.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from transitions import Machine

from bot.facts.truth import Truth
from bot.script.conditions import ALWAYS, View, evaluate
from bot.script.model import Dialog, Kind, PlanItem

logging.getLogger("transitions").setLevel(logging.WARNING)

START = "start"
END = "end"
ADVANCE = "advance"


@dataclass(slots=True)
class Position:
    """A cursor of one turn; transitions needs nothing of it but `state`."""

    state: str
    view: View


@dataclass(frozen=True, slots=True)
class Edge:
    """One way on: from a state to the next one whose condition lets it pass."""

    source: str
    target: str
    guarded: bool


@dataclass(frozen=True, slots=True)
class DialogMachine:
    """A compiled dialog."""

    dialog: Dialog
    machine: Machine
    items: dict[str, PlanItem]

    def advance(self, position: Position) -> None:
        """Move to the next step whose condition lets it pass, or to the end."""
        if not self.machine.events[ADVANCE].trigger(position, position):
            raise RuntimeError(f"{self.dialog.id}: nothing follows {position.state}")

    def texts_after(self, finish: PlanItem, view: View) -> Iterator[PlanItem]:
        """The texts that follow the result: those below a `finish` whose conditions hold now."""
        position = Position(finish.id, view)
        self.advance(position)
        while position.state != END:
            yield self.items[position.state]
            self.advance(position)

    def edges(self) -> Iterator[Edge]:
        """Every transition of the machine, as it really is."""
        for source, transitions in self.machine.events[ADVANCE].transitions.items():
            for transition in transitions:
                yield Edge(source, str(transition.dest), guarded=bool(transition.conditions))


def passes(item: PlanItem, view: View) -> bool:
    """Whether a step is taken; unknown means: a question is asked, a text or an end is not given (Always 2)."""
    truth = evaluate(item.when, view)
    if item.kind in (Kind.ASK, Kind.CHECKLIST, Kind.DO, Kind.GATE):
        return truth is not Truth.FALSE
    return truth is Truth.TRUE


def compile_dialog(dialog: Dialog) -> DialogMachine:
    """Build the machine: from each step to all that may follow it, in order, up to one without a condition."""
    items = {item.id: item for item in dialog.plan}
    states = [START, *items, END]
    transitions: list[dict[str, Any]] = []
    for index, source in enumerate(states[:-1]):
        if source in items and items[source].kind is Kind.FINISH and items[source].when != ALWAYS:
            # What stands below an end with a condition belongs to those who did not end there.
            transitions.append({"trigger": ADVANCE, "source": source, "dest": END})
            continue
        for target in states[index + 1 :]:
            item = items.get(target)
            guarded = item is not None and item.when != ALWAYS
            entry: dict[str, Any] = {"trigger": ADVANCE, "source": source, "dest": target}
            if guarded and item is not None:
                # A callable, never a name: transitions would import and call what a string says.
                entry["conditions"] = _guard(item)
            transitions.append(entry)
            if not guarded:
                break
    machine = Machine(
        model=None,
        states=states,
        initial=START,
        transitions=transitions,
        auto_transitions=False,
        queued=False,
        send_event=False,
    )
    return DialogMachine(dialog, machine, items)


def _guard(item: PlanItem) -> Callable[[Position], bool]:
    """A condition for transitions: a real bool, since transitions compares with True."""
    return lambda position: passes(item, position.view)
