"""What parents type at the menu finds what the file of searches says; mistakes in that file are told kindly."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from bot.authoring.golden import engine
from bot.authoring.searches import FILE, Search, misses, read_searches
from bot.script.problems import ScriptError

PATH = Path(__file__).resolve().parents[1].joinpath(*FILE)


@cache
def searches() -> tuple[Search, ...]:
    return read_searches(PATH.read_text(encoding="utf-8"), PATH.name, engine().script)


@pytest.mark.parametrize("search", searches(), ids=lambda search: search.typed)
def test_a_typed_text_finds_what_it_should(search: Search) -> None:
    assert list(misses(engine(), (search,))) == []


def test_there_are_many_of_them_and_every_article_is_found_by_one() -> None:
    found = {one.finds for one in searches()}

    assert len(searches()) >= 60
    # A typed "fit" is asked about, and never answered by something to read.
    assert set(engine().script.articles) - found == {"fit_or_trembling"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nothing: here\n", "typed.yaml, line 1: 'searches' is missing in this file."),
        ("searches:\n  - {typed: bath}\n", "typed.yaml, line 2: a search needs 'typed' and 'first' or 'finds'."),
        (
            "searches:\n  - {typed: bath, finds: about_watr}\n",
            "typed.yaml, line 2: there is no article or warning 'about_watr'. Did you mean 'about_water'?",
        ),
        (
            "searches:\n  - {typed: bath, first: menu bth}\n",
            "typed.yaml, line 2: there is no thing to come first 'menu bth'. Did you mean 'menu bath'?",
        ),
        ("searches:\n  - {typd: bath, first: danger}\n", "there is no entry 'typd'. Did you mean 'typed'?"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_line_and_cure(text: str, told: str) -> None:
    with pytest.raises(ScriptError) as caught:
        read_searches(text, "typed.yaml", engine().script)

    assert told in str(caught.value)


def test_a_search_that_finds_something_else_is_told_in_one_line() -> None:
    wrong = read_searches("searches:\n  - {typed: ultrasound, finds: myths}\n", "typed.yaml", engine().script)

    assert list(misses(engine(), wrong)) == [
        "typed.yaml, line 2: “ultrasound” should find 'myths', and finds 'about_tests'."
    ]
