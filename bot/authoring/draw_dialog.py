"""The picture of one dialog, from its transitions machine.

The machine has an arrow from each step to all that may follow it, tried in order. Drawn so, a plan with many conditions
would be a thicket. Here each condition is a box of its own before its step: "no" leads to what the machine tries next.
The ways from step to step are the same, and a test walks both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from bot.authoring.draw_alarms import Alarms
from bot.authoring.draw_boxes import condition_box, condition_key, item_box, wrapped
from bot.authoring.draw_picture import Arrow, Box, Picture, Shape, Way
from bot.script.machine import END, START, DialogMachine, Edge
from bot.script.model import Dialog, Kind
from bot.script.script import Script

ASKED_WHEN_UNKNOWN = frozenset({Kind.ASK, Kind.CHECKLIST, Kind.DO, Kind.GATE})
"""What is not known makes these come, and texts and results not."""

LEGEND = (
    "Double border: a part with a picture of its own.",
    "Pointed: a condition. Folded corner: a text. Eight corners: a gate.",
    "Thick border: every sign of the list is of that level.",
    "Red, thick arrow: EMERGENCY, which ends the questions at once.",
    "Red, thin arrow: URGENT, said at once; then the questions may go on.",
    "A question is left out where its answer is known or can change nothing.",
)


def draw_dialog(script: Script, alarms: Alarms, name: str) -> Picture:
    """Draw one dialog; `alarms` says which answers raise red flags."""
    machine = script.machines[name]
    dialog = machine.dialog
    boxes = [_start(dialog)]
    arrows = list(ways(machine))
    conditioned = {arrow.source for arrow in arrows if arrow.way is Way.YES}
    for item in machine.items.values():
        if condition_key(item.id) in conditioned:
            boxes.append(condition_box(script, item))
        boxes.append(item_box(script, dialog, item))
        if item.kind is Kind.GATE:
            boxes.append(Box(f"closed {item.id}", Shape.FINISH, ("Says why not,", "then the result")))
            arrows.append(Arrow(item.id, f"closed {item.id}", Way.CLOSED, "no, or not known"))
        for box, arrow in alarms.at(dialog, item):
            boxes.append(box)
            arrows.append(arrow)
    boxes.append(_end(dialog))
    kind = "A part of other dialogs" if dialog.part else "A dialog"
    steps = f"{len(machine.items)} step{'s' if len(machine.items) > 1 else ''}"
    about = f"{kind}: {steps} from the top down, and the red flags that its answers can raise."
    return Picture(name, dialog.title, about, tuple(boxes), tuple(arrows), legend=LEGEND)


def _start(dialog: Dialog) -> Box:
    return Box(START, Shape.START, tuple(wrapped(f"Start: {dialog.title}")))


def _end(dialog: Dialog) -> Box:
    return Box(END, Shape.END, ("Back to the dialog", "that uses this part") if dialog.part else ("End",))


def tries(machine: DialogMachine) -> Mapping[str, Sequence[Edge]]:
    """For each state the ways on, in the order in which the machine tries them."""
    return {source: tuple(edges) for source, edges in groupby(machine.edges(), key=lambda edge: edge.source)}


def ways(machine: DialogMachine) -> Iterator[Arrow]:
    """The arrows between steps and conditions, each once."""
    found: dict[Arrow, None] = {}
    for source, edges in tries(machine).items():
        found[Arrow(source, _entry(edges[0]), Way.ON)] = None
        for edge, after in pairwise(edges):
            found[Arrow(condition_key(edge.target), _entry(after), Way.NO, _label(machine, edge, Way.NO))] = None
        for edge in edges:
            if edge.guarded:
                yes = Arrow(condition_key(edge.target), edge.target, Way.YES, _label(machine, edge, Way.YES))
                found[yes] = None
    yield from found


def _entry(edge: Edge) -> str:
    """Where one comes first on this way: the step, or its condition."""
    return condition_key(edge.target) if edge.guarded else edge.target


def _label(machine: DialogMachine, edge: Edge, way: Way) -> str:
    asked = machine.items[edge.target].kind in ASKED_WHEN_UNKNOWN
    if way is Way.YES:
        return "yes, or not known" if asked else "yes"
    return "no" if asked else "no, or not known"
