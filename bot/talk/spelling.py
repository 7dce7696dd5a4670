"""Finds the emergency word behind a slip of the finger ("blueee", "swalowed", "breahting")."""

from __future__ import annotations

from collections.abc import Iterable, Set

from bot.facts.normalise import Words, shorten, squeeze

# Short words with and without a doubled letter are different words: Russian "не" and "нее", English "of" and "off".
_SHORTEST_DOUBLED = 4
# One wrong letter makes a harmless word of a shorter one: "choking" and "cooking".
_SHORTEST_SLIP = 8
_LONGEST_SLIP = 24


class Spelling:
    """Knows all words of the phrases, by their letters without repeats and with one letter left out."""

    def __init__(self, vocabulary: Iterable[str], known_words: Set[str]) -> None:
        self._known = known_words
        self._by_squeezed: dict[str, str] = {}
        for word in sorted(known_words):
            self._by_squeezed.setdefault(squeeze(word), word)
        self._by_shortened: dict[str, str] = {}
        for word in sorted(vocabulary):
            if _SHORTEST_SLIP <= len(word) <= _LONGEST_SLIP:
                for form in (word, *_one_less(word)):
                    self._by_shortened.setdefault(form, word)

    def mend(self, typed: Words) -> tuple[Words, frozenset[int]]:
        """Return the text with such words put right, and where that was a guess.

        A letter too often or not often enough is no guess; any other slip is.
        """
        said = list(typed.words)
        guessed: list[int] = []
        for at, word in enumerate(typed.words):
            if len(word) == 1 or word in self._known:
                continue
            if right := self._undoubled(word):
                said[at] = right
            elif right := self._one_slip_away(word):
                said[at] = right
                guessed.append(at)
        return Words(tuple(said), typed.after_break), frozenset(guessed)

    def _undoubled(self, word: str) -> str | None:
        once = shorten(word)
        if once in self._known:
            return once
        return self._by_squeezed.get(squeeze(word)) if len(word) >= _SHORTEST_DOUBLED else None

    def _one_slip_away(self, word: str) -> str | None:
        if not _SHORTEST_SLIP - 1 <= len(word) <= _LONGEST_SLIP + 1:
            return None
        for form in (word, *_one_less(word)):
            right = self._by_shortened.get(form)
            if right is not None and _one_slip(word, right):
                return right
        return None


def _one_less(word: str) -> list[str]:
    return [word[:at] + word[at + 1 :] for at in range(len(word))]


def _one_slip(typed: str, right: str) -> bool:
    """Say whether one letter too many, too few, wrong, or two letters in the wrong order lies between the two."""
    same = 0
    while same < min(len(typed), len(right)) and typed[same] == right[same]:
        same += 1
    a, b = typed[same:], right[same:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
