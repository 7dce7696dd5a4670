"""Checklists: one message, several signs; "yes" and "not sure" ask which, each line at a tap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.facts.value import NOT_SURE, NOT_SURE_TOO, Choice, Many, Number, Value
from bot.script.model import Checklist, Item
from bot.script.read_value import merged, narrowed, opposite
from bot.script.vocabulary import Vocabulary
from bot.talk.effects import Mark
from bot.talk.session import ListState

MAIN, WHICH, UNSURE = "main", "which", "unsure"

_NEXT_MARK = {
    WHICH: {Mark.NONE: Mark.YES, Mark.YES: Mark.NOT_SURE, Mark.NOT_SURE: Mark.NONE},
    UNSURE: {Mark.NONE: Mark.NOT_SURE, Mark.NOT_SURE: Mark.YES, Mark.YES: Mark.NONE},
}


def toggled(state: ListState, item: str) -> ListState:
    """Change the mark of a line: yes, not sure, none; or not sure first, where that is what was asked."""
    mark = _NEXT_MARK[state.stage][state.marks.get(item, Mark.NONE)]
    return replace(state, marks={**state.marks, item: mark})


def none_marked(lines: Sequence[Item]) -> dict[str, Mark]:
    """No line is true."""
    return {line.id: Mark.NONE for line in lines}


def all_unsure(lines: Sequence[Item]) -> dict[str, Mark]:
    """The parent cannot say of any line."""
    return {line.id: Mark.NOT_SURE for line in lines}


def answers(
    vocabulary: Vocabulary, lines: Sequence[Item], marks: Mapping[str, Mark], known: Mapping[str, Value]
) -> tuple[dict[str, Value], tuple[str, ...]]:
    """What the marked lines tell: facts, and the lines left to other questions.

    `known` holds fresh answers from before, which may be bands that a line narrows.
    """
    by_mark = {mark: [line for line in lines if marks.get(line.id, Mark.NONE) is mark] for mark in Mark}
    deferred = tuple(line.id for mark in (Mark.YES, Mark.NOT_SURE) for line in by_mark[mark] if line.then is not None)
    told: dict[str, Value] = {}
    for line in by_mark[Mark.NONE]:
        for fact, value in line.sets.items():
            denied = line.denied.get(fact)
            told[fact] = denied or opposite(vocabulary.facts[fact], value, told.get(fact, known.get(fact)))
    ticked: dict[str, Value] = {}
    for line in by_mark[Mark.YES]:
        if line.then is None:
            for fact, value in line.sets.items():
                now = narrowed(value, told.get(fact, known.get(fact)))
                ticked[fact] = merged(ticked[fact], now) if fact in ticked else now
    for line in by_mark[Mark.NOT_SURE]:
        if line.then is None:
            for fact in line.sets:
                if fact not in ticked:
                    told[fact] = unsure(told.get(fact, known.get(fact)))
    left = {fact for line in lines if line.id in deferred for fact in line.sets}
    told = {fact: value for fact, value in told.items() if fact not in left}
    return {**told, **ticked}, deferred


def picked(lines: Sequence[Item], marks: Mapping[str, Mark]) -> dict[str, Value]:
    """What the marked parts of one answer say: those for sure, and those that may belong to it."""
    sure: dict[str, frozenset[str]] = {}
    perhaps: dict[str, frozenset[str]] = {}
    for line in lines:
        mark = marks.get(line.id, Mark.NONE)
        for fact, value in line.sets.items():
            if not isinstance(value, Many) or mark is Mark.NONE:
                continue
            found = sure if mark is Mark.YES else perhaps
            found[fact] = found.get(fact, frozenset()) | value.possible
    told: dict[str, Value] = {}
    for fact in {*sure, *perhaps}:
        certain = sure.get(fact, frozenset())
        told[fact] = Many(certain, certain | perhaps[fact]) if fact in perhaps else Many(certain, certain)
        if not certain:
            told[fact] = NOT_SURE
    return told


def unsure(before: Value | None) -> Value:
    """What "not sure" makes of a fact: nothing is known, or no more than the band that was known before."""
    if isinstance(before, Choice) and NOT_SURE_TOO in before.possible:
        return NOT_SURE
    if isinstance(before, Choice | Number) and not before.settled and before.exact is None:
        return replace(before, settled=True)
    return NOT_SURE


def floor_flag(checklist: Checklist) -> str:
    """The name of the flag that a checklist raises by itself."""
    return f"list:{checklist.dialog}.{checklist.id}"
