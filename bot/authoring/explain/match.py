"""Which texts of a version a pasted message is made of, whatever was filled in and however it was broken into lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.authoring.find_text import flat
from bot.script.text_ids import Text

SHORTEST = 8
"""Characters of a sentence that says enough to be known again, beside others of its text."""

LEAST = 12
"""Characters by which a text must explain a message to be named at all."""

_PLACEHOLDER = re.compile(r"\{[a-z_]+\}")
_LIST_SIGN = re.compile(r"^(?:•|\d+\.)\s+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_FILLED = ".{1,60}?"
_ON_A_BUTTON = frozenset({"bands", "buttons", "chapters", "label", "none", "options", "short", "title"})
_FRAMES = re.compile(r"^phrases\.texts\.(reason_|answered$|progress$|history_|entry_when$|step$)")
"""Phrases that only frame another text, which is looked for itself."""

_REASON = re.compile(r"\b(why|also|careful): $")
"""How the phrases end that stand in front of a reason."""


@dataclass(frozen=True, slots=True)
class Part:
    """A text that a message holds, and others that say just the same."""

    text: Text
    begins: int
    covers: int
    same: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matched:
    """The parts in the order in which they are read, and how much of the message they are, from 0 to 1."""

    parts: tuple[Part, ...]
    share: float


class Matcher:
    """Looks for the texts of one version, by their `sentences`; what is read on a button alone is not looked for."""

    def __init__(self, texts: Mapping[str, Text]) -> None:
        self.sentences = {
            name: tuple(_units(text.text))
            for name, text in texts.items()
            if not _FRAMES.match(name) and not _ON_A_BUTTON & {str(step) for step in text.path}
        }
        self._texts = texts

    def find(self, pasted: str) -> Matched:
        """The texts that the pasted words are made of: always the one first that explains most of what is left."""
        said = flat(pasted)
        spans = {name: found for name, units in self.sentences.items() if (found := list(_spans(units, said)))}
        covered = [False] * len(said)
        parts: list[Part] = []
        while True:
            gains = {name: _gain(found, covered) for name, found in spans.items()}
            most = max(gains.values(), default=0)
            if most < LEAST:
                break
            best = [name for name, gain in gains.items() if gain == most]
            begins = min(begin for begin, _ in spans[best[0]])
            framed = _REASON.search(said[:begins]) is not None
            # Of several that explain as much: behind "Why:" a reason, and else the one of which most is there.
            best.sort(key=lambda name: (framed != name.endswith(".because"), sum(map(len, self.sentences[name]))))
            parts.append(Part(self._texts[best[0]], begins, most, tuple(best[1:])))
            for begin, end in spans[best[0]]:
                covered[begin:end] = [True] * (end - begin)
        letters = [number for number, letter in enumerate(said) if letter.isalnum()]
        share = sum(covered[number] for number in letters) / len(letters) if letters else 0.0
        return Matched(tuple(sorted(parts, key=lambda part: part.begins)), share)


def _units(text: str) -> Iterator[str]:
    """The sentences of a text as they are looked for; those that say too little are left out."""
    for line in text.strip().splitlines():
        for sentence in _SENTENCE_END.split(_LIST_SIGN.sub("", line.strip())):
            # Copied by hand, a sentence often comes without its end.
            unit = flat(sentence).rstrip(".!?")
            if len(_PLACEHOLDER.sub("", unit)) >= SHORTEST:
                yield unit


def _spans(units: Sequence[str], said: str) -> Iterator[tuple[int, int]]:
    for unit in units:
        if "{" not in unit:
            begin = said.find(unit)
            if begin >= 0:
                yield begin, begin + len(unit)
            continue
        parts = [re.escape(part) for part in _PLACEHOLDER.split(unit)]
        # The shortest filling is only found where something stands behind it.
        found = re.search(_FILLED.join(parts) if parts[-1] else f"{_FILLED.join(parts[:-1])}\\S+", said)
        if found is not None:
            yield found.span()


def _gain(spans: Sequence[tuple[int, int]], covered: Sequence[bool]) -> int:
    """How much of what is not explained yet these spans explain."""
    fresh = {place for begin, end in spans for place in range(begin, end) if not covered[place]}
    return len(fresh)
