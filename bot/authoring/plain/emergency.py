"""What holds for a message that is read in an emergency, besides the grade.

A line of a list (it begins with • or a number) is one step: one instruction with what belongs to it, in 20 words at
most. Any other line gives at most one instruction, so that nobody has to find the second one in a block of text. An
instruction is a sentence, or the rest of one after "if ...,", that begins with one of the verbs below; "Say" belongs to
the call.
The number to call comes within the first 60 words, on a line on which no other number stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.authoring.plain.reading import Finding, quoted
from bot.authoring.plain.sentences import Sentence, sentences, words

MAX_STEP = 20
MAX_WORDS_BEFORE_NUMBER = 60
NUMBER = "{emergency_number}"

INSTRUCTIONS = frozenset(
    "ask bring call carry check close count do dress drive feed find get give go hold keep lay leave let look measure"
    " move never offer open press put run save stay step stop support switch take tap tell tick touch try turn type"
    " unlock use wait warm watch wrap write".split()
)
"""The verbs with which an instruction begins in our texts."""

_CONDITION = re.compile(r"^(?:if|when|until|once|after|before)\b[^,]*,\s*", re.IGNORECASE)
_OTHER_NUMBER = re.compile(r"\d")
_LINK = re.compile(r"^(?:please|then|now|but|and|or|also)\s+", re.IGNORECASE)


def strays_in_emergency(text: str) -> Iterator[Finding]:
    """Where an EMERGENCY message asks for more than one thing at a time, or hides the number."""
    lines: dict[int, list[Sentence]] = {}
    for one in sentences(text):
        lines.setdefault(one.line, []).append(one)
    for number, said in lines.items():
        whole = " ".join(one.text for one in said)
        told = [one for one in said if is_instruction(one.text)]
        if said[0].listed and len(words(whole)) > MAX_STEP:
            what = f"one step of an EMERGENCY message has {len(words(whole))} words; {MAX_STEP} is the limit."
            yield Finding(number, what, f"Make two steps of {quoted(whole, 40)}.")
        if not said[0].listed and len(told) > 1:
            what = f"this line of an EMERGENCY message asks for {len(told)} things."
            yield Finding(number, what, f"Make {quoted(told[1].text, 40)} a step of its own, with '• ' before it.")
    yield from _number(text)


def is_instruction(sentence: str) -> bool:
    """Whether a sentence tells the parent to do something."""
    rest = _CONDITION.sub("", sentence)
    rest = _LINK.sub("", rest)
    first = re.match(r"[a-z]+", rest.lower())
    return first is not None and first[0] in INSTRUCTIONS


def _number(text: str) -> Iterator[Finding]:
    before = 0
    for number, line in enumerate(text.strip().splitlines()):
        if NUMBER in line:
            before += len(words(line.split(NUMBER)[0]))
            if before > MAX_WORDS_BEFORE_NUMBER:
                what = f"{before} words stand before the number to call; {MAX_WORDS_BEFORE_NUMBER} is the limit."
                yield Finding(number, what, "Say it first.")
            rest = re.sub(r"^\s*\d+\.\s", "", line).replace(NUMBER, "")
            if _OTHER_NUMBER.search(rest):
                what = "another number stands on the line of the number to call."
                yield Finding(number, what, "Put it on another line.")
            return
        before += len(words(line))
