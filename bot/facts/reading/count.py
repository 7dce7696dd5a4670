"""A number of minutes, hours, days or weeks, as typed where that unit was asked."""

from decimal import ROUND_CEILING, Decimal
from itertools import pairwise
from typing import TypeAlias

from bot.facts.reading.numbers import NEUTRAL
from bot.facts.reading.quantities import APPROXIMATE, DOUBTFUL, NEGATION, Quantity, Unit, phrase_in
from bot.facts.reading.result import Confirm, ConfirmBecause, NoneAtAll, Read, Unclear, UnclearBecause
from bot.facts.reading.typed import tidy
from bot.facts.reading.unsure import says_unsure

CountReading: TypeAlias = Read[Decimal] | Confirm[Decimal] | NoneAtAll | Unclear

_UNITS = {
    **dict.fromkeys("m min mins minute minutes".split(), Unit.MINUTE),
    **dict.fromkeys("h hr hrs hour hours".split(), Unit.HOUR),
    **dict.fromkeys("d day days".split(), Unit.DAY),
    **dict.fromkeys("w wk wks week weeks".split(), Unit.WEEK),
}
_MINUTES = {Unit.MINUTE: 1, Unit.HOUR: 60, Unit.DAY: 24 * 60, Unit.WEEK: 7 * 24 * 60}
_HUNDREDTH = Decimal("0.01")

_NONE = frozenset(("none", "no", "never", "nothing", "not at all", "none at all", "nil"))
_FILLER = APPROXIMATE | frozenset(
    "it its it's he she baby for since ago now the a an of and in just only exactly was is lasted been has "
    "cried crying fever".split()
)
_BOUNDS = frozenset("almost nearly below under above over less than more least most up < > + max min".split())
_VAGUE = frozenset("all long ages forever few several couple some many night always hours days minutes weeks".split())


def read_count(text: str, unit: Unit) -> CountReading:
    """A number of that unit (minute, hour, day or week), with up to two decimals.

    A plain number is in that unit. A smaller unit is converted ("90 minutes" is 1.5 hours; rounded up to
    0.01), a larger one is asked ("2 days" where hours count may be 71 hours). "0" is Read(0), "none" is
    NoneAtAll. Not read: two numbers, bounds, a minus, "all night". Source: rules.md section 3.
    """
    if unit not in _MINUTES:
        raise ValueError(f"a count is in minutes, hours, days or weeks, not in {unit}s")
    clean = tidy(text)
    if isinstance(clean, Unclear):
        return clean
    phrase = phrase_in(clean, _UNITS)
    if isinstance(phrase, Unclear):
        return phrase
    words = phrase.words
    if not phrase.quantities:
        if clean.rstrip("".join(NEUTRAL) + " ") in _NONE:
            return NoneAtAll()
        if says_unsure(clean):
            return Unclear(UnclearBecause.NOT_SURE)
        return Unclear(UnclearBecause.TOO_VAGUE if words & _VAGUE else UnclearBecause.NO_NUMBER)
    if words & NEGATION:
        return Unclear(UnclearBecause.NOT_UNDERSTOOD)
    if words & _BOUNDS:
        return Unclear(UnclearBecause.TOO_VAGUE)
    return _judge(phrase.quantities, words - _FILLER, unit)


def _judge(parts: tuple[Quantity, ...], other: frozenset[str], unit: Unit) -> CountReading:
    for larger, smaller in pairwise(parts):
        if larger.unit is None or smaller.unit is None or set(smaller.before) - {"and"}:
            return Unclear(UnclearBecause.TWO_NUMBERS)
        if smaller.number * _MINUTES[smaller.unit] >= _MINUTES[larger.unit]:
            return Unclear(UnclearBecause.TWO_NUMBERS)
    minutes = sum((part.number * _MINUTES[part.unit or unit] for part in parts), start=Decimal(0))
    number = (minutes / _MINUTES[unit]).quantize(_HUNDREDTH, rounding=ROUND_CEILING)
    number = Decimal(f"{number.normalize():f}")  # 30, not 3E+1
    typed = " ".join(str(Quantity(part.number, part.unit)) for part in parts)
    question = f"Is it {Quantity(number, unit)}?"
    if _MINUTES[parts[0].unit or unit] > _MINUTES[unit]:
        return Confirm(number, ConfirmBecause.CONVERTED, f"You wrote {typed}. {question}")
    if not other:
        return Read(number)
    doubt = ConfirmBecause.APPROXIMATE if other <= DOUBTFUL else ConfirmBecause.OTHER_WORDS
    return Confirm(number, doubt, question)
