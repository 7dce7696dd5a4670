"""Many spellings of one word become one; different words stay different."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.facts.normalise import normalise, shorten, squeeze, words


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("NOT Breathing!!!", "not breathing"), ("isn't", "isnt"), ("isn’t", "isnt"), ("isn´t", "isnt"),
        ("isn`t", "isnt"),
        ("n'arrive", "n arrive"), ("l’eau", "l eau"), ("noooo", "no"), ("respiração", "respiracao"), ("Über", "uber"),
        ("größer", "grosser"), ("ИСЧЕЗЛО", "исчезло"), ("ребёнок", "ребенок"), ("İSTANBUL", "istanbul"),
        ("morarıyor", "morariyor"),
        ("لا يتنفّسُ", "لا يتنفس"), ("أزرق", "ازرق"), ("زرقاء", "زرقا"), ("نوبـــة", "نوبه"), ("साँस", "सांस"),
        ("ज़हर", "जहर"),
        ("沒有呼吸", "没 有 呼 吸"), ("१०", "10"), ("١١٢", "112"), ("ｂｌｕｅ", "blue"), ("999", "999"),
        ("1111", "1111"),
        ("pills/bleach", "pills bleach"), ("under-water", "under water"), ("*blue*", "blue"),
        ("a\u200bb", "ab"), ("🆘", "sos"),
        ("", ""), ("?!", ""),
    ],
)  # fmt: skip
def test_spellings_become_one(typed: str, same: str) -> None:
    assert normalise(typed) == same


@pytest.mark.parametrize(
    ("one", "other"),
    [("не", "нее"), ("мой", "мои"), ("їх", "іх"), ("की", "कि"), ("of", "off"), ("111", "11"), ("দিন", "দীন")],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


def test_decomposed_letters_are_the_same_letters() -> None:
    assert normalise("и\u0306") == normalise("й")
    assert normalise("e\u0301") == normalise("é")


def test_full_stops_commas_lines_and_emoji_part_sentences_but_blanks_and_hyphens_do_not() -> None:
    assert words("a, b\nc 😱 d।e").after_break == (False, True, True, True, True)
    assert words("a b-c/d\te").after_break == (False,) * 5


def test_a_letter_drawn_out_is_taken_once_and_a_double_letter_kept() -> None:
    assert shorten("sleeeep") == "slep"
    assert shorten("sleep") == "sleep"
    assert squeeze("swallowed") == squeeze("swalowed") == "swalowed"


@given(st.text(alphabet=st.characters(exclude_categories=[])))
def test_any_text_has_as_many_breaks_as_words_and_no_blank_inside_a_word(text: str) -> None:
    found = words(text)
    assert len(found.words) == len(found.after_break)
    assert all(word and not word.isspace() and " " not in word for word in found.words)


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
