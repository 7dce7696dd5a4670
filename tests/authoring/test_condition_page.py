"""A condition that is read aloud: one thought a line, and what belongs together stands together."""

from __future__ import annotations

import pytest

from bot.authoring.condition_page import WIDTH, in_lines, rule_lines
from bot.authoring.condition_words import fact_in_words
from bot.authoring.facts_behind import facts_behind
from bot.authoring.golden import engine
from bot.script.conditions import Condition, FactIs, walk
from bot.script.document import compose
from bot.script.problems import Problems
from bot.script.read_condition import ConditionReader

SCRIPT = engine().script


def read(text: str) -> Condition:
    problems = Problems()
    book = SCRIPT.book
    found = ConditionReader(SCRIPT.vocabulary, problems, book.rules, book.tags, book.gate_results).read(
        compose(text, "a.yaml")
    )
    assert not problems.found
    return found


def lines(text: str) -> list[str]:
    return in_lines(read(text), SCRIPT.vocabulary)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("{tremor: yes, fever: no}", "tremor: yes and fever: no"),
        ("{any: [{tremor: yes}, {fever: yes}]}", "tremor: yes or fever: yes"),
        ("{not: {ongoing_now: yes}}", "ongoing now: no"),
        ("{not: {state: asleep}}", "not (state: asleep)"),
    ],
)
def test_a_short_condition_stays_in_one_line(written: str, words: str) -> None:
    assert lines(written) == [words]


def test_an_or_inside_an_and_has_a_line_of_its_own() -> None:
    assert lines("{tremor: yes, any: [{fever: yes}, {colour: blue}]}") == [
        "all of this is true:",
        "  - tremor: yes",
        "  - fever: yes or colour: blue",
    ]


def test_a_not_of_several_says_that_they_are_not_true_together() -> None:
    assert lines("{tremor: yes, not: {fever: yes, colour: blue}}") == [
        "all of this is true:",
        "  - tremor: yes",
        "  - not all of this is true together:",
        "      - fever: yes",
        "      - colour: blue",
    ]


def test_a_not_of_an_or_says_that_none_is_true() -> None:
    assert lines("{not: {any: [{fever: yes}, {colour: blue}]}}") == [
        "none of these is true:",
        "  - fever: yes",
        "  - colour: blue",
    ]


def test_a_count_of_groups_says_how_many_and_lists_them() -> None:
    told = lines("{count: {at least: 2, of: [{any: [{fever: yes}, {colour: blue}]}, {tremor: yes}, {jaundice: yes}]}}")

    assert told == [
        "at least 2 of these are true:",
        "  - fever: yes or colour: blue",
        "  - tremor: yes",
        "  - jaundice: yes",
    ]


def test_a_not_of_a_count_says_fewer() -> None:
    told = lines("{not: {count: {at least: 2, of: [{fever: yes}, {tremor: yes}, {jaundice: yes}]}}}")

    assert told[0] == "fewer than 2 of these are true:"


def test_no_line_of_a_rule_needs_more_than_one_pair_of_brackets() -> None:
    for rule in SCRIPT.book.rules.values():
        for line in rule_lines(rule, SCRIPT.vocabulary):
            assert line.count("(") <= 1, (rule.id, line)
            assert line.startswith(
                (" ", "EMERGENCY", "URGENT", "SOON", "ROUTINE", "REASSURE", "Not", "Where", "Else", "It")
            )


def test_every_part_of_a_condition_stands_in_some_line() -> None:
    """Nothing is lost between the words in one line and the words on a page."""
    for rule in SCRIPT.book.rules.values():
        told = " ".join(rule_lines(rule, SCRIPT.vocabulary))
        for name in {part.fact for row in rule.levels for part in walk(row.when) if isinstance(part, FactIs)}:
            assert fact_in_words(name, SCRIPT.vocabulary) in told, (rule.id, name)


def test_a_long_list_gets_a_line_each() -> None:
    rule = SCRIPT.book.rules["R-14"]
    told = list(rule_lines(rule, SCRIPT.vocabulary))

    assert told[:9] == [
        "EMERGENCY, call, when all of this is true:",
        "  - tremor: yes",
        "  - in series: yes",
        "  - not all of this is true together:",
        "      - wakes and stops: yes",
        "      - younger age under 3 months",
        "      - age known",
        "      - gestation known or age under 3 months",
        "  - younger age under 28 days",
    ]
    assert max(map(len, told)) <= WIDTH + 30


def test_an_age_from_birth_is_the_day_of_birth_and_a_younger_one_the_weeks_as_well() -> None:
    assert facts_behind([read("{age: under 28 days}")], SCRIPT.vocabulary) == {"birth_date"}
    for name in ("age_younger", "age_corrected"):
        found = facts_behind([read(f"{{{name}: under 28 days}}")], SCRIPT.vocabulary)
        assert found == {"birth_date", "gestation_weeks"}


def test_the_facts_behind_a_computed_fact_are_those_that_it_is_made_of() -> None:
    assert "temperature_c" in facts_behind([read("{fever: yes}")], SCRIPT.vocabulary)
