"""After "go to the hospital": signs that would make it "call", told or not, in one list that nobody has to answer."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from bot.authoring.chat import Chat
from bot.facts.level import Action, Level
from bot.places import find_places
from bot.script.load import load_places
from bot.talk.effects import Ask, CheckEnded, Escalate
from bot.talk.engine import Engine
from bot.talk.session import Session, Stage

SOFT_SPOT = "The soft spot bulges, or the neck is stiff"
VOMITS = "Vomits (more than spitting up)"


@cache
def engine() -> Engine:
    places = find_places()
    return Engine(load_places(places.dialogs, places.content))


def soft_spot() -> Chat:
    """A chat in which a parent has just told of a bulging soft spot."""
    chat = Chat(engine(), datetime(2026, 1, 15, 12, tzinfo=UTC), Session(stage=Stage.READY, consent=True))
    chat.commands("menu").presses("Check for danger signs").presses("None of these")
    return chat.presses("Yes, one of these").presses(SOFT_SPOT)


def actions(chat: Chat) -> list[Action | None]:
    return [effect.action for effect in chat.effects if isinstance(effect, Escalate)]


def test_the_hospital_comes_first_and_the_signs_come_after_it_in_the_same_turn() -> None:
    chat = soft_spot()
    told, asked = (effect for effect in chat.effects if isinstance(effect, Escalate | Ask))

    assert isinstance(told, Escalate)
    assert (told.level, told.action) == (Level.EMERGENCY, Action.GO)
    assert isinstance(asked, Ask)
    assert "do not wait for this" in asked.text


def test_one_of_the_signs_makes_it_a_call() -> None:
    chat = soft_spot().presses("38.0 °C or more, or hot to touch").presses("Done")

    assert actions(chat) == [Action.CALL]
    assert "Call 112 now" in chat.text


def test_none_of_the_signs_leaves_the_advice_as_it_was() -> None:
    assert actions(soft_spot().presses("Done")) == [Action.GO]


def test_the_signs_are_asked_once() -> None:
    chat = soft_spot().presses("Done")

    assert not any(isinstance(effect, Ask) for effect in chat.effects)


def test_the_buttons_of_the_advice_still_work_beside_the_signs() -> None:
    chat = soft_spot().presses("I cannot reach anyone")

    assert chat.session.check is not None
    assert chat.session.check.ended


def test_a_parent_who_types_something_else_gets_the_advice_again() -> None:
    assert actions(soft_spot().types("what shall I do")) == [Action.GO]


def recorded(chat: Chat) -> list[tuple[Level | None, Action | None]]:
    return [(one.level, one.action) for one in chat.effects if isinstance(one, CheckEnded)]


def test_what_is_recorded_of_the_check_becomes_graver_as_well() -> None:
    chat = soft_spot()

    assert recorded(chat) == [(Level.EMERGENCY, Action.GO)]
    chat.presses("38.0 °C or more, or hot to touch").presses("Done")
    assert recorded(chat) == [(Level.EMERGENCY, Action.CALL)]
    assert recorded(chat.types("what shall I do")) == []


def test_an_advice_that_is_only_repeated_is_recorded_once() -> None:
    assert recorded(soft_spot().presses("Done")) == []
