"""Finds the articles and warnings that a typed text asks about, and what it must be taken for first.

All of it is worked out from the script and held in memory; nothing that was typed is kept.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.facts.normalise import Words, squeeze, words
from bot.facts.phrases import Phrase, PhraseIndex
from bot.script.articles import Article
from bot.script.script import Script
from bot.script.withheld import Passage

MOST = 5
"""So many are offered; more would not be read."""

_IN_TITLE, _IN_WORDS, _IN_TEXT = 4.0, 5.0, 1.0
"""What a word counts where it stands: the words that an author gave to an article count most."""

_SATURATION = 1.5
"""How soon a word that is said often in a text stops counting more (k1 of BM25)."""

_ENOUGH = 0.35
"""A text is offered when it has so much of what the best one has."""

_SHORTEST_SLIP, _SHORTEST_TWO_SLIPS = 5, 9
_SHORTEST_STEM = 3
_SHORTEST_OF_A_PHRASE = 4


@dataclass(frozen=True, slots=True)
class _Document:
    """What can be found: its name, and how much each word counts in it."""

    name: str
    weights: Mapping[str, float]


class LibraryWords:
    """The articles and warnings of one script by their words."""

    def __init__(self, script: Script) -> None:
        library = script.library
        self._unheard = library.unheard
        self._same = _same(library.same)
        self._offers: PhraseIndex[int] = PhraseIndex()
        self._offered = [offer.menu for offer in library.offers]
        for rank, offer in enumerate(library.offers):
            _add(self._offers, offer.phrases, rank)
        self._danger: PhraseIndex[int] = PhraseIndex()
        _add(self._danger, library.danger, 0)
        # Words that are right as they are, so that none of them is taken for a slip of another.
        self._written: set[str] = set()
        self._titles = {
            _plain(text): one.id for one in script.articles.values() for text in (one.id, one.title, one.label)
        }
        warned = (one for one in script.withheld.passages.values() if not one.silent)
        self._documents = [
            *(self._document(one.id, _of_article(one)) for one in script.articles.values()),
            *(self._document(one.id, _of_passage(one)) for one in warned),
        ]
        self._rarity = _rarity(self._documents)
        self._written |= self._offers.known_words | self._danger.known_words | self._unheard
        self._known = sorted({*self._rarity, *self._same})

    def titled(self, text: str) -> str | None:
        """The article whose name, title or button this is."""
        return self._titles.get(_plain(text))

    def offers(self, text: str) -> tuple[str, ...]:
        """The entries of the menu that a text is taken for, the most urgent first."""
        ranks = {hit.label for hit in self._offers.find(self._mended(text, self._offers)) if not hit.torn}
        return tuple(dict.fromkeys(entry for rank in sorted(ranks) for entry in self._offered[rank]))

    def dangerous(self, text: str) -> bool:
        """Whether a text may speak of danger, so that the check for danger signs stands first."""
        return next(self._danger.find(self._mended(text, self._danger)), None) is not None

    def find(self, text: str) -> tuple[str, ...]:
        """The names of the articles and warnings that fit best, the best first."""
        asked = list(dict.fromkeys(self._asked(words(text))))
        scores = {one.name: sum(self._score(one, term) for term in asked) for one in self._documents}
        ranked = sorted(
            ((score, name) for name, score in scores.items() if score > 0), key=lambda one: (-one[0], one[1])
        )
        best = ranked[0][0] if ranked else 0.0
        return tuple(name for score, name in ranked[:MOST] if score >= _ENOUGH * best)

    def _score(self, document: _Document, term: str) -> float:
        weight = document.weights.get(term, 0.0)
        return self._rarity.get(term, 0.0) * weight / (weight + _SATURATION)

    def _asked(self, said: Words) -> Iterator[str]:
        for word in said.words:
            if word not in self._unheard and not word.isdecimal():
                yield self._mend(self._term(word))

    def _mend(self, term: str) -> str:
        """The known word that a slip of the finger was meant to be."""
        if term in self._rarity or len(term) < _SHORTEST_SLIP:
            return term
        slips = 2 if len(term) >= _SHORTEST_TWO_SLIPS else 1
        found = process.extractOne(term, self._known, scorer=DamerauLevenshtein.distance, score_cutoff=slips)
        return term if found is None else self._same.get(found[0], found[0])

    def _document(self, name: str, parts: Iterable[tuple[str, float]]) -> _Document:
        weights: dict[str, float] = defaultdict(float)
        for text, weight in parts:
            self._written.update(words(text).words)
            for term in self._terms(text):
                weights[term] += weight
        return _Document(name, dict(weights))

    def _mended(self, text: str, index: PhraseIndex[int]) -> Words:
        """The words of a text, each that is one slip away from a word of the phrases put right.

        What comes of it costs a parent no more than a button above the others, so a slip in a short word counts too.
        """
        said = words(text)
        return Words(tuple(self._near(word, index.known_words) for word in said.words), said.after_break)

    def _near(self, word: str, known: Set[str]) -> str:
        if word in self._written or len(word) < _SHORTEST_OF_A_PHRASE:
            return word
        meant = [one for one in known if len(one) > _SHORTEST_OF_A_PHRASE and one[0] == word[0]]
        found = process.extractOne(word, meant, scorer=DamerauLevenshtein.distance, score_cutoff=1)
        return word if found is None else found[0]

    def _terms(self, text: str) -> Iterator[str]:
        said = words(text).words
        for first, second in zip(said, [*said[1:], ""], strict=True):
            if first not in self._unheard:
                yield self._term(first)
            together = f"{first} {second}"
            if together in self._same:
                yield self._same[together]

    def _term(self, word: str) -> str:
        stemmed = stem(word)
        return self._same.get(word, self._same.get(stemmed, stemmed))


def stem(word: str) -> str:
    """An English word without its usual endings: "shakes", "shaking" and "shaken" become one."""
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return squeeze(word[: -len(ending)] + instead)
    return squeeze(word)


_ENDINGS = (
    ("ments", ""),
    ("ment", ""),
    ("ations", ""), ("ation", ""), ("ating", ""), ("ness", ""), ("ingly", ""), ("ings", ""), ("ing", ""), ("edly", ""),
    ("ies", "y"), ("ied", "y"), ("ers", ""), ("er", ""), ("ed", ""), ("en", ""), ("es", ""), ("ly", ""), ("s", ""),
    ("e", ""), ("y", "i"),
)  # fmt: skip


def _same(groups: Iterable[Sequence[str]]) -> dict[str, str]:
    """For each word that means the same as others the one that stands for all of them."""
    found: dict[str, str] = {}
    for group in groups:
        head = stem(group[0].replace(" ", "_"))
        for word in group:
            found[word] = head
            if " " not in word:
                found[stem(word)] = head
    return found


def _add(index: PhraseIndex[int], phrases: Iterable[Phrase], rank: int) -> None:
    for phrase in phrases:
        index.add(phrase, rank)


def _plain(text: str) -> str:
    return " ".join(words(text.replace("_", " ")).words)


def _of_article(article: Article) -> Iterator[tuple[str, float]]:
    yield article.title, _IN_TITLE
    yield article.label, _IN_TITLE
    yield from ((word, _IN_WORDS) for word in article.words)
    yield from ((page.text, _IN_TEXT) for page in article.pages)


def _of_passage(passage: Passage) -> Iterator[tuple[str, float]]:
    yield passage.label or "", _IN_TITLE
    yield passage.say or "", _IN_TEXT


def _rarity(documents: Sequence[_Document]) -> dict[str, float]:
    """How much a word tells: one that stands in few texts tells more."""
    held = Counter(term for one in documents for term in one.weights)
    return {term: math.log(1 + (len(documents) - count + 0.5) / (count + 0.5)) for term, count in held.items()}
