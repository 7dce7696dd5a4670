"""What is drawn is what the machine does: every step once, every way on, and no other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.authoring.draw_alarms import Alarms
from bot.authoring.draw_dialog import draw_dialog, tries, ways
from bot.authoring.draw_picture import Arrow, Box, Picture, Shape, Way
from bot.authoring.draw_whole import MENU, draw_whole, used
from bot.authoring.golden import engine
from bot.facts.matcher import Known, Matcher
from bot.facts.truth import Truth
from bot.script.conditions import ALWAYS, FactIs, FlagsRaised, LevelIs
from bot.script.machine import END, START, DialogMachine, Position, compile_dialog, passes
from bot.script.model import Dialog, Kind, PlanItem
from bot.script.problems import Place

SCRIPT = engine().script
HERE = Place("dialogs/any.yaml", 1)
every_dialog = pytest.mark.parametrize("name", SCRIPT.dialogs)


class NoAlarms(Alarms):
    """The ways are looked at without the red arrows, which take longer."""

    def at(self, dialog: Dialog, item: PlanItem) -> Iterator[tuple[Box, Arrow]]:
        return iter(())


class Shuffled:
    """A view in which what is asked has any truth, always the same for the same question."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def _any(self, *asked: object) -> Truth:
        return list(Truth)[crc32(f"{self.seed} {asked}".encode()) % len(Truth)]

    def fact(self, fact: str, matcher: Matcher) -> Truth:
        return self._any(fact, matcher)

    def flag(self, rule: str) -> Truth:
        return self._any(rule)

    def flags(self, wanted: FlagsRaised) -> Truth:
        return self._any(wanted)

    def level(self, wanted: LevelIs) -> Truth:
        return self._any(wanted)

    def gate(self, gate: str, result: str) -> Truth:
        return self._any(gate, result)


def picture(name: str) -> Picture:
    return draw_dialog(SCRIPT, NoAlarms(SCRIPT), name)


def walked_by_machine(machine: DialogMachine, view: Shuffled) -> list[str]:
    position = Position(START, view)
    passed = [START]
    while position.state != END:
        machine.advance(position)
        passed.append(position.state)
    return passed


def walked_on_paper(arrows: Sequence[Arrow], machine: DialogMachine, view: Shuffled) -> list[str]:
    """A reader's finger: along the arrows, at each condition by "yes" or "no"."""
    at, passed = START, [START]
    while at != END:
        ways_on = [arrow for arrow in arrows if arrow.source == at and arrow.way is not Way.CLOSED]
        if at.startswith("if "):
            item = machine.items[at.removeprefix("if ")]
            taken = Way.YES if passes(item, view) else Way.NO
            [arrow] = [arrow for arrow in ways_on if arrow.way is taken]
        else:
            [arrow] = ways_on
        at = arrow.target
        if not at.startswith("if "):
            passed.append(at)
    return passed


@every_dialog
def test_every_step_of_the_plan_is_one_box(name: str) -> None:
    drawn = Counter(box.key for box in picture(name).boxes)
    steps = [START, END, *(item.id for item in SCRIPT.dialogs[name].plan)]

    assert max(drawn.values()) == 1
    assert [step for step in steps if step not in drawn] == []
    plain = {key for key in drawn if not key.startswith(("if ", "closed "))}
    assert plain == set(steps)


@every_dialog
def test_every_arrow_begins_and_ends_at_a_box(name: str) -> None:
    drawn = picture(name)
    keys = {box.key for box in drawn.boxes}

    assert {arrow.source for arrow in drawn.arrows} | {arrow.target for arrow in drawn.arrows} <= keys
    assert len(set(drawn.arrows)) == len(drawn.arrows)


