"""“May I ...?” by buttons: every warning is two presses away, nothing is kept, and no level is told."""

from __future__ import annotations

from functools import cache

import pytest

from bot.authoring.chat import Chat
from bot.facts.level import Level
from bot.places import find_places
from bot.script.load import load_places
from bot.script.withheld import Passage
from bot.talk.effects import Ask, Escalate, Say
from bot.talk.engine import Engine

MOST_BUTTONS = 11


@cache
def engine() -> Engine:
    places = find_places(None)
    return Engine(load_places(places.dialogs, places.content))


def at_the_chapters() -> Chat:
    chat = Chat(engine()).commands("start").presses("agree").presses("not_sure")
    return chat.presses("more").presses("may_i")


WARNED = [one for one in engine().script.withheld.passages.values() if not one.silent]


@pytest.mark.parametrize("passage", WARNED, ids=lambda passage: passage.id)
def test_every_warning_is_two_presses_away_and_the_list_comes_again(passage: Passage) -> None:
    chat = at_the_chapters().presses(passage.chapter or "").presses(passage.label or "")
    *warnings, last = chat.effects

    assert len(warnings) == 1
    assert isinstance(warnings[0], Say)
    assert (passage.say or "").strip().splitlines()[-1].partition("{")[0] in warnings[0].text
    assert isinstance(last, Ask)
    assert last.question == f"may_i.{passage.chapter}"


@pytest.mark.parametrize("passage", WARNED, ids=lambda passage: passage.id)
def test_a_label_that_is_typed_anywhere_is_never_taken_for_another_question(passage: Passage) -> None:
    assert engine().tools.withheld.about(passage.label or "") in (None, passage)


def test_nothing_is_kept_and_no_level_is_told() -> None:
    chat = at_the_chapters().presses("hands").presses("U-04")

    assert chat.session.check is None
    assert not chat.session.told
    assert all(isinstance(effect, Say | Ask) for effect in chat.effects)


def test_the_lists_are_short() -> None:
    for chapter in engine().script.withheld.chapters:
        shown = at_the_chapters().presses(chapter).effects[-1]
        assert isinstance(shown, Ask)
        assert len(shown.buttons) <= MOST_BUTTONS


def test_back_leads_from_the_questions_to_the_chapters_to_the_menu() -> None:
    chat = at_the_chapters().presses("water").presses("step_back").asks("may_i")

    assert chat.presses("step_back").asked == "menu.more"


def test_typed_back_and_menu_are_the_buttons_of_that_name() -> None:
    chat = at_the_chapters().presses("water").types("back").asks("may_i")

    assert chat.types("menu").asked == "menu"


def test_a_question_in_a_parents_own_words_is_answered_and_the_list_comes_again() -> None:
    at_the_chapters().presses("water").types("can I give her glycine?").says("names no medicine").asks("may_i.water")


def test_a_text_that_is_not_understood_shows_the_list_again() -> None:
    at_the_chapters().presses("water").types("hmm what").asks("may_i.water")


def test_emergency_words_win() -> None:
    chat = at_the_chapters().presses("worry").types("he is not breathing")

    assert any(isinstance(effect, Escalate) and effect.level is Level.EMERGENCY for effect in chat.effects)


def test_the_danger_signs_are_one_press_away_from_a_warning_that_speaks_of_them() -> None:
    chat = at_the_chapters().presses("worry").presses("U-24").presses("check_danger_signs")

    assert chat.asked == "danger_signs.danger_signs"


def test_the_label_of_a_question_may_be_typed() -> None:
    at_the_chapters().presses("water").types("A neck ring or swim float").says("Never use a neck ring")
