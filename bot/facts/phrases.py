"""Finds many short phrases in a text at once.

A phrase is written as words with blanks between them; capitals, accents, apostrophes and doubled letters do not matter:

    not breathing               these words, one after the other
    is|was blue                 any one of the words between the bars
    (very) pale                 with or without the word in brackets
    not ... breathing           up to three other words between
    shook <child>               any of the words that the language lists under `groups: child:`

"n'arrive" is also found as "n arrive" and "narrive", "für" as "fuer", and "not breathing" as "notbreathing".
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, TypeVar

from bot.facts.normalise import Words, normalise, spell_out, words

LONGEST_GAP = 3
_GAP = "..."
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_BETWEEN_HAN = re.compile(f"(?<={_HAN.pattern}) (?={_HAN.pattern})")
_SHORTEST_JOINED = 6
_MOST_JOINED = 200

Wording = tuple[str, ...]
Label = TypeVar("Label")


class PhraseError(ValueError):
    """A phrase is not written in the form above."""


@dataclass(frozen=True, slots=True)
class Step:
    """One place of a phrase: what may stand there. An empty wording means that it may be left out."""

    choices: tuple[Wording, ...]
    after_gap: bool = False


Phrase = tuple[Step, ...]


def read_phrase(written: str, groups: Mapping[str, Sequence[str]] | None = None) -> Phrase:
    """Turn a written phrase into steps; raises PhraseError where it does not follow the form."""
    steps: list[Step] = []
    after_gap = False
    for piece in written.split():
        if piece == _GAP:
            if not steps or after_gap:
                raise PhraseError(f"'{written}': '...' must stand between two words.")
            after_gap = True
            continue
        optional = piece.startswith("(") and piece.endswith(")")
        if optional and after_gap:
            raise PhraseError(f"'{written}': '...' must be followed by a word without brackets.")
        choices = _choices(piece[1:-1] if optional else piece, written, groups or {})
        steps.append(Step((*choices, ()) if optional else choices, after_gap))
        after_gap = False
    if after_gap:
        raise PhraseError(f"'{written}': '...' must stand between two words.")
    if all(() in step.choices for step in steps):
        raise PhraseError(f"'{written}': a phrase needs a word that is not in brackets.")
    return tuple(steps)


def _choices(piece: str, written: str, groups: Mapping[str, Sequence[str]]) -> tuple[Wording, ...]:
    found: list[Wording] = []
    for choice in piece.split("|"):
        if choice.startswith("<") and choice.endswith(">"):
            name = choice[1:-1]
            if name not in groups:
                raise PhraseError(f"'{written}': there is no group '{name}'.")
            found += itertools.chain.from_iterable(map(_spellings, groups[name]))
        else:
            found += _spellings(choice)
    if not all(found):
        raise PhraseError(f"'{written}': a place without a word.")
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def _spellings(choice: str) -> tuple[Wording, ...]:
    ways = dict.fromkeys((choice, spell_out(choice), choice.replace("'", "")))
    return tuple(words(way).words for way in ways)


def wordings(phrase: Phrase) -> Iterator[Wording]:
    """Yield every way of saying a phrase without other words between."""
    for parts in itertools.product(*(step.choices for step in phrase)):
        yield tuple(itertools.chain.from_iterable(parts))


def quote(written: str, groups: Mapping[str, Sequence[str]], said: Sequence[str]) -> str:
    """Say which words of a phrase were found, in its own spelling, and "…" for a parent's words between them."""
    spelt: dict[str, str] = {}
    for piece in written.split():
        for choice in piece.strip("()").split("|"):
            for member in groups.get(choice[1:-1], (choice,)) if choice.startswith("<") else (choice,):
                spelt.update({normalise(word): word for word in member.split()})
    own = {word for step in read_phrase(written, groups) for choice in step.choices for word in choice}
    # The first word is always the phrase's: perhaps with a prefix, or typed without blanks.
    shown = [spelt.get(word, word) if at == 0 or word in own else "…" for at, word in enumerate(said)]
    return _BETWEEN_HAN.sub("", re.sub("…( …)+", "…", " ".join(shown)))


@dataclass(frozen=True, slots=True)
class Hit(Generic[Label]):
    """A phrase found: the first word, the word after the last, and whether a sentence ended inside a gap."""

    start: int
    end: int
    torn: bool
    label: Label


@dataclass(slots=True, eq=False)
class _Node(Generic[Label]):
    following: dict[str, list[_Node[Label]]] = field(default_factory=dict)
    gaps: list[_Node[Label]] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    # Phrases that begin alike share their first steps.
    shared: dict[Step, _Node[Label]] = field(default_factory=dict)


class PhraseIndex(Generic[Label]):
    """All phrases in one net of words, so that a text is read once whatever their number."""

    def __init__(self) -> None:
        self._root: _Node[Label] = _Node()
        self.known_words: set[str] = set()

    def add(self, phrase: Phrase, label: Label, *, joined: bool = False) -> None:
        """Add a phrase; `joined` also finds it typed without blanks."""
        ends = [self._root]
        for step in phrase:
            following = self._after(ends, step)
            ends = [*ends, following] if () in step.choices else [following]
        for node in ends:
            node.labels.append(label)
        if joined and math.prod(len(step.choices) for step in phrase) <= _MOST_JOINED:
            self._add_joined(wordings(phrase), label)

    def _add_joined(self, said: Iterable[Wording], label: Label) -> None:
        for wording in said:
            together = "".join(wording)
            if len(wording) > 1 and len(together) >= _SHORTEST_JOINED and not _HAN.search(together):
                self.known_words.add(together)
                node: _Node[Label] = _Node(labels=[label])
                self._root.following.setdefault(together, []).append(node)

    def _after(self, ends: list[_Node[Label]], step: Step) -> _Node[Label]:
        if len(ends) == 1 and step in ends[0].shared:
            return ends[0].shared[step]
        target: _Node[Label] = _Node()
        if len(ends) == 1:
            ends[0].shared[step] = target
        if step.after_gap:
            gap: _Node[Label] = _Node()
            for node in ends:
                node.gaps.append(gap)
            ends = [gap]
        for node in ends:
            for choice in step.choices:
                self._link(node, choice, target)
        return target

    def _link(self, node: _Node[Label], choice: Wording, target: _Node[Label]) -> None:
        self.known_words.update(choice)
        for word in choice[:-1]:
            middle: _Node[Label] = _Node()
            node.following.setdefault(word, []).append(middle)
            node = middle
        if choice:
            node.following.setdefault(choice[-1], []).append(target)

    def find(self, text: Words) -> Iterator[Hit[Label]]:
        """Yield every phrase in the text."""
        first = self._root.following
        for start, word in enumerate(text.words):
            if word in first:
                yield from self._from(start, first[word], text)

    def _from(self, start: int, nodes: list[_Node[Label]], text: Words) -> Iterator[Hit[Label]]:
        said = text.words
        count = len(said)
        open_ends = [(node, start + 1, False) for node in nodes]
        while open_ends:
            node, at, torn = open_ends.pop()
            for label in node.labels:
                yield Hit(start, at, torn, label)
            if at < count and node.following and (following := node.following.get(said[at])):
                open_ends += [(next_node, at + 1, torn) for next_node in following]
            for gap in node.gaps:
                for skipped_to in range(at, min(at + LONGEST_GAP + 1, count)):
                    if following := gap.following.get(said[skipped_to]):
                        over = torn or (skipped_to > at and text.broken(at, skipped_to))
                        open_ends += [(next_node, skipped_to + 1, over) for next_node in following]
