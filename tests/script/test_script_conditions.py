"""Conditions: each form says what its name says, and an answer never turns what was decided."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.facts.level import Level
from bot.facts.matcher import Known, Matcher
from bot.facts.truth import Truth, of
from bot.script.conditions import (
    ALWAYS,
    All,
    AnyOf,
    Condition,
    Count,
    FactIs,
    FlagRaised,
    FlagsRaised,
    GateIs,
    LevelIs,
    Not,
    evaluate,
    facts_of,
    looks_at_flags,
    walk,
)

TRUE, FALSE, OPEN, UNSURE = Truth.TRUE, Truth.FALSE, Truth.OPEN, Truth.UNSURE
NAMES = "abcd"


class Known4:
    """A view in which each fact simply has a truth."""

    def __init__(self, truths: Mapping[str, Truth]) -> None:
        self.truths = truths

    def fact(self, fact: str, matcher: Matcher) -> Truth:
        return self.truths[fact]

    def flag(self, rule: str) -> Truth:
        return of(rule == "F-01")

    def flags(self, wanted: FlagsRaised) -> Truth:
        return of(wanted.number <= 2)

    def level(self, wanted: LevelIs) -> Truth:
        return of(wanted.level is Level.SOON)

    def gate(self, gate: str, result: str) -> Truth:
        return of((gate, result) == ("massage", "closed"))


def fact(name: str) -> FactIs:
    return FactIs(name, Known())


def inner(part: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(part, min_size=1, max_size=4).map(tuple)
    return st.one_of(
        st.builds(All, several),
        st.builds(AnyOf, several),
        st.builds(Not, part),
        st.builds(Count, st.integers(1, 3), several),
    )


conditions: st.SearchStrategy[Condition] = st.recursive(st.sampled_from(NAMES).map(fact), inner, max_leaves=8)
views = st.fixed_dictionaries({name: st.sampled_from(Truth) for name in NAMES})


@pytest.mark.parametrize(
    ("condition", "truth"),
    [
        (ALWAYS, TRUE),
        (fact("a"), TRUE),
        (fact("c"), OPEN),
        (All((fact("a"), fact("c"))), OPEN),
        (All((fact("b"), fact("c"))), FALSE),
        (AnyOf((fact("a"), fact("c"))), TRUE),
        (AnyOf((fact("b"), fact("d"))), UNSURE),
        (Not(fact("a")), FALSE),
        (Not(fact("d")), UNSURE),
        (Count(2, (fact("a"), fact("b"), fact("c"))), OPEN),
        (Count(1, (fact("a"), fact("b"))), TRUE),
        (FlagRaised("F-01"), TRUE),
        (FlagRaised("F-02"), FALSE),
        (FlagsRaised(2, tag="amber"), TRUE),
        (FlagsRaised(3, level=Level.SOON), FALSE),
        (LevelIs(Level.SOON, or_higher=True), TRUE),
        (GateIs("massage", "closed"), TRUE),
        (GateIs("massage", "open"), FALSE),
    ],
)
def test_each_form(condition: Condition, truth: Truth) -> None:
    assert evaluate(condition, Known4({"a": TRUE, "b": FALSE, "c": OPEN, "d": UNSURE})) is truth


@given(conditions, views, st.data())
def test_an_answer_never_turns_what_was_decided(
    condition: Condition, before: dict[str, Truth], data: st.DataObject
) -> None:
    after = {name: data.draw(st.sampled_from(Truth)) if truth is OPEN else truth for name, truth in before.items()}
    truth = evaluate(condition, Known4(before))

    if not truth.unknown:
        assert evaluate(condition, Known4(after)) is truth


@given(conditions, views, st.data())
def test_a_parent_who_finds_out_never_turns_what_was_decided(
    condition: Condition, before: dict[str, Truth], data: st.DataObject
) -> None:
    sure = st.sampled_from([TRUE, FALSE])
    after = {name: data.draw(sure) if truth.unknown else truth for name, truth in before.items()}
    truth = evaluate(condition, Known4(before))

    assert not evaluate(condition, Known4(after)).unknown
    if not truth.unknown:
        assert evaluate(condition, Known4(after)) is truth


@given(conditions, st.fixed_dictionaries({name: st.booleans() for name in NAMES}))
def test_where_everything_is_known_it_is_plain_logic(condition: Condition, known: dict[str, bool]) -> None:
    def plain(part: Condition) -> bool:
        match part:
            case All(parts):
                return all(plain(one) for one in parts)
            case AnyOf(parts):
                return any(plain(one) for one in parts)
            case Count(number, parts):
                return sum(plain(one) for one in parts) >= number
            case Not(one):
                return not plain(one)
            case FactIs(name, _):
                return known[name]
            case _:
                raise TypeError(part)

    view = Known4({name: of(value) for name, value in known.items()})
    assert evaluate(condition, view) is of(plain(condition))


@given(conditions)
def test_walking_meets_every_fact_and_the_condition_itself(condition: Condition) -> None:
    parts = list(walk(condition))

    assert parts[0] is condition
    assert facts_of(condition) == {part.fact for part in parts if isinstance(part, FactIs)}
    assert facts_of(condition)
    assert not looks_at_flags(condition)


@pytest.mark.parametrize(
    "condition",
    [FlagRaised("F-01"), FlagsRaised(1), LevelIs(Level.SOON, or_higher=False), GateIs("massage", "open")],
)
def test_what_rules_and_gates_decide_is_found_however_deep_it_stands(condition: Condition) -> None:
    assert looks_at_flags(All((fact("a"), Not(AnyOf((fact("b"), condition))))))
