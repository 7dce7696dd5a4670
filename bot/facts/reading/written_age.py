"""An age in a typed text: days, weeks, months, years and their sums."""

from decimal import Decimal
from itertools import pairwise
from math import floor

from bot.facts.reading.child_age import (
    DAYS_OF_MONTHS,
    OLDEST_DAYS,
    OLDEST_MONTHS,
    AgeReading,
    AgeText,
    days_of_months,
)
from bot.facts.reading.quantities import APPROXIMATE, DOUBTFUL, NEGATION, Phrase, Quantity, Unit, phrase_in
from bot.facts.reading.result import (
    AskUnit,
    Confirm,
    ConfirmBecause,
    OutOfScope,
    Read,
    Unclear,
    UnclearBecause,
)
from bot.facts.reading.unsure import says_unsure

UNITS = {
    **dict.fromkeys("h hr hrs hour hours".split(), Unit.HOUR),
    **dict.fromkeys("d day days".split(), Unit.DAY),
    **dict.fromkeys("w wk wks week weeks".split(), Unit.WEEK),
    **dict.fromkeys("m mo mos mth mths mnth mnths month months".split(), Unit.MONTH),
    **dict.fromkeys("y yo yr yrs year years".split(), Unit.YEAR),
}
_ORDER = (Unit.YEAR, Unit.MONTH, Unit.WEEK, Unit.DAY, Unit.HOUR)
# From how many on a part makes no sense behind a larger unit: 2 months 31 days is a slip, or two children.
_TOO_MANY = {Unit.MONTH: 12, Unit.WEEK: 5, Unit.DAY: 31, Unit.HOUR: 24}

_FILLER = frozenset(
    "he she it they is he's she's it's hes shes its my our your the this a an baby son daughter boy "
    "girl child kid little one newborn age aged old of and just only exactly already now today ago has "
    "turned".split()
)
_BORN = frozenset(("born", "was"))
_NOT_FROM_BIRTH = frozenset(
    "corrected adjusted gestation gestational pregnant pregnancy premature preterm prem premie preemie early "
    "due term".split()
)
_VAGUE = frozenset("few couple several some many newborn infant toddler young small little tiny weeks months".split())
_LESS = frozenset("almost nearly less under below not yet until till before soon turning within <".split())


def age_in(clean: str, *, limits: frozenset[int]) -> AgeReading:
    """The age in a tidied text; see `read_age`."""
    phrase = phrase_in(clean, UNITS)
    if isinstance(phrase, Unclear):
        return phrase
    words = phrase.words
    if words & _NOT_FROM_BIRTH:
        return Unclear(UnclearBecause.NOT_FROM_BIRTH)
    if not phrase.quantities:
        if says_unsure(clean):
            return Unclear(UnclearBecause.NOT_SURE)
        return Unclear(UnclearBecause.TOO_VAGUE if words & _VAGUE else UnclearBecause.NO_NUMBER)
    if words & (_LESS | {"few", "couple", "several"}):
        return Unclear(UnclearBecause.TOO_VAGUE)
    if words & NEGATION:
        return Unclear(UnclearBecause.NOT_UNDERSTOOD)
    other = words - _FILLER - (_BORN if "ago" in words else frozenset())
    if len(phrase.quantities) == 1 and phrase.quantities[0].unit is None:
        return _plain_number(phrase.quantities[0].number, other - APPROXIMATE - DOUBTFUL)
    if not _is_one_sum(phrase):
        return Unclear(UnclearBecause.TWO_NUMBERS)
    return _judge(phrase.quantities, other, limits)


def _plain_number(number: Decimal, other: frozenset[str]) -> AskUnit | Unclear:
    if other:
        return Unclear(UnclearBecause.NOT_UNDERSTOOD)
    if number > OLDEST_DAYS:
        return Unclear(UnclearBecause.IMPLAUSIBLE)
    return AskUnit(number)


def _is_one_sum(phrase: Phrase) -> bool:
    """Whether the quantities are parts of one age: larger first, joined by nothing but "and", halves last."""
    for larger, smaller in pairwise(phrase.quantities):
        if larger.unit is None or smaller.unit is None or set(smaller.before) - {"and"}:
            return False
        too_many = 7 if larger.unit is Unit.WEEK else _TOO_MANY.get(smaller.unit, 0)
        if _ORDER.index(larger.unit) >= _ORDER.index(smaller.unit) or smaller.number >= too_many:
            return False
        if larger.number != larger.number.to_integral_value():
            return False
    return True


def _judge(parts: tuple[Quantity, ...], other: frozenset[str], limits: frozenset[int]) -> AgeReading:
    typed = " ".join(str(Quantity(part.number, part.unit)) for part in parts)
    units = {part.unit for part in parts}
    months, days = _months_and_days(parts)
    total = (days_of_months(months) if months else 0) + days
    if total == 0 and any(part.number for part in parts if part.unit not in (Unit.DAY, Unit.HOUR)):
        return Unclear(UnclearBecause.TOO_PRECISE)
    exact = not units & {Unit.YEAR, Unit.MONTH} and (Unit.DAY in units or Unit.WEEK not in units)
    age = AgeText(total, exact)
    if months > OLDEST_MONTHS or total > OLDEST_DAYS:
        return OutOfScope(age)
    if not exact and (total in limits or months == OLDEST_MONTHS):
        question = f"When was your baby born? At {typed} the exact date matters."
        return Confirm(AgeText(total - 1, exact=False), ConfirmBecause.THRESHOLD_AGE, question)
    if other & (APPROXIMATE | DOUBTFUL):
        return Confirm(AgeText(total, exact=False), ConfirmBecause.APPROXIMATE, f"Is your baby {typed} old?")
    if other:
        return Confirm(age, ConfirmBecause.OTHER_WORDS, f"Is your baby {typed} old today?")
    return Read(age)


def _months_and_days(parts: tuple[Quantity, ...]) -> tuple[Decimal, int]:
    """Years and months as months, the rest as full days: rounded down, to the younger side."""
    amount = {part.unit: part.number for part in parts}
    nothing = Decimal(0)
    months = 12 * amount.get(Unit.YEAR, nothing) + amount.get(Unit.MONTH, nothing)
    days = 7 * amount.get(Unit.WEEK, nothing) + amount.get(Unit.DAY, nothing)
    return months, floor(days + amount.get(Unit.HOUR, nothing) / 24)


def print_days(age: AgeText) -> str:
    """An age without a birth date in words that read back as the same value.

    Exact: days. Otherwise weeks, months, months and days; where no such words mean that day, "about 17
    days", which reads back as the same value but is asked.
    """
    if age.exact:
        return _plural(age.days, "day")
    if age.days % 7 == 0 and age.days < DAYS_OF_MONTHS[2]:
        return _plural(age.days // 7, "week")
    if age.days < DAYS_OF_MONTHS[1]:
        return f"about {_plural(age.days, 'day')}"
    months = max(n for n in range(1, OLDEST_MONTHS + 1) if days_of_months(Decimal(n)) <= age.days)
    rest = age.days - days_of_months(Decimal(months))
    return _plural(months, "month") + (f" {_plural(rest, 'day')}" if rest else "")


def _plural(number: int, unit: str) -> str:
    return f"{number} {unit}" + ("" if number == 1 else "s")
