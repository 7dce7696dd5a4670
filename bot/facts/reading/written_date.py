"""A date in a typed text: figures, month names, today and yesterday."""

import re
from datetime import date, timedelta

from bot.facts.reading import months
from bot.facts.reading.child_age import AgeReading, AgeText, age_on
from bot.facts.reading.numbers import NEUTRAL
from bot.facts.reading.result import (
    Choose,
    ChooseBecause,
    Confirm,
    ConfirmBecause,
    OutOfScope,
    Read,
    Unclear,
    UnclearBecause,
)
from bot.facts.reading.typed import without_accents

_FIGURES = re.compile(r"(?<![\d.,/-])(\d{1,4})(?: ?([./-]) ?(\d{1,2}) ?\2 ?| (\d{1,2}) )(\d{1,4})(?![.,/-]?\d)")
_MONTH = "(" + "|".join(sorted(months.NUMBER_OF, key=len, reverse=True)) + ")"
_OF = r"(?: ?[./-] ?| (?:of|de|di|del) | )?"
_YEAR = r"(?:(?: ?[.,/-] ?| (?:of|de|del) | )?(\d{2}|\d{4})(?!\d))?"
_DAY_MONTH = re.compile(
    rf"(?<![\d.,/-])(\d{{1,2}})(?:st|nd|rd|th|er|°|\.)?{_OF}(?<![^\W\d_]){_MONTH}(?![^\W\d_])\.?{_YEAR}"
)
_MONTH_DAY = re.compile(rf"(?<![^\W_]){_MONTH}\.?[ -]?(\d{{1,2}})(?:st|nd|rd|th)?(?!\d){_YEAR}")
_NO_DAY = re.compile(
    rf"(?:in )?(?:{_MONTH}\.?,?(?: (?:of|de|del))? ?(?:\d{{4}})?|(?:\d{{1,2}} ?[./-] ?)?(?:19|20)\d\d)"
)
_NO_YEAR = re.compile(r"\d{1,2} ?/ ?\d{1,2} ?/?|\d{1,2}\. ?\d{1,2}\.")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\S")
_FILLER = frozenset(
    "he she it they is was were has born on the of in date birth birthday dob b day he's she's hes shes "
    "baby my our son daughter boy girl child anno г года am".split()
)
_NOT_A_BIRTH = frozenset("due expected conceived pregnant pregnancy corrected adjusted".split())
_DAYS_BACK = {"today": 0, "yesterday": 1, "before yesterday": 2}


def date_in(clean: str, *, today: date) -> AgeReading | None:
    """The birth date in a tidied text, as an age; None where no date was typed at all."""
    text = without_accents(clean)
    if _NO_DAY.fullmatch(text):
        return Unclear(UnclearBecause.NO_DAY)
    if _NO_YEAR.fullmatch(text):
        return Unclear(UnclearBecause.NO_YEAR)
    if (back := _DAYS_BACK.get(_without_filler(text))) is not None:
        return age_on(today - timedelta(days=back), today=today)
    if _without_filler(text) == "tomorrow":
        return Unclear(UnclearBecause.FUTURE)
    for pattern, read in ((_FIGURES, _from_figures), (_DAY_MONTH, _from_names), (_MONTH_DAY, _from_names)):
        if match := pattern.search(text):
            return _among(text[: match.start()] + " " + text[match.end() :], read(match, today))
    return None


def _from_figures(match: re.Match[str], today: date) -> AgeReading:
    """With dots and dashes the day comes first, as in Europe; the month only if nothing else is real: asked.

    With slashes (or spaces) both orders are in use, so two real dates that are not in the future are two
    candidates, and one is taken. Should the year be a slip (03/12/2025 typed in June), what is taken is the
    later date, so the younger child, so the more cautious advice.
    """
    first, mark, middle, spaced, last = match.groups()
    middle = middle or spaced
    if len(first) == 4 and len(last) <= 2:
        return _judge(_real(first, middle, last), today)
    short = len(last) == 2
    if len(first) > 2 or len(last) not in (2, 4) or (short and spaced):
        return Unclear(UnclearBecause.IMPOSSIBLE_DATE)
    day_first, month_first = _real(last, middle, first), _real(last, first, middle)
    if mark in (".", "-"):
        if day_first or not month_first:
            return _judge(day_first, today, short=short)
        return _asked(_judge(month_first, today, short=short), ConfirmBecause.MONTH_FIRST)
    return _either(tuple(dict.fromkeys(day for day in (day_first, month_first) if day)), today, short=short)


