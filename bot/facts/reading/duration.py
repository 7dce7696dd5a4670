"""How long one spell lasted, as typed."""

import re

from bot.facts.reading.quantities import phrase_in
from bot.facts.reading.result import Confirm, ConfirmBecause, Unclear, UnclearBecause
from bot.facts.reading.typed import tidy
from bot.facts.reading.written_duration import UNITS, Duration, DurationReading, duration_in, print_duration

__all__ = ["Duration", "DurationReading", "print_duration", "read_duration"]

_FEW_SECONDS = re.compile(
    r"(?:(?:it )?(?:lasted|lasts|was) )?(?:(?:about|just|only|for|maybe) )?"
    r"(?:an? )?(?:few|couple(?: of)?) (?:s|secs|seconds)\.?"
)
_CLOCK = re.compile(
    r"(?<![\d.,:])(-?)(\d{1,2}):([0-5]\d)(?![\d:]|[.,]\d)(?: ?(h|hrs?|hours?|m|mins?|minutes?))?(?![^\W\d_])"
)


def read_duration(text: str) -> DurationReading:
    """The length of a spell in whole seconds; parts of seconds are rounded up, to the longer side.

    "about half a minute" is 30, "1:30" is 90, "1-2 minutes" is the band 60 to 120, "less than 10 seconds" 0
    to 9, "more than 5 minutes" from 300 on. Asked: the unit of a plain number or range, "a few seconds" (up
    to 9), 13:30 (time of day?), "almost", "maybe". Not read: "a long time", a minus, over a day. Source:
    rules.md section 3.
    """
    clean = tidy(text)
    if isinstance(clean, Unclear):
        return clean
    if _FEW_SECONDS.fullmatch(clean):
        return Confirm(Duration(0, 9), ConfirmBecause.APPROXIMATE, "Was it less than 10 seconds?")
    doubt: ConfirmBecause | None = None
    if clock := _CLOCK.search(clean):
        minus, first, second, unit = clock.groups()
        if minus:
            return Unclear(UnclearBecause.NEGATIVE)
        doubt = ConfirmBecause.CLOCK_TIME if unit is None and int(first) > 9 else None
        units = ("h", "min") if unit and unit.startswith("h") else ("min", "s")
        spelled = f"{first} {units[0]} {second} {units[1]}"
        clean = f"{clean[: clock.start()]} {spelled} {clean[clock.end() :]}"
    phrase = phrase_in(clean, UNITS)
    return phrase if isinstance(phrase, Unclear) else duration_in(phrase, clean, doubt=doubt)
