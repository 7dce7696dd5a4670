"""A played case is compared with what it expects; each difference is told in a few words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.authoring.cases import NONE
from bot.authoring.played import About, Played
from bot.facts.level import ALLOWED, Level

INPUTS = ("field", "action", "suggest_c", "value_c", "age_days")
ANY = "any"


def judge(played: Played, concepts: Mapping[str, re.Pattern[str]]) -> None:
    """Note every difference between what came out and what the case expects."""
    expected = played.case.expected
    _judge_level(played)
    _judge_rules(played)
    # An action belongs to a level: one above it is judged by that level alone.
    counts = played.level is not None and expected.action in ALLOWED[played.level]
    if counts and played.action is not expected.action:
        played.note(About.ACTION, f"action: {played.action or 'none'}, expected {expected.action}")
    for gate, result in expected.gates.items():
        if played.gates.get(gate) != result:
            played.note(About.GATE, f"gate {gate}: {played.gates.get(gate, 'unknown')}, expected {result}")
    _judge_input(played)
    _judge_texts(played, concepts)


def _judge_level(played: Played) -> None:
    wanted = played.case.expected.levels
    # NONE marks an input test: it has no level of its own.
    if wanted and not played.case.expected.tests_input and played.level not in wanted:
        names = ", ".join(NONE if level is None else level.name for level in wanted)
        kind = "under-triage" if played.under else "over-triage"
        played.note(About.LEVEL, f"{kind}: {played.level_name}, expected {names}")
    if played.level is Level.EMERGENCY and not played.told_emergency:
        played.note(About.LEVEL, "no message tells of the EMERGENCY")


def _judge_rules(played: Played) -> None:
    """An EMERGENCY ends the questions, and lower levels ask for less: then some rules of a case are never decided."""
    raised = [rule for rule in played.case.expected.not_rules if rule in played.rules]
    if raised:
        played.note(About.RULES, f"rules: {_listed(raised)} raised, expected not to be")
    book = played.chat.engine.script.book.rules
    wanted = [rule for rule in played.case.expected.rules if rule in book]
    if played.level is Level.EMERGENCY and not played.under:
        if wanted and not set(wanted) & set(played.rules):
            played.note(About.RULES, f"rules: {_listed(played.rules)}, expected one of {_listed(wanted)}")
        return
    lowest = min((one for one in played.case.expected.levels if one is not None), default=Level.REASSURE)
    missing = [rule for rule in wanted if rule not in played.rules and book[rule].highest >= lowest]
    if missing and not set(wanted) & set(played.rules):
        played.note(About.RULES, f"rules: {_listed(played.rules)}, expected {_listed(wanted)}")


def _listed(rules: list[str] | tuple[str, ...]) -> str:
    return ", ".join(rules) or "none"


def _judge_input(played: Played) -> None:
    wanted, got = played.case.expected.input, played.input or {}
    for name in INPUTS:
        if name not in wanted or (name == "field" and wanted[name] == ANY):
            continue
        if not _same(got.get(name), wanted[name]):
            played.note(About.INPUT, f"input {name}: {got.get(name, 'none')}, expected {wanted[name]}")


def _same(one: object, other: str) -> bool:
    try:
        return float(str(one)) == float(other)
    except ValueError:
        return str(one) == other


def _judge_texts(played: Played, concepts: Mapping[str, re.Pattern[str]]) -> None:
    expected = played.case.expected
    shown = played.texts(played.result_turn or 0)
    for name in expected.says:
        if not concepts[name].search(shown):
            before = " (only before the result)" if concepts[name].search(played.texts()) else ""
            played.note(About.TEXT, f"does not mention {name}{before}")
    for name in expected.never_says:
        if found := concepts[name].search(shown):
            played.note(About.TEXT, f"mentions {name}: {found[0]!r}")
