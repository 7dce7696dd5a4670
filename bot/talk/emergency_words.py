"""Hears in any typed text, in any language, that a child may be in danger now (rules.md C-03).

Cautious in both directions: a clear phrase counts at once; a phrase that is denied, supposed or misspelt, and a single
word that may be harmless, ask once instead of being passed over. Nothing here keeps or logs what was typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from bot.facts.normalise import words
from bot.facts.phrases import Phrase, PhraseError, PhraseIndex, Step, Wording, quote, read_phrase, wordings
from bot.talk.certainty import OF_A_SIGN, SOFTENERS, Certainty, Entry, Kind
from bot.talk.plain_data import join, mapping_at, only, text_at, texts_at
from bot.talk.spelling import Spelling

EMERGENCY_REQUEST = "emergency_request"
_LANGUAGE_PARTS = (
    "name", "reviewed", "approved", "reach", "groups", "prefixes", "softeners", "signs", "two_children", "replies",
)  # fmt: skip
_USUAL_REACH = "3"


@dataclass(frozen=True, slots=True)
class Heard:
    """A sign that a text speaks of.

    `certain`: a phrase, counts at once; otherwise the chat asks once whether it is happening now. `matched`: the words
    of words.yaml that were found, in its spelling; what the parent wrote between them is left out.
    """

    sign: str
    sets: Mapping[str, str]
    certain: bool
    language: str
    matched: str


@dataclass(frozen=True, slots=True)
class _Language:
    reach: int
    groups: Mapping[str, tuple[str, ...]]


class EmergencyWords:
    """The emergency words of all languages, looked for all at once: a parent may type another than the chosen one."""

    def __init__(
        self,
        signs: Mapping[str, Mapping[str, str]],
        index: PhraseIndex[Entry],
        whole: Mapping[Wording, Entry],
        two_children: PhraseIndex[str],
        languages: Mapping[str, _Language],
        spelling: Spelling,
    ) -> None:
        self._signs = signs
        self._rank = {sign: rank for rank, sign in enumerate(signs)}
        self._index = index
        self._whole = whole
        self._two_children = two_children
        self._languages = languages
        self._reach = {code: language.reach for code, language in languages.items()}
        self._spelling = spelling

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> EmergencyWords:
        """Read the data of content/words.yaml; raises ValueError with the place of the first mistake."""
        return _Reader().read(data)

    def hear(self, text: str) -> Heard | None:
        """Return the most dangerous thing that the text speaks of; phrases come before words."""
        heard = self.hear_all(text)
        return heard[0] if heard else None

    def hear_all(self, text: str) -> tuple[Heard, ...]:
        """Return every sign that the text speaks of, once each, in the order of `hear`."""
        said, guessed = self._spelling.mend(words(text))
        best: dict[str, tuple[bool, int, int, Entry]] = {}
        if whole := self._whole.get(said.words):
            best[whole.sign] = (False, 0, len(said.words), whole)
        for hit, counts in Certainty(said, self._index.find(said), self._reach).judged():
            unsure = not counts or not guessed.isdisjoint(range(hit.start, hit.end))
            known = best.get(hit.label.sign)
            if known is None or (unsure, hit.start) < known[:2]:
                best[hit.label.sign] = (unsure, hit.start, hit.end, hit.label)
        heard = [
            Heard(
                sign,
                self._signs[sign],
                certain=not unsure,
                language=entry.language,
                matched=quote(entry.written, self._languages[entry.language].groups, said.words[start:end]),
            )
            for sign, (unsure, start, end, entry) in best.items()
        ]
        return tuple(sorted(heard, key=lambda one: (not one.certain, self._rank[one.sign])))

    def speaks_of_two_children(self, text: str) -> bool:
        """Say whether a text speaks of two babies at once, where one check is about one."""
        return next(self._two_children.find(words(text)), None) is not None


class _Reader:
    """Turns the data of words.yaml into EmergencyWords."""

    def __init__(self) -> None:
        self._index: PhraseIndex[Entry] = PhraseIndex()
        self._whole: dict[Wording, Entry] = {}
        self._vocabulary: set[str] = set()
        self._two_children: PhraseIndex[str] = PhraseIndex()
        self._languages: dict[str, _Language] = {}

    def read(self, data: Mapping[str, Any]) -> EmergencyWords:
        only(data, ("version", "signs", "languages"), "")
        signs = _read_signs(mapping_at(data, "signs", ""))
        languages = mapping_at(data, "languages", "")
        if not languages:
            raise ValueError("languages: there are none.")
        for language in languages:
            self._read_language(language, mapping_at(languages, language, "languages"), signs)
        spelling = Spelling(self._vocabulary, self._index.known_words)
        return EmergencyWords(signs, self._index, self._whole, self._two_children, self._languages, spelling)

    def _read_language(self, language: str, data: Mapping[str, Any], signs: Mapping[str, Any]) -> None:
        where = f"languages.{language}"
        only(data, _LANGUAGE_PARTS, where)
        text_at(data, "name", where)
        if text_at(data, "reviewed", where) not in ("yes", "no"):
            raise ValueError(f"{where}.reviewed: should be yes or no.")
        reach = text_at(data, "reach", where) if "reach" in data else _USUAL_REACH
        if not reach.isdecimal():
            raise ValueError(f"{where}.reach: should be a number of words, not '{reach}'.")
        listed = mapping_at(data, "groups", where)
        groups = {name: texts_at(listed, name, f"{where}.groups") for name in listed}
        self._languages[language] = _Language(int(reach), groups)
        for _, phrase in _phrases(data, "two_children", where, groups):
            self._two_children.add(phrase, language)

        softeners = mapping_at(data, "softeners", where)
        only(softeners, [kind.value for kind in SOFTENERS], f"{where}.softeners")
        denials: list[Wording] = []
        for kind in SOFTENERS:
            for written, phrase in _phrases(softeners, kind.value, f"{where}.softeners", groups):
                self._index.add(phrase, Entry(kind, language, "", written))
                if kind in (Kind.JUST_BEFORE, Kind.JUST_AFTER):
                    denials += wordings(phrase)

        prefixes = texts_at(data, "prefixes", where)
        of_language = mapping_at(data, "signs", where)
        only(of_language, tuple(signs), f"{where}.signs")
        for sign in of_language:
            place = f"{where}.signs.{sign}"
            lists = mapping_at(of_language, sign, f"{where}.signs")
            only(lists, [kind.value for kind in OF_A_SIGN], place)
            for kind in OF_A_SIGN:
                for written, phrase in _phrases(lists, kind.value, place, groups):
                    self._add(phrase, Entry(kind, language, sign, written, _denies(phrase, denials)), prefixes)

    def _add(self, phrase: Phrase, entry: Entry, prefixes: tuple[str, ...]) -> None:
        if entry.kind is Kind.WHOLE:
            for wording in wordings(phrase):
                self._whole.setdefault(wording, entry)
                self._index.known_words.update(wording)
            return
        self._index.add(phrase, entry, joined=True)
        if prefixes:
            self._index.add(_with_prefixes(phrase, prefixes), entry)
        if entry.kind is not Kind.UNSURE:
            self._vocabulary.update(word for step in phrase for choice in step.choices for word in choice)


def _read_signs(data: Mapping[str, Any]) -> dict[str, Mapping[str, str]]:
    if not data:
        raise ValueError("signs: there are none.")
    signs: dict[str, Mapping[str, str]] = {}
    for sign in data:
        entry = mapping_at(data, sign, "signs")
        only(entry, ("sets", "note"), f"signs.{sign}")
        sets = mapping_at(entry, "sets", f"signs.{sign}")
        signs[sign] = MappingProxyType({fact: text_at(sets, fact, f"signs.{sign}.sets") for fact in sets})
    return signs


def _phrases(
    data: Mapping[str, Any], key: str, where: str, groups: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, Phrase]]:
    for number, written in enumerate(texts_at(data, key, where), start=1):
        try:
            phrase = read_phrase(written, groups)
        except PhraseError as error:
            raise ValueError(f"{join(where, key)}, line {number}: {error}") from None
        yield written, phrase


def _with_prefixes(phrase: Phrase, prefixes: Iterable[str]) -> Phrase:
    """Write each prefix together with the first word, as Arabic does with "and"."""
    first, *rest = phrase
    starts = [words(prefix).words[0] for prefix in prefixes]
    choices = [(start + choice[0], *choice[1:]) for choice in first.choices if choice for start in starts]
    return (Step(tuple(choices)), *rest)


def _denies(phrase: Phrase, denials: Iterable[Wording]) -> bool:
    needed = (step for step in phrase if () not in step.choices)
    said = f" {' / '.join(' '.join(choice) for step in needed for choice in step.choices)} "
    return any(f" {' '.join(denial)} " in said for denial in denials)
