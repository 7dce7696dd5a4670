"""A parent asks about something that this guide withholds: the warning is said, and what was asked comes again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from itertools import islice

import pytest

from bot.authoring.chat import Chat
from bot.authoring.persona import Persona
from bot.facts.level import Level
from bot.facts.phrases import wordings
from bot.facts.value import Born, Number, Value
from bot.places import find_places
from bot.script.load import load_places
from bot.talk.effects import AnswerKept, Escalate
from bot.talk.engine import Engine
from bot.talk.session import Pending

NO_MEDICINE = "names no medicine"


@cache
def engine() -> Engine:
    places = find_places(None)
    return Engine(load_places(places.dialogs, places.content))


def parent() -> Chat:
    return Chat(engine()).commands("start").presses("agree").presses("not_sure")


def walk(chat: Chat, until: Callable[[Chat], bool], **facts: Value) -> Chat:
    """Answer as a parent with a well baby until something holds."""
    known: dict[str, Value] = {"birth_date": Born(date(2025, 10, 1)), "temperature_c": Number.of("36.8"), **facts}
    persona = Persona(engine().script, known, chat.now.date())
    for _ in range(60):
        if until(chat):
            return chat
        persona.answer(chat)
    raise AssertionError(chat.transcript())


def at_the_consent() -> Chat:
    return Chat(engine()).commands("start")


def at_the_card_before_consent() -> Chat:
    return at_the_consent().presses("emergency")


def at_the_country() -> Chat:
    return at_the_consent().presses("agree")


def at_the_menu() -> Chat:
    return parent()


def on_the_second_level_of_the_menu() -> Chat:
    return parent().presses("at_home")


def at_a_list() -> Chat:
    return parent().presses("danger")


def at_the_birth_date() -> Chat:
    return walk(at_a_list(), lambda chat: chat.asked == "child.birth_date")


def at_a_question_with_buttons() -> Chat:
    return walk(at_a_list(), lambda chat: chat.asked == "about.tremor")


def at_the_temperature() -> Chat:
    return walk(at_a_list(), lambda chat: chat.asked == "temperature.temperature_c")


def at_a_step_of_a_howto() -> Chat:
    chat = parent().presses("at_home").presses("massage")
    return walk(chat, lambda one: one.asked == "howto.massage").presses("next")


def after_an_urgent_advice() -> Chat:
    chat = at_the_temperature().types("40.2")
    return walk(chat, lambda one: one.asked == "urgent")


def after_an_emergency() -> Chat:
    return at_a_list().presses("yes").presses("item_colour").presses("done")


STATES = [
    at_the_consent,
    at_the_card_before_consent,
    at_the_country,
    at_the_menu,
    on_the_second_level_of_the_menu,
    at_a_list,
    at_the_birth_date,
    at_a_question_with_buttons,
    at_the_temperature,
    at_a_step_of_a_howto,
    after_an_urgent_advice,
    after_an_emergency,
]
every_state = pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)


@every_state
def test_the_warning_is_said_in_every_state_and_the_question_comes_again(state: Callable[[], Chat]) -> None:
    chat = state()
    before = chat.session
    chat.types("can I give her glycine?").says(NO_MEDICINE)

    assert chat.asked == before.prompts[0].question or chat.asked == before.prompts[-1].question
    assert chat.session.told == before.told
    assert chat.session.stage is before.stage


@every_state
def test_emergency_words_win(state: Callable[[], Chat]) -> None:
    chat = state().types("she is not breathing, can I give her glycine?")

    assert any(isinstance(effect, Escalate) and effect.level is Level.EMERGENCY for effect in chat.effects)
    assert NO_MEDICINE not in chat.text


def test_a_word_that_may_be_harmless_is_asked_about_first() -> None:
    chat = at_a_list().types("is a blue neck ring all right?")

    assert chat.asked == "word"
    assert "neck ring" not in chat.text.casefold().replace("you wrote", "")


def test_nothing_is_kept_of_a_question_before_consent() -> None:
    chat = at_the_consent().types("neck ring for bathing?").says("Never use a neck ring")

    assert not chat.session.told
    assert not any(isinstance(effect, AnswerKept) for effect in chat.everything)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("can I give her glycine", NO_MEDICINE),
        ("neck ring for bathing?", "Never use a neck ring"),
        ("can i put lavender oil in the bath", "No essential oils"),
        ("how much paracetamol?", NO_MEDICINE),
        ("The doctor prescribed Pantogam", NO_MEDICINE),
        ("should i massage the spine", "Never massage the spine"),
        ("should we delay the next vaccine?", "Most babies stay on schedule"),
        ("does she need vitamin d", "vitamin D drops"),
        ("is this normal", "cannot promise that all is well"),
        ("is it my fault", "no one here blames you"),
        ("he fell off the bed", "needs to be seen by a doctor today"),
        ("can he have a CT scan", "The doctor decides which tests"),
        ("electrophoresis", "no proof that electric currents"),
    ],
)
def test_a_question_in_a_parents_own_words_is_answered(text: str, says: str) -> None:
    at_a_list().types(text).says(says).asks("danger_signs.danger_signs")


def test_a_reading_alone_is_an_answer() -> None:
    chat = at_the_temperature().types("37.2")

    assert chat.session.told["temperature_c"].value == Number.of("37.2")


@pytest.mark.parametrize("text", ["38.2, can I give her paracetamol?", "how warm should the bath be, 37?"])
def test_a_number_in_a_question_is_asked_about_and_never_taken_for_an_answer(text: str) -> None:
    chat = at_the_temperature().types(text)

    assert chat.session.prompt is not None
    assert chat.session.prompt.pending is Pending.CONFIRM
    assert len(chat.said) == 2
    assert "temperature_c" not in chat.session.told


def test_the_label_of_a_button_is_that_button() -> None:
    chat = parent().types("Bath")

    assert chat.session.check is not None
    assert chat.session.check.dialog == "bath"


def test_the_name_of_a_country_is_a_country() -> None:
    chat = at_the_country().types("Kenya")

    assert chat.session.country == "KE"


def test_every_phrase_is_answered_and_no_passage_is_hidden_behind_others() -> None:
    words = engine().tools.withheld
    hidden = []
    for passage in engine().script.withheld.passages.values():
        heard = [words.about(" ".join(said)) for phrase in passage.phrases for said in islice(wordings(phrase), 40)]
        assert None not in heard, passage.id
        if passage.phrases and sum(one is passage for one in heard) < len(heard) / 2:
            hidden.append(passage.id)

    assert not hidden


def test_no_label_or_line_of_the_script_is_taken_for_a_question_about_something_withheld() -> None:
    script, words = engine().script, engine().tools.withheld
    labels = [
        option.text
        for dialog in script.dialogs.values()
        for question in dialog.questions.values()
        for option in (*question.options, *question.bands)
    ]
    labels += [text for name, text in script.phrases.items() if name.startswith("button.")]

    assert [label for label in labels if words.about(label) is not None] == []
