"""Made-up parents against a second reading of the clinical table, which knows nothing of the product.

Needs `../shared/clinical`; without it there is nothing to read. `STEADY_PERSONAS` sets how many parents are tried.
"""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from made_up import DAY, made_up, sensible, spelled
from second_reading import CLINICAL, LEVELS, UNKNOWN, Table

from bot.authoring.cases import read_cases
from bot.authoring.played import Played
from bot.authoring.simulate import play
from bot.facts.level import Level
from bot.places import find_places
from bot.script.load import load_places
from bot.talk.engine import Engine

pytestmark = pytest.mark.skipif(not (CLINICAL / "rules.yaml").is_file(), reason="the clinical tables are not here")

PARENTS = int(os.environ.get("STEADY_PERSONAS", "8"))
"""How many parents are tried in each flow; a nightly run sets more."""

MOST_OVER = 0.10


@cache
def table() -> Table:
    return Table()


@cache
def engine() -> Engine:
    places = find_places()
    return Engine(load_places(places.dialogs, places.content))


FLOWS = [name for name, dialog in engine().script.dialogs.items() if not dialog.part]


def played(folder: Path, flow: str, facts: dict[str, Any]) -> Played:
    """Play a parent as a case of a file, as `steady simulate` would."""
    path = folder / "cases.yaml"
    path.write_text(json.dumps({"vignettes": [{"id": "made up", "flow": flow, "facts": facts}]}), encoding="utf-8")
    (case,) = read_cases(path, engine().script).cases
    return play(engine(), case)


def told(one: Played) -> int:
    return int(Level.REASSURE if one.level is None else one.level)


@pytest.mark.parametrize("flow", FLOWS)
def test_nobody_is_told_less_than_the_table_says(flow: str, tmp_path: Path) -> None:
    over = []
    for number in range(PARENTS):
        facts = made_up(table(), number + 100_000 * FLOWS.index(flow))
        wanted = table().judge(facts, DAY)
        one = played(tmp_path, flow, facts)
        about = f"{flow}, {facts}\n{wanted.rules}\n{one.rules}"

        assert not one.faults, about
        assert told(one) >= LEVELS.index(wanted.level), about
        if told(one) > LEVELS.index(wanted.level):
            over.append(about)
            continue
        if one.level is Level.EMERGENCY:
            # It ends the questions, so that what would have come after it is never asked.
            assert one.told_emergency, about
            continue
        assert (None if one.action is None else one.action.value) == wanted.action, about
        assert {rule for rule, level in wanted.rules.items() if LEVELS.index(level) >= 2} <= set(one.rules), about
        if flow in one.gates:
            assert one.gates[flow] == wanted.gates[flow], about
    assert len(over) <= max(2, MOST_OVER * PARENTS), over


def test_an_emergency_is_told_in_the_turn_in_which_it_became_known(tmp_path: Path) -> None:
    """No turn leaves an EMERGENCY behind while the questions go on."""
    for number in range(PARENTS):
        one = played(tmp_path, "danger_check", made_up(table(), 7_000_000 + number))
        for line in one.chat.lines:
            check = line.after.check
            if check is None or check.ended:
                break
            assert not any(flag.level is Level.EMERGENCY for flag in check.flags.values()), one.chat.transcript()


@pytest.mark.parametrize("number", range(max(4, PARENTS // 2)))
def test_how_a_number_is_spelled_changes_nothing(number: int, tmp_path: Path) -> None:
    facts = sensible(table(), spelled(table(), number))
    wanted = table().judge(facts, DAY)
    one = played(tmp_path, "fever_screen", facts)

    assert told(one) >= LEVELS.index(wanted.level), facts
    assert one.input is None or one.input["action"] not in ("reject", "interrupt_emergency"), (facts, one.input)


def test_the_second_reading_reads_the_table_as_it_is_written() -> None:
    """A few children of rules.md, worked out by hand, so that the reading itself is held to something."""
    children: list[tuple[dict[str, Any], str, set[str]]] = [
        ({"age_days": "92", "temperature_c": "38.0"}, "EMERGENCY", {"F-01"}),
        ({"age_days": "93", "temperature_c": "38.0"}, "SOON", {"F-06"}),
        ({"age_days": "200", "non_blanching_rash": UNKNOWN}, "URGENT", {"E-06", "C-05"}),
        ({"age_days": "27", "loose_stools": "yes", "irritable": "yes"}, "EMERGENCY", {"R-29"}),
        ({"age_days": "70", "temperature_c": "38.2", "vaccination_hours_ago": "20"}, "URGENT", {"F-01v"}),
        ({"age_days": "200"}, "REASSURE", set()),
    ]
    for facts, level, rules in children:
        found = table().judge(facts, DAY)
        assert (found.level, rules <= set(found.rules)) == (level, True), facts
