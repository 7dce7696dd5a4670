"""What a parent typed at a question that takes typing: an answer, a doubt to be cleared, or another try."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.facts.age import EARLIEST_WEEKS, Unit, limit_days
from bot.facts.reading import (
    AgeText,
    AskUnit,
    Choose,
    Confirm,
    ConfirmBecause,
    MeasureAgain,
    NoneAtAll,
    NotMeasured,
    OutOfScope,
    Read,
    Unclear,
    UnclearBecause,
    print_age,
    print_date,
    print_temperature,
    read_age,
    read_birth_date,
    read_count,
    read_number,
    read_temperature,
)
from bot.facts.reading import Unit as CountUnit
from bot.facts.value import NO_SUCH, NOT_SURE, Born, DaysOld, Number, Value
from bot.script.model import Input, Question

DATE_MATTERS_AT = frozenset({28, 35, 92})
"""Ages in weeks or months, as days, at which a birth date is asked for: 4 weeks, 5 weeks, 3 months (rules.md, 3).

Other ages in weeks or months are taken as the day itself or the day before, whichever is the more cautious.
"""

ADULT_DAYS = 18 * 365
MAX_NUMBER = Decimal(1000)


@dataclass(frozen=True, slots=True)
class Taken:
    """An answer, and how it is printed."""

    value: Value
    label: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to be confirmed: a phrase with its fields, and for each button the value it stands for.

    A button without a value asks the question again.
    """

    phrase: str
    fields: Mapping[str, str]
    choices: tuple[tuple[str, str, Value | None], ...]


@dataclass(frozen=True, slots=True)
class Again:
    """Another try; the phrase says kindly what is expected. `odd` is a reading that counts when it comes twice."""

    phrase: str
    fields: Mapping[str, str]
    odd: str | None = None


@dataclass(frozen=True, slots=True)
class TooOld:
    """A child over 36 months, or an adult: this guide is not made for it."""

    adult: bool
    value: Value


Typed = Taken | Doubt | Again | TooOld


def understand_typed(question: Question, text: str, today: date, odd: str | None) -> Typed:
    """Read what was typed at a question with an input."""
    match question.input:
        case Input.BIRTH_DATE:
            return _birth(text, today)
        case Input.TEMPERATURE | Input.TEMPERATURE_AGAIN:
            return _temperature(text, odd)
        case Input.HOURS:
            return _count(text, CountUnit.HOUR, "hours")
        case Input.MINUTES:
            return _count(text, CountUnit.MINUTE, "minutes")
        case Input.WEEKS:
            return _weeks(text)
        case _:
            return _number(text)


def _birth(text: str, today: date) -> Typed:
    reading = read_age(text, today=today, limits=DATE_MATTERS_AT)
    if isinstance(reading, Unclear) and reading.because is not UnclearBecause.NOT_SURE:
        dated = read_birth_date(text, today=today, limits=DATE_MATTERS_AT)
        reading = dated if not isinstance(dated, Unclear) else reading
    match reading:
        case Read(value):
            return _aged(value, today)
        case Confirm(value, ConfirmBecause.THRESHOLD_AGE, _):
            # The reading is the younger side already; both days may be true, and then the younger limits hold.
            younger = DaysOld(value.days, value.days + 1, today)
            said = " ".join(text.split())[:30]
            return Doubt("age_at_limit", {"age": said}, (("take", said, younger),))
        case Confirm(value, _, _):
            printed = print_date(value.birth_date) if value.birth_date else print_age(value)
            taken = _aged(value, today).value
            return Doubt(
                "birth_date_confirm", {"date": printed}, (("yes", "button.yes", taken), ("no", "button.no", None))
            )
        case Choose(candidates):
            choices = tuple(
                (f"choice_{number}", print_date(one.birth_date), _aged(one, today).value)
                for number, one in enumerate(candidates, start=1)
                if one.birth_date is not None
            )
            return Doubt("birth_date_choose", {}, choices)
        case AskUnit(number, _):
            return _ask_unit(number, today)
        case OutOfScope(value):
            return TooOld(value.days >= ADULT_DAYS, _aged(value, today).value)
        case Unclear(because):
            return _unclear_birth(because, today)


def _aged(age: AgeText, today: date) -> Taken:
    if age.birth_date is not None:
        return Taken(Born(age.birth_date), print_date(age.birth_date))
    low = age.days if age.exact else max(age.days - 1, 0)
    return Taken(DaysOld(low, age.days, today), print_age(age))


