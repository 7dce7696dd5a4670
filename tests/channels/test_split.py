"""Texts that are too long for one message."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.channels.telegram.html import MAX_UNITS, clean, escape, units
from bot.channels.telegram.split import split

# Much white space, marks that cling, and characters of two units.
texts = st.text(st.sampled_from("ab. \n<>&;é\N{COMBINING ACUTE ACCENT}\N{ZERO WIDTH JOINER}👩👧🏽🇩🇪"), max_size=200)


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@given(texts, st.integers(2, 60))
@example("a\N{COMBINING ACUTE ACCENT}" * 40, 3)
def test_nothing_is_lost_but_white_space_and_no_part_is_too_long(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert bare("".join(parts)) == bare(text)
    assert all(units(part) <= limit for part in parts)
    assert all(parts) or parts == [""]


@given(texts, st.integers(2, 60))
def test_no_character_of_two_units_is_torn(text: str, limit: int) -> None:
    for part in split(text, limit):
        part.encode("utf-8")


def test_a_short_text_is_one_part() -> None:
    assert split("  hello\n") == ["hello"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("one two.\n\nthree four", ["one two.", "three four"]),
        ("one two\nthree four", ["one two", "three four"]),
        ("One. Two three four", ["One.", "Two three four"]),
        ("one two three four", ["one two three", "four"]),
        ("onetwothreefourfive", ["onetwothreefou", "rfive"]),
        ("sixteen letters!!!\nnew", ["sixteen", "letters!!!\nnew"]),
    ],
)
def test_a_text_is_cut_where_it_hurts_least(text: str, parts: list[str]) -> None:
    assert split(text, 14) == parts


def test_what_is_drawn_as_one_character_stays_whole() -> None:
    family = "👩\N{ZERO WIDTH JOINER}👧"
    assert split(f"{family}{family}", units(family) + 2) == [family, family]
    assert split("xyz👧🏽", 5) == ["xyz", "👧🏽"]


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text(max_size=300))
def test_escaped_text_shows_itself_and_is_never_a_mark(text: str) -> None:
    shown = clean(text)
    reader = Reader()
    reader.feed(escape(shown))
    reader.close()
    assert (reader.text, reader.tags) == (shown, [])


@given(st.text(max_size=300))
def test_a_cleaned_text_can_always_be_sent(text: str) -> None:
    kept = clean(text)
    kept.encode("utf-8")
    assert kept.strip()
    assert "\0" not in kept


@pytest.mark.parametrize("empty", ["", " \n", "\N{ZERO WIDTH JOINER}", "\N{NO-BREAK SPACE}"])
def test_a_text_that_shows_nothing_becomes_a_dash(empty: str) -> None:
    assert clean(empty) == "–"


def test_a_message_may_have_as_many_units_as_telegram_says() -> None:
    assert len(split("a" * MAX_UNITS)) == 1
    assert len(split("👧" * (MAX_UNITS // 2))) == 1
    assert len(split("a" * (MAX_UNITS + 1))) == 2
