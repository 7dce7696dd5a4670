"""The form in which phrases are written, and how they are found."""

import re

import pytest

from bot.facts.normalise import words
from bot.facts.phrases import PhraseError, PhraseIndex, quote, read_phrase
from bot.talk.spelling import Spelling

GROUPS = {"child": ("him", "the baby")}


def found(phrase: str, text: str, *, joined: bool = False) -> list[tuple[int, int, bool]]:
    index: PhraseIndex[str] = PhraseIndex()
    index.add(read_phrase(phrase, GROUPS), "x", joined=joined)
    return [(hit.start, hit.end, hit.torn) for hit in index.find(words(text))]


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("not breathing", "he is NOT, breathing"), ("is|was blue", "she was blue"), ("(very) pale", "pale"),
        ("(very) pale", "very pale"),
        ("not ... breathing", "not breathing"), ("not ... breathing", "not a b c breathing"),
        ("shook <child>", "I shook the baby"),
        ("shook <child>", "shook him"), ("für", "fuer"), ("für", "fur"), ("n'arrive pas", "n arrive pas"),
        ("n'arrive pas", "narrive pas"),
        ("没有 ... 呼吸", "宝宝没有在呼吸"), ("a (b) (c) d", "a d"), ("a (b) (c) d", "a c d"), ("a (b|e) d", "a e d"),
    ],
)  # fmt: skip
def test_a_phrase_is_found(phrase: str, text: str) -> None:
    assert found(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("not breathing", "not a breathing"), ("not ... breathing", "not a b c d breathing"), ("blue", "blueberry"),
        ("shook <child>", "shook the bottle"), ("(very) pale", "very"), ("a (b) (c) d", "a c b d"),
        ("not breathing", "notbreathing"),
    ],
)  # fmt: skip
def test_a_phrase_is_not_found(phrase: str, text: str) -> None:
    assert not found(phrase, text)


def test_a_phrase_may_be_found_typed_without_blanks() -> None:
    assert found("not breathing", "isnt notbreathing", joined=True) == [(1, 2, False)]
    assert not found("is it", "isit", joined=True)


def test_a_gap_over_the_end_of_a_sentence_is_torn() -> None:
    assert found("not ... breathing", "not ill. breathing") == [(0, 3, True)]
    assert found("not ... breathing", "not. breathing") == [(0, 2, False)]


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        ("... a", "'... a': '...' must stand between two words."),
        ("a ...", "'a ...': '...' must stand between two words."),
        ("a ... ... b", "'a ... ... b': '...' must stand between two words."),
        ("a ... (b)", "'a ... (b)': '...' must be followed by a word without brackets."),
        ("(a)", "'(a)': a phrase needs a word that is not in brackets."),
        ("<who>", "'<who>': there is no group 'who'."),
        ("a||b", "'a||b': a place without a word."), ("?", "'?': a place without a word."),
    ],
)  # fmt: skip
def test_a_phrase_in_another_form_is_refused(phrase: str, message: str) -> None:
    with pytest.raises(PhraseError, match=f"^{re.escape(message)}$"):
        read_phrase(phrase, GROUPS)


@pytest.mark.parametrize(
    ("phrase", "said", "shown"),
    [
        ("not ... breathing", "not our little breathing", "not … breathing"),
        ("convulsión", "convulsion", "convulsión"),
        ("shook <child>", "shook the baby", "shook the baby"), ("没有呼吸", "没有呼吸", "没有呼吸"),
    ],
)  # fmt: skip
def test_a_quotation_holds_only_words_of_the_list(phrase: str, said: str, shown: str) -> None:
    assert quote(phrase, GROUPS, words(said).words) == shown


@pytest.mark.parametrize(
    ("typed", "right", "guess"),
    [
        ("breatthing", "breathing", False), ("swalowed", "swallowed", False), ("bluuue", "blue", False),
        ("nooo", "no", False),
        ("breahting", "breathing", True), ("breating", "breathing", True), ("breathinng", "breathing", False),
        ("breathxing", "breathing", True), ("brexthing", "breathing", True),
    ],
)  # fmt: skip
def test_a_slip_is_mended_and_a_guess_is_known_as_one(typed: str, right: str, guess: bool) -> None:
    known = {"breathing", "swallowed", "blue", "no", "нее", "не"}
    mended, guessed = Spelling(known, known).mend(words(typed))
    assert mended.words == (right,)
    assert bool(guessed) is guess


@pytest.mark.parametrize("typed", ["teething", "blu", "bleu", "нее", "swallow", "bread", "x" * 500])
def test_another_word_is_left_alone(typed: str) -> None:
    known = {"breathing", "swallowed", "blue", "no", "нее", "не"}
    mended, guessed = Spelling(known, known).mend(words(typed))
    assert mended.words == words(typed).words
    assert not guessed
