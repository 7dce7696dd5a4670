"""`steady simulate`: cases played through the real engine, told to people and to programs."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.authoring.cases import read_cases
from bot.authoring.played import Played
from bot.authoring.simulate import play_all
from bot.cli import app
from bot.facts.level import Level
from bot.places import find_places
from bot.script.load import load_places
from bot.talk.engine import Engine

HEAD = """
concepts:
  number: {meaning: the number, pattern: 'call 112'}
  again: {meaning: another try, pattern: 'again|for example|choose|type|did you mean'}
vignettes:
"""
HOT = "- {id: HOT, flow: fever_screen, facts: {age_days: 16, temperature_c: 38.2}, expected_level: EMERGENCY}\n"
WELL = "- {id: WELL, flow: massage, title: A well child, facts: {age_days: 100, temperature_c: 36.8}"
WRONG = WELL.replace("WELL", "WRONG") + ", expected_level: URGENT, expected_gate: {massage: closed}}\n"
RIGHT = WELL + ", expected_level: REASSURE, expected_gate: {massage: gentle}}\n"


@cache
def engine() -> Engine:
    places = find_places()
    return Engine(load_places(places.dialogs, places.content))


def write(folder: Path, text: str) -> Path:
    path = folder / "cases.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def played(folder: Path, facts: str, *, flow: str = "fever_screen", more: str = "") -> Played:
    text = f"- {{id: A, flow: {flow}, facts: {{{facts}}}{', ' if more else ''}{more}}}\n"
    (one,) = play_all(engine(), read_cases(write(folder, text), engine().script))
    return one


def run(folder: Path, text: str, *options: str) -> Result:
    return CliRunner().invoke(app, ["simulate", str(write(folder, text)), *options], catch_exceptions=False)


def test_a_file_whose_cases_all_pass_ends_with_status_0(tmp_path: Path) -> None:
    done = run(tmp_path, HOT + RIGHT)

    assert done.exit_code == 0
    assert "pass  HOT      EMERGENCY go      5 turns  F-01" in done.output
    assert "2 cases: 2 passed, 0 failed" in done.output
    assert "Under-triage: 0 of 2 (0.0 %)" in done.output
    assert "Emergencies:  1 of 1 told in a message" in done.output
    assert "median 8.5, worst 12 (WELL)" in done.output


def test_a_case_that_fails_says_why_and_ends_with_status_1(tmp_path: Path) -> None:
    done = run(tmp_path, HOT + WRONG)

    assert done.exit_code == 1
    assert "FAIL  WRONG    REASSURE         12 turns  no rule  (A well child)" in done.output
    assert "level: under-triage: REASSURE, expected URGENT" in done.output
    assert "gate: gate massage: gentle, expected closed" in done.output
    assert "2 cases: 1 passed, 1 failed: WRONG" in done.output
    assert "Gates:        0 of 1 as expected" in done.output


def test_only_the_cases_that_are_named_are_played(tmp_path: Path) -> None:
    done = run(tmp_path, HOT + RIGHT + WRONG, "--only", "WELL", "--only", "HOT")

    assert done.exit_code == 0
    assert "WRONG" not in done.output


@pytest.mark.parametrize(
    ("text", "options", "told"),
    [
        ("- {id: A}\n", [], "cases.yaml, line 6: this case has no 'flow'."),
        (HOT, ["--only", "HOTT"], "cases.yaml: there is no case 'HOTT'. Did you mean 'HOT'?"),
        (HOT, ["--json", "/nowhere/results.json"], "/nowhere/results.json: this file cannot be written"),
    ],
)
def test_what_cannot_be_used_ends_with_status_2_and_one_line(
    tmp_path: Path, text: str, options: list[str], told: str, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    from bot import cli

    monkeypatch.setattr("sys.argv", ["steady", "simulate", str(write(tmp_path, text)), *options])
    with pytest.raises(SystemExit) as ended:
        cli.main()

    assert ended.value.code == 2
    assert told in capsys.readouterr().err


def test_the_results_can_be_written_to_a_file_one_object_a_line(tmp_path: Path) -> None:
    results = tmp_path / "results.jsonl"
    done = run(tmp_path, HOT + RIGHT, "--json", str(results))

    hot, well = (json.loads(line) for line in results.read_text(encoding="utf-8").splitlines())
    assert done.exit_code == 0
    assert (hot["id"], hot["level"], hot["action"], hot["rules"]) == ("HOT", "EMERGENCY", "go", ["F-01"])
    assert hot["gates"]["massage"] == "closed"
    assert hot["input"] is None
    assert "emergency department" in "\n".join(hot["turns"][hot["result_turn"]]["bot"])
    assert hot["messages"][-1] in hot["turns"][hot["result_turn"]]["bot"]
    assert hot["turns"][0]["parent"] == "(fever_screen)"
    assert (well["level"], well["action"], well["gates"]["massage"]) == ("REASSURE", None, "gentle")


def test_the_results_can_go_to_stdout_alone(tmp_path: Path) -> None:
    done = run(tmp_path, HOT, "--json", "-")

    assert json.loads(done.stdout)["id"] == "HOT"
    assert "1 case: 1 passed" in done.stderr


# What a persona does.


def test_a_fact_that_is_not_listed_has_its_usual_value_and_an_unknown_one_is_not_sure(tmp_path: Path) -> None:
    usual = played(tmp_path, "age_days: 200, temperature_c: 36.8")
    unsure = played(tmp_path, "age_days: 200, temperature_c: 36.8, unknown: [non_blanching_rash]")

    assert usual.level is Level.REASSURE
    assert unsure.level is Level.URGENT
    assert "C-05" in unsure.rules


def test_who_is_not_sure_about_the_danger_signs_stays_so_after_the_simple_check(tmp_path: Path) -> None:
    one = played(tmp_path, "age_days: 200, temperature_c: 36.8, danger_unknown: true")

    assert one.level is Level.EMERGENCY
    assert "Turn on a light" in one.texts()


def test_who_is_not_sure_about_anything_is_never_reassured(tmp_path: Path) -> None:
    one = played(tmp_path, "age_days: 200, all_unknown: true")

    assert one.level is not None
    assert one.level >= Level.URGENT


def test_who_tells_of_a_stiff_child_has_that_concern(tmp_path: Path) -> None:
    assert "T-03" in played(tmp_path, "age_days: 200, temperature_c: 36.8, scissoring: true").rules


def test_two_babies_are_written_of_at_the_first_question(tmp_path: Path) -> None:
    one = played(tmp_path, "age_days: 62, temperature_c: 38.5, children: 2")

    assert one.chat.lines[1].parent == "two babies"
    assert one.level is Level.EMERGENCY


def test_without_a_day_a_case_plays_on_15_january_2026(tmp_path: Path) -> None:
    assert played(tmp_path, "age_days: 9").chat.now.date().isoformat() == "2026-01-15"
    assert played(tmp_path, "age_days: 9, today: '2025-06-15'").chat.now.date().isoformat() == "2025-06-15"


@pytest.mark.parametrize(
    ("facts", "made"),
    [
        ("age_raw: 12.12.2031", {"field": "birth_date", "action": "reject"}),
        ("age_raw: '5 weeks'", {"field": "age", "action": "confirm", "age_days": 35}),
        ("age_raw: '3'", {"field": "age", "action": "ask_unit"}),
        ("age_raw: 10 days", {"field": "age", "action": "accept", "age_days": 10}),
        ("age_raw: 2025-12-15", {"field": "birth_date", "action": "accept", "age_days": 31}),
        ("age_raw: 03/04/2025", {"field": "birth_date", "action": "confirm_month"}),
        ("age_raw: 34 years", {"field": "age", "action": "out_of_scope"}),
        ("age_raw: 40 months", {"field": "age", "action": "out_of_scope"}),
        ("age_raw: no respira", {"field": "age", "action": "interrupt_emergency"}),
        ("age_days: 124, temperature_raw: '375'", {"field": "temperature", "action": "confirm", "suggest_c": 37.5}),
        (
            "age_days: 124, temperature_raw: '100.4'",
            {"field": "temperature", "action": "confirm_then_convert", "value_c": 38.0},
        ),
        ("age_days: 124, temperature_raw: '45.2'", {"field": "temperature", "action": "reject"}),
        ("age_days: 124, temperature_raw: '36,8'", {"field": "temperature", "action": "accept", "value_c": 36.8}),
        ("raw_message: he is not breathing help", {"field": "any", "action": "interrupt_emergency"}),
    ],
)
def test_what_the_engine_made_of_a_typed_text_is_told(tmp_path: Path, facts: str, made: dict[str, Any]) -> None:
    assert played(tmp_path, facts).input == made


def test_a_text_typed_three_times_brings_buttons_for_the_age(tmp_path: Path) -> None:
    wanted = "expected_level: NONE, must_mention: [again], expected_input: "
    wanted += "{field: age, action: offer_age_buttons, after_failures: 3}"
    one = played(tmp_path, "age_raw: asdf", more=wanted)

    assert one.passed, one.faults
    assert one.input == {"field": "age", "action": "offer_age_buttons", "after_failures": 3}


def test_what_is_typed_in_the_middle_happens_only_then(tmp_path: Path) -> None:
    facts = "age_days: 62, raw_message: no respira, raw_at: middle, breathing: stopped"
    one = played(tmp_path, facts, more="must_mention: [number], rules: [E-01]")

    assert one.passed, one.faults
    assert one.input == {"field": "age", "action": "interrupt_emergency"}
    assert "E-01" in one.rules


def test_a_single_word_is_answered_by_what_the_parent_knows(tmp_path: Path) -> None:
    happening = played(tmp_path, "age_days: 62, raw_message: blue, colour: blue")
    not_happening = played(tmp_path, "age_days: 62, temperature_c: 36.8, raw_message: blue")

    assert happening.level is Level.EMERGENCY
    assert not_happening.level is Level.REASSURE


def test_the_gates_are_those_of_the_level_that_came_out(tmp_path: Path) -> None:
    """The last answer of a check counts for its gates as well."""
    one = played(tmp_path, "age_days: 100, temperature_c: 36.8, parent_very_worried: true", flow="massage")

    assert one.level is Level.URGENT
    assert one.gates["massage"] == "closed"
