"""Hears in a typed text that a parent asks about something that this guide withholds ("can I give her ...?")."""

from __future__ import annotations

from bot.facts.normalise import words
from bot.facts.phrases import PhraseIndex
from bot.script.withheld import Passage, Withheld
from bot.talk.spelling import Spelling


class WithheldWords:
    """The phrases of all passages that have a warning, looked for all at once."""

    def __init__(self, withheld: Withheld) -> None:
        self._passages = [one for one in withheld.passages.values() if not one.silent]
        self._index: PhraseIndex[int] = PhraseIndex()
        vocabulary: set[str] = set()
        for rank, passage in enumerate(self._passages):
            for phrase in passage.phrases:
                self._index.add(phrase, rank)
                vocabulary.update(word for step in phrase for choice in step.choices for word in choice)
        self._spelling = Spelling(vocabulary, self._index.known_words)

    def about(self, text: str) -> Passage | None:
        """The passage that a text asks about; of several the one that stands first in the inventory."""
        said, _ = self._spelling.mend(words(text))
        ranks = [hit.label for hit in self._index.find(said) if not hit.torn]
        return self._passages[min(ranks)] if ranks else None
