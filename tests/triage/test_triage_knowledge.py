"""What is known of a child at one moment: told, stale, not to be asked, computed, or not known at all."""

from datetime import timedelta
from decimal import Decimal

import pytest
from triage_helpers import NOW, knowing, later, old

from bot.facts.interval import Interval
from bot.facts.level import Level
from bot.facts.matcher import Known, Matcher, OneOf, Within
from bot.facts.truth import Truth
from bot.facts.value import NO, NOT_SURE, YES, Choice, Number
from bot.script.conditions import FlagRaised, FlagsRaised, GateIs, LevelIs, evaluate
from bot.script.vocabulary import AgeFunction

TRUE, FALSE, OPEN, UNSURE = Truth.TRUE, Truth.FALSE, Truth.OPEN, Truth.UNSURE
YES_ = OneOf(frozenset({"yes"}))
NO_ = OneOf(frozenset({"no"}))
NOT_SURE_ = OneOf(frozenset(), not_sure=True)


@pytest.mark.parametrize(
    ("told", "is_yes", "is_no", "is_not_sure", "is_known"),
    [
        ({}, OPEN, OPEN, OPEN, OPEN),
        ({"blue": "yes"}, TRUE, FALSE, FALSE, TRUE),
        ({"blue": "no"}, FALSE, TRUE, FALSE, TRUE),
        ({"blue": None}, UNSURE, UNSURE, TRUE, FALSE),
    ],
)
def test_unknown_is_not_no(
    told: dict[str, object], is_yes: Truth, is_no: Truth, is_not_sure: Truth, is_known: Truth
) -> None:
    """Always 2: only "not sure" matches "not sure", and nothing matches what was not asked yet."""
    knowledge = knowing(told)

    assert [knowledge.fact("blue", one) for one in (YES_, NO_, NOT_SURE_, Known())] == [
        is_yes,
        is_no,
        is_not_sure,
        is_known,
    ]


def test_an_answer_counts_for_its_time_and_not_a_second_longer() -> None:
    knowledge = knowing(temperature_c=36.8)
    hot = Within(Interval(low=Decimal(38)))

    assert later(knowledge, timedelta(hours=2)).fact("temperature_c", hot) is FALSE
    stale = later(knowledge, timedelta(hours=2, seconds=1))
    assert stale.stale("temperature_c")
    assert stale.answered("temperature_c") is None
    assert stale.fact("temperature_c", hot) is OPEN


def test_an_answer_about_the_child_is_never_stale() -> None:
    assert not later(knowing(mother_ill="yes"), timedelta(days=400)).stale("mother_ill")


def test_what_is_not_to_be_asked_counts_as_usual() -> None:
    knowledge = knowing(temperature_c=37.0)

    assert not knowledge.askable("feels_hot")
    assert knowledge.value("feels_hot") == NO
    assert knowledge.answered("feels_hot") is None
    assert knowledge.fact("feels_hot", YES_) is FALSE


def test_what_was_told_counts_even_where_it_is_not_to_be_asked() -> None:
    assert knowing(temperature_c=37.0, feels_hot="yes").fact("feels_hot", YES_) is TRUE


def test_a_band_that_nobody_will_narrow_any_more_counts_as_usual() -> None:
    band = Choice(frozenset({"yes", "no"}), settled=False)

    assert knowing(temperature_c=None, feels_hot=band).fact("feels_hot", YES_) is OPEN
    assert knowing(temperature_c=37.0, feels_hot=band).fact("feels_hot", YES_) is FALSE


@pytest.mark.parametrize(
    ("told", "askable"),
    [
        ({}, True),
        ({"temperature_c": None}, True),
        ({"temperature_c": 37.0}, False),
    ],
)
def test_a_question_makes_sense_until_its_condition_surely_fails(told: dict[str, object], askable: bool) -> None:
    assert knowing(told).askable("feels_hot") is askable


@pytest.mark.parametrize(
    ("days", "askable"), [(None, True), (old(27), True), (old(28), False)], ids=["not asked", "27 days", "28 days"]
)
def test_a_question_of_an_age_is_asked_until_the_child_is_surely_older(days: object, askable: bool) -> None:
    told = {} if days is None else {"birth_date": days}

    assert knowing(told).askable("newborn_sign") is askable


def test_an_unknown_age_asks_the_questions_of_young_babies() -> None:
    assert knowing(birth_date=None).askable("newborn_sign")


def test_not_sure_may_be_harmless_always_or_at_an_age() -> None:
    assert knowing(cries=None).fact("cries", YES_) is FALSE
    assert knowing(birth_date=old(14), mother_ill=None).fact("mother_ill", YES_) is UNSURE
    assert knowing(birth_date=old(15), mother_ill=None).fact("mother_ill", YES_) is FALSE
    assert knowing(birth_date=None, mother_ill=None).fact("mother_ill", YES_) is UNSURE
    assert knowing(mother_ill=None).fact("mother_ill", YES_) is UNSURE


