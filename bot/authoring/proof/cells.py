"""Which values of a fact the script can tell apart: numbers between all limits, options, days and weeks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.facts.age import AgeLimit, Side, limit_days
from bot.facts.interval import Interval
from bot.facts.matcher import OfAge, Within
from bot.facts.value import NO_SUCH, Choice, NoSuch, Number, Value
from bot.script.conditions import Condition, FactIs, walk
from bot.script.rules import RuleBook
from bot.script.script import Script
from bot.script.vocabulary import Fact, FactType, Vocabulary

NONE = "none"
"""The cell of a number that there is not."""

WEEKS = tuple(range(22, 38))
"""Weeks of pregnancy: from 37 on a birth is on time, and all counts the same (source: facts.yaml, age_corrected)."""

SHIFTS = (0, *(7 * (40 - week) for week in WEEKS if week < 37))
"""By how many days the younger age may lie below the age; 28 for weeks that nobody is sure of is among them."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Every limit that conditions compare with: numbers by fact, and days of life."""

    numbers: Mapping[str, tuple[Interval, ...]]
    days: tuple[int, ...]


def conditions_of(vocabulary: Vocabulary, book: RuleBook) -> Iterator[Condition]:
    """Every condition of the facts, rules and gates."""
    for rule in book.rules.values():
        yield from (row.when for row in rule.levels)
        yield from rule.unless
        yield from (row.when for row in rule.not_sure or ())
    for gate in book.gates.values():
        yield from (closing.when for closing in gate.closed)
        yield from (opening.when for opening in gate.otherwise)
    for fact in vocabulary.facts.values():
        if fact.ask_if is not None:
            yield fact.ask_if
    for derived in vocabulary.derived.values():
        yield from derived.count_of
        if derived.condition is not None:
            yield derived.condition


def _age_limits(vocabulary: Vocabulary) -> Iterator[AgeLimit]:
    for fact in vocabulary.facts.values():
        if fact.ages is not None:
            yield fact.ages
        if not isinstance(fact.harmless, bool):
            yield fact.harmless


def limits_of(*worlds: tuple[Vocabulary, Iterable[Condition]]) -> Limits:
    """Collect the limits of one or several vocabularies with their conditions."""
    numbers: dict[str, dict[Interval, None]] = {}
    days: set[int] = set()
    for vocabulary, conditions in worlds:
        limits = list(_age_limits(vocabulary))
        for condition in conditions:
            for part in walk(condition):
                if isinstance(part, FactIs) and isinstance(part.matcher, Within):
                    numbers.setdefault(part.fact, {})[part.matcher.interval] = None
                if isinstance(part, FactIs) and isinstance(part.matcher, OfAge):
                    limits.append(part.matcher.limit)
        days.update(first_day(limit) for limit in limits)
    return Limits({fact: tuple(found) for fact, found in numbers.items()}, tuple(sorted(days)))


def told_numbers(script: Script) -> Iterator[Condition]:
    """The bands that buttons and lines tell, as conditions: their limits count as well."""
    for dialog in script.dialogs.values():
        sets = [option.sets for one in dialog.questions.values() for option in (*one.options, *one.bands)]
        sets += [item.sets for one in dialog.checklists.values() for item in one.items]
        for told in sets:
            for fact, value in told.items():
                if isinstance(value, Number):
                    yield FactIs(fact, Within(value.interval))


def first_day(limit: AgeLimit) -> int:
    """The day of life from which the side of the limit changes."""
    days = limit_days(limit.number, limit.unit)
    return days + 1 if limit.side is Side.UP_TO else days


def cells_of(fact: Fact, limits: Limits) -> dict[str, Value]:
    """The values of a fact that can be told apart, by name; none for dates and for facts of several options at once."""
    match fact.type:
        case FactType.YES_NO:
            return {name: Choice.of(name) for name in ("yes", "no")}
        case FactType.CHOICE:
            return {name: Choice.of(name) for name in fact.options}
        case FactType.NUMBER if fact.id == "gestation_weeks":
            return {str(week): Number.of(week) for week in WEEKS}
        case FactType.NUMBER:
            found = [Number.of(number) for number in _numbers(limits.numbers.get(fact.id, ()))]
            named: dict[str, Value] = {str(number.exact): number for number in found}
            return {**named, NONE: NO_SUCH}
        case _:
            return {}


STEP = Decimal("0.01")


def _numbers(intervals: Iterable[Interval]) -> Iterator[Decimal]:
    """On each limit, below the least, above the greatest, and between two of them."""
    ends = sorted({end for interval in intervals for end in (interval.low, interval.high) if end is not None})
    if not ends:
        yield Decimal(1)
        return
    yield ends[0] - STEP
    for index, end in enumerate(ends):
        yield end
        after = ends[index + 1] if index + 1 < len(ends) else None
        if after is None:
            yield end + STEP
        elif after - end > Decimal("0.0002"):
            between = end + STEP
            yield between if between < after else (end + after) / 2


def covers(interval: Interval, cell: Value) -> bool:
    """Whether the number of a cell lies in the stretch."""
    if isinstance(cell, NoSuch) or not isinstance(cell, Number) or cell.exact is None:
        return False
    number = cell.exact
    above = interval.low is None or number > interval.low or (interval.low_in and number == interval.low)
    below = interval.high is None or number < interval.high or (interval.high_in and number == interval.high)
    return above and below
