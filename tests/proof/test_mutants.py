"""Planted mistakes of every kind are caught; what is caught by nothing is proved to change nothing, or told."""

from __future__ import annotations

from functools import cache

import pytest
from proof_helpers import folder, places

from bot.authoring.mutants.judge import By, Judge
from bot.authoring.mutants.mutant import Area, Mutant
from bot.authoring.mutants.report import MutantReport
from bot.authoring.mutants.run import all_mutants, sample
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
