"""What a condition asks of one fact: a value, one of several, a stretch of numbers, an age, "not sure", "known"."""

from __future__ import annotations

from dataclasses import dataclass

from bot.facts.age import Age, AgeLimit
from bot.facts.interval import Interval
from bot.facts.truth import Truth, of
from bot.facts.value import NOT_SURE_TOO, Choice, Many, NoSuch, NotSure, Number, Value


@dataclass(frozen=True, slots=True)
class OneOf:
    """The fact has one of `options` (for a checklist fact: at least one); "not sure" and "none" match when listed."""

    options: frozenset[str]
    not_sure: bool = False
    none: bool = False


@dataclass(frozen=True, slots=True)
class Only:
    """Of a checklist fact: nothing outside `options`."""

    options: frozenset[str]


@dataclass(frozen=True, slots=True)
class Within:
    """The number lies in `interval`."""

    interval: Interval


@dataclass(frozen=True, slots=True)
class OfAge:
    """The age lies on one side of `limit`."""

    limit: AgeLimit


@dataclass(frozen=True, slots=True)
class Known:
    """The parent told something other than "not sure"."""


Matcher = OneOf | Only | Within | OfAge | Known
_NOT_SURE = OneOf(frozenset(), not_sure=True)


def match(matcher: Matcher, value: Value) -> Truth:
    """Compare an answered value; only `not sure` matches "not sure", everything else is then unsure."""
    if isinstance(matcher, Known):
        return ~match(_NOT_SURE, value)
    if isinstance(value, NotSure):
        return Truth.TRUE if isinstance(matcher, OneOf) and matcher.not_sure else Truth.UNSURE
    if isinstance(value, NoSuch):
        return of(isinstance(matcher, OneOf) and matcher.none)
    if isinstance(matcher, Within) and isinstance(value, Number):
        return value.interval.within(matcher.interval, settled=value.settled)
    if isinstance(matcher, Only) and isinstance(value, Many):
        if value.possible <= matcher.options:
            return Truth.TRUE
        return Truth.UNSURE if value.certain <= matcher.options else Truth.FALSE
    if isinstance(matcher, OneOf):
        if isinstance(value, Choice):
            return _one_of(matcher.options | ({NOT_SURE_TOO} if matcher.not_sure else set()), value)
        if isinstance(value, Many):
            return _any_of(matcher.options, value)
        return Truth.FALSE
    raise TypeError(f"{matcher} cannot be asked of {value}")


def match_age(matcher: Matcher, age: Age) -> Truth:
    """Compare an age; `known` and `not sure` speak of the birth date."""
    if isinstance(matcher, OfAge):
        return age.matches(matcher.limit)
    if isinstance(matcher, Known):
        return of(age.known)
    if isinstance(matcher, OneOf):
        return of(matcher.not_sure and not age.known)
    raise TypeError(f"{matcher} cannot be asked of an age")


def _one_of(wanted: frozenset[str], value: Choice) -> Truth:
    if value.possible <= wanted:
        return Truth.TRUE
    if not value.possible & wanted:
        return Truth.FALSE
    return Truth.UNSURE if value.settled else Truth.OPEN


def _any_of(wanted: frozenset[str], value: Many) -> Truth:
    if value.certain & wanted or value.possible <= wanted:
        return Truth.TRUE
    return Truth.UNSURE if value.possible & wanted else Truth.FALSE
