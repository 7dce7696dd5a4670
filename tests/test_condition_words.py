"""Conditions in words: each kind, as whoever edits the script reads it."""

import re

import pytest

from bot.authoring.condition_words import in_words
from bot.authoring.golden import engine
from bot.script.conditions import ALWAYS, Condition
from bot.script.document import compose
from bot.script.problems import Problems
from bot.script.read_condition import ConditionReader

SCRIPT = engine().script


def said(text: str) -> str:
    """The words for a condition that is written like this in a dialog or rule."""
    problems = Problems()
    book = SCRIPT.book
    reader = ConditionReader(SCRIPT.vocabulary, problems, book.rules, book.tags, book.gate_results)
    condition = reader.read(compose(text, "a.yaml"))
    assert not problems.found
    return in_words(condition, SCRIPT.vocabulary)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("{tremor: yes}", "tremor: yes"),
        ("{tremor: [yes, not sure]}", "tremor: yes / not sure"),
        ("{state: [waking, asleep]}", "state: asleep / waking"),
        ("{body_parts: {only: [lip, chin]}}", "body parts: only chin / lip"),
        ("{temperature_c: at least 38.0}", "temperature at least 38.0 °C"),
        ("{vaccination_hours_ago: up to 48}", "vaccination up to 48 hours ago"),
        ("{duration_s: under 30}", "duration under 30 s"),
        ("{minutes_since_feed: under 40}", "minutes since feed under 40"),
        ("{temperature_again_c: none}", "temperature again: none"),
        ("{age_younger: up to 3 months}", "younger age up to 3 months"),
        ("{when_last: known}", "when last known"),
        ("{not: {when_last: known}}", "when last not known"),
        ("{not: {ongoing_now: yes}}", "ongoing now: no"),
        ("{not: {state: asleep}}", "not (state: asleep)"),
        ("{tremor: yes, fever: no}", "tremor: yes and fever: no"),
        ("{tremor: yes, any: [{fever: yes}, {colour: blue}]}", "tremor: yes and (fever: yes or colour: blue)"),
        (
            "{age_younger: from 8 weeks, all: [{age_younger: up to 3 months}]}",
            "younger age from 8 weeks and up to 3 months",
        ),
        (
            "{count: {at least: 2, of: [{fever: yes}, {tremor: yes}, {colour: blue}]}}",
            "at least 2 of: fever: yes; tremor: yes; colour: blue",
        ),
        ("{level: SOON or higher}", "level SOON or higher"),
        ("{not: {level: SOON or higher}}", "level below SOON"),
        ("{level: SOON}", "level SOON"),
        ("{gate: massage, is: closed}", "gate massage is closed"),
        ("{flag: E-01}", "E-01 is raised"),
        ("{not: {flag: E-01}}", "E-01 is not raised"),
        ("{not: {flags: {tagged: tone, at least: 1}}}", "no flags with the tag tone"),
        ("{flags: {tagged: amber, at least: 3}}", "3 or more flags with the tag amber"),
    ],
)
def test_every_kind_of_condition_reads_as_words(written: str, words: str) -> None:
    assert said(written) == words


def test_no_condition_is_always() -> None:
    assert in_words(ALWAYS, SCRIPT.vocabulary) == "always"


def test_no_condition_of_the_script_shows_how_it_is_stored() -> None:
    """No underscore, no class name, no set of Python."""
    conditions = [item.when for dialog in SCRIPT.dialogs.values() for item in dialog.plan]
    conditions += [row.when for rule in SCRIPT.book.rules.values() for row in rule.levels]
    conditions += [closing.when for gate in SCRIPT.book.gates.values() for closing in gate.closed]
    conditions += [fact.ask_if for fact in SCRIPT.vocabulary.facts.values() if fact.ask_if is not None]

    for condition in conditions:
        words = in_words(condition, SCRIPT.vocabulary)
        assert words
        assert not re.search(r"[_={}\[\]]|frozenset|[A-Z][a-z]+[A-Z(]", words), words
        assert words.count("(") == words.count(")")


def test_different_conditions_of_a_plan_have_different_words() -> None:
    """What reads alike is alike: else a picture would hide a difference."""
    seen: dict[str, Condition] = {}
    for dialog in SCRIPT.dialogs.values():
        for item in dialog.plan:
            words = in_words(item.when, SCRIPT.vocabulary)
            assert seen.setdefault(words, item.when) == item.when, words
