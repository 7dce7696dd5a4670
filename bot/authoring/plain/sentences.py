"""A text as a parent reads it, cut into sentences.

How a text is measured: placeholders are filled with usual values, each line ends a sentence (so does each line of a
list), the sign before a line of a list is left out, a number is one word whatever its signs ("38.0", "21:40",
"01.11.2026"), "°C" is read as "degrees", and a command such as /privacy as its word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.talk.wording import DEFAULT_NAME

_USUAL = {"baby": DEFAULT_NAME, "emergency_number": "112", "temperature_c": "38.2", "temperature": "38.2 °C"}
_WHOLE_LINES = ("reasons", "summary", "countries")
"""Placeholders of other texts, which are measured where they are written."""

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_LISTED = re.compile(r"^\s*(?:[•\-*]|\d+\.)\s+")
_NUMBER = re.compile(r"(?<=\d)[.,:/](?=\d)")
_COMMAND = re.compile(r"(?<!\S)/(?=[a-z])")
_END = re.compile(r"(?<=[.!?])[”\"’)]?\s+")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; `line` counts the lines of the text from 0, `listed` tells that it stands in a list."""

    text: str
    line: int
    listed: bool

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(words(self.text))


def words(text: str) -> list[str]:
    """The words of a text: what stands between blanks and holds a letter or a digit."""
    return [word for word in text.split() if _WORD.search(word)]


def sentences(text: str) -> list[Sentence]:
    """All sentences of a text, in its order."""
    found: list[Sentence] = []
    for number, line in enumerate(text.strip().splitlines()):
        listed = _LISTED.match(line)
        read = _as_read(line[listed.end() :] if listed else line)
        parts = (part.strip() for part in _END.split(read))
        found += [Sentence(part, number, listed is not None) for part in parts if words(part)]
    return found


def _as_read(line: str) -> str:
    for name in _WHOLE_LINES:
        line = line.replace(f"{{{name}}}", "")
    line = _PLACEHOLDER.sub(lambda found: _USUAL.get(found[1], found[1].replace("_", " ")), line)
    line = _NUMBER.sub("", line)
    return _COMMAND.sub("", line.replace("°C", "degrees"))
