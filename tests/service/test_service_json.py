"""Events and messages survive being written down."""

import json

import pytest

from bot.facts.level import Action, Level
from bot.service.event_json import dump_event, load_event
from bot.service.message_json import Shown, dump_message, kind_of, load_message
from bot.talk.effects import Ask, Button, Document, Escalate, Mark, Redraw, Say
from bot.talk.events import Command, Due, Edited, Event, Media, Pressed, Sent, Typed

BUTTONS = (Button("yes", "Yes, one of these", danger=True), Button("item_a", "[yes] Blue lips", Mark.YES))


@pytest.mark.parametrize(
    "event",
    [
        Command("start"),
        Command("help", "me"),
        Pressed(7, "d.q", "yes"),
        Typed(""),
        Typed("38,2 °C\n"),
        Sent(Media.VOICE),
        Sent(Media.PHOTO, "38.2"),
        Typed("38.2", "17"),
        Edited("38.3", "17"),
        Due("reached"),
    ],
    ids=repr,
)
def test_an_event_comes_back_as_it_was(event: Event) -> None:
    assert load_event(json.loads(json.dumps(dump_event(event)))) == event


def test_anything_else_is_no_event() -> None:
    with pytest.raises(ValueError, match="no stored event"):
        load_event({"kind": "shouted", "text": "hello"})


@pytest.mark.parametrize(
    "message",
    [
        Say("All right."),
        Ask("Which?", 7, "d.q", BUTTONS, (3, 9)),
        Ask("Which?", 7, "d.q", ()),
        Redraw(7, "d.q", BUTTONS),
        Redraw(7, "history", BUTTONS, "Page 2"),
        Document("steady.json", "{}\n"),
        Escalate("Call 112 now.", Level.EMERGENCY, Action.CALL, 7, "emergency", BUTTONS, private=True),
        Escalate("See a doctor today.", Level.URGENT, None, 7, "urgent"),
    ],
    ids=kind_of,
)
def test_a_message_comes_back_as_it_was(message: Shown) -> None:
    assert load_message(kind_of(message), json.loads(json.dumps(dump_message(message)))) == message


def test_anything_else_is_no_message() -> None:
    with pytest.raises(ValueError, match="no kind of message: song"):
        load_message("song", {"text": "la"})
