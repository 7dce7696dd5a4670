"""Says whether a phrase that was found counts at once, by what stands around it.

"Is blue" counts; "the blanket is blue", "when she is blue", "she never turned blue" and "not yet. Blue" ask first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from bot.facts.normalise import Words
from bot.facts.phrases import Hit


class Kind(Enum):
    """What an entry of words.yaml is for; the value is its name there."""

    PHRASE = "phrases"
    WORD = "words"
    UNSURE = "unsure"
    WHOLE = "whole"
    JUST_BEFORE = "just_before"
    BEFORE = "before"
    JUST_AFTER = "just_after"
    AFTER = "after"


SOFTENERS = (Kind.JUST_BEFORE, Kind.BEFORE, Kind.JUST_AFTER, Kind.AFTER)
OF_A_SIGN = (Kind.PHRASE, Kind.WORD, Kind.UNSURE, Kind.WHOLE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of words.yaml; `denies`: it holds a "not" of its own, so that another before it is panic, not denial."""

    kind: Kind
    language: str
    sign: str
    written: str
    denies: bool = False


Found = Hit[Entry]


class Certainty:
    """Everything found in one text."""

    def __init__(self, said: Words, hits: Iterable[Found], reach: Mapping[str, int]) -> None:
        self._said = said
        self._reach = reach
        self._phrases: list[Found] = []
        self._words: list[Found] = []
        self._unsure: defaultdict[tuple[str, str], list[Found]] = defaultdict(list)
        # Where the softeners before a phrase end and those after it begin, per kind and language.
        self._softeners: defaultdict[tuple[Kind, str], set[int]] = defaultdict(set)
        for hit in hits:
            entry = hit.label
            if entry.kind in SOFTENERS and said.broken(hit.start + 1, hit.end - 1):
                continue  # "what do I do, babies ..." is not "do babies ..."
            match entry.kind:
                case Kind.PHRASE:
                    self._phrases.append(hit)
                case Kind.WORD:
                    self._words.append(hit)
                case Kind.UNSURE:
                    self._unsure[entry.language, entry.sign].append(hit)
                case Kind.JUST_BEFORE | Kind.BEFORE:
                    self._softeners[entry.kind, entry.language].add(hit.end)
                case _:
                    self._softeners[entry.kind, entry.language].add(hit.start)

    def judged(self) -> Iterator[tuple[Found, bool]]:
        """Yield every phrase and word found, and whether it counts at once."""
        firm: list[Found] = []
        soft: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
        for hit in self._phrases:
            if self._touched(hit) or self._softened(hit):
                soft[hit.label.sign].add((hit.start, hit.end))
                yield hit, False
            elif hit.torn:
                yield hit, False
            else:
                firm.append(hit)
        for hit in firm:
            # "never went under water" must not count for a shorter phrase, or one of another language, inside it.
            inside = any(start <= hit.start and hit.end <= end for start, end in soft[hit.label.sign])
            yield hit, not inside
        for hit in self._words:
            yield hit, False

    def _touched(self, hit: Found) -> bool:
        unsure = self._unsure.get((hit.label.language, hit.label.sign), ())
        return any(hit.start < other.end and other.start < hit.end for other in unsure)

    def _softened(self, hit: Found) -> bool:
        reach = self._reach[hit.label.language]
        directly = () if hit.label.denies else ((Kind.JUST_BEFORE, 0), (Kind.JUST_AFTER, 0))
        return any(
            self._near(hit, kind, reach) for kind, reach in (*directly, (Kind.BEFORE, reach), (Kind.AFTER, reach))
        )

    def _near(self, hit: Found, kind: Kind, reach: int) -> bool:
        """Look for a softener up to `reach` words away, on this side of any comma or full stop."""
        places = self._softeners.get((kind, hit.label.language))
        if not places:
            return False
        forward = kind in (Kind.JUST_AFTER, Kind.AFTER)
        at = hit.end if forward else hit.start
        for _ in range(reach + 1):
            # A softener that ends where the word `at` begins; the sign between two words belongs to the second.
            if not 0 <= at < len(self._said.words) or self._said.after_break[at]:
                return False
            if at in places:
                return True
            at += 1 if forward else -1
        return False
