"""Numbers with limits and units, and ages, as the script writes them."""

from __future__ import annotations

import re
from decimal import Decimal
from difflib import get_close_matches

from bot.facts.age import OLDEST_DAYS, AgeLimit, Side, Unit, limit_days
from bot.facts.interval import Interval
from bot.script.problems import Place, Problem, ScriptError

NUMBER_FORMS = "Write for example 'at least 38.0', 'under 30' or '10 to 29'."
AGE_FORMS = "Write for example 'under 28 days', 'up to 3 months' or 'from 6 months'."
_NUMBER = r"(-?[0-9]{1,9}(?:\.[0-9]{1,9})?)"
_RANGE = re.compile(rf"{_NUMBER} to {_NUMBER}(?: (.+))?")
_BOUND = re.compile(rf"(at least|over|under|up to|from) {_NUMBER}(?: (.+))?")
_EXACT = re.compile(rf"{_NUMBER}(?: (.+))?")
_SIDED = re.compile(r"(under|up to|from) (.+)")
_AGE = re.compile(r"([0-9]{1,9}) (.+)")


def read_interval(fact: str, unit: str, text: str, place: Place) -> Interval:
    """Read a stretch of numbers in the unit of the fact; raises ScriptError."""
    if found := _RANGE.fullmatch(text):
        low, high, written = Decimal(found[1]), Decimal(found[2]), found[3]
        if low > high:
            raise _refused(place, f"'{text}' runs backwards.", "Write the smaller number first.")
        result = Interval(low, high)
    elif found := _BOUND.fullmatch(text):
        written = found[3]
        result = _bounded(found[1], Decimal(found[2]))
    elif found := _EXACT.fullmatch(text):
        written = found[2]
        result = Interval.exactly(Decimal(found[1]))
    else:
        raise _refused(place, f"'{text}' is not a number or a limit.", _meant_number(text) or NUMBER_FORMS)
    if written is not None and written != unit:
        said = f"is counted in {unit}" if unit else "has no unit"
        raise _refused(place, f"'{fact}' {said}, not in '{written}'.", f"Write the number in {unit or 'figures'}.")
    return result


_OTHER_WORDS = (
    (re.compile(r"(?<=[0-9]),(?=[0-9])"), "."),
    (re.compile(r"^(>=|≥|=>|from|not under|not below|minimum|min\.?) ?(?=[0-9])"), "at least "),
    (re.compile(r"^(<=|≤|=<|at most|not over|not above|maximum|max\.?) ?(?=[0-9])"), "up to "),
    (re.compile(r"^(>|more than|above|higher than) ?(?=[0-9])"), "over "),
    (re.compile(r"^(<|less than|below|lower than) ?(?=[0-9])"), "under "),
    (re.compile(r"(?<=[0-9]) ?[-–—] ?(?=[0-9])"), " to "),
    (re.compile(r"^(unsure|unknown|not known|don['’]t know|notsure|not_sure)$"), "not sure"),
)
"""What people write instead of the words of the language."""

_OTHER_AGES = (
    (re.compile(r"^(younger than|below|less than|<) ?(?=[0-9])"), "under "),
    (re.compile(r"^(at most|not over|until|<=|≤) ?(?=[0-9])"), "up to "),
    (re.compile(r"^(at least|older than|over|above|more than|>=|≥|>) ?(?=[0-9])"), "from "),
)


def _meant(text: str, others: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, word in others:
        text = pattern.sub(word, text)
    return text


def _meant_number(text: str) -> str | None:
    meant = _meant(text, _OTHER_WORDS)
    fits = meant == "not sure" or any(form.fullmatch(meant) for form in (_RANGE, _BOUND, _EXACT))
    return f"Write '{meant}'." if fits and meant != text else None


def _meant_age(text: str) -> str | None:
    meant = _meant(text, _OTHER_AGES)
    return f"Write '{meant}'." if meant != text and _SIDED.fullmatch(meant) else None


def _bounded(side: str, number: Decimal) -> Interval:
    match side:
        case "at least" | "from":
            return Interval(low=number)
        case "over":
            return Interval(low=number, low_in=False)
        case "under":
            return Interval(high=number, high_in=False)
        case _:
            return Interval(high=number)


def read_age_limit(text: str, place: Place) -> AgeLimit:
    """Read such as 'under 28 days'; raises ScriptError."""
    sided = _SIDED.fullmatch(text)
    counted = _AGE.fullmatch(sided[2]) if sided is not None else None
    if sided is None or counted is None:
        raise _refused(place, f"'{text}' is not an age limit.", _meant_age(text) or AGE_FORMS)
    number, unit = _number_of_units(text, f"{sided[1]} ", counted, place)
    return AgeLimit(Side(sided[1]), number, unit)


def read_age_days(text: str, place: Place) -> int:
    """Read such as '10 days' or '2 months' as a number of days; raises ScriptError."""
    counted = _AGE.fullmatch(text)
    if counted is None:
        raise _refused(place, f"'{text}' is not an age.", "Write for example '10 days', '6 weeks' or '2 months'.")
    return limit_days(*_number_of_units(text, "", counted, place))


def _number_of_units(text: str, side: str, counted: re.Match[str], place: Place) -> tuple[int, Unit]:
    number, written = int(counted[1]), counted[2]
    one_of = {unit.value: unit for unit in Unit}
    if number == 1:
        one_of |= {unit.value.removesuffix("s"): unit for unit in Unit}
    if written not in one_of:
        near = get_close_matches(written, one_of, n=1, cutoff=0.7)
        cure = f"Did you mean '{side}{number} {near[0]}'?" if near else "Write the age in days, weeks or months."
        raise _refused(place, f"you wrote '{text}'.", cure)
    if limit_days(number, one_of[written]) > OLDEST_DAYS:
        raise _refused(place, f"nobody is as old as '{text}'.", AGE_FORMS)
    return number, one_of[written]


def _refused(place: Place, what: str, cure: str) -> ScriptError:
    return ScriptError([Problem(place, what, cure)])