def _either(days: tuple[date, ...], today: date, *, short: bool) -> AgeReading:
    """Of one or two real dates the one that can be, or the choice between both."""
    readings = [_judge(day, today, short=short) for day in days]
    possible = [reading for reading in readings if not isinstance(reading, Unclear)]
    if not possible:
        return readings[0] if readings else Unclear(UnclearBecause.IMPOSSIBLE_DATE)
    if len(possible) == 1 or all(isinstance(reading, OutOfScope) for reading in possible):
        return possible[0]
    ages = tuple(AgeText((today - day).days, exact=True, birth_date=day) for day in days)
    return Choose(ages, ChooseBecause.DAY_OR_MONTH_FIRST)


def _from_names(match: re.Match[str], today: date) -> AgeReading:
    """Day and month by name; without a year the last such day, asked."""
    day, month, year = match.groups()
    if match.re is _MONTH_DAY:
        day, month = month, day
    number = str(months.NUMBER_OF[month])
    if year:
        return _judge(_real(year, number, day), today, short=len(year) == 2)
    if _real("2024", number, day) is None:  # a leap year
        return Unclear(UnclearBecause.IMPOSSIBLE_DATE)
    for candidate in (_real(str(today.year), number, day), _real(str(today.year - 1), number, day)):
        if candidate and candidate <= today:
            return _asked(_judge(candidate, today), ConfirmBecause.NO_YEAR)
    return Unclear(UnclearBecause.NO_YEAR)


def _real(year: str, month: str, day: str) -> date | None:
    """The date if there is such a day; two-digit years are of this century, years before 1900 are slips."""
    number = int(year) + 2000 if len(year) == 2 else int(year)
    try:
        return date(number, int(month), int(day)) if number >= 1900 else None
    except ValueError:
        return None


def _judge(day: date | None, today: date, *, short: bool = False) -> AgeReading:
    """What a date means as a birth date; a two-digit year is asked, and only if the child is of this age."""
    if day is None:
        return Unclear(UnclearBecause.IMPOSSIBLE_DATE)
    reading = age_on(day, today=today)
    if not short:
        return reading
    if isinstance(reading, Read):
        return _asked(reading, ConfirmBecause.SHORT_YEAR)
    return Unclear(UnclearBecause.SHORT_YEAR)


def _among(rest: str, reading: AgeReading) -> AgeReading:
    """The reading of a date, given the text around it."""
    if any(character.isdecimal() for character in rest):
        return Unclear(UnclearBecause.TWO_NUMBERS)
    words = frozenset(_WORD.findall(rest)) - NEUTRAL - _FILLER
    if words & _NOT_A_BIRTH:
        return Unclear(UnclearBecause.NOT_FROM_BIRTH)
    return _asked(reading, ConfirmBecause.OTHER_WORDS) if words else reading


def _asked(reading: AgeReading, because: ConfirmBecause) -> AgeReading:
    """A date that was read, to be confirmed with the name of its month; any other reading as it is."""
    if not isinstance(reading, Read) or reading.value.birth_date is None:
        return reading
    question = f"Was your baby born on {months.print_date(reading.value.birth_date)}?"
    return Confirm(reading.value, because, question)


def _without_filler(text: str) -> str:
    filler = (_FILLER | NEUTRAL) - {"birthday"}  # "birthday today" may be the first
    kept = [word for word in _WORD.findall(text) if word not in filler]
    return " ".join(kept)
