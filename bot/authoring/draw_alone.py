"""Which red flags an answer raises all by itself, whatever the age: tried out with the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal

from bot.authoring.draw_answers import Asks
from bot.facts.level import Level
from bot.facts.matcher import Within
from bot.facts.value import NOT_SURE, DaysOld, Number, Value
from bot.script.conditions import Condition, FactIs, walk
from bot.script.model import Question
from bot.script.script import Script
from bot.script.vocabulary import FactType
from bot.triage.assess import assess
from bot.triage.knowledge import BIRTH, GESTATION, Knowledge, Told

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
AGES = (None, 10, 40, 75, 200, 500)
"""Days of life on all sides of the limits that the rules use most, and an age that nobody asked yet."""


def raised_alone(script: Script, asks: Asks) -> frozenset[tuple[str, Level]]:
    """The rules that one answer raises to a level where nothing but the age is known."""
    found: set[tuple[str, Level]] = set()
    for days in AGES:
        known: dict[str, Value] = {}
        if days is not None:
            known = {BIRTH: DaysOld(days, days, NOW.date()), GESTATION: Number.of(40)}
        before = _raised(script, known)
        for told in _each_answer(script, asks):
            if not told.keys() & {BIRTH, GESTATION}:
                found |= _raised(script, {**known, **told}) - before
    return frozenset(found)


def _raised(script: Script, facts: Mapping[str, Value]) -> frozenset[tuple[str, Level]]:
    told = {name: Told(value, NOW) for name, value in facts.items()}
    knowledge = Knowledge(script.vocabulary, told, now=NOW, today=NOW.date())
    return frozenset((one.rule, one.level) for one in assess(script.book, knowledge).raised.values())


def _each_answer(script: Script, asks: Asks) -> Iterator[Mapping[str, Value]]:
    if not isinstance(asks, Question):
        for item in asks.items:
            if item.then is None:
                yield item.sets
                yield dict.fromkeys(item.sets, NOT_SURE)
        return
    yield {asks.id: NOT_SURE}
    yield from (option.sets for option in (*asks.options, *asks.bands) if option.then is None)
    fact = script.vocabulary.facts[asks.id]
    if asks.input is not None and fact.type is FactType.NUMBER:
        yield from ({asks.id: Number.of(number)} for number in sorted(set(_limits(script, asks.id))))


def _limits(script: Script, fact: str) -> Iterator[Decimal]:
    """Every number at which a rule changes its mind about a fact."""
    conditions: Iterable[Condition] = [
        *(row.when for rule in script.book.rules.values() for row in rule.levels),
        *(one.condition for one in script.vocabulary.derived.values() if one.condition is not None),
    ]
    for condition in conditions:
        for part in walk(condition):
            if isinstance(part, FactIs) and part.fact == fact and isinstance(part.matcher, Within):
                interval = part.matcher.interval
                yield from (end for end in (interval.low, interval.high) if end is not None)
