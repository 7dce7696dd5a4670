"""Yes and no are taken only where every word says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.facts.reading import Read, Unclear, UnclearBecause, YesNo, YesNoWords, read_yes_no

ENGLISH = YesNoWords(
    yes=("yes", "y", "yeah", "yep", "yup", "sure", "of course", "definitely", "he does", "she does", "👍", "✅"),
    no=("no", "n", "nope", "nah", "never", "not at all", "he doesn't", "she doesn't", "👎", "❌"),
    not_sure=(
        "not sure", "i'm not sure", "unsure", "don't know", "i don't know", "do not know", "idk", "dunno", "no idea",
        "no clue", "maybe", "perhaps", "possibly", "kind of", "kinda", "sort of", "sometimes", "a bit", "a little",
        "i think so", "i don't think so", "i think", "not really", "hard to say", "can't say", "can't tell", "🤷",
    ),
    filler=("erm", "um", "hm", "well", "oh", "please", "thanks", "i", "it", "is"),
)  # fmt: skip
SPANISH = YesNoWords(yes=("sí", "si"), no=("no",), not_sure=("no sé", "no lo sé", "a veces", "creo que sí"))
GREEK = YesNoWords(yes=("ναι", "nai"), no=("όχι", "oxi"), not_sure=("δεν ξέρω",))
MADE_UP = YesNoWords(yes=("nope",), no=(), not_sure=())
WORDS = {"en": ENGLISH, "es": SPANISH, "el": GREEK}


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("yes", YesNo.YES),
        ("Yes!", YesNo.YES),
        ("YES", YesNo.YES),
        (" yes yes ", YesNo.YES),
        ("erm, yes please", YesNo.YES),
        ("of course", YesNo.YES),
        ("👍🏽", YesNo.YES),
        ("Sí.", YesNo.YES),
        ("ΝΑΙ", YesNo.YES),
        ("no", YesNo.NO),
        ("erm no", YesNo.NO),
        ("No, not at all", YesNo.NO),
        ("she doesn’t", YesNo.NO),
        ("she doesnt", YesNo.NO),
        ("no idea", YesNo.NOT_SURE),
        ("No idea...", YesNo.NOT_SURE),
        ("no sé", YesNo.NOT_SURE),
        ("not sure", YesNo.NOT_SURE),
        ("I’m not sure", YesNo.NOT_SURE),
        ("dont know", YesNo.NOT_SURE),
        ("idk", YesNo.NOT_SURE),
        ("kind of", YesNo.NOT_SURE),
        ("sometimes", YesNo.NOT_SURE),
        ("maybe", YesNo.NOT_SURE),
        ("I think so", YesNo.NOT_SURE),
        ("I don't think so", YesNo.NOT_SURE),
        ("a bit", YesNo.NOT_SURE),
        ("not really", YesNo.NOT_SURE),
        ("yes, maybe", YesNo.NOT_SURE),
        ("yes I think so", YesNo.NOT_SURE),
        ("no, not sure", YesNo.NOT_SURE),
        ("yes a bit", YesNo.NOT_SURE),
        ("🤷🏽\u200d♀️", None),  # a sign with parts that the list does not have
        ("🤷", YesNo.NOT_SURE),
    ],
)
def test_an_answer_is_read_where_every_word_is_known(typed: str, answer: YesNo | None) -> None:
    expected = Unclear(UnclearBecause.NOT_UNDERSTOOD) if answer is None else Read(answer)
    assert read_yes_no(typed, WORDS) == expected


@pytest.mark.parametrize(
    ("typed", "because"),
    [
        ("", UnclearBecause.EMPTY),
        ("...", UnclearBecause.EMPTY),
        ("yes no", UnclearBecause.CONTRADICTION),
        ("yes and no", UnclearBecause.NOT_UNDERSTOOD),
        ("yes no maybe", UnclearBecause.CONTRADICTION),
        ("no breathing", UnclearBecause.NOT_UNDERSTOOD),
        ("no problem", UnclearBecause.NOT_UNDERSTOOD),
        ("not", UnclearBecause.NOT_UNDERSTOOD),
        ("not yes", UnclearBecause.NOT_UNDERSTOOD),
        ("yes but only on the left", UnclearBecause.NOT_UNDERSTOOD),
        ("yess", UnclearBecause.NOT_UNDERSTOOD),
        ("nope.jpg", UnclearBecause.NOT_UNDERSTOOD),
        ("yesterday", UnclearBecause.NOT_UNDERSTOOD),
        ("know", UnclearBecause.NOT_UNDERSTOOD),
        ("yes?", UnclearBecause.NOT_UNDERSTOOD),
        ("erm", UnclearBecause.NOT_UNDERSTOOD),
        ("1", UnclearBecause.NOT_UNDERSTOOD),
        ("yes " * 51, UnclearBecause.TOO_LONG),
    ],
)
def test_anything_else_repeats_the_question(typed: str, because: UnclearBecause) -> None:
    assert read_yes_no(typed, WORDS) == Unclear(because)


def test_a_word_that_means_yes_here_and_no_there_decides_nothing() -> None:
    assert read_yes_no("nope", WORDS) == Read(YesNo.NO)
    assert read_yes_no("nope", {**WORDS, "xx": MADE_UP}) == Unclear(UnclearBecause.CONTRADICTION)


def test_two_hundred_characters_are_read() -> None:
    assert read_yes_no("yes" + " " * 197, WORDS) == Read(YesNo.YES)


def test_without_words_nothing_is_understood() -> None:
    assert read_yes_no("yes", {}) == Unclear(UnclearBecause.NOT_UNDERSTOOD)


@given(st.text(max_size=250))
def test_no_text_breaks_it(typed: str) -> None:
    read_yes_no(typed, WORDS)


@given(st.sampled_from(["yes", "no", "maybe"]), st.sampled_from("abcdefghijklmnopqrstuvwxyz"), st.integers(0, 5))
def test_a_slip_of_one_letter_is_never_taken_for_a_word(word: str, letter: str, place: int) -> None:
    slip = word[:place] + letter + word[place:]
    assert not isinstance(read_yes_no(slip, WORDS), Read)
