"""What the two articles advise and this guide does not, and words that no text for parents may say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.facts.normalise import words
from bot.facts.phrases import Phrase, PhraseIndex
from bot.script.problems import Place


@dataclass(frozen=True, slots=True)
class Passage:
    """One withheld passage: a warning for whoever asks about it, or silence.

    A parent asks by typing one of the `phrases`, or by pressing the button `label` in a chapter of "May I ...?".

    `topic` names what is always said besides (`always_said` in content/gates.yaml); `instead` the rules, dialogs and
    how-tos that take the place of the passage.
    """

    id: str
    title: str
    place: Place
    chapter: str | None = None
    label: str | None = None
    say: str | None = None
    topic: str | None = None
    phrases: tuple[Phrase, ...] = ()
    instead: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def silent(self) -> bool:
        """Whether nothing is said about it, whatever is asked."""
        return self.say is None


@dataclass(frozen=True, slots=True)
class Banned:
    """A phrase that no text for parents may say; `because` tells an author what to do."""

    written: str
    because: str
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Withheld:
    """All passages, in the order of the inventory, and the banned phrases of each language.

    `ask` and `chapters` (the labels by name) are what a parent sees who would rather press than type.
    """

    ask: str = ""
    chapters: Mapping[str, str] = field(default_factory=dict)
    passages: Mapping[str, Passage] = field(default_factory=dict)
    banned: Mapping[str, tuple[Banned, ...]] = field(default_factory=dict)

    def chapter(self, name: str) -> tuple[Passage, ...]:
        """The passages with a warning that stand in a chapter."""
        return tuple(one for one in self.passages.values() if one.chapter == name and not one.silent)

    def watch(self, language: str) -> Watch:
        """The banned phrases of a language, ready to be looked for."""
        return Watch(self.banned.get(language, ()))


class Watch:
    """Looks for banned phrases in texts."""

    def __init__(self, banned: tuple[Banned, ...]) -> None:
        self._index: PhraseIndex[Banned] = PhraseIndex()
        for one in banned:
            self._index.add(one.phrase, one)

    def find(self, text: str) -> Iterator[tuple[str, Banned]]:
        """Yield each banned phrase of a text, with the words as they were found, in one spelling."""
        said = words(text)
        seen: set[str] = set()
        for hit in self._index.find(said):
            inside = not said.broken(hit.start + 1, hit.end - 1)
            if inside and not hit.torn and hit.label.written not in seen:
                seen.add(hit.label.written)
                yield " ".join(said.words[hit.start : hit.end]), hit.label
