"""The notes for the doctor as Telegram gets them: one message without buttons, and a file where they are longer."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.authoring.chat import Chat
from bot.channels.telegram.html import MAX_UNITS, units
from bot.channels.telegram.render import render
from bot.channels.telegram.words import Words
from bot.facts.level import Level
from bot.facts.value import YES, Choice, Number, Value
from bot.places import find_places
from bot.script.load import load_places
from bot.service.message_json import dump_message, kind_of, load_message
from bot.talk.around import Around, Entry, ListedDiary
from bot.talk.effects import Document, Say
from bot.talk.engine import Engine
from bot.talk.past import ListedPast, OwnQuestion, PastAnswer, PastCheck, Told

NOW = datetime(2026, 1, 15, 21, 40, tzinfo=UTC)
SAID = "Is <b>this</b> & that right?" + "\N{BABY}" * 170


@pytest.fixture
def chat() -> Chat:
    """A parent who has told very much, and asks for the notes."""
    places = find_places()
    chat = Chat(Engine(load_places(places.dialogs, places.content)), NOW)
    chat.commands("start").presses("agree").types("Kenya")
    answers: dict[str, Value] = {"tremor": YES, "state": Choice.of("crying"), "duration_s": Number.of(5)}
    entries = [Entry(30 - day, NOW - timedelta(days=day), Level.SOON, (), answers) for day in range(30)]
    told = [
        PastAnswer(f"{dialog.id}.{question.id}", question.id, next(iter(question.options[0].sets.values())), NOW)
        for dialog in chat.engine.script.dialogs.values()
        for question in dialog.questions.values()
        if question.options and question.id in question.options[0].sets
    ]
    check = PastCheck("new_episode", NOW, Told(Level.SOON, NOW, ("R-11",)), tuple(told))
    asked = tuple(OwnQuestion(number, SAID) for number in range(1, 6))
    chat.around = Around(diary=ListedDiary(tuple(entries)), past=ListedPast((check, check, check), asked))
    return chat.commands("summary")


def test_the_notes_are_one_message_without_buttons_that_can_be_sent_on(chat: Chat) -> None:
    [note] = [one for one in chat.effects if isinstance(one, Say) and one.text.startswith("Notes for the doctor")]
    for form in render(note, Words())[:2]:
        assert len(form.parts) == 1
        assert form.buttons is None
    html = render(note, Words())[0].parts[0]
    assert "Is &lt;b&gt;this&lt;/b&gt; &amp; that right?" in html
    assert units(note.text) <= MAX_UNITS


def test_what_was_left_out_stands_in_the_file_which_is_kept_until_it_is_sent(chat: Chat) -> None:
    [file] = [one for one in chat.effects if isinstance(one, Document)]
    [note] = [one for one in chat.effects if isinstance(one, Say) and one.text.startswith("Notes for the doctor")]
    assert units(file.text) > MAX_UNITS
    assert file.text.count(" Jan 2026, 21:40: ") > note.text.count(" Jan 2026, 21:40: ")
    assert load_message(kind_of(file), dump_message(file)) == file
    assert file.name.endswith(".txt")
