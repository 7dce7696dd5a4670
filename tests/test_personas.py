"""Made-up parents in every flow: nobody is told less than the rules say about all that they know."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from bot.authoring.cases import Case, read_cases
from bot.authoring.judge import judge
from bot.authoring.random_personas import DAY, level_of, random_facts
from bot.authoring.simulate import play
from bot.facts.level import Level
from bot.places import find_places
from bot.script.load import load_places
from bot.talk.engine import Engine

PARENTS = int(os.environ.get("STEADY_PERSONAS", "16"))
"""How many parents are tried in each flow; a nightly run sets more."""

MOST_OVER = 0.10
CASES = Path(__file__).resolve().parents[2] / "shared" / "clinical" / "cases.yaml"


@cache
def engine() -> Engine:
    places = find_places(None)
    return Engine(load_places(places.dialogs, places.content))


FLOWS = [name for name, dialog in engine().script.dialogs.items() if not dialog.part]


@pytest.mark.parametrize("flow", FLOWS)
def test_nobody_is_told_less_than_the_rules_say(flow: str) -> None:
    over = 0
    for seed in range(PARENTS):
        number = seed + 1000 * FLOWS.index(flow)
        facts = random_facts(engine().script, number)
        wanted = level_of(engine().script, facts)
        played = play(engine(), Case(f"random {number}", flow, facts, DAY))
        assert not played.faults, played.faults
        told = Level.REASSURE if played.level is None else played.level
        assert told >= wanted, f"parent {number}: {told.name} instead of {wanted.name}\n{played.chat.transcript()}"
        over += told > wanted
    # Facts are drawn one by one, so that a few parents contradict themselves (no reaction during it, but no event).
    assert over <= max(3, MOST_OVER * PARENTS)


@pytest.mark.skipif(not CASES.exists(), reason="the clinical cases are not beside this checkout")
def test_the_clinical_cases_come_out_right() -> None:
    file = read_cases(CASES, engine().script)
    wrong = {}
    for case in file.cases:
        played = play(engine(), case)
        judge(played, file.concepts)
        if played.faults:
            wrong[case.id] = [str(fault) for fault in played.faults]
    assert not wrong
