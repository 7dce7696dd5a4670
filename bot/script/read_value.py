"""Answers as the script writes them: what an option sets, what is usual, what an example tells."""

from __future__ import annotations

import re
from datetime import date

from bot.facts.interval import Interval
from bot.facts.matcher import Known, OfAge, OneOf, Only, Within
from bot.facts.value import NO_SUCH, NOT_SURE, NOT_SURE_TOO, Born, Choice, DaysOld, Many, Number, Value
from bot.script.document import Mapped, Node, Scalar
from bot.script.problems import Place
from bot.script.read_condition import ConditionReader
from bot.script.vocabulary import Fact, FactType

_AGE_BAND = re.compile(r"(\d+) to (\d+) days")
ANY_DAY = date.min
"""The day of an age band in a script, which is only known when a parent chooses it; see `on_day`."""


def on_day(value: Value, today: date) -> Value:
    """Give an age band of the script the day on which it was chosen."""
    if isinstance(value, DaysOld) and value.asof == ANY_DAY:
        return DaysOld(value.low, value.high, today)
    return value


def read_value(reader: ConditionReader, name: str, node: Node, place: Place) -> Value | None:
    """Read the value of a fact; None after a mistake, which is noted."""
    if name in reader.vocabulary.derived:
        reader.problems.add(place, f"'{name}' is computed and cannot be set.", "Set the facts that it is made of.")
        return None
    if isinstance(node, Mapped) and "sure" in node.entries:
        return _sure_and_perhaps(reader, name, node)
    if reader.vocabulary.type_of(name) is FactType.DATE and isinstance(node, Scalar):
        return _date(reader, node)
    matcher = reader.read_matcher(name, node, place)
    many = reader.vocabulary.type_of(name) is FactType.MANY
    match matcher:
        case OneOf(options, True, False) if options and not many:
            return Choice(options | {NOT_SURE_TOO}, settled=False)
        case OneOf(options, not_sure, none) if not options:
            return NOT_SURE if not_sure else NO_SUCH if none else None
        case OneOf(options, False, False):
            return Many(options, options) if many else Choice(options)
        case Only(options):
            return Many(frozenset(), options)
        case Within(interval):
            return Number(interval)
        case Known() | OfAge() | OneOf():
            reader.problems.add(place, f"this is no answer to '{name}'.", "Write one value.")
    return None


def read_values(reader: ConditionReader, node: Node) -> dict[str, Value]:
    """Read `{fact: value, ...}`; faulty entries are noted and left out."""
    if not isinstance(node, Mapped) or not node.entries:
        reader.problems.add(node.place, "'sets' names no fact.", "Write '{fact: value}'.")
        return {}
    found = {name: read_value(reader, name, value, node.keys[name]) for name, value in node.entries.items()}
    return {name: value for name, value in found.items() if value is not None}


def _sure_and_perhaps(reader: ConditionReader, name: str, node: Mapped) -> Value | None:
    """Read `{sure: [head], perhaps: [chin, lip]}` of a checklist fact."""
    if set(node.entries) - {"sure", "perhaps"}:
        reader.problems.add(node.place, f"'{name}' needs a value here.", "Write '{sure: [...], perhaps: [...]}'.")
        return None
    parts = [
        reader.read_matcher(name, value, node.keys[key]) for key, value in sorted(node.entries.items(), reverse=True)
    ]
    found = [part.options for part in parts if isinstance(part, OneOf)]
    return Many(found[0], frozenset().union(*found)) if len(found) == len(parts) else None


def _date(reader: ConditionReader, node: Scalar) -> Value | None:
    if node.text == "not sure":
        return NOT_SURE
    if band := _AGE_BAND.fullmatch(node.text):
        return DaysOld(int(band[1]), int(band[2]), ANY_DAY)
    try:
        day = date.fromisoformat(node.text)
    except ValueError:
        day = None
    if day is None or not 1900 <= day.year < 2200:
        cure = "Write it as 2026-11-22, or an age as '7 to 27 days'."
        reader.problems.add(node.place, f"'{node.text}' is not a date.", cure)
        return None
    return Born(day)


def opposite(fact: Fact, told: Value, before: Value | None) -> Value:
    """What "no" to a checklist line means for one of its facts, given what was known before.

    "No" to a yes/no fact is the other answer; to some values of a choice or to a stretch of numbers it leaves the
    rest, which another question may narrow.
    """
    if isinstance(told, Choice):
        options = frozenset(("yes", "no") if fact.type is FactType.YES_NO else fact.options)
        known = before.possible if isinstance(before, Choice) and before.possible - told.possible else options
        if known <= told.possible:
            raise ValueError(f"'no' to {fact.id} {sorted(told.possible)} leaves nothing")
        return Choice(known - told.possible, settled=False)
    if isinstance(told, Number):
        known_interval = before.interval if isinstance(before, Number) else Interval()
        left = known_interval.without(told.interval) or Interval().without(told.interval)
        if left is None:
            raise ValueError(f"'no' to {fact.id} {told.interval} leaves nothing")
        return Number(left, settled=False)
    raise TypeError(f"'no' to {told} of {fact.id} says nothing")


def narrowed(told: Value, before: Value | None) -> Value:
    """What "yes" to a checklist line means for one of its facts, given what was known before."""
    if isinstance(told, Choice):
        common = told.possible & before.possible if isinstance(before, Choice) else frozenset[str]()
        return Choice(common or told.possible, settled=False)
    if isinstance(told, Number):
        known = told.interval.intersect(before.interval) if isinstance(before, Number) else None
        return Number(known or told.interval, settled=False)
    return told


def merged(one: Value, other: Value) -> Value:
    """What two ticked lines about the same fact mean together: either."""
    if isinstance(one, Choice) and isinstance(other, Choice):
        return Choice(one.possible | other.possible, settled=False)
    if isinstance(one, Many) and isinstance(other, Many):
        return Many(one.certain | other.certain, one.possible | other.possible)
    if isinstance(one, Number) and isinstance(other, Number):
        return Number(one.interval.hull(other.interval), settled=False)
    return other