def _ask_unit(number: Decimal, today: date) -> Doubt:
    choices: list[tuple[str, str, Value | None]] = []
    for unit in Unit:
        days = int(number * (1 if unit is Unit.DAYS else 7 if unit is Unit.WEEKS else Decimal("30.4375")))
        if unit is Unit.MONTHS and number == number.to_integral_value():
            days = limit_days(int(number), Unit.MONTHS)
        # "3" of something is a full number: the day before it may be meant as well.
        low = days if unit is Unit.DAYS else max(days - 1, 0)
        choices.append((unit.value, f"button.{unit.value}", DaysOld(low, days, today)))
    return Doubt("age_unit", {"number": f"{number.normalize():f}"}, tuple(choices))


def _unclear_birth(because: UnclearBecause, today: date) -> Typed:
    if because is UnclearBecause.NOT_SURE:
        return Taken(NOT_SURE, "button.not_sure")
    if because is UnclearBecause.FUTURE:
        return Again("birth_date_future", {"date": print_date(today)})
    if because is UnclearBecause.IMPOSSIBLE_DATE:
        return Again("birth_date_impossible", {})
    return Again("unclear_birth_date", {})


def _temperature(text: str, odd: str | None) -> Typed:
    match read_temperature(text):
        case Read(value):
            return _celsius(value)
        case NotMeasured():
            return Taken(NOT_SURE, "button.not_sure")
        case MeasureAgain(value) if odd == str(value):
            # The same reading twice is real (source: rules.md section 3).
            return _celsius(value)
        case MeasureAgain(value):
            fields = {"temperature": print_temperature(value)}
            return Again("temperature_measure_again", fields, odd=str(value))
        case Confirm(value, ConfirmBecause.MISSING_POINT, _):
            return _confirm_celsius("temperature_point", value, {})
        case Confirm(value, ConfirmBecause.FAHRENHEIT, _):
            return _confirm_celsius("temperature_fahrenheit", value, {"fahrenheit": text.strip()[:10]})
        case Confirm(value, _, _):
            return _confirm_celsius("temperature_point", value, {})
        case Unclear(UnclearBecause.NOT_SURE):
            return Taken(NOT_SURE, "button.not_sure")
        case Unclear(UnclearBecause.NOT_A_BODY_TEMPERATURE):
            return Again("temperature_not_a_body", {})
        case Unclear():
            return Again("unclear_temperature", {})


def _celsius(value: Decimal) -> Taken:
    return Taken(Number.of(value), print_temperature(value))


def _confirm_celsius(phrase: str, value: Decimal, fields: Mapping[str, str]) -> Doubt:
    printed = print_temperature(value)
    return Doubt(
        phrase,
        {"temperature": printed, **fields},
        (("yes", "button.yes", Number.of(value)), ("no", "button.no", None)),
    )


def _count(text: str, unit: CountUnit, name: str) -> Typed:
    match read_count(text, unit):
        case Read(value):
            return _numbered(value, lambda number: f"{number} {name}")
        case NoneAtAll():
            return Taken(Number.of(0), f"0 {name}") if unit is CountUnit.MINUTE else Taken(NO_SUCH, "none")
        case Confirm(value, _, _):
            printed = f"{value.normalize():f} {name}"
            return Doubt(
                "birth_date_confirm",
                {"date": printed},
                (("yes", "button.yes", Number.of(value)), ("no", "button.no", None)),
            )
        case Unclear(UnclearBecause.NOT_SURE):
            return Taken(NOT_SURE, "button.not_sure")
        case Unclear():
            return Again("unclear_number", {})


def _number(text: str) -> Typed:
    reading = read_number(text)
    if isinstance(reading, Unclear):
        if reading.because is UnclearBecause.NOT_SURE:
            return Taken(NOT_SURE, "button.not_sure")
        return Again("unclear_number", {})
    return _numbered(reading.value, str)


def _weeks(text: str) -> Typed:
    match read_count(text, CountUnit.WEEK):
        case Read(value) if EARLIEST_WEEKS <= value <= 45:
            return Taken(Number.of(int(value)), f"{int(value)} weeks")
        case Unclear(UnclearBecause.NOT_SURE):
            return Taken(NOT_SURE, "button.not_sure")
        case _:
            return Again("unclear_number", {})


def _numbered(value: Decimal, printed: Callable[[str], str]) -> Typed:
    if value > MAX_NUMBER:
        return Again("number_too_large", {})
    return Taken(Number.of(value), printed(f"{value.normalize():f}"))
