"""What a condition asks of one fact, against every kind of answer."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.facts.age import AgeLimit, Side, Unit, ages
from bot.facts.interval import Interval
from bot.facts.matcher import Known, Matcher, OfAge, OneOf, Only, Within, match, match_age
from bot.facts.truth import Truth
from bot.facts.value import NO, NO_SUCH, NOT_SURE, NOT_SURE_TOO, YES, Born, Choice, DaysOld, Many, Number, Value

TRUE, FALSE, OPEN, UNSURE = Truth.TRUE, Truth.FALSE, Truth.OPEN, Truth.UNSURE
TODAY = date(2026, 1, 15)
WORDS = ["normal", "pale", "blue"]


def is_(*options: str, not_sure: bool = False) -> OneOf:
    return OneOf(frozenset(options), not_sure=not_sure)


def open_choice(*options: str) -> Choice:
    return Choice(frozenset(options), settled=False)


def at_least(number: int) -> Within:
    return Within(Interval(low=Decimal(number)))


@pytest.mark.parametrize(
    ("matcher", "value", "truth"),
    [
        (is_("yes"), YES, TRUE),
        (is_("yes"), NO, FALSE),
        (is_("pale", "blue"), Choice.of("blue"), TRUE),
        (is_("pale", "blue"), Choice.of("pale", "blue"), TRUE),
        (is_("blue"), Choice.of("pale", "blue"), UNSURE),
        (is_("blue"), open_choice("pale", "blue"), OPEN),
        (is_("blue"), open_choice("normal", "pale"), FALSE),
        (is_("blue"), open_choice("blue"), TRUE),
        (is_("yes"), NOT_SURE, UNSURE),
        (is_("no"), NOT_SURE, UNSURE),
        (is_("yes", not_sure=True), NOT_SURE, TRUE),
        (is_(not_sure=True), NOT_SURE, TRUE),
        (is_(not_sure=True), YES, FALSE),
        (is_("yes", not_sure=True), open_choice("yes", NOT_SURE_TOO), TRUE),
        (is_("yes"), open_choice("yes", NOT_SURE_TOO), OPEN),
        (is_(not_sure=True), open_choice("yes", NOT_SURE_TOO), OPEN),
        (is_("no"), open_choice("yes", NOT_SURE_TOO), FALSE),
        (is_("yes"), NO_SUCH, FALSE),
    ],
)
def test_one_of(matcher: OneOf, value: Value, truth: Truth) -> None:
    assert match(matcher, value) is truth


@pytest.mark.parametrize(
    ("matcher", "value", "truth"),
    [
        (is_("chin"), Many.of("chin", "legs"), TRUE),
        (is_("arms", "legs"), Many.of("chin", "legs"), TRUE),
        (is_("arms"), Many.of("chin", "legs"), FALSE),
        (is_("chin"), Many(frozenset(), frozenset({"chin"})), TRUE),
        (is_("chin"), Many(frozenset(), frozenset({"chin", "legs"})), UNSURE),
        (is_("chin", "legs"), Many(frozenset(), frozenset({"chin", "legs"})), TRUE),
        (is_("arms"), Many(frozenset({"legs"}), frozenset({"arms", "legs"})), UNSURE),
        (Only(frozenset({"chin", "lip"})), Many.of("chin"), TRUE),
        (Only(frozenset({"chin", "lip"})), Many.of("chin", "legs"), FALSE),
        (Only(frozenset({"chin", "lip"})), Many(frozenset({"chin"}), frozenset({"chin", "legs"})), UNSURE),
        (Only(frozenset({"chin"})), Many(frozenset({"legs"}), frozenset({"chin", "legs"})), FALSE),
        (Only(frozenset({"chin"})), NOT_SURE, UNSURE),
        (is_(not_sure=True), Many.of("chin"), FALSE),
    ],
)
def test_several_at_once_are_never_none_at_all(matcher: Matcher, value: Value, truth: Truth) -> None:
    assert match(matcher, value) is truth


@pytest.mark.parametrize(
    ("value", "truth"),
    [
        (Number.of(38), TRUE),
        (Number.of("37.9"), FALSE),
        (Number(Interval(Decimal(38), Decimal(39))), TRUE),
        (Number(Interval(Decimal(37), Decimal(39))), UNSURE),
        (Number(Interval(Decimal(37), Decimal(39)), settled=False), OPEN),
        (Number(Interval(Decimal(36), Decimal(37)), settled=False), FALSE),
        (NOT_SURE, UNSURE),
        (NO_SUCH, FALSE),
    ],
)
def test_within(value: Value, truth: Truth) -> None:
    assert match(at_least(38), value) is truth


def test_none_matches_only_that_there_is_no_such_thing() -> None:
    none = OneOf(frozenset(), none=True)

    assert match(none, NO_SUCH) is TRUE
    assert match(none, Number.of(38)) is FALSE
    assert match(none, NOT_SURE) is UNSURE


@pytest.mark.parametrize(
    ("value", "truth"),
    [
        (YES, TRUE),
        (Number.of(0), TRUE),
        (NO_SUCH, TRUE),
        (Many.of("chin"), TRUE),
        (Born(TODAY), TRUE),
        (DaysOld(1, 2, TODAY), TRUE),
        (Choice.of("pale", "blue"), TRUE),
        (NOT_SURE, FALSE),
        (open_choice("pale", NOT_SURE_TOO), OPEN),
        (open_choice(NOT_SURE_TOO), FALSE),
    ],
)
def test_known_is_everything_but_not_sure(value: Value, truth: Truth) -> None:
    assert match(Known(), value) is truth
    assert match(is_(not_sure=True), value) is ~truth


@pytest.mark.parametrize(
    ("matcher", "value"),
    [
        (at_least(38), YES),
        (Only(frozenset({"chin"})), YES),
        (OfAge(AgeLimit(Side.UNDER, 3, Unit.MONTHS)), YES),
        (at_least(38), Many.of("chin")),
    ],
)
def test_a_question_that_makes_no_sense_is_an_error_and_never_a_silent_no(matcher: Matcher, value: Value) -> None:
    """The script's reader refuses such a condition when it is loaded."""
    with pytest.raises(TypeError, match="cannot be asked of"):
        match(matcher, value)


