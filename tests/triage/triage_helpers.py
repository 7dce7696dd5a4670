"""Small vocabularies and rules for the tests of triage, and what is known of a child."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from textwrap import dedent, indent

from bot.facts.value import NO, NOT_SURE, YES, Choice, DaysOld, Number, Value
from bot.script.document import Node, compose
from bot.script.load_facts import load_vocabulary
from bot.script.load_rules import load_rule_book
from bot.script.problems import Problems
from bot.script.rules import RuleBook
from bot.script.vocabulary import Vocabulary
from bot.triage.knowledge import Knowledge, Told

CHECKOUT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
TODAY = NOW.date()

FACTS = """
facts:
  birth_date: {type: date, scope: child}
  gestation_weeks: {type: number, unit: weeks, scope: child, usual: 40}
  temperature_c: {type: number, unit: °C, scope: now, valid_for: 2 hours, usual: 36.8}
  feels_hot: {type: yes_no, scope: now, valid_for: 2 hours, usual: no, ask_if: {temperature_c: not sure}}
  blue: {type: yes_no, scope: check, usual: no}
  limp: {type: yes_no, scope: check, usual: no}
  pale: {type: yes_no, scope: check, usual: no}
  cries: {type: yes_no, scope: check, usual: no, harmless_unknown: yes}
  mother_ill: {type: yes_no, scope: child, usual: no, harmless_unknown: from 15 days}
  newborn_sign: {type: yes_no, scope: check, usual: no, ages: under 28 days}
  feeding: {type: choice, options: [normal, reduced, none], scope: check, usual: normal}
derived:
  age: {type: age, function: age_from_birth}
  age_younger: {type: age, function: age_younger}
  fever: {type: yes_no, from: {any: [{temperature_c: at least 38.0}, {temperature_c: not sure, feels_hot: yes}]}}
  weepy: {type: yes_no, from: {cries: yes}}
  signs: {type: number, function: count_of, of: [{pale: yes}, {limp: yes}, {feeding: [reduced, none]}]}
"""


@cache
def vocabulary(facts: str = FACTS) -> Vocabulary:
    """Read facts; they must be without a mistake."""
    problems = Problems()
    found = load_vocabulary(compose(facts, "content/facts.yaml"), problems)
    problems.raise_if_any()
    return found


def book(rules: str, gates: str = "{}") -> RuleBook:
    """Read rules from what matters of them; the rest (title, sources, examples) is filled in."""
    problems = Problems()
    text = "rules:\n" + indent(dedent(rules), "  ")
    filled = []
    for line in text.splitlines():
        filled.append(line)
        if line.startswith("  ") and not line.startswith("   ") and line.rstrip().endswith(":"):
            filled.append(
                "    title: A rule\n    because: of this\n    sources: [tremor:1]\n    approved: {by: nobody yet}\n"
                "    fires_for: [{blue: yes}]\n    quiet_for: [{blue: no}]"
            )
    found = load_rule_book(
        compose("\n".join(filled) + "\n", "content/red_flags.yaml"),
        compose("gates:\n" + indent(dedent(gates), "  ") if gates != "{}" else "gates: {}", "content/gates.yaml"),
        vocabulary(),
        problems,
    )
    problems.raise_if_any()
    return found


def value(told: object) -> Value:
    """A value, written shortly: yes, no, None (not sure), a number, an option, or a value itself."""
    match told:
        case "yes" | True:
            return YES
        case "no" | False:
            return NO
        case None:
            return NOT_SURE
        case str():
            return Choice.of(told)
        case int() | float():
            return Number.of(str(told))
    assert isinstance(told, Value)
    return told


def old(days: int) -> DaysOld:
    """An age in days."""
    return DaysOld(days, days, TODAY)


def knowing(
    facts: Mapping[str, object] | Iterable[tuple[str, object]] = (), *, closing: bool = False, **more: object
) -> Knowledge:
    """What is known now, all of it told just now."""
    told = {name: Told(value(one), NOW) for name, one in {**dict(facts), **more}.items()}
    return Knowledge(vocabulary(), told, now=NOW, today=TODAY, closing=closing)


def later(knowledge: Knowledge, passed: timedelta) -> Knowledge:
    """The same answers some time later."""
    now = NOW + passed
    return Knowledge(knowledge.vocabulary, knowledge.told, now=now, today=now.date())


@cache
def real() -> tuple[Vocabulary, RuleBook]:
    """The real facts and rules."""
    problems = Problems()

    def read(name: str) -> Node:
        path = f"content/{name}.yaml"
        return compose((CHECKOUT / path).read_text(encoding="utf-8"), path)

    facts = load_vocabulary(read("facts"), problems)
    rules = load_rule_book(read("red_flags"), read("gates"), facts, problems)
    problems.raise_if_any()
    return facts, rules
