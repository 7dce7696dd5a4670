"""A length of time in a typed text, as whole seconds: sums, ranges and bounds."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import ceil
from typing import TypeAlias

from bot.facts.reading.quantities import APPROXIMATE, DOUBTFUL, NEGATION, Phrase, Quantity, Unit
from bot.facts.reading.result import AskUnit, Confirm, ConfirmBecause, Read, Unclear, UnclearBecause
from bot.facts.reading.unsure import says_unsure


@dataclass(frozen=True, slots=True)
class Duration:
    """Whole seconds from `low` to `high`, both included; `high` None is without an end. Equal: one length."""

    low: int
    high: int | None


DurationReading: TypeAlias = Read[Duration] | Confirm[Duration] | AskUnit | Unclear

UNITS = {
    **dict.fromkeys("s sec secs second seconds".split(), Unit.SECOND),
    **dict.fromkeys("m min mins minute minutes".split(), Unit.MINUTE),
    **dict.fromkeys("h hr hrs hour hours".split(), Unit.HOUR),
}
_SECONDS = {Unit.HOUR: 3600, Unit.MINUTE: 60, Unit.SECOND: 1}
LONGEST = 24 * 3600

_LESS = frozenset("less under below shorter <".split())
_UP_TO = frozenset("up most max maximum".split())
_MORE = frozenset("more over above longer least minimum >".split())
_NEARLY = frozenset("almost nearly".split())
_RANGE = frozenset("- to or till until".split())
_FILLER = APPROXIMATE | frozenset(
    "it its it's that this lasted lasts last lasting for took takes was is a an the long than at and only "
    "just exactly in all between from to or - i of time".split()
)
_VAGUE = frozenset(
    "long ages forever while moment moments short quick quickly brief briefly few several couple some many "
    "seconds minutes hours second minute hour always constantly instant".split()
)


def duration_in(phrase: Phrase, clean: str, *, doubt: ConfirmBecause | None = None) -> DurationReading:
    """What a phrase says about a length of time; see `read_duration`. Given a doubt, it is asked."""
    words = phrase.words
    if not phrase.quantities:
        if says_unsure(clean):
            return Unclear(UnclearBecause.NOT_SURE)
        return Unclear(UnclearBecause.TOO_VAGUE if words & _VAGUE else UnclearBecause.NO_NUMBER)
    if words & NEGATION:
        return Unclear(UnclearBecause.NOT_UNDERSTOOD)
    bounds = [bound for bound in (_LESS, _UP_TO, _MORE, _NEARLY) if words & bound]
    other = words - _FILLER - DOUBTFUL - _NEARLY - frozenset().union(*bounds)
    other |= {"<", ">"}.intersection(phrase.after)
    length = _length(phrase.quantities)
    if isinstance(length, Unclear):
        return length
    if isinstance(length, AskUnit):
        return length if not other and not bounds else Unclear(UnclearBecause.TOO_VAGUE)
    value = _bounded(length, bounds)
    if isinstance(value, Unclear):
        return value
    if _NEARLY in bounds or words & DOUBTFUL:
        doubt = doubt or ConfirmBecause.APPROXIMATE
    elif other:
        doubt = doubt or ConfirmBecause.OTHER_WORDS
    return Confirm(value, doubt, f"Did it last {print_duration(value)}?") if doubt else Read(value)


def _length(parts: tuple[Quantity, ...]) -> Duration | AskUnit | Unclear:
    """One quantity, a range of two, or a sum; a plain number or range is without its unit."""
    if len(parts) == 1 and parts[0].unit is None:
        return AskUnit(parts[0].number)
    if len(parts) == 2 and _is_range(*parts):
        return _range(*parts)
    for larger, smaller in pairwise(parts):
        joined = not set(smaller.before) - {"and"}
        if not joined or _in_seconds(smaller) >= _SECONDS.get(larger.unit or Unit.SECOND, 0):
            return Unclear(UnclearBecause.TWO_NUMBERS)
        if larger.number != larger.number.to_integral_value() or smaller.unit is None:
            return Unclear(UnclearBecause.TWO_NUMBERS)
    if parts[0].unit is None:
        return Unclear(UnclearBecause.TWO_NUMBERS)
    seconds = ceil(sum(_in_seconds(part) for part in parts))
    return Duration(seconds, seconds)


def _is_range(first: Quantity, second: Quantity) -> bool:
    between = set(second.before)
    return (bool(between & _RANGE) and between <= _FILLER) or (between == {"and"} and "between" in first.before)


def _range(first: Quantity, second: Quantity) -> Duration | AskUnit | Unclear:
    """1-2 minutes, 30 s to 1 min, "a minute or two"; the unit that is missing is the other one's."""
    if first.unit is None and second.unit is None:
        if first.number < second.number:
            return AskUnit(first.number, second.number)
        return Unclear(UnclearBecause.TWO_NUMBERS)
    low = ceil(_in_seconds(Quantity(first.number, first.unit or second.unit)))
    high = ceil(_in_seconds(Quantity(second.number, second.unit or first.unit)))
    return Duration(low, high) if low < high else Unclear(UnclearBecause.TWO_NUMBERS)


def _bounded(length: Duration, bounds: list[frozenset[str]]) -> Duration | Unclear:
    """The length with "less than" and the like; "more than 5 minutes" includes the 5, to be cautious."""
    bounds = [bound for bound in bounds if bound is not _NEARLY]
    if len(bounds) > 1 or (bounds and length.low != length.high):
        return Unclear(UnclearBecause.NOT_UNDERSTOOD)
    if not length.high or length.high > LONGEST:
        return Unclear(UnclearBecause.IMPLAUSIBLE)
    match bounds:
        case [bound] if bound is _LESS:
            return Duration(0, length.low - 1)
        case [bound] if bound is _UP_TO:
            return Duration(0, length.low)
        case [_]:
            return Duration(length.low, None)
        case _:
            return length


def _in_seconds(part: Quantity) -> Decimal:
    return part.number * _SECONDS[part.unit or Unit.SECOND]


def print_duration(duration: Duration) -> str:
    """A length of time that `read_duration` reads back as the same value: 1 minute 30 seconds."""
    low, high = duration.low, duration.high
    if high is None:
        return f"at least {_words(low)}"
    if low == high and low > 0:
        return _words(low)
    if low == 0:
        return f"less than {_words(high + 1)}"
    if low % 60 == high % 60 == 0:
        return f"{low // 60} to {high // 60} minutes"
    return f"{low} to {high} seconds"


def _words(seconds: int) -> str:
    parts = ((seconds // 3600, Unit.HOUR), (seconds // 60 % 60, Unit.MINUTE), (seconds % 60, Unit.SECOND))
    return " ".join(str(Quantity(Decimal(number), unit)) for number, unit in parts if number)
