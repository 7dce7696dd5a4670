"""The machine of a dialog is the graph of its plan, its conditions are real bools, and it always ends."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from script_helpers import CHECKOUT, load
from transitions import Machine

from bot.facts.matcher import Known, Matcher
from bot.facts.truth import Truth, of
from bot.script.conditions import ALWAYS, FactIs, FlagsRaised, LevelIs
from bot.script.load import load_places
from bot.script.machine import ADVANCE, END, START, DialogMachine, Edge, Position, compile_dialog, passes
from bot.script.model import Dialog, Kind, PlanItem
from bot.script.problems import Place

HERE = Place("dialogs/fever.yaml", 1)
MACHINES = {
    **load_places(CHECKOUT / "dialogs", CHECKOUT / "content").machines,
    **{f"base {name}": machine for name, machine in load().machines.items()},
}
every_dialog = pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES)
ASKING = (Kind.ASK, Kind.CHECKLIST, Kind.DO, Kind.GATE)


class Same:
    """A view in which every condition has the same truth, or the one of its fact."""

    def __init__(self, truth: Truth, **truths: Truth) -> None:
        self.truth, self.truths = truth, truths

    def fact(self, fact: str, matcher: Matcher) -> Truth:
        return self.truths.get(fact, self.truth)

    def flag(self, rule: str) -> Truth:
        return self.truth

    def flags(self, wanted: FlagsRaised) -> Truth:
        return self.truth

    def level(self, wanted: LevelIs) -> Truth:
        return self.truth

    def gate(self, gate: str, result: str) -> Truth:
        return self.truth


def ends_here(item: PlanItem) -> bool:
    """An end with a condition: what stands below it is for those who did not end there."""
    return item.kind is Kind.FINISH and item.when != ALWAYS


def graph(dialog: Dialog) -> Iterator[Edge]:
    """The way on from each step, read off the plan: to every later step, up to one that cannot be passed by."""
    for number in range(-1, len(dialog.plan)):
        source = START if number < 0 else dialog.plan[number].id
        if number >= 0 and ends_here(dialog.plan[number]):
            yield Edge(source, END, guarded=False)
            continue
        for item in dialog.plan[number + 1 :]:
            yield Edge(source, item.id, guarded=item.when != ALWAYS)
            if item.when == ALWAYS:
                break
        else:
            yield Edge(source, END, guarded=False)


@st.composite
def plans(draw: st.DrawFn) -> Dialog:
    """Any plan of up to eight steps; the condition of each is a fact of its own."""
    steps = draw(st.lists(st.tuples(st.sampled_from(Kind), st.booleans()), max_size=8))
    plan = tuple(
        PlanItem(
            f"{kind.value}_{number}", kind, str(number), HERE, FactIs(f"f{number}", Known()) if guarded else ALWAYS
        )
        for number, (kind, guarded) in enumerate(steps)
    )
    return Dialog("made_up", "Made up", HERE, plan)


def views(dialog: Dialog) -> st.SearchStrategy[Same]:
    names = [f"f{number}" for number in range(len(dialog.plan))]
    return st.fixed_dictionaries({name: st.sampled_from(Truth) for name in names}).map(
        lambda truths: Same(Truth.OPEN, **truths)
    )


@every_dialog
def test_the_machine_of_every_dialog_is_the_graph_of_its_plan(machine: DialogMachine) -> None:
    assert sorted(machine.edges(), key=str) == sorted(graph(machine.dialog), key=str)
    assert set(machine.machine.states) == {START, END, *(item.id for item in machine.dialog.plan)}


@settings(max_examples=40)
@given(plans())
def test_the_machine_of_any_plan_is_its_graph(dialog: Dialog) -> None:
    assert list(compile_dialog(dialog).edges()) == list(graph(dialog))


@settings(max_examples=40)
@given(plans(), st.data())
def test_advancing_goes_to_the_first_step_that_lets_pass(dialog: Dialog, data: st.DataObject) -> None:
    machine, view = compile_dialog(dialog), data.draw(views(dialog))
    states = [START, *(item.id for item in dialog.plan)]
    for number, state in enumerate(states):
        position = Position(state, view)
        machine.advance(position)

        finished = number > 0 and ends_here(dialog.plan[number - 1])
        later = [] if finished else [item.id for item in dialog.plan[number:] if passes(item, view)]
        assert position.state == (later[0] if later else END)


@every_dialog
@pytest.mark.parametrize("truth", Truth)
def test_from_every_state_the_end_is_reached(machine: DialogMachine, truth: Truth) -> None:
    for state in [START, *machine.items]:
        position = Position(state, Same(truth))
        for _ in range(len(machine.items) + 1):
            if position.state != END:
                machine.advance(position)
        assert position.state == END


def test_nothing_follows_the_end() -> None:
    """That would be a parent without a reply."""
    machine = load().machines["fever"]
    with pytest.raises(Exception, match=r"end"):
        machine.advance(Position(END, Same(Truth.TRUE)))


@every_dialog
def test_every_condition_is_a_callable_that_returns_a_real_bool(machine: DialogMachine) -> None:
    """Transitions compares with True, and imports and calls what a string says."""
    for transitions in machine.machine.events[ADVANCE].transitions.values():
        for transition in transitions:
            assert not transition.before
            assert not transition.after
            assert not transition.prepare
            for condition in transition.conditions:
                assert callable(condition.func)
                assert condition.target is True
                for truth in Truth:
                    assert type(condition.func(Position(START, Same(truth)))) is bool


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("truth", Truth)
def test_an_unknown_condition_asks_but_does_not_tell(kind: Kind, truth: Truth) -> None:
    """Always 2: before a question it is asked, before a text it is not said, and nothing ends on a guess."""
    item = PlanItem("x", kind, "x", HERE, FactIs("f", Known()))

    expected = truth is Truth.TRUE or (truth.unknown and kind in ASKING)
    assert passes(item, Same(truth)) is expected


def test_parents_share_a_machine_without_meeting() -> None:
    machine = load().machines["fever"]
    one, other = Position(START, Same(Truth.TRUE)), Position("ask_feeding", Same(Truth.FALSE))
    machine.advance(one)

    assert (one.state, other.state) == ("do_danger", "ask_feeding")
    assert not machine.machine.models


def test_a_step_that_comes_twice_is_two_states() -> None:
    dialog = load().dialogs["fever"]
    twice = replace(
        dialog, plan=(*dialog.plan[:2], replace(dialog.plan[1], id="ask_temperature_c#2"), *dialog.plan[2:])
    )

    assert list(compile_dialog(twice).edges()) == list(graph(twice))


def test_there_is_one_trigger_and_no_other_way_to_any_state() -> None:
    machine: Machine = load().machines["fever"].machine

    assert set(machine.events) == {ADVANCE}


def test_the_truth_of_a_plain_bool_is_what_conditions_are_made_of() -> None:
    assert passes(PlanItem("x", Kind.SAY, "x", HERE), Same(of(False)))
