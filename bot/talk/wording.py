"""Filling texts: the child's name, the emergency number, reasons, and how answers are printed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime

from bot.facts.reading import AgeText, print_age, print_date
from bot.facts.value import Born, Choice, DaysOld, Many, NoSuch, NotSure, Number, Value
from bot.script.vocabulary import Fact

DEFAULT_NAME = "your baby"
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|\n\s*|• |[“\"(])$")


def fill(text: str, fields: Mapping[str, str]) -> str:
    """Put the fields into a text; what stands at the beginning of a sentence gets a capital letter.

    Raises KeyError for a placeholder that nobody fills.
    """
    parts: list[str] = []
    end = 0
    for found in _PLACEHOLDER.finditer(text):
        parts.append(text[end : found.start()])
        value = fields[found[1]]
        if found[1] == "baby" and _SENTENCE_START.search("".join(parts)[-3:]):
            value = value[:1].upper() + value[1:]
        parts.append(value)
        end = found.end()
    return "".join([*parts, text[end:]])


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def print_moment(at: datetime) -> str:
    """A moment as it stands in the diary, such as "3 Feb 2026, 21:05"."""
    return f"{at.day} {at:%b %Y, %H:%M}"


def print_value(fact: Fact, value: Value, today: date) -> str:
    """An answer in a few words, for the read-back and the diary."""
    match value:
        case NotSure():
            return "not sure"
        case NoSuch():
            return "none"
        case Choice(possible):
            return " or ".join(_words(one) for one in sorted(possible))
        case Many(certain, possible):
            return ", ".join(_words(one) for one in sorted(certain or possible))
        case Number(interval):
            unit = f" {fact.unit}" if fact.unit else ""
            return f"{interval}{unit}"
        case Born(on):
            return print_date(on)
        case DaysOld(_, high, asof):
            return f"{print_age(AgeText(high + (today - asof).days, exact=False))} old"


def _words(option: str) -> str:
    return option.replace("_", " ")
