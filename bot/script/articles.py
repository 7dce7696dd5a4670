"""The library: short articles in chapters, and the words by which a typed text finds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.facts.phrases import Phrase
from bot.script.problems import Place

LIBRARY = "library"
"""What a button of the menu can open besides a dialog: the chapters of the library."""

ARTICLE = "article"
"""The question under which an article is shown, with its name behind a dot."""

FOUND = "found"
"""Stands where the name of a chapter would: the articles that a typed text has found."""

MAX_PAGES = 3
MAX_PAGE = 900
"""Characters of a page: what a small phone shows without scrolling far."""

MOST_IN_A_CHAPTER = 8
MOST_CHAPTERS = 9
"""Buttons that a tired parent reads, beside those that lead back and to the danger signs."""


@dataclass(frozen=True, slots=True)
class Page:
    """One message of an article: plain text, and where it comes from."""

    text: str
    sources: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Article:
    """A short text that a parent may read; it has no level and asks nothing.

    `label` is its button. `words` find it beside its own text. `reviewed` is who read it last, and the day.
    """

    id: str
    title: str
    label: str
    pages: tuple[Page, ...]
    reviewed: tuple[str, str]
    place: Place
    words: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source of its pages, once."""
        return tuple(dict.fromkeys(source for page in self.pages for source in page.sources))


@dataclass(frozen=True, slots=True)
class Chapter:
    """A list of articles behind one button."""

    id: str
    label: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """Buttons of the menu to which a typed text leads before anything is read."""

    id: str
    menu: tuple[str, ...]
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """The chapters; what a typed text is taken for; words that mean the same, and words that say nothing."""

    ask: str = ""
    chapters: Mapping[str, Chapter] = field(default_factory=dict)
    offers: tuple[Offer, ...] = ()
    danger: tuple[Phrase, ...] = ()
    same: tuple[tuple[str, ...], ...] = ()
    unheard: frozenset[str] = frozenset()

    def chapter_of(self, article: str) -> Chapter | None:
        """The chapter in which an article stands."""
        return next((chapter for chapter in self.chapters.values() if article in chapter.articles), None)

    @property
    def keys(self) -> Iterator[str]:
        """The questions that the library asks: the chapters, each of them, and what was found."""
        yield from (LIBRARY, f"{LIBRARY}.{FOUND}", *(f"{LIBRARY}.{chapter}" for chapter in self.chapters))
