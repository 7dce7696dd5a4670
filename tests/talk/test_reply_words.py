"""Typed answers: a message that is nothing but one of these words, in any language."""

import re
from pathlib import Path
from typing import Any

import pytest

from bot.script.document import compose, plain
from bot.talk.reply_words import MEANINGS, ReplyWords

PATH = Path(__file__).parents[2] / "content" / "words.yaml"
DATA: dict[str, Any] = plain(compose(PATH.read_text(encoding="utf-8"), PATH.name))
REPLIES = ReplyWords.from_mapping(DATA)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("yes", "yes"), ("YES!!", "yes"), ("yesss", "yes"), ("Да.", "yes"), ("sí", "yes"), ("si", "yes"),
        ("हाँ", "yes"), ("نعم", "yes"),
        ("是的", "yes"), ("হ্যাঁ", "yes"), ("evet", "yes"), ("no", "no"), ("nooo", "no"), ("não", "no"),
        ("NAO", "no"), ("нет", "no"),
        ("nein", "no"), ("لا", "no"), ("没有", "no"), ("tidak", "no"), ("ні", "no"),
        ("I don't know", "not_sure"), ("idk", "not_sure"),
        ("не знаю", "not_sure"), ("keine Ahnung", "not_sure"), ("je sais pas", "not_sure"), ("sometimes", "not_sure"),
        ("zurück", "back"), ("zurueck", "back"), ("zuruck", "back"), ("menü", "menu"), ("отмена", "cancel"),
        ("ayuda", "help"),
        ("stop", "stop"), ("weiter", "continue"), ("siguiente", "next"), ("start again", "start_again"),
        ("重新开始", "start_again"),
        ("yes but only at night", None), ("no fever", None), ("", None), ("?", None), ("36.8", None),
    ],
)  # fmt: skip
def test_a_whole_message_means_one_thing(text: str, meaning: str | None) -> None:
    assert REPLIES.meaning(text) == meaning


@pytest.mark.parametrize("language", DATA["languages"])
def test_every_language_has_words_for_every_answer(language: str) -> None:
    assert set(DATA["languages"][language]["replies"]) == set(MEANINGS)


def test_a_word_with_two_meanings_is_refused() -> None:
    data = {"languages": {"en": {"replies": {"yes": ["sure"]}}, "xx": {"replies": {"no": ["SURE"]}}}}
    message = "languages.xx.replies.no: 'SURE' already means 'yes'."
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        ReplyWords.from_mapping(data)


def test_an_unknown_meaning_is_refused() -> None:
    message = "languages.en.replies.yess: there is no such entry. Did you mean 'yes'?"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        ReplyWords.from_mapping({"languages": {"en": {"replies": {"yess": []}}}})
