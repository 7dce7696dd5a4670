"""Whether a text is easy enough: the grade of the whole text, and the length of each sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.authoring.plain.grade import can_measure, grade, hardest_words
from bot.authoring.plain.kinds import Kind
from bot.authoring.plain.sentences import Sentence, sentences

MAX_GRADE = 6.0
MAX_GRADE_EMERGENCY = 4.0
SHORT = 20
"""Texts of fewer words have no grade: one long word would decide it."""

MAX_WORDS = 20
"""Words of a sentence."""

_SHORT_SENTENCE = 12

# The first words of each level (rules.md, section 1) are fixed, so their long words do not count against a text.
_FIXED = re.compile(
    r"Call 112 now"
    r"|Go to the hospital emergency department(?: now| at once)?"
    r"|Your baby needs to be seen (?:by a doctor|in a hospital) today"
    r"|Book a visit to your baby's doctor this week"
    r"|This does not look urgent|Tell your doctor at the next check"
    r"|What you describe is common at this age"
    r"|No danger sign in what you told us",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is too hard in a text: in which of its lines (from 0), what, and how to mend it."""

    line: int
    what: str
    cure: str


def too_hard(text: str, kind: Kind) -> Iterator[Finding]:
    """What makes a text hard to read; nothing of a label, and no grade where textstat is not installed."""
    if kind is Kind.LABEL:
        return
    said = sentences(text)
    long = [one for one in said if one.words > MAX_WORDS]
    for one in long:
        what = f"a sentence has {one.words} words; {MAX_WORDS} is the limit."
        yield Finding(one.line, what, f"Split this sentence: {quoted(one.text)}.")
    # A long sentence makes the grade high by itself, and is mended first.
    if not long and can_measure():
        yield from _too_high(said, MAX_GRADE if kind is Kind.USUAL else MAX_GRADE_EMERGENCY)


def measured(text: str) -> float | None:
    """The grade of a text without its fixed words; None for one that is too short to have a grade."""
    counted = _counted(sentences(text))
    return grade(one.text for one in counted) if sum(one.words for one in counted) >= SHORT else None


def quoted(text: str, most: int = 60) -> str:
    """The beginning of a text between quotation marks."""
    return f"'{text}'" if len(text) <= most else f"'{text[:most].rsplit(' ', 1)[0]} ...'"


def _too_high(said: list[Sentence], limit: float) -> Iterator[Finding]:
    counted = _counted(said)
    if sum(one.words for one in counted) < SHORT:
        return
    found = round(grade(one.text for one in counted), 1)
    if found <= limit:
        return
    longest = max(counted, key=lambda one: one.words)
    hard = hardest_words(" ".join(one.text for one in counted))
    what = f"the reading grade of this text is {found:.1f}; {limit:.0f} is the limit here."
    if longest.words > _SHORT_SENTENCE or not hard:
        yield Finding(longest.line, what, f"Split this sentence: {quoted(longest.text)}.")
    else:
        yield Finding(longest.line, what, f"Find shorter words for: {', '.join(hard)}.")


def _counted(said: list[Sentence]) -> list[Sentence]:
    return [one for one in said if not _FIXED.fullmatch(one.text.rstrip(".!?"))]
