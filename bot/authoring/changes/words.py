"""Texts and names as a sentence about a change quotes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.authoring.condition_words import fact_in_words, matcher_in_words
from bot.authoring.proof.meant import value_as_text
from bot.facts.matcher import OneOf, Only, Within
from bot.facts.value import Choice, DaysOld, Many, Number, Value
from bot.script.model import Checklist, Question
from bot.script.vocabulary import Vocabulary

_SENTENCES = re.compile(r"[^.?!]+(?:[.?!]+|$)")

AROUND = 3
"""Words that stand on each side of what changed in a text."""

MOST_NAMED = 45
"""Letters of a text that only serves as a name; what changed is never cut."""


def squeezed(text: str | None) -> str:
    """A text without its line breaks and double blanks, which are no change for a parent."""
    return " ".join((text or "").split())


def same_words(old: str | None, new: str | None) -> bool:
    """Whether two texts differ in nothing but blanks and line breaks."""
    return squeezed(old) == squeezed(new)


def quoted(text: str | None) -> str:
    """A text in quotation marks, on one line and in full."""
    return f"“{squeezed(text)}”"


def named(text: str | None) -> str:
    """The beginning of a text in quotation marks, as a name for it."""
    flat = squeezed(text)
    if len(flat) > MOST_NAMED:
        flat = f"{flat[:MOST_NAMED].rsplit(' ', 1)[0].rstrip('.,:;')} ..."
    return f"“{flat}”"


def question_name(one: Question | Checklist) -> str:
    """A question by what it asks, without what is said before and after, and with its id."""
    sentences = [part.strip() for part in _SENTENCES.findall(squeezed(one.ask))]
    asked = next((part for part in sentences if part.endswith("?")), squeezed(one.ask))
    return f"{named(asked)} [{one.id}]"


def reworded(old: str | None, new: str | None) -> str:
    """The words that differ, each with a few words around them: “a b c” is now “a x c”."""
    if not squeezed(old):
        return f"new: {quoted(new)}"
    if not squeezed(new):
        return f"no longer said: {quoted(old)}"
    before, after = _parts_that_differ(squeezed(old).split(), squeezed(new).split())
    return f"“{before}” is now “{after}”"


def _parts_that_differ(old: Sequence[str], new: Sequence[str]) -> tuple[str, str]:
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    start, end = max(first - AROUND, 0), max(last - AROUND, 0)

    def cut(words: Sequence[str]) -> str:
        told = " ".join(words[start : len(words) - end])
        return f"{'... ' if start else ''}{told}{' ...' if end else ''}"

    return cut(old), cut(new)


def listed(names: Iterable[str], *, most: int = 6) -> str:
    """Names one after the other; of many the first, and how many more."""
    found = list(dict.fromkeys(names))
    rest = len(found) - most
    return ", ".join(found[:most]) + (f" and {rest} more" if rest > 0 else "")


def told_in_words(sets: Mapping[str, Value], vocabulary: Vocabulary) -> str:
    """What an answer tells: "breathing: stopped / pause and colour: blue"."""
    return " and ".join(fact_told(name, value, vocabulary) for name, value in sets.items()) or "nothing"


def fact_told(name: str, value: Value, vocabulary: Vocabulary) -> str:
    """One fact with its value, as conditions say it."""
    match value:
        case Choice(possible):
            return fact_in_words(name, vocabulary) + matcher_in_words(name, OneOf(possible, False, False), vocabulary)
        case Many(certain, possible) if certain == possible:
            return fact_in_words(name, vocabulary) + matcher_in_words(name, Only(possible), vocabulary)
        case Number(interval) if interval.exact is None:
            return fact_in_words(name, vocabulary) + matcher_in_words(name, Within(interval), vocabulary)
        case Number(interval):
            unit = vocabulary.unit_of(name)
            ago = " ago" if name.endswith("_ago") else ""
            return f"{fact_in_words(name, vocabulary)} {interval}" + (f" {unit}{ago}" if unit else "")
        case DaysOld(low, high):
            return f"age {low} days" if low == high else f"age {low} to {high} days"
        case _:
            return f"{fact_in_words(name, vocabulary)}: {value_as_text(value)}"
