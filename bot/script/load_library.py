"""`content/library.yaml`: the chapters of the library, and what a typed text means there and at the menu."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.facts.normalise import words
from bot.facts.phrases import Phrase, PhraseError, read_phrase
from bot.script.articles import FOUND, MOST_CHAPTERS, MOST_IN_A_CHAPTER, Article, Chapter, Library, Offer
from bot.script.document import Mapped, Node, find
from bot.script.library_shapes import LibraryShape
from bot.script.menu import Menu
from bot.script.problems import Problems
from bot.script.shaped import shaped

LANGUAGE = "en"
"""The language in which words and phrases are written so far; others need lists by somebody who speaks them."""

_Path = tuple[str | int, ...]


def load_library(
    node: Node, articles: Mapping[str, Article], names: Iterable[str], menu: Menu, problems: Problems
) -> Library:
    """Read the file; `names` are all articles that there are, also those with a mistake."""
    shape = shaped(LibraryShape, node, problems, "the library")
    if shape is None or not isinstance(node, Mapped):
        return Library()
    _check_chapters(node, shape, articles, frozenset(names), problems)
    _check_languages(node, shape, problems)
    for name, one in shape.offers.items():
        for number, button in enumerate(one.menu):
            if menu.entries and menu.find(button) is None:
                buttons = (entry.id for entry in menu.every)
                problems.unknown(find(node, ["offers", name, "menu", number]), "button of the menu", button, buttons)
    groups = shape.groups.get(LANGUAGE, {})
    return Library(
        shape.ask,
        {name: Chapter(name, one.label, tuple(one.articles)) for name, one in shape.chapters.items()},
        tuple(
            Offer(
                name,
                tuple(one.menu),
                _phrases(node, one.phrases.get(LANGUAGE, ()), groups, ("offers", name, "phrases", LANGUAGE), problems),
            )
            for name, one in shape.offers.items()
        ),
        _phrases(node, shape.danger.get(LANGUAGE, ()), groups, ("danger", LANGUAGE), problems),
        tuple(tuple(" ".join(words(one).words) for one in same) for same in shape.same.get(LANGUAGE, ())),
        frozenset(word for one in shape.unheard.get(LANGUAGE, ()) for word in words(one).words),
    )


def _check_chapters(
    node: Mapped, shape: LibraryShape, articles: Mapping[str, Article], names: frozenset[str], problems: Problems
) -> None:
    """Note articles that no chapter lists or two list, and lists that are too long."""
    listed: dict[str, str] = {}
    if len(shape.chapters) > MOST_CHAPTERS:
        what = f"there are {len(shape.chapters)} chapters; {MOST_CHAPTERS} is the limit."
        problems.add(find(node, ["chapters"]), what, "Put two of them together.")
    for chapter, one in shape.chapters.items():
        if chapter == FOUND:
            problems.add(find(node, ["chapters", chapter]), f"a chapter cannot be called '{chapter}'.", "Rename it.")
        if len(one.articles) > MOST_IN_A_CHAPTER:
            what = f"the chapter '{chapter}' has {len(one.articles)} articles; {MOST_IN_A_CHAPTER} is the limit."
            problems.add(find(node, ["chapters", chapter, "articles"]), what, "Make two chapters of it.")
        for number, article in enumerate(one.articles):
            place = find(node, ["chapters", chapter, "articles", number])
            if article not in names:
                problems.unknown(place, "article", article, names)
            elif article in listed:
                what = f"'{article}' stands in the chapter '{listed[article]}' as well."
                problems.add(place, what, "Take it out of one of them.")
            listed.setdefault(article, chapter)
    for name, found in articles.items():
        if name not in listed:
            cure = "Write its name under a chapter in content/library.yaml."
            problems.add(found.place, f"no chapter lists the article '{name}'.", cure)
    _check_labels(articles, problems)


def _check_labels(articles: Mapping[str, Article], problems: Problems) -> None:
    labels: dict[str, str] = {}
    for name, one in articles.items():
        first = labels.setdefault(one.label, name)
        if first != name:
            problems.add(one.place, f"'{name}' has the same button as '{first}'.", "Say what is different.")


def _check_languages(node: Mapped, shape: LibraryShape, problems: Problems) -> None:
    paths: list[tuple[str, ...]] = [("groups", name) for name in shape.groups]
    paths += [("offers", one, "phrases", name) for one, offer in shape.offers.items() for name in offer.phrases]
    for part in ("danger", "same", "unheard"):
        paths += [(part, name) for name in getattr(shape, part)]
    for path in paths:
        if path[-1] != LANGUAGE:
            problems.unknown(find(node, path), "language", path[-1], (LANGUAGE,))


def _phrases(
    node: Mapped, written: Sequence[str], groups: Mapping[str, Sequence[str]], path: _Path, problems: Problems
) -> tuple[Phrase, ...]:
    found: list[Phrase] = []
    for number, one in enumerate(written):
        try:
            found.append(read_phrase(one, groups))
        except PhraseError as error:
            cure = "The head of content/withheld.yaml shows how a phrase is written."
            problems.add(find(node, [*path, number]), str(error), cure)
    return tuple(found)