def test_an_age_is_asked_for_its_side_of_a_limit_or_whether_it_is_known() -> None:
    known, unknown = ages(DaysOld(20, 20, TODAY), NOT_SURE, TODAY).age, ages(NOT_SURE, NOT_SURE, TODAY).age

    assert match_age(OfAge(AgeLimit(Side.UNDER, 28, Unit.DAYS)), known) is TRUE
    assert (match_age(Known(), known), match_age(Known(), unknown)) == (TRUE, FALSE)
    assert (match_age(is_(not_sure=True), known), match_age(is_(not_sure=True), unknown)) == (FALSE, TRUE)
    with pytest.raises(TypeError, match="cannot be asked of an age"):
        match_age(at_least(3), known)


subsets = st.frozensets(st.sampled_from(WORDS), min_size=1)
with_not_sure = st.frozensets(st.sampled_from([*WORDS, NOT_SURE_TOO]), min_size=1)


@given(with_not_sure, st.data())
def test_an_answer_never_turns_what_a_band_had_decided(possible: frozenset[str], data: st.DataObject) -> None:
    told = data.draw(st.sampled_from(sorted(possible)))
    answer: Value = NOT_SURE if told == NOT_SURE_TOO else Choice.of(told)
    wanted = OneOf(data.draw(subsets), not_sure=data.draw(st.booleans()))

    for matcher in (wanted, Known(), is_(not_sure=True)):
        before = match(matcher, Choice(possible, settled=False))
        if before is FALSE and isinstance(answer, type(NOT_SURE)):
            # What was ruled out may still be asked once more, and then be "not sure": unknown, but never true.
            assert match(matcher, answer) is not TRUE
        elif before is not OPEN:
            assert match(matcher, answer) is before


@given(subsets, subsets)
def test_a_settled_band_is_true_of_all_false_of_none_and_unsure_between(
    possible: frozenset[str], wanted: frozenset[str]
) -> None:
    each = {match(OneOf(wanted), Choice.of(option)) for option in possible}

    assert match(OneOf(wanted), Choice(possible)) is (each.pop() if len(each) == 1 else UNSURE)
