"""Truth with two kinds of "unknown": not asked yet, and asked but not sure."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """What is known of a condition.

    `OPEN` can still be decided by a question that was not asked (or whose answer is stale);
    `UNSURE` cannot: the parent was asked and is not sure.
    """

    FALSE = "false"
    OPEN = "open"
    UNSURE = "unsure"
    TRUE = "true"

    @property
    def unknown(self) -> bool:
        """Whether it can be said neither to hold nor not to hold."""
        return self is Truth.OPEN or self is Truth.UNSURE

    def __invert__(self) -> Truth:
        if self is Truth.TRUE:
            return Truth.FALSE
        if self is Truth.FALSE:
            return Truth.TRUE
        return self


def of(value: bool) -> Truth:  # noqa: FBT001 (it is all there is to say)
    """Turn a plain bool into a truth."""
    return Truth.TRUE if value else Truth.FALSE


def all_of(parts: Iterable[Truth]) -> Truth:
    """Hold when every part holds; while a question could still decide it, it is open rather than unsure."""
    result = Truth.TRUE
    for part in parts:
        if part is Truth.FALSE:
            return Truth.FALSE
        if part is Truth.OPEN or (part is Truth.UNSURE and result is Truth.TRUE):
            result = part
    return result


def any_of(parts: Iterable[Truth]) -> Truth:
    """Hold when one part holds; while a question could still decide it, it is open rather than unsure."""
    result = Truth.FALSE
    for part in parts:
        if part is Truth.TRUE:
            return Truth.TRUE
        if part is Truth.OPEN or (part is Truth.UNSURE and result is Truth.FALSE):
            result = part
    return result


def at_least(number: int, parts: Iterable[Truth]) -> Truth:
    """Hold when `number` or more parts hold; open only where answers to the open parts could decide it."""
    true = open_ = unsure = 0
    for part in parts:
        true += part is Truth.TRUE
        open_ += part is Truth.OPEN
        unsure += part is Truth.UNSURE
    if true >= number:
        return Truth.TRUE
    if true + unsure + open_ < number:
        return Truth.FALSE
    could_hold, could_fail = true + open_ >= number, true + unsure < number
    return Truth.OPEN if open_ and (could_hold or could_fail) else Truth.UNSURE
