"""Emergency words and numbers; what is withheld, with the warnings; the library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from babel import Locale

from bot.authoring.document.blocks import Block, Fields, Heading, Label, Labels, Para, Table
from bot.authoring.document.material import Material

WITHHELD, LIBRARY = "content/withheld.yaml", "content/library.yaml"
_ENGLISH = Locale("en")
_KINDS = {"phrases": "at once", "words": "asks once", "unsure": "asks instead", "whole": "if nothing else is typed"}


def emergency(material: Material) -> Iterator[Block]:
    """The words that are heard in any message, by language, and the number to call, by country."""
    yield Heading(1, "Emergency words and numbers")
    yield Para(
        "These words are heard in every message, before consent and before any question. \u201cAt once\u201d shows "
        "the number to call; \u201casks once\u201d asks whether it is happening now, with the number on the first "
        "line. In a phrase a|b is one or the other, (a) may be left out, ... is up to three other words, <a> is a "
        "group of words that stands in content/words.yaml."
    )
    for code, language in material.script.words.get("languages", {}).items():
        reviewed = str(language.get("reviewed", "no"))
        read = "" if reviewed == "yes" else " (not read by a native speaker yet)"
        yield Heading(2, f"{language.get('name', code)}{read}")
        yield Table(("Sign", "When", "Words"), tuple(_words(language)), (2, 2, 9))
        yield from material.sign(f"words.languages.{code}")
    yield Heading(2, "Numbers by country")
    numbers = material.script.numbers
    yield Para(f"Where the country is not known: {numbers.get('unknown', '')}.")
    rows = [(_country(code), *_number(one)) for code, one in numbers.get("countries", {}).items()]
    yield Table(("Country", "Call", "Second", "Advice", "Poison", "Checked"), tuple(sorted(rows)), (4, 2, 2, 3, 4, 2))


def _words(language: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    signs: Mapping[str, Mapping[str, list[str]]] = language.get("signs", {})
    for sign, written in signs.items():
        for kind, words in written.items():
            yield sign.replace("_", " "), _KINDS.get(kind, kind), "; ".join(words)


def _country(code: str) -> str:
    return f"{_ENGLISH.territories.get(code, code)} ({code})"


def _number(one: Mapping[str, Any]) -> tuple[str, str, str, str, str]:
    told = (str(one.get(name, "")) for name in ("number", "second", "advice", "poison", "checked"))
    number, second, advice, poison, checked = told
    return number, second, advice, poison, checked


def withheld(material: Material) -> Iterator[Block]:
    """What the two articles advise and this guide does not, and what a parent is told who asks."""
    given = material.script.withheld
    yield Heading(1, "Withheld advice and warnings")
    yield Para(
        "The two source articles also advise what is unsafe or unproven. None of it is said. Whoever asks about it "
        "reads the warning; where there is none, the program says nothing about it."
    )
    yield from material.told(WITHHELD, ("ask",), "Question above the lists")
    chapters: list[Label] = []
    for name in given.chapters:
        chapters += material.label(WITHHELD, ("chapters", name), "list of warnings")
    yield Labels(tuple(chapters))
    for passage in given.passages.values():
        yield Heading(3, f"{passage.id}  {passage.title}")
        rows = [("Sources", material.titled(passage.sources))]
        if passage.instead:
            rows.append(("Instead", ", ".join(passage.instead)))
        if passage.silent:
            rows.append(("Said", "nothing"))
        if passage.topic is not None:
            rows.append(("Always said besides", passage.topic.replace("_", " ")))
        yield Fields(tuple(rows))
        path = ("passages", passage.id)
        labels = tuple(material.label(WITHHELD, (*path, "label"), "button"))
        if labels:
            yield Labels(labels)
        yield from material.told(WITHHELD, (*path, "say"), "The warning")
    yield Heading(2, "Words that no text may say")
    banned = given.banned.get("en", ())
    rows_of_words = tuple((one.written, one.because) for one in banned)
    yield Table(("Words", "What to write instead, and why"), rows_of_words, (5, 6))


def library(material: Material) -> Iterator[Block]:
    """The articles, chapter by chapter."""
    shelf = material.script.library
    yield Heading(1, "Library")
    yield Para("Short articles that a parent may read. They have no level and ask nothing.")
    yield from material.told(LIBRARY, ("ask",), "Question above the chapters")
    for chapter in shelf.chapters.values():
        yield Heading(2, chapter.label)
        yield Labels(tuple(material.label(LIBRARY, ("chapters", chapter.id, "label"), "button of this chapter")))
        for name in chapter.articles:
            article = material.script.articles[name]
            file = article.place.file
            yield Heading(3, article.title)
            by, on = article.reviewed
            yield Fields((("File", file), ("Reviewed", f"{by}, {on}")))
            title = [*material.label(file, ("title",), "title"), *material.label(file, ("label",), "button")]
            yield Labels(tuple(title))
            for number, page in enumerate(article.pages):
                yield from material.told(file, ("pages", number, "text"), f"Page {number + 1}", page.sources)
