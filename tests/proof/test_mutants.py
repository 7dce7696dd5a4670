"""Planted mistakes of every kind are caught; what is caught by nothing is proved to change nothing, or told."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pytest
from proof_helpers import folder, places, planted

from bot.authoring.mutants.judge import By, Judge
from bot.authoring.mutants.mutant import Area, Mutant
from bot.authoring.mutants.report import MutantReport
from bot.authoring.mutants.run import all_mutants, sample
from bot.authoring.proof.seal import FOLDER
from bot.script.load import load_script


@cache
def judge() -> Judge:
    return Judge(load_script(folder()), places().content)


@cache
def mutants() -> tuple[Mutant, ...]:
    return all_mutants(judge().script)


KINDS = [
    "drops the rule",
    "shifts a limit",
    "shifts an age",
    "swaps two options",
    "leaves out a line",
    "a line sets another fact",
    "leaves out an option",
    "lowers a level",
    "not sure as no",
    "not sure does no harm",
    "drops a reason",
    "drops the level",
    "another gate",
]


@pytest.mark.parametrize("kind", KINDS)
def test_mistakes_of_each_kind_are_caught(kind: str) -> None:
    of_kind = [mutant for mutant in mutants() if mutant.kind.endswith(kind)]
    assert of_kind
    for judged in map(judge().judge, sample(of_kind, 4)):
        assert judged.by not in (By.NOTHING, By.QUESTIONS), judged.mutant


def test_a_gate_that_is_left_out_is_caught() -> None:
    [mutant] = [one for one in mutants() if one.kind == "leaves out a step" and one.before == "gate massage"]
    assert judge().judge(mutant).by is By.STRUCTURE


def test_a_question_that_no_dialog_asks_any_more_is_caught() -> None:
    [mutant] = [one for one in mutants() if one.kind == "leaves out a step" and one.before == "ask head_injury_signs"]
    assert judge().judge(mutant).by in (By.STRUCTURE, By.COMPLETE)


def test_examples_alone_catch_most_mistakes_in_rules() -> None:
    rules = sample([one for one in mutants() if one.area is Area.RULE], 40)
    caught = [judge().judge(one).by is By.EXAMPLES for one in rules]
    assert sum(caught) >= 30


def test_a_mutant_is_told_with_its_file_line_before_and_after() -> None:
    mutant = next(one for one in mutants() if one.name == "E-10" and one.kind == "forgets a value")
    assert str(mutant).startswith("content/red_flags.yaml, line ")
    assert str(mutant).endswith("E-10, forgets a value: vomiting blood -> vomiting without it")


def test_a_report_says_what_was_not_looked_at() -> None:
    assert "The time was up: 3 were not looked at." in MutantReport([], 3, 1.0).text()


REASON = """      - id: M-06
        when: {under_investigation: yes}
        because: the doctor or physiotherapist who knows your child has to agree first
        sources: [tremor:372, massage safety pages]
"""
EDIT = """edits:
  - {of: massage, is: looser, why: for this test, child: {
      age: 4 months, under_investigation: yes, temperature_c: 36.8, minutes_since_feed: 60}}
"""


def test_a_mistake_behind_a_listed_edit_survives_and_is_told(tmp_path: Path) -> None:
    shutil.copytree(places().content / FOLDER, tmp_path / FOLDER)
    (tmp_path / FOLDER / "edits.yaml").write_text(EDIT, encoding="utf-8")
    edited = Judge(planted("content/gates.yaml", REASON, ""), tmp_path)
    made = [one for one in all_mutants(edited.script) if (one.name, one.kind) == ("massage", "drops a reason")]
    judged = [edited.judge(one) for one in made]
    survivors = [one for one in judged if one.by is By.NOTHING]
    assert survivors
    report = MutantReport(judged, len(judged), 1.0)
    assert not report.passed
    assert "content/gates.yaml, line" in report.text()
