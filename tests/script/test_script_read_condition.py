"""Conditions as moderators write them, read into what they mean."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from script_helpers import load

from bot.facts.age import AgeLimit, Side, Unit
from bot.facts.interval import Interval
from bot.facts.level import Level
from bot.facts.matcher import Known, Matcher, OfAge, OneOf, Only, Within
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
)
from bot.script.document import compose
from bot.script.problems import Place, Problems
from bot.script.read_condition import ConditionReader
from bot.script.read_measure import read_age_days, read_age_limit, read_interval
from bot.script.vocabulary import Fact, FactType, Scope, Vocabulary

SCRIPT = load()
HERE = Place("a.yaml", 1)
PARTS = Fact("body_parts", FactType.MANY, Scope.CHECK, HERE, options=("chin", "lip", "legs"))
VOCABULARY = Vocabulary({**SCRIPT.vocabulary.facts, "body_parts": PARTS}, SCRIPT.vocabulary.derived)
BLUE = FactIs("colour", OneOf(frozenset({"blue"})))
HOT = FactIs("feels_hot", OneOf(frozenset({"yes"})))


def reader(problems: Problems) -> ConditionReader:
    book = SCRIPT.book
    return ConditionReader(VOCABULARY, problems, book.rules, book.tags, book.gate_results)


def read(text: str) -> Condition:
    problems = Problems()
    condition = reader(problems).read(compose(text, "a.yaml"))
    problems.raise_if_any()
    return condition


def number(**ends: object) -> Within:
    return Within(Interval(**{k: Decimal(v) if isinstance(v, str) else v for k, v in ends.items()}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("{}", ALWAYS),
        ("colour: blue", BLUE),
        ("{colour: blue, feels_hot: yes}", All((BLUE, HOT))),
        ("all: [{colour: blue}, {feels_hot: yes}]", All((BLUE, HOT))),
        ("any: [{colour: blue}, {feels_hot: yes}]", AnyOf((BLUE, HOT))),
        ("not: {colour: blue}", Not(BLUE)),
        ("not: {colour: blue, feels_hot: yes}", Not(All((BLUE, HOT)))),
        ("count: {at least: 1, of: [{colour: blue}, {feels_hot: yes}]}", Count(1, (BLUE, HOT))),
        ("{any: [{colour: blue}], feels_hot: yes}", All((AnyOf((BLUE,)), HOT))),
        ("flag: F-01", FlagRaised("F-01")),
        ("flags: {tagged: danger, at least: 2}", FlagsRaised(2, "danger")),
        (
            "flags: {level: SOON or higher, except: [C-07, F-01], at least: 1}",
            FlagsRaised(1, level=Level.SOON, besides=frozenset({"C-07", "F-01"})),
        ),
        ("flags: {level: EMERGENCY, at least: 1}", FlagsRaised(1, level=Level.EMERGENCY)),
        ("level: SOON", LevelIs(Level.SOON, or_higher=False)),
        ("level: SOON or higher", LevelIs(Level.SOON, or_higher=True)),
        ("{gate: massage, is: gentle}", GateIs("massage", "gentle")),
        ("{gate: massage, is: closed, feels_hot: yes}", All((GateIs("massage", "closed"), HOT))),
    ],
)
def test_each_form_of_a_condition(text: str, condition: Condition) -> None:
    assert read(text) == condition


@pytest.mark.parametrize(
    ("fact", "text", "matcher"),
    [
        ("colour", "blue", OneOf(frozenset({"blue"}))),
        ("colour", "[blue, pale]", OneOf(frozenset({"blue", "pale"}))),
        ("colour", "not sure", OneOf(frozenset(), not_sure=True)),
        ("colour", "[blue, not sure]", OneOf(frozenset({"blue"}), not_sure=True)),
        ("colour", "known", Known()),
        ("feels_hot", "no", OneOf(frozenset({"no"}))),
        ("fever", "yes", OneOf(frozenset({"yes"}))),
        ("body_parts", "[chin, legs]", OneOf(frozenset({"chin", "legs"}))),
        ("body_parts", "{only: [chin, lip]}", Only(frozenset({"chin", "lip"}))),
        ("body_parts", "{only: chin}", Only(frozenset({"chin"}))),
        ("temperature_c", "38.0", number(low="38.0", high="38.0")),
        ("temperature_c", "at least 38.0", number(low="38.0")),
        ("temperature_c", "from 38.0", number(low="38.0")),
        ("temperature_c", "over 38.0", number(low="38.0", low_in=False)),
        ("temperature_c", "under 38.0", number(high="38.0", high_in=False)),
        ("temperature_c", "up to 38.0", number(high="38.0")),
        ("temperature_c", "36.0 to 37.4", number(low="36.0", high="37.4")),
        ("temperature_c", "at least 38.0 °C", number(low="38.0")),
        ("temperature_c", "36.0 to 37.4 °C", number(low="36.0", high="37.4")),
        ("temperature_c", "none", OneOf(frozenset(), none=True)),
        ("temperature_c", "[none, not sure]", OneOf(frozenset(), not_sure=True, none=True)),
        ("temperature_c", "not sure", OneOf(frozenset(), not_sure=True)),
        ("temperature_c", "known", Known()),
        ("not_well", "at least 2", number(low="2")),
        ("age", "under 28 days", OfAge(AgeLimit(Side.UNDER, 28, Unit.DAYS))),
        ("age", "up to 3 months", OfAge(AgeLimit(Side.UP_TO, 3, Unit.MONTHS))),
        ("age", "from 8 weeks", OfAge(AgeLimit(Side.FROM, 8, Unit.WEEKS))),
        ("age", "under 1 month", OfAge(AgeLimit(Side.UNDER, 1, Unit.MONTHS))),
        ("age", "known", Known()),
        ("age", "not sure", OneOf(frozenset(), not_sure=True)),
        ("birth_date", "not sure", OneOf(frozenset(), not_sure=True)),
        ("birth_date", "known", Known()),
    ],
)
def test_each_form_of_a_matcher(fact: str, text: str, matcher: Matcher) -> None:
    assert read(f"{fact}: {text}") == FactIs(fact, matcher)


@pytest.mark.parametrize(
    "text",
    [
        "colour: {only: [blue]}",
        "body_parts: {only: [chin, not sure]}",
        "body_parts: {except: [chin]}",
        "not_well: none",
        "not_well: known",
        "not_well: not sure",
        "age: [under 28 days, known]",
        "age: none",
        "birth_date: 2026-01-01",
        "birth_date: none",
        "temperature_c: [38.0, 39.0]",
        "temperature_c: high",
        "temperature_c: at least 38,0",
        "temperature_c: 1e3",
        "temperature_c: ٣٨",
        "age: under 99999 months",
        "age: under three months",
        "colour: [[blue]]",
        "colour: []",
        "count: {at least: two, of: [{colour: blue}]}",
        "count: [{colour: blue}]",
        "flags: tagged",
        "flags: {tags: danger, at least: 1}",
        "is: closed",
        "any: []",
        "not: [{colour: blue}]",
        "level: [SOON]",
    ],
)
def test_what_would_fail_at_a_parents_turn_is_told_when_it_is_loaded(text: str) -> None:
    problems = Problems()
    reader(problems).read(compose(text, "a.yaml"))

    assert len(problems.found) == 1


def test_reading_goes_on_after_a_mistake() -> None:
    problems = Problems()
    condition = reader(problems).read(compose("{colour: bleu, feels_hot: yes, fevr: yes}", "a.yaml"))

    assert condition == HOT
    assert [problem.what for problem in problems.found] == [
        "'colour' cannot be 'bleu'.",
        "there is no fact 'fevr'.",
    ]


numbers = st.decimals(0, 999, places=2).map(str)


@given(st.sampled_from(["at least", "over", "under", "up to"]), numbers)
def test_a_limit_is_printed_as_it_was_written(side: str, limit: str) -> None:
    text = f"{side} {limit}"

    assert str(read_interval("temperature_c", "°C", text, HERE)) == text


@given(st.sampled_from(Side), st.integers(1, 900), st.sampled_from(Unit))
def test_an_age_limit_is_printed_as_it_was_written(side: Side, number: int, unit: Unit) -> None:
    limit = AgeLimit(side, number, unit)

    assert read_age_limit(str(limit), HERE) == limit


@pytest.mark.parametrize(("text", "days"), [("10 days", 10), ("1 day", 1), ("6 weeks", 42), ("2 months", 61)])
def test_the_age_of_an_example_is_a_number_of_days(text: str, days: int) -> None:
    assert read_age_days(text, HERE) == days
