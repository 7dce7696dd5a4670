"""A stretch of numbers with open or closed ends."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot.facts.truth import Truth


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `low` to `high`; an end that is None is infinite; `*_in` says whether the end belongs to it."""

    low: Decimal | None = None
    high: Decimal | None = None
    low_in: bool = True
    high_in: bool = True

    def __post_init__(self) -> None:
        # One way to write an infinite end, so that equal stretches are equal.
        object.__setattr__(self, "low_in", self.low_in or self.low is None)
        object.__setattr__(self, "high_in", self.high_in or self.high is None)
        if self.low is not None and self.high is not None:
            empty = self.low > self.high or (self.low == self.high and not (self.low_in and self.high_in))
            if empty:
                raise ValueError(f"empty interval: {self}")

    @classmethod
    def exactly(cls, number: Decimal) -> Interval:
        """The stretch that holds one number."""
        return cls(number, number)

    @property
    def exact(self) -> Decimal | None:
        """The number, when there is only one."""
        return self.low if self.low is not None and self.low == self.high else None

    def inside(self, other: Interval) -> bool:
        """Whether every number of this one lies in `other`."""
        return _low_key(self) >= _low_key(other) and _high_key(self) <= _high_key(other)

    def meets(self, other: Interval) -> bool:
        """Whether the two share a number."""
        return not (_before(self, other) or _before(other, self))

    def intersect(self, other: Interval) -> Interval | None:
        """The numbers in both, or None."""
        if not self.meets(other):
            return None
        low = max(self, other, key=_low_key)
        high = min(self, other, key=_high_key)
        return Interval(low.low, high.high, low.low_in, high.high_in)

    def hull(self, other: Interval) -> Interval:
        """The shortest stretch that holds both."""
        low = min(self, other, key=_low_key)
        high = max(self, other, key=_high_key)
        return Interval(low.low, high.high, low.low_in, high.high_in)

    def without(self, other: Interval) -> Interval | None:
        """The numbers that are left when `other` is cut from one end; None when nothing is left.

        Raises ValueError where the cut would leave two pieces.
        """
        if not self.meets(other):
            return self
        below = _low_key(self) < _low_key(other)
        above = _high_key(self) > _high_key(other)
        if below and above:
            raise ValueError(f"{other} would cut {self} in two")
        if below:
            return Interval(self.low, other.low, self.low_in, not other.low_in)
        if above:
            return Interval(other.high, self.high, not other.high_in, self.high_in)
        return None

    def within(self, wanted: Interval, *, settled: bool) -> Truth:
        """Whether a number of which only this stretch is known lies in `wanted`."""
        if self.inside(wanted):
            return Truth.TRUE
        if not self.meets(wanted):
            return Truth.FALSE
        return Truth.UNSURE if settled else Truth.OPEN

    def __str__(self) -> str:
        if self.exact is not None:
            return str(self.exact)
        if self.low is None and self.high is None:
            return "any number"
        if self.low is None:
            return f"{'up to' if self.high_in else 'under'} {self.high}"
        if self.high is None:
            return f"{'at least' if self.low_in else 'over'} {self.low}"
        return f"{'' if self.low_in else 'over '}{self.low} to {'' if self.high_in else 'under '}{self.high}"


_INFINITE = Decimal("Infinity")


def _low_key(interval: Interval) -> tuple[Decimal, bool]:
    """Order the lower ends: a closed end starts before an open one."""
    return (-_INFINITE if interval.low is None else interval.low, not interval.low_in)


def _high_key(interval: Interval) -> tuple[Decimal, bool]:
    return (_INFINITE if interval.high is None else interval.high, interval.high_in)


def _before(one: Interval, other: Interval) -> bool:
    """Whether all of `one` lies below all of `other`."""
    if one.high is None or other.low is None:
        return False
    return one.high < other.low or (one.high == other.low and not (one.high_in and other.low_in))
