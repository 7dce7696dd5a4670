"""The claims of design.md "Always", each shown in a chat over the real scripts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

import pytest

from bot.authoring.chat import Chat
from bot.authoring.persona import Persona
from bot.facts.level import Action, Level
from bot.facts.value import Born, Number, Value
from bot.places import find_places
from bot.script.load import load_places
from bot.talk.effects import AnswerKept, CheckStarted, EpisodeSaved, Escalate, FlagRaised, ForgetParent
from bot.talk.engine import Engine
from bot.talk.events import Media
from bot.talk.session import Stage
from bot.talk.session_json import dump

FEVER_NUMBER = "Call 112 now"


@cache
def engine() -> Engine:
    places = find_places(None)
    return Engine(load_places(places.dialogs, places.content))


FLOWS = [entry.id for entry in engine().script.menu.every if entry.start is not None]


def parent() -> Chat:
    """A parent who has agreed and named no country."""
    return Chat(engine()).commands("start").presses("agree").presses("not_sure")


def in_flow(entry: str) -> Chat:
    """Through the menu, one level or two, to the first question."""
    chat, menu = parent(), engine().script.menu
    wanted = menu.find(entry)
    assert wanted is not None
    for one in menu.way_to(wanted.text):
        chat.presses(one.id)
    return chat


def past_the_lists(entry: str = "fever", born: str = "2025-12-01") -> Chat:
    """List A and B answered with none, and the birth date given."""
    chat = in_flow(entry)
    while chat.asked != "child.birth_date":
        prompt = chat.session.prompt
        assert prompt is not None
        chat.presses(
            "none"
            if "none" in prompt.options
            else "nothing"
            if "nothing" in prompt.options
            else list(prompt.options)[3]
        )
    return chat.types(born)


def to_temperature(born: str = "2025-12-20") -> Chat:
    chat = past_the_lists(born=born)
    for _ in range(12):
        if chat.asked == "temperature.temperature_c":
            return chat
        prompt = chat.session.prompt
        assert prompt is not None
        wanted = next((name for name in ("none", "nothing", "neither", "never") if name in prompt.options), None)
        chat.presses(wanted or list(prompt.options)[-3])
    raise AssertionError(chat.transcript())


@pytest.mark.parametrize("entry", FLOWS)
def test_a_danger_sign_at_the_first_question_is_answered_by_the_emergency_text(entry: str) -> None:
    chat = in_flow(entry)
    chat.presses("yes")
    first = chat.effects
    told = [effect for effect in first if isinstance(effect, Escalate)]
    assert told[0].level is Level.EMERGENCY
    assert told[0].action is Action.CALL
    assert told[0].text.startswith(FEVER_NUMBER)
    assert len(told[0].text) <= 400


@pytest.mark.parametrize("entry", FLOWS)
def test_naming_the_sign_by_its_number_is_enough(entry: str) -> None:
    chat = in_flow(entry).types("3")
    assert chat.escalations[-1].level is Level.EMERGENCY
    assert "E-02" in {effect.rule for effect in chat.everything if isinstance(effect, FlagRaised)}


def test_none_of_these_is_never_the_first_button() -> None:
    assert in_flow("danger").labels[0] == "Yes, one of these"


@pytest.mark.parametrize("text", ["she turned blue", "he is not breathing help", "no respira", "SHE TURNED BLUE!!!"])
def test_emergency_words_are_heard_before_consent_and_keep_nothing(text: str) -> None:
    chat = Chat(engine()).commands("start").types(text)
    assert chat.escalations[-1].level is Level.EMERGENCY
    assert not any(isinstance(effect, AnswerKept | FlagRaised | CheckStarted) for effect in chat.everything)
    chat.presses("to_menu")
    assert chat.session.check is None
    assert not chat.session.told
    assert not chat.session.recent
    assert chat.session.stage is Stage.NEW


def test_the_emergency_button_opens_list_a_without_consent_and_nothing_is_kept() -> None:
    chat = Chat(engine()).commands("start").presses("emergency").says("112").presses("check_danger_signs")
    chat.asks("danger_signs.danger_signs").presses("none").commands("cancel")
    assert not chat.session.told
    assert not any(isinstance(effect, AnswerKept) for effect in chat.everything)


def test_a_word_that_may_be_harmless_asks_once_and_only_no_lowers() -> None:
    chat = in_flow("fever").types("she has a blue blanket")
    assert chat.asked == "word"
    assert chat.said[-1].startswith("If this is happening now, call 112 now")
    assert not chat.escalations
    chat.types("maybe").asks("word")
    chat.presses("no").asks("danger_signs.danger_signs")
    chat.types("blue").presses("yes")
    assert chat.escalations[-1].level is Level.EMERGENCY


def test_she_turned_blue_typed_inside_the_massage_how_to_is_an_emergency() -> None:
    chat = walk(in_flow("massage"), until=lambda one: one.asked == "howto.massage", born="2025-10-01")
    chat.presses("next").types("she turned blue")
    assert chat.escalations[-1].level is Level.EMERGENCY
    assert chat.escalations[-1].text.startswith(FEVER_NUMBER)


def walk(chat: Chat, *, until: Callable[[Chat], bool], born: str) -> Chat:
    """Answer as a persona with a well child until something holds."""
    facts: dict[str, Value] = {"birth_date": Born(date.fromisoformat(born)), "temperature_c": Number.of("36.8")}
    persona = Persona(engine().script, facts, chat.now.date())
    for _ in range(60):
        if until(chat):
            return chat
        persona.answer(chat)
    raise AssertionError(chat.transcript())


def test_emergency_and_urgent_stay_for_a_day_whatever_the_parent_does() -> None:
    for leave in (["menu"], ["cancel"], ["start", "menu"]):
        chat = in_flow("danger").presses("yes")
        for command in leave:
            chat.commands(command)
        chat.presses("fever").asks("seen")
        chat.presses("no")
        assert chat.level is Level.EMERGENCY


@pytest.mark.parametrize("way", ["menu entry", "card", "typed words"])
def test_no_way_into_a_new_check_loses_serious_advice(way: str) -> None:
    chat = in_flow("danger").presses("yes")
    if way == "card":
        chat.commands("emergency").presses("check_danger_signs")
    elif way == "typed words":
        chat.types("she turned blue").presses("to_menu").presses("fever")
    else:
        chat.commands("start").presses("fever")
    assert chat.session.recent or (chat.level is Level.EMERGENCY)


def test_after_a_day_it_is_not_asked_any_more() -> None:
    chat = in_flow("danger").presses("yes").commands("menu").waits(hours=25).presses("fever")
    assert chat.asked == "danger_signs.danger_signs"


def test_fever_of_38_at_two_months_escalates_in_the_same_turn_with_its_reason() -> None:
    chat = to_temperature(born="2025-12-20").types("38.2")
    escalation = chat.escalations[-1]
    assert (escalation.level, escalation.action) == (Level.EMERGENCY, Action.GO)
    assert "38.2" in escalation.text or "38.0" in escalation.text
    assert "emergency department" in escalation.text.splitlines()[0]


def test_a_corrected_reading_is_asked_about_and_a_second_one_never_lowers() -> None:
    chat = to_temperature().types("38.6").presses("change_answer")
    last = [option for option in chat.session.prompts[-1].options if option.startswith("given_")][-1]
    chat.presses(last).types("36.8").asks("confirm").presses("new_reading")
    assert "F-01" in (chat.session.check.flags if chat.session.check else {})
    chat = to_temperature().types("38.6").presses("change_answer").presses(last).types("36.8").presses("mistyped")
    assert chat.session.check is not None
    assert "F-01" not in chat.session.check.flags


def test_a_pause_of_half_an_hour_asks_the_danger_signs_again() -> None:
    chat = to_temperature().waits(minutes=31).types("36.8")
    assert chat.asked == "danger_signs.danger_signs"
    assert "temperature_c" in chat.session.told


def test_not_sure_about_a_danger_sign_gives_the_simple_check_then_the_list_once_more_then_which() -> None:
    chat = in_flow("danger").presses("not_sure").says("lips").asks("danger_signs.danger_signs")
    chat.presses("not_sure")
    assert "Done" in chat.labels
    line = next(option for option in chat.session.prompts[-1].options if option.startswith("item_non_blanching"))
    turn = chat.session.turn
    chat.presses(line)
    assert chat.session.turn == turn, "a toggle changes no turn number"
    chat.presses("done")
    assert chat.level is not None
    assert chat.level >= Level.URGENT


def test_old_buttons_are_no_answers_and_an_old_danger_is_asked_about() -> None:
    chat = in_flow("danger")
    old = chat.session.turn
    chat.presses("none")
    before = chat.session.told
    chat.presses_old(old, "danger_signs.danger_signs", "none")
    assert chat.session.told == before
    chat.presses_old(old, "danger_signs.danger_signs", "yes").asks("stale")
    chat.presses("yes")
    assert chat.escalations[-1].level is Level.EMERGENCY


@pytest.mark.parametrize("media", list(Media))
def test_what_is_not_text_gets_an_answer_and_the_question_again(media: Media) -> None:
    chat = in_flow("danger")
    asked = chat.asked
    chat.sends(media).asks(asked or "")


def test_private_signs_are_not_echoed_and_leave_nothing_behind() -> None:
    chat = in_flow("fever").types("I shook him")
    escalation = chat.escalations[-1]
    assert escalation.private
    assert "shook" not in escalation.text.lower().replace("shook him”", "")
    chat.presses("to_menu")
    stored = str(dump(chat.session))
    for trace in ("shaken", "E-12", "parent_may_harm"):
        assert trace not in stored
    assert not any(isinstance(effect, EpisodeSaved) and "E-12" in effect.reasons for effect in chat.everything)


def test_three_unclear_birth_dates_offer_age_bands() -> None:
    chat = past_the_lists_until_birth()
    chat.types("asdf").types("qwer").types("zxcv")
    assert "Under 1 week" in chat.labels


def past_the_lists_until_birth() -> Chat:
    chat = in_flow("fever")
    while chat.asked != "child.birth_date":
        chat.presses("none")
    return chat


@pytest.mark.parametrize(
    ("typed", "phrase"),
    [
        ("12.12.2031", "birth_date_future"),
        ("31.02.2025", "birth_date_impossible"),
        ("03/04/2025", "birth_date_choose"),
        ("34 years", "age_adult"),
    ],
)
def test_odd_birth_dates_are_asked_again_kindly(typed: str, phrase: str) -> None:
    chat = past_the_lists_until_birth().types(typed)
    assert "birth_date" not in chat.session.told
    chat.says(engine().script.text(phrase).split("{")[0].split(".")[0])


def test_a_child_over_three_is_out_of_scope_and_never_reassured() -> None:
    chat = past_the_lists_until_birth().types("5 years")
    chat.says(engine().script.text("age_out_of_scope").split("{")[0].split(".")[0]).asks("menu")
    assert engine().script.outcomes.levels["no_danger_sign"].text.split(".")[0] not in chat.text


@pytest.mark.parametrize(
    ("typed", "asks"), [("375", "confirm"), ("100.4", "confirm"), ("45.2", "temperature.temperature_c")]
)
def test_odd_temperatures_are_confirmed_or_asked_again(typed: str, asks: str) -> None:
    chat = to_temperature().types(typed)
    assert "temperature_c" not in chat.session.told
    chat.asks(asks)


def test_a_reading_that_is_hard_to_believe_counts_when_it_comes_twice() -> None:
    chat = to_temperature().types("33.0").asks("temperature.temperature_c")
    assert "temperature_c" not in chat.session.told
    chat.types("33.0")
    assert chat.escalations[-1].level is Level.EMERGENCY


def test_delete_takes_two_steps_and_leaves_an_empty_session() -> None:
    chat = to_temperature().commands("delete")
    assert not any(isinstance(effect, ForgetParent) for effect in chat.everything)
    chat.presses("delete")
    assert any(isinstance(effect, ForgetParent) for effect in chat.effects)
    assert not chat.session.told
    assert not chat.session.consent


def test_a_check_left_for_a_day_is_closed_and_keeps_its_serious_advice() -> None:
    chat = in_flow("danger").presses("yes").waits(hours=2)
    chat.commands("cancel")
    assert chat.session.recent
    assert all(chat.now - flag.at < timedelta(hours=24) for flag in chat.session.recent.values())
