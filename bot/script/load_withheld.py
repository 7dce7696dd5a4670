"""`content/withheld.yaml`: passages that may appear as a warning only, and phrases that no text may say."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.facts.phrases import Phrase, PhraseError, read_phrase
from bot.script.document import Mapped, Node, find
from bot.script.problems import Place, Problems
from bot.script.rules import RuleBook
from bot.script.shaped import shaped
from bot.script.shapes import BannedShape, PassageShape, WithheldShape
from bot.script.withheld import Banned, Passage, Withheld

Groups = Mapping[str, Mapping[str, Sequence[str]]]


def load_withheld(node: Node, book: RuleBook, names: Collection[str], problems: Problems) -> Withheld:
    """Read all passages and banned phrases; `names` are the dialogs and how-tos that may stand in for a passage."""
    shape = shaped(WithheldShape, node, problems, "the file")
    if shape is None or not isinstance(node, Mapped):
        return Withheld()
    _check_languages(node, shape, problems)
    reader = _Reader(node, shape.groups, book, names, problems)
    passages = {name: reader.passage(name, one) for name, one in shape.passages.items()}
    _check_chapters(node, shape, problems)
    banned = {
        language: tuple(
            one for number, entry in enumerate(entries) if (one := reader.banned(language, number, entry)) is not None
        )
        for language, entries in shape.banned.items()
    }
    return Withheld(shape.ask, shape.chapters, passages, banned)


MOST_IN_A_CHAPTER = 8
"""Buttons that a tired parent reads, beside those that lead back and to the danger signs."""


def _check_chapters(node: Mapped, shape: WithheldShape, problems: Problems) -> None:
    """Note warnings that no button leads to, and chapters that are empty or too long."""
    labels: dict[str, str] = {}
    for name, one in shape.passages.items():
        place = find(node, ["passages", name])
        for key, written in (("chapter", one.chapter), ("label", one.label)):
            if one.silent is not None and written is not None:
                what = f"{name} is silent, so that its '{key}' leads nowhere."
                problems.add(find(node, ["passages", name, key]), what, f"Take '{key}' out, or 'silent'.")
            if one.silent is None and written is None:
                what = f"'{key}' is missing in {name}, so no button leads to it."
                problems.add(place, what, f"Add '{key}:'; the head of this file says what it is.")
        if one.chapter is not None and one.chapter not in shape.chapters:
            problems.unknown(find(node, ["passages", name, "chapter"]), "chapter", one.chapter, shape.chapters)
        if one.label is not None and one.label in labels:
            what = f"{name} has the same button as {labels[one.label]}."
            problems.add(find(node, ["passages", name, "label"]), what, "Say what is different.")
        if one.label is not None:
            labels.setdefault(one.label, name)
    misnamed = any(one.chapter is not None and one.chapter not in shape.chapters for one in shape.passages.values())
    for chapter in shape.chapters:
        count = sum(one.chapter == chapter for one in shape.passages.values())
        place = find(node, ["chapters", chapter])
        if count == 0 and not misnamed:
            problems.add(place, f"nothing stands in the chapter '{chapter}'.", "Give a passage to it, or take it out.")
        if count > MOST_IN_A_CHAPTER:
            what = f"the chapter '{chapter}' has {count} buttons; {MOST_IN_A_CHAPTER} is the limit."
            problems.add(place, what, "Make two chapters of it.")


LANGUAGES = frozenset({"en"})
"""The languages in which phrases are written so far; each needs a list of its own by somebody who speaks it."""


def _check_languages(node: Mapped, shape: WithheldShape, problems: Problems) -> None:
    paths: list[tuple[str, ...]] = [("groups", name) for name in shape.groups]
    paths += [("banned", name) for name in shape.banned]
    paths += [("passages", one, "phrases", name) for one, told in shape.passages.items() for name in told.phrases or ()]
    for path in paths:
        if path[-1] not in LANGUAGES:
            problems.unknown(find(node, path), "language", path[-1], LANGUAGES)


@dataclass(frozen=True, slots=True)
class _Reader:
    node: Mapped
    groups: Groups
    book: RuleBook
    names: Collection[str]
    problems: Problems

    def passage(self, name: str, shape: PassageShape) -> Passage:
        """Read one passage, which has either phrases and a warning, or is silent."""
        place = self._place("passages", name)
        said = shape.say is not None or shape.phrases is not None
        if shape.silent is not None and said:
            what = f"{name} is silent and yet says something."
            self.problems.add(place, what, "Take 'silent' out, or 'say' and 'phrases'.")
        elif shape.silent is None and (shape.say is None or shape.phrases is None):
            missing = "say" if shape.say is None else "phrases"
            cure = f"Add '{missing}:', or 'silent: yes' in place of both."
            self.problems.add(place, f"'{missing}' is missing in {name}.", cure)
        topics = {topic for one in self.book.always_said for topic in one.topics}
        if shape.topic is not None and shape.topic not in topics:
            self.problems.unknown(self._place("passages", name, "topic"), "topic", shape.topic, topics)
        known = {*self.book.rules, *self.names}
        for number, other in enumerate(shape.instead or ()):
            if other not in known:
                what = f"there is no rule, dialog or how-to '{other}'."
                place_of_name = self._place("passages", name, "instead", number)
                self.problems.add(place_of_name, what, "Correct the name, or take it out.")
        phrases = [
            phrase
            for language, written in (shape.phrases or {}).items()
            for number, one in enumerate(written)
            if (phrase := self._phrase(one, language, ("passages", name, "phrases", language, number))) is not None
        ]
        return Passage(
            name,
            shape.title,
            place,
            shape.chapter,
            shape.label,
            shape.say,
            shape.topic,
            tuple(phrases),
            tuple(shape.instead or ()),
            tuple(shape.sources),
        )

    def banned(self, language: str, number: int, shape: BannedShape) -> Banned | None:
        """Read one banned phrase."""
        phrase = self._phrase(shape.phrase, language, ("banned", language, number, "phrase"))
        return None if phrase is None else Banned(shape.phrase, shape.because, phrase)

    def _phrase(self, written: str, language: str, path: tuple[str | int, ...]) -> Phrase | None:
        try:
            return read_phrase(written, self.groups.get(language, {}))
        except PhraseError as error:
            self.problems.add(self._place(*path), str(error), "The head of this file shows how a phrase is written.")
            return None

    def _place(self, *path: str | int) -> Place:
        return find(self.node, list(path))
