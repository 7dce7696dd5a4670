"""Numbers with their units, in the order typed, and every word around them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from bot.facts.reading.numbers import HALF, NEUTRAL, numbers_in
from bot.facts.reading.result import Unclear, UnclearBecause

Parts: TypeAlias = tuple[Decimal | str, ...]

APPROXIMATE = frozenset("about around approx approximately roughly circa ca ~ so".split())
DOUBTFUL = frozenset("maybe perhaps probably think guess believe ?".split())
NEGATION = frozenset("no not never none isn't isnt wasn't wasnt without".split())
# Words that change a number in a way that is not read.
_CHANGES_THE_NUMBER = frozenset("point quarter third dozen hundred thousand st nd rd th".split())


class Unit(StrEnum):
    """A unit of time."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, its unit if one was typed, and the words since the quantity before it."""

    number: Decimal
    unit: Unit | None
    before: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.unit is None:
            return f"{self.number:f}"
        return f"{self.number:f} {self.unit}" + ("" if self.number == 1 else "s")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A typed text as quantities, and the words behind the last one."""

    quantities: tuple[Quantity, ...]
    after: tuple[str, ...]

    @property
    def words(self) -> frozenset[str]:
        """Every word and mark that is no number, unit or neutral punctuation."""
        return frozenset(self.after).union(*(quantity.before for quantity in self.quantities))


def phrase_in(clean: str, units: Mapping[str, Unit]) -> Phrase | Unclear:
    """A tidied text as a phrase; "a" is one only before a unit, and a minus is never read as a hyphen."""
    parts = numbers_in(clean)
    if isinstance(parts, Unclear):
        return parts
    quantities: list[Quantity] = []
    words: list[str] = []
    at = 0
    while at < len(parts):
        part = parts[at]
        unit, behind = _unit(parts, at + 1, units)
        if isinstance(part, Decimal):
            number = part
        elif part in ("a", "an") and unit is not None and len(str(parts[behind - 1])) > 1:
            number = Decimal(1)
        else:
            if part not in NEUTRAL and not (part == "-" and _is_word(_at(parts, at + 1))):
                words.append(part)
            at += 1
            continue
        if words[-1:] == ["-"] and not quantities:
            return Unclear(UnclearBecause.NEGATIVE)
        if unit is not None and number == number.to_integral_value():
            more, behind = _and_a_half(parts, behind, units)
            number += more
        quantities.append(Quantity(number, unit, tuple(words)))
        words.clear()
        at = behind
    phrase = Phrase(tuple(quantities), tuple(words))
    return Unclear(UnclearBecause.NOT_UNDERSTOOD) if phrase.words & _CHANGES_THE_NUMBER else phrase


def _unit(parts: Parts, at: int, units: Mapping[str, Unit]) -> tuple[Unit | None, int]:
    """The unit at this place, also behind a hyphen (3-week-old), and the place behind it."""
    here = at + 1 if _at(parts, at) == "-" else at
    word = _at(parts, here)
    unit = units.get(word) if isinstance(word, str) else None
    return (None, at) if unit is None else (unit, here + 1)


def _and_a_half(parts: Parts, at: int, units: Mapping[str, Unit]) -> tuple[Decimal, int]:
    """The "and a half" behind a unit: "a minute and a half", not "2 days and half a week"."""
    for words in (("and", "a", HALF), ("and", HALF)):
        behind = at + len(words)
        if parts[at:behind] == words and _unit(parts, behind, units)[0] is None:
            return HALF, behind
    return Decimal(0), at


def _at(parts: Parts, at: int) -> Decimal | str | None:
    return parts[at] if at < len(parts) else None


def _is_word(part: Decimal | str | None) -> bool:
    return isinstance(part, str) and part.isalpha() and part not in ("a", "an")
