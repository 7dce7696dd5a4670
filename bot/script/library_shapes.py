"""The shapes of the library: the head of an article, the line below a page, and `content/library.yaml`."""

from __future__ import annotations

from pydantic import Field

from bot.script.shapes import Id, Reviewed, Shape, Text


class ArticleShape(Shape):
    """The head of a file in `content/articles/`; the pages stand below it, each with its own sources."""

    article: Id
    title: Text
    label: Text
    words: list[Text] = Field(default_factory=list)
    reviewed: Reviewed
    todo: Text | None = None


class PageShape(Shape):
    """The line below a page of an article."""

    sources: list[Text] = Field(min_length=1)


class ChapterShape(Shape):
    """A chapter of the library: its button, and its articles in their order."""

    label: Text
    articles: list[Id] = Field(min_length=1)


class OfferShape(Shape):
    """What a typed text is first taken for: buttons of the menu, and the phrases by language."""

    menu: list[Id] = Field(min_length=1)
    phrases: dict[Id, list[Text]]


class LibraryShape(Shape):
    """The file `content/library.yaml`."""

    reviewed: Reviewed
    ask: Text
    chapters: dict[Id, ChapterShape] = Field(min_length=1)
    groups: dict[Id, dict[Id, list[Text]]] = Field(default_factory=dict)
    offers: dict[Id, OfferShape] = Field(default_factory=dict)
    danger: dict[Id, list[Text]] = Field(default_factory=dict)
    same: dict[Id, list[list[Text]]] = Field(default_factory=dict)
    unheard: dict[Id, list[Text]] = Field(default_factory=dict)
