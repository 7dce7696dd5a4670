"""Dialogs that are closed for a check: danger signs stay open, answers keep counting, nothing reassures."""

from datetime import UTC, datetime
from functools import cache

import pytest

from bot.authoring.chat import Chat
from bot.facts.level import Level
from bot.places import find_places
from bot.script.load import load_places
from bot.talk.around import Around
from bot.talk.closed import is_closed
from bot.talk.effects import EpisodeSaved
from bot.talk.engine import Engine

HARMLESS = ("none", "no", "continue", "none_so_far", "not_sure", "yes")


@cache
def engine() -> Engine:
    places = find_places()
    return Engine(load_places(places.dialogs, places.content))


@pytest.fixture
def chat() -> Chat:
    """A parent at the menu."""
    return Chat(engine(), datetime(2026, 1, 15, 12, 0, tzinfo=UTC)).commands("start").presses("agree").types("Kenya")


def close(chat: Chat, *dialogs: str) -> None:
    chat.around = Around(frozenset(dialogs))


def answer(chat: Chat) -> Chat:
    """Give a harmless answer."""
    options = {option for one in chat.session.prompts for option in one.options}
    return chat.presses(next(one for one in (*HARMLESS, *sorted(options)) if one in options))


def to_the_end(chat: Chat) -> str:
    """Answer harmlessly until the menu; give all that was said."""
    said = chat.text
    for _ in range(80):
        if chat.asked == "menu":
            return said
        said += answer(chat).text
    raise AssertionError(said)


def test_a_closed_dialog_does_not_begin(chat: Chat) -> None:
    close(chat, "massage")
    chat.presses("at_home").presses("massage").asks("closed").says("closed for a check")
    assert chat.session.check is None
    assert set(chat.labels) == {"Check for danger signs", "Emergency", "Menu"}


def test_all_dialogs_that_use_a_closed_part_are_closed(chat: Chat) -> None:
    assert is_closed(engine().script, "massage", frozenset({"warning_signs"}))
    assert not is_closed(engine().script, "massage", frozenset({"fever_screen"}))
    assert not is_closed(engine().script, "massage", frozenset({"danger_signs"}))
    close(chat, "warning_signs")
    chat.presses("fever").asks("closed")


def test_what_the_menu_says_about_the_child_counts_in_the_check_for_danger_signs(chat: Chat) -> None:
    close(chat, "right_now")
    chat.presses("now").presses("check_danger_signs").asks("danger_signs.danger_signs")
    assert "ongoing_now" in chat.session.told


def test_danger_signs_are_asked_although_all_else_is_closed_and_nothing_reassures(chat: Chat) -> None:
    close(chat, "warning_signs")
    chat.presses("danger").asks("danger_signs.danger_signs").presses("none").asks("menu")
    chat.says("We cannot tell you that all is well")
    assert "No danger sign" not in chat.text


def test_an_emergency_sign_counts_although_all_else_is_closed(chat: Chat) -> None:
    close(chat, "warning_signs")
    chat.presses("danger").presses("yes")
    assert chat.level is Level.EMERGENCY


def test_a_running_check_goes_over_to_the_danger_signs_with_all_that_was_answered(chat: Chat) -> None:
    chat.presses("fever").presses("none")
    close(chat, "fever_screen")
    told = set(chat.session.told)
    chat.presses("none").asks("closed")
    assert told < set(chat.session.told)
    said = to_the_end(chat.presses("check_danger_signs"))
    assert "No danger sign" not in said
    assert "What you describe is common" not in said


def test_a_level_that_was_reached_stays_when_the_dialog_closes(chat: Chat) -> None:
    chat.presses("fever").presses("none").presses("yes").presses("done")
    level = chat.level
    assert level is not None
    close(chat, "fever_screen")
    chat.types("hm")
    assert chat.level is level


def test_an_emergency_in_the_very_answer_is_told_before_that_the_dialog_is_closed(chat: Chat) -> None:
    chat.presses("fever")
    close(chat, "fever_screen")
    chat.presses("yes")
    assert chat.escalations[-1].level is Level.EMERGENCY
    assert "closed for a check" not in chat.text


def test_the_event_of_a_closed_dialog_is_saved_in_the_diary(chat: Chat) -> None:
    chat.presses("over").presses("none")
    close(chat, "new_episode")
    answer(chat).asks("closed")
    assert sum(isinstance(one, EpisodeSaved) for one in chat.everything) == 1


def test_emergency_card_and_emergency_words_work_on_the_closed_screen(chat: Chat) -> None:
    close(chat, "massage")
    chat.presses("at_home").presses("massage").presses("emergency").asks("card")
    chat.commands("menu").presses("at_home").presses("massage").types("she is not breathing")
    assert chat.level is Level.EMERGENCY


def test_nonsense_on_the_closed_screen_shows_it_again(chat: Chat) -> None:
    close(chat, "massage")
    chat.presses("at_home").presses("massage").types("hm").asks("closed").says("press one of the buttons")