def test_a_harmless_not_sure_is_still_not_sure() -> None:
    assert knowing(cries=None).fact("cries", NOT_SURE_) is TRUE
    assert knowing(cries=None).fact("cries", Known()) is FALSE


@pytest.mark.parametrize("fact", ["cries", "weepy"])
def test_for_a_gate_even_a_harmless_not_sure_counts(fact: str) -> None:
    assert knowing(cries=None).fact(fact, YES_) is FALSE
    assert knowing(cries=None).fact(fact, YES_, strict=True) is UNSURE


@pytest.mark.parametrize(
    ("told", "fever"),
    [
        ({"temperature_c": 38.0}, TRUE),
        ({"temperature_c": 37.9}, FALSE),
        ({"temperature_c": None, "feels_hot": "yes"}, TRUE),
        ({"temperature_c": None, "feels_hot": "no"}, UNSURE),
        ({"temperature_c": None, "feels_hot": None}, UNSURE),
        ({"temperature_c": None}, OPEN),
        ({}, OPEN),
    ],
)
def test_a_computed_fact_is_as_sure_as_what_it_is_made_of(told: dict[str, object], fever: Truth) -> None:
    knowledge = knowing(told)

    assert knowledge.fact("fever", YES_) is fever
    assert knowledge.fact("fever", NO_) is ~fever
    assert knowledge.fact("fever", NOT_SURE_) is (OPEN if fever is OPEN else TRUE if fever is UNSURE else FALSE)
    assert knowledge.fact("fever", Known()) is ~knowledge.fact("fever", NOT_SURE_)


@pytest.mark.parametrize(
    ("told", "two"),
    [
        ({"pale": "yes", "limp": "yes"}, TRUE),
        ({"pale": "yes", "limp": "no", "feeding": "none"}, TRUE),
        ({"pale": "no", "limp": "no"}, FALSE),
        ({"pale": "yes", "limp": "no", "feeding": None}, UNSURE),
        ({"pale": "yes", "limp": None}, OPEN),
        ({"pale": "yes"}, OPEN),
    ],
)
def test_a_count_is_at_least_what_is_sure_and_at_most_what_may_be(told: dict[str, object], two: Truth) -> None:
    assert knowing(told).fact("signs", Within(Interval(low=Decimal(2)))) is two


def test_before_the_birth_date_is_asked_there_is_no_age() -> None:
    assert knowing().age(AgeFunction.FROM_BIRTH) is None
    assert knowing().fact("age", Known()) is OPEN


def test_each_age_is_the_age_of_its_function() -> None:
    knowledge = knowing(birth_date=old(100), gestation_weeks=35)
    ages = [knowledge.age(function) for function in AgeFunction]

    assert [age.days for age in ages if age is not None] == [(100, 100), (65, 65), (65, 65)]


def test_at_the_end_what_nobody_asked_counts_as_not_sure() -> None:
    knowledge = knowing(closing=True)

    assert knowledge.fact("blue", YES_) is UNSURE
    assert knowledge.fact("fever", YES_) is UNSURE
    assert knowledge.fact("cries", YES_) is FALSE
    assert knowledge.fact("age", Known()) is FALSE
    assert knowledge.fact("signs", Within(Interval(low=Decimal(1)))) is UNSURE


def test_at_the_end_a_band_that_was_never_narrowed_is_not_sure() -> None:
    band = Number(Interval(Decimal(37), Decimal(39)), settled=False)

    assert knowing(temperature_c=band, closing=True).fact("temperature_c", Within(Interval(low=Decimal(38)))) is UNSURE


def test_facts_know_no_flags_no_level_and_no_gates() -> None:
    """The reader refuses such a condition; here it would be a mistake of ours."""
    knowledge = knowing()
    for condition in (
        FlagRaised("F-01"),
        FlagsRaised(1),
        LevelIs(Level.SOON, or_higher=True),
        GateIs("massage", "open"),
    ):
        with pytest.raises(TypeError, match="a fact looks at"):
            evaluate(condition, knowledge)


@pytest.mark.parametrize("matcher", [YES_, Known()])
def test_a_count_is_asked_only_for_numbers(matcher: Matcher) -> None:
    with pytest.raises(TypeError, match="cannot be asked of a count"):
        knowing().fact("signs", matcher)


def test_answers_are_kept_with_their_time() -> None:
    assert knowing(blue="yes").told["blue"].at == NOW
    assert knowing(blue="yes").value("blue") == YES
    assert knowing(blue=None).value("blue") == NOT_SURE
