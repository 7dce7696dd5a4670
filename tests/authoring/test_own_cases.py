"""Our own cases: written by hand from the clinical rules, played through the real engine.

Every rule has cases in which it is raised and cases, beside a limit, in which it is not.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml

from bot.authoring.cases import Case, CaseFile, read_cases
from bot.authoring.judge import judge
from bot.authoring.simulate import play
from bot.places import find_places
from bot.script.load import load_places
from bot.talk.engine import Engine

FOLDER = Path(__file__).parents[1] / "conversations" / "cases"
FILES = sorted(FOLDER.glob("*.yaml"))


@cache
def engine() -> Engine:
    places = find_places()
    return Engine(load_places(places.dialogs, places.content))


@cache
def read(path: Path) -> CaseFile:
    return read_cases(path, engine().script)


def everyone() -> list[Case]:
    return [case for path in FILES for case in read(path).cases]


def names() -> list[str]:
    """The ids of all cases, read without the script so that collecting the tests stays quick."""
    return [one["id"] for path in FILES for one in raw(path)]


@cache
def raw(path: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)["vignettes"]
    return found


@cache
def by_name() -> dict[str, tuple[Case, CaseFile]]:
    return {case.id: (case, read(path)) for path in FILES for case in read(path).cases}


@pytest.mark.parametrize("name", names())
def test_every_case_comes_out_as_the_rules_say(name: str) -> None:
    case, file = by_name()[name]
    played = play(engine(), case)
    judge(played, file.concepts)

    assert played.passed, f"{[str(fault) for fault in played.faults]}\n{played.chat.transcript()}"
    assert set(case.expected.rules) <= set(played.rules)
    assert not set(case.expected.not_rules) & set(played.rules)


def test_every_rule_has_cases_on_both_sides() -> None:
    rules = {name for name, rule in engine().script.book.rules.items() if rule.levels}
    raised = {rule for case in everyone() for rule in case.expected.rules}
    quiet = {rule for case in everyone() for rule in case.expected.not_rules}

    assert rules - raised == set()
    assert rules - quiet == set()


def test_every_level_of_a_rule_has_a_case() -> None:
    """A rule with several levels has a case at each of them: one side of the limit between two."""
    found = {(rule, case.expected.levels[0]) for case in everyone() for rule in case.expected.rules}
    wanted = {(name, row.level) for name, rule in engine().script.book.rules.items() for row in rule.levels}

    assert {f"{rule} {level.name}" for rule, level in wanted - found} - NEVER_HIGHEST == set()


NEVER_HIGHEST = {
    # Whoever cannot be woken is an EMERGENCY of E-03 in list A, before anybody asks about flapping hands.
    "R-25 EMERGENCY",
}
"""Levels that are reached only where another rule has ended the questions before."""


def test_every_case_tells_why_and_names_rules_that_exist() -> None:
    known = engine().script.book.rules
    for path in FILES:
        for one in raw(path):
            assert one.get("why"), one["id"]
    for case in everyone():
        assert {*case.expected.rules, *case.expected.not_rules} <= set(known), case.id


def test_no_two_cases_have_one_name() -> None:
    assert len(names()) == len(set(names()))
