"""Planted mistakes: what takes something from a child is never told as wording, nor as stricter alone.

Who gets less is found here without the solver: by children on both sides of each limit, and by made-up ones.
"""

from __future__ import annotations

import os
from functools import cache

import pytest
from changed import shipped, shipped_loaded

from bot.authoring.changes.change import Changes
from bot.authoring.changes.compare import compare_loaded
from bot.authoring.mutants.judge import By, Judge
from bot.authoring.mutants.mutant import Area, Mutant
from bot.authoring.mutants.run import all_mutants, sample
from bot.authoring.random_personas import DAY, random_facts
from bot.facts.level import Level
from bot.places import find_places
from bot.script.edit_class import EditClass
from bot.script.rules import Example
from bot.script.script import Script
from bot.triage.assess import assess
from bot.triage.examples import child_of

NUMBER = int(os.environ.get("STEADY_MISTAKES", "36"))
"""How many mistakes are planted, evenly spread over all kinds; a nightly run sets more."""

MADE_UP = 60
CAUGHT = frozenset({By.EXAMPLES, By.TABLE, By.ANSWERS, By.STRUCTURE, By.COMPLETE})
LESS = frozenset({EditClass.LOOSER, EditClass.STRUCTURAL})


@cache
def script() -> Script:
    found: Script = shipped_loaded()[0]
    return found


@cache
def judge() -> Judge:
    return Judge(script(), find_places(None).content)


@cache
def children() -> tuple[Example, ...]:
    place = script().book.rules["F-01"].place
    made_up = [Example(random_facts(script(), seed), None, DAY, place) for seed in range(MADE_UP)]
    return (*made_up, *(one for rule in script().book.rules.values() for one in rule.fires_for[:2]))


def levels(of: Script, children: tuple[Example, ...]) -> list[int]:
    found = []
    for one in children:
        level = assess(of.book, child_of(of.vocabulary, one)).level
        found.append(int(Level.REASSURE if level is None else level))
    return found


@cache
def before() -> list[int]:
    return levels(script(), children())


def compared(mutant: Mutant) -> Changes:
    return compare_loaded(shipped(), shipped(), shipped_loaded(), (mutant.script(script()), shipped_loaded()[1]))


@cache
def planted() -> tuple[Mutant, ...]:
    return sample(all_mutants(script()), NUMBER)


@pytest.mark.parametrize("number", range(NUMBER))
def test_a_mistake_that_takes_something_from_a_child_is_looser_or_structural(number: int) -> None:
    mutant = planted()[number]
    judged = judge().judge(mutant)
    found = compared(mutant)

    kinds = {one.kind for one in found.changes}
    told = "; ".join(one.what for one in found.changes)
    if judged.by in CAUGHT:
        assert kinds - {EditClass.WORDING}, f"{mutant} is caught by {judged.by}, and told as: {told or 'nothing'}"
    if judged.by is By.COMPLETE:
        assert kinds & LESS, f"{mutant} loses a level, and is told as: {told}"
    if mutant.area is not Area.DIALOG:
        own = script().book.rules.get(mutant.name)
        close = () if own is None else (*own.fires_for, *own.quiet_for)
        now, was = levels(mutant.script(script()), (*children(), *close)), [*before(), *levels(script(), close)]
        if any(one < other for one, other in zip(now, was, strict=True)):
            assert kinds & LESS, f"{mutant} takes a level from a child, and is told as: {told}"
