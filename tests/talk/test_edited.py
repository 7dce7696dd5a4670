"""A message that was changed on the phone: a correction of the last answer, or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from bot.places import find_places
from bot.script.load import load_places
from bot.talk.effects import Ask, Button, Effect, Escalate, Say
from bot.talk.engine import Engine
from bot.talk.events import Command, Edited, Event, Media, Pressed, Sent, Typed
from bot.talk.session import Session
from bot.talk.session_json import dump, load

NOW = datetime(2026, 11, 22, 3, 15, tzinfo=UTC)


@cache
def engine() -> Engine:
    places = find_places()
    return Engine(load_places(places.dialogs, places.content))


class Phone:
    """A chat in which each typed text has an id, as on Telegram."""

    def __init__(self) -> None:
        self.session = Session()
        self.effects: tuple[Effect, ...] = ()
        self._now = NOW

    def does(self, event: Event) -> str:
        self._now += timedelta(seconds=20)
        self.session, self.effects = engine().step(load(dump(self.session)), event, self._now)
        return "\n".join(one.text for one in self.effects if isinstance(one, Say | Ask | Escalate))

    def types(self, text: str, message: str) -> str:
        return self.does(Typed(text, message))

    def presses(self, label: str) -> str:
        shown = [one for one in self.effects if isinstance(one, Ask | Escalate)]
        for one in shown:
            for button in one.buttons:
                if button.text == label:
                    return self._press(one, button)
        raise AssertionError(f"no button {label!r} in {shown}")

    def _press(self, shown: Ask | Escalate, button: Button) -> str:
        return self.does(Pressed(shown.turn, shown.question, button.option))

    @property
    def asked(self) -> str:
        assert self.session.prompt is not None
        return self.session.prompt.question


@pytest.fixture
def phone() -> Phone:
    """A parent in a fever check who has just typed the age of the baby."""
    phone = Phone()
    phone.does(Command("start"))
    phone.presses("I am the parent or carer and I agree")
    phone.types("Kenya", "1")
    phone.presses("Fever or unwell")
    while "birth_date" not in phone.asked:
        phone.presses("None of these")
    phone.types("2 months", "2")
    assert phone.session.answered_by == "2"
    return phone


def age_of(phone: Phone) -> object:
    return phone.session.told["birth_date"].value


def test_the_last_answer_is_corrected_by_changing_its_message(phone: Phone) -> None:
    before, asked = age_of(phone), phone.asked
    phone.does(Edited("5 months", "2"))

    assert age_of(phone) != before
    assert phone.asked == asked


def test_a_changed_message_that_is_not_the_last_answer_changes_nothing(phone: Phone) -> None:
    told = phone.session.told

    said = phone.does(Edited("5 months", "1"))

    assert said.startswith("You changed an older message.")
    assert phone.session.told == told


def test_a_message_is_corrected_before_anything_else_only(phone: Phone) -> None:
    phone.session = replace(phone.session, answered_by="2")
    phone.does(Command("help"))

    assert phone.does(Edited("5 months", "2")).startswith("You changed an older message.")


def test_advice_to_get_help_is_not_taken_back_by_the_way(phone: Phone) -> None:
    phone.presses("None of these")
    while "temperature_c" not in phone.asked:
        phone.presses("Not sure")
    phone.types("38.2", "9")
    assert phone.session.check is not None
    flags = phone.session.check.flags
    assert phone.session.answered_by == "9"

    phone.does(Edited("37.2", "9"))

    assert "temperature_c" in phone.asked
    assert phone.session.check.flags == flags


@pytest.mark.parametrize(
    "event",
    [
        Edited("she is not breathing", "2"),
        Sent(Media.FORWARDED, "she is not breathing"),
        Sent(Media.PHOTO, "she is not breathing"),
    ],
)
def test_emergency_words_are_heard_wherever_they_stand(phone: Phone, event: Event) -> None:
    phone.does(event)

    assert any(isinstance(one, Escalate) for one in phone.effects) or "999" in str(phone.effects)


def test_a_forwarded_message_is_no_answer(phone: Phone) -> None:
    told, asked = phone.session.told, phone.asked

    said = phone.does(Sent(Media.FORWARDED, "38.5"))

    assert said.startswith("A message that you pass on")
    assert (phone.session.told, phone.asked) == (told, asked)