@every_dialog
def test_the_ways_through_conditions_are_the_ways_of_the_machine(name: str) -> None:
    machine = SCRIPT.machines[name]
    on_paper = set()
    arrows = list(ways(machine))
    for source in [START, *machine.items]:
        [at] = [arrow.target for arrow in arrows if arrow.source == source]
        while at.startswith("if "):
            on_paper.add((source, at.removeprefix("if ")))
            [at] = [arrow.target for arrow in arrows if arrow.source == at and arrow.way is Way.NO]
        on_paper.add((source, at))

    assert on_paper == {(edge.source, edge.target) for edge in machine.edges()}


@every_dialog
@given(seed=st.integers(0, 10_000))
def test_a_finger_on_the_picture_goes_where_the_machine_goes(name: str, seed: int) -> None:
    machine, view = SCRIPT.machines[name], Shuffled(seed)

    assert walked_on_paper(list(ways(machine)), machine, view) == walked_by_machine(machine, view)


@given(
    kinds=st.lists(st.tuples(st.sampled_from(list(Kind)), st.sampled_from([None, "a", "b", "c"])), max_size=9),
    seed=st.integers(0, 10_000),
)
def test_so_it_does_for_any_plan(kinds: list[tuple[Kind, str | None]], seed: int) -> None:
    plan = tuple(
        PlanItem(f"step_{number}", kind, "x", HERE, ALWAYS if fact is None else FactIs(fact, Known()))
        for number, (kind, fact) in enumerate(kinds)
    )
    machine, view = compile_dialog(Dialog("any", "Any", HERE, plan)), Shuffled(seed)

    assert walked_on_paper(list(ways(machine)), machine, view) == walked_by_machine(machine, view)


@every_dialog
def test_each_condition_has_two_ways_out_and_says_what_not_known_does(name: str) -> None:
    drawn = picture(name)
    for box in drawn.boxes:
        if box.shape is Shape.CONDITION:
            labels = {arrow.way: arrow.label for arrow in drawn.arrows if arrow.source == box.key}
            assert labels in (
                {Way.YES: "yes, or not known", Way.NO: "no"},
                {Way.YES: "yes", Way.NO: "no, or not known"},
            )


@every_dialog
def test_the_ways_on_are_in_the_order_of_the_machine(name: str) -> None:
    order = [START, *SCRIPT.machines[name].items, END]
    for edges in tries(SCRIPT.machines[name]).values():
        places = [order.index(edge.target) for edge in edges]
        assert places == sorted(places)
        assert [edge.guarded for edge in edges] == [True] * (len(edges) - 1) + [False]


def test_a_closed_gate_leads_to_the_result() -> None:
    drawn = picture("massage")
    [arrow] = [arrow for arrow in drawn.arrows if arrow.way is Way.CLOSED]

    assert arrow.source == "gate_massage"
    assert arrow.label == "no, or not known"


def test_the_whole_shows_every_dialog_part_and_button_of_the_menu() -> None:
    drawn = draw_whole(SCRIPT)
    keys = [box.key for box in drawn.boxes]
    menus = {MENU, *(box.key for box in drawn.boxes if box.shape is Shape.MENU)}
    buttons = {(arrow.label, arrow.target) for arrow in drawn.arrows if arrow.source in menus and arrow.label}

    assert [name for name in SCRIPT.dialogs if keys.count(name) != 1] == []
    every = {(entry.text, entry.start or entry.opens) for entry in SCRIPT.menu.every}
    assert buttons == {(text, target) for text, target in every if target is not None}


def test_the_whole_shows_which_dialog_uses_which_part() -> None:
    drawn = draw_whole(SCRIPT)
    groups = {group.key: group.boxes for group in drawn.groups}
    on_paper = {
        (source, part)
        for arrow in drawn.arrows
        for source in groups.get(arrow.source, (arrow.source,))
        for part in groups.get(arrow.target, (arrow.target,))
        if arrow.way is Way.USES and not part.startswith("howto ")
    }

    assert on_paper == {(dialog.id, part) for dialog in SCRIPT.dialogs.values() for part in used(dialog)}
