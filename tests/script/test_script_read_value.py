"""Answers as the script writes them, and what a tick and "none of these" mean."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from script_helpers import load

from bot.facts.interval import Interval
from bot.facts.truth import Truth
from bot.facts.value import NO, NO_SUCH, NOT_SURE, NOT_SURE_TOO, YES, Born, Choice, DaysOld, Many, Number, Value
from bot.script.document import compose
from bot.script.problems import Place, Problems
from bot.script.read_condition import ConditionReader
from bot.script.read_value import merged, narrowed, on_day, opposite, read_value, read_values
from bot.script.vocabulary import Fact, FactType, Scope, Vocabulary

SCRIPT = load()
HERE = Place("a.yaml", 1)
COLOUR = SCRIPT.vocabulary.facts["colour"]
FEELS_HOT = SCRIPT.vocabulary.facts["feels_hot"]
TEMPERATURE = SCRIPT.vocabulary.facts["temperature_c"]
PARTS = Fact("body_parts", FactType.MANY, Scope.CHECK, HERE, options=("chin", "lip", "legs"))
VOCABULARY = Vocabulary({**SCRIPT.vocabulary.facts, "body_parts": PARTS}, SCRIPT.vocabulary.derived)


def open_choice(*options: str) -> Choice:
    return Choice(frozenset(options), settled=False)


def read(name: str, text: str) -> tuple[Value | None, list[str]]:
    problems = Problems()
    value = read_value(ConditionReader(VOCABULARY, problems), name, compose(text, "a.yaml"), HERE)
    return value, [problem.what for problem in problems.found]


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("feels_hot", "yes", YES),
        ("feels_hot", "not sure", NOT_SURE),
        ("colour", "blue", Choice.of("blue")),
        ("colour", "[pale, blue]", Choice.of("pale", "blue")),
        ("colour", "[pale, not sure]", open_choice("pale", NOT_SURE_TOO)),
        ("temperature_c", "38.2", Number.of("38.2")),
        ("temperature_c", "36.0 to 37.4", Number(Interval(Decimal("36.0"), Decimal("37.4")))),
        ("temperature_c", "at least 38.0", Number(Interval(low=Decimal("38.0")))),
        ("temperature_c", "none", NO_SUCH),
        ("body_parts", "chin", Many.of("chin")),
        ("body_parts", "[chin, lip]", Many.of("chin", "lip")),
        ("body_parts", "{only: [chin, lip]}", Many(frozenset(), frozenset({"chin", "lip"}))),
        ("body_parts", "{sure: legs, perhaps: [chin]}", Many(frozenset({"legs"}), frozenset({"chin", "legs"}))),
        ("birth_date", "2026-01-10", Born(date(2026, 1, 10))),
        ("birth_date", "not sure", NOT_SURE),
    ],
)
def test_each_form_of_a_value(name: str, text: str, value: Value) -> None:
    assert read(name, text) == (value, [])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("colour", "known"),
        ("colour", "bleu"),
        ("fever", "yes"),
        ("age", "10 days"),
        ("temperature_c", "warm"),
        ("birth_date", "10.1.2026"),
        ("birth_date", "0001-01-01"),
        ("birth_date", "2026-02-30"),
        ("body_parts", "{sure: [legs], maybe: [chin]}"),
        ("tremor", "yes"),
    ],
)
def test_what_is_no_answer_is_told_once(name: str, text: str) -> None:
    value, problems = read(name, text)

    assert value is None
    assert len(problems) == 1


def test_an_age_band_of_a_button_counts_from_the_day_on_which_it_is_pressed() -> None:
    value, _ = read("birth_date", "7 to 27 days")
    assert value is not None

    assert on_day(value, date(2026, 1, 15)) == DaysOld(7, 27, date(2026, 1, 15))
    assert on_day(DaysOld(7, 27, date(2026, 1, 1)), date(2026, 1, 15)) == DaysOld(7, 27, date(2026, 1, 1))


def test_several_values_are_read_together_and_a_faulty_one_is_left_out() -> None:
    problems = Problems()
    values = read_values(ConditionReader(VOCABULARY, problems), compose("{feels_hot: yes, colour: bleu}", "a.yaml"))

    assert values == {"feels_hot": YES}
    assert len(problems.found) == 1


@pytest.mark.parametrize(
    ("fact", "told", "before", "after"),
    [
        (FEELS_HOT, YES, None, open_choice("no")),
        (FEELS_HOT, NO, None, open_choice("yes")),
        (FEELS_HOT, YES, NOT_SURE, open_choice("no")),
        (COLOUR, Choice.of("blue"), None, open_choice("normal", "pale")),
        (COLOUR, Choice.of("pale"), open_choice("normal", "pale"), open_choice("normal")),
        (COLOUR, Choice.of("blue"), Choice.of("blue"), open_choice("normal", "pale")),
        (
            TEMPERATURE,
            Number(Interval(low=Decimal(38))),
            None,
            Number(Interval(high=Decimal(38), high_in=False), settled=False),
        ),
        (
            TEMPERATURE,
            Number(Interval(low=Decimal(38))),
            Number(Interval(Decimal(36), Decimal(39))),
            Number(Interval(Decimal(36), Decimal(38), high_in=False), settled=False),
        ),
    ],
)
def test_no_to_a_line_leaves_the_rest_of_what_was_known(
    fact: Fact, told: Value, before: Value | None, after: Value
) -> None:
    assert opposite(fact, told, before) == after


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        (PARTS, Many.of("chin")),
        (COLOUR, NOT_SURE),
        (COLOUR, Choice.of("normal", "pale", "blue")),
        (FEELS_HOT, Choice.of("yes", "no")),
        (TEMPERATURE, Number.of(38)),
        (TEMPERATURE, NO_SUCH),
        (TEMPERATURE, Number(Interval())),
    ],
)
def test_no_to_what_has_no_other_side_is_refused_and_never_taken_for_anything(fact: Fact, told: Value) -> None:
    """An empty band would match every condition."""
    with pytest.raises((TypeError, ValueError)):
        opposite(fact, told, None)


OPTIONS = frozenset(COLOUR.options)
bands = st.frozensets(st.sampled_from(sorted(OPTIONS)), min_size=1)
befores = st.none() | st.just(NOT_SURE) | st.builds(Choice, bands, st.booleans())


@given(bands, befores)
def test_yes_and_no_never_overlap_and_together_are_what_was_known(told: frozenset[str], before: Value | None) -> None:
    assume(told != OPTIONS)
    known = before.possible if isinstance(before, Choice) else OPTIONS
    yes, no = narrowed(Choice(told), before), opposite(COLOUR, Choice(told), before)
    assert isinstance(yes, Choice)
    assert isinstance(no, Choice)

    assert yes.possible
    assert no.possible
    assert not yes.possible & no.possible
    if known & told and known - told:
        assert yes.possible | no.possible == known
    else:
        # The parent contradicts an earlier answer: the new one counts.
        assert yes.possible <= told
        assert not no.possible & told


points = st.integers(30, 45).map(Decimal)


@st.composite
def half_lines(draw: st.DrawFn) -> Interval:
    """What a line of a checklist can say of a number so that "no" leaves one stretch."""
    limit, inside = draw(points), draw(st.booleans())
    return Interval(low=limit, low_in=inside) if draw(st.booleans()) else Interval(high=limit, high_in=inside)


@given(half_lines(), st.none() | st.tuples(points, points).map(sorted), points)
def test_yes_and_no_to_a_number_never_overlap_and_together_are_what_was_known(
    told: Interval, ends: list[Decimal] | None, number: Decimal
) -> None:
    before = None if ends is None else Number(Interval(ends[0], ends[1]))
    yes, no = narrowed(Number(told), before), opposite(TEMPERATURE, Number(told), before)
    assert isinstance(yes, Number)
    assert isinstance(no, Number)
    exactly = Interval.exactly(number)

    assert not yes.interval.meets(no.interval)
    if before is not None and before.interval.meets(told) and not before.interval.inside(told):
        assert exactly.inside(before.interval) is (exactly.inside(yes.interval) or exactly.inside(no.interval))


@given(bands, bands)
def test_two_ticks_about_one_fact_mean_either(one: frozenset[str], other: frozenset[str]) -> None:
    assert merged(Choice(one), Choice(other)) == Choice(one | other, settled=False)


@given(half_lines(), half_lines())
def test_two_ticks_about_one_number_hold_both(one: Interval, other: Interval) -> None:
    both = merged(Number(one), Number(other))
    assert isinstance(both, Number)

    assert both == merged(Number(other), Number(one))
    assert one.inside(both.interval)
    assert other.inside(both.interval)
    assert both.interval.within(Interval(low=Decimal(100)), settled=both.settled) is not Truth.UNSURE


def test_two_ticks_about_parts_of_the_body_add_up() -> None:
    legs = Many(frozenset(), frozenset({"legs", "chin"}))

    assert merged(Many.of("chin"), legs) == Many(frozenset({"chin"}), frozenset({"chin", "legs"}))
