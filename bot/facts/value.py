"""What a parent told about one fact: exactly, as a band, as "not sure", or that there is no such thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bot.facts.interval import Interval


@dataclass(frozen=True, slots=True)
class NotSure:
    """The parent was asked and is not sure."""


@dataclass(frozen=True, slots=True)
class NoSuch:
    """There is no such number: no vaccine, no second reading yet."""


NOT_SURE_TOO = "not sure"
"""Among the possible options of a choice: the parent may not know it either; only a question can tell."""

NOT_SURE = NotSure()
NO_SUCH = NoSuch()


@dataclass(frozen=True, slots=True)
class Choice:
    """One of `possible`; with more than one it is a band.

    `settled` is False while a question could still narrow it.
    """

    possible: frozenset[str]
    settled: bool = True

    @classmethod
    def of(cls, *options: str) -> Choice:
        """The choice of one option, or a settled band of several."""
        return cls(frozenset(options))

    @property
    def exact(self) -> str | None:
        """The option, when only one is possible."""
        return next(iter(self.possible)) if len(self.possible) == 1 else None


@dataclass(frozen=True, slots=True)
class Many:
    """Several options at once: all of `certain`, and perhaps others of `possible`; never none at all."""

    certain: frozenset[str]
    possible: frozenset[str]

    @classmethod
    def of(cls, *options: str) -> Many:
        """Exactly these options."""
        return cls(frozenset(options), frozenset(options))


@dataclass(frozen=True, slots=True)
class Number:
    """A number, or the stretch in which it lies, in the unit of its fact.

    `settled` is False while a question could still narrow it.
    """

    interval: Interval
    settled: bool = True

    @classmethod
    def of(cls, number: Decimal | int | str) -> Number:
        """Exactly this number."""
        return cls(Interval.exactly(Decimal(number)))

    @property
    def exact(self) -> Decimal | None:
        """The number, when it is known exactly."""
        return self.interval.exact


@dataclass(frozen=True, slots=True)
class Born:
    """The day of birth."""

    on: date


@dataclass(frozen=True, slots=True)
class DaysOld:
    """An age of which only days are known: `low` to `high` days old on the day `asof`."""

    low: int
    high: int
    asof: date


Value = NotSure | NoSuch | Choice | Many | Number | Born | DaysOld

YES = Choice.of("yes")
NO = Choice.of("no")


def is_exact(value: Value) -> bool:
    """Whether nothing more can be learnt by asking again."""
    if isinstance(value, Choice):
        return len(value.possible) == 1 or value.settled
    if isinstance(value, Number):
        return value.interval.exact is not None or value.settled
    return True


def to_json(value: Value) -> Any:
    """Turn a value into plain JSON; `from_json` gives it back unchanged."""
    match value:
        case NotSure():
            return {"not_sure": True}
        case NoSuch():
            return {"none": True}
        case Choice(possible, settled):
            return {"one_of": sorted(possible), "settled": settled}
        case Many(certain, possible):
            return {"certain": sorted(certain), "possible": sorted(possible)}
        case Number(interval, settled):
            return {
                "low": None if interval.low is None else str(interval.low),
                "high": None if interval.high is None else str(interval.high),
                "low_in": interval.low_in,
                "high_in": interval.high_in,
                "settled": settled,
            }
        case Born(on):
            return {"born": on.isoformat()}
        case DaysOld(low, high, asof):
            return {"days": [low, high], "asof": asof.isoformat()}


def from_json(data: Mapping[str, Any]) -> Value:
    """Read a value written by `to_json`; raises ValueError for anything else."""
    try:
        value = _from_json(data)
    except (TypeError, ArithmeticError) as error:
        raise ValueError(f"not a stored value: {sorted(data)}") from error
    if value is None:
        raise ValueError(f"not a stored value: {sorted(data)}")
    return value


def _from_json(data: Mapping[str, Any]) -> Value | None:
    match data:
        case {"not_sure": True}:
            return NOT_SURE
        case {"none": True}:
            return NO_SUCH
        case {"one_of": possible, "settled": settled}:
            return Choice(frozenset(possible), settled)
        case {"certain": certain, "possible": possible}:
            return Many(frozenset(certain), frozenset(possible))
        case {"low": low, "high": high, "low_in": low_in, "high_in": high_in, "settled": settled}:
            ends = [None if end is None else Decimal(end) for end in (low, high)]
            return Number(Interval(ends[0], ends[1], low_in, high_in), settled)
        case {"born": on}:
            return Born(date.fromisoformat(on))
        case {"days": [low, high], "asof": asof}:
            return DaysOld(low, high, date.fromisoformat(asof))
    return None
