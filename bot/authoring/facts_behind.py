"""The facts that decide conditions, also behind those that are computed."""

from __future__ import annotations

from collections.abc import Iterable

from bot.script.conditions import Condition, facts_of
from bot.script.vocabulary import AgeFunction, Vocabulary
from bot.triage.knowledge import BIRTH, GESTATION


def facts_behind(conditions: Iterable[Condition], vocabulary: Vocabulary) -> frozenset[str]:
    """What a parent is asked for these conditions.

    An age comes from the day of birth; a corrected or younger age also from the weeks of pregnancy.
    """
    found: set[str] = set()
    seen: set[str] = set()
    todo = [name for condition in conditions for name in facts_of(condition)]
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        derived = vocabulary.derived.get(name)
        if derived is None:
            found.add(name)
        elif derived.function is not None:
            found |= {BIRTH} if derived.function is AgeFunction.FROM_BIRTH else {BIRTH, GESTATION}
        else:
            parts = derived.count_of if derived.condition is None else (derived.condition,)
            todo.extend(fact for part in parts for fact in facts_of(part))
    return frozenset(found & vocabulary.facts.keys())
