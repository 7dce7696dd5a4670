"""Buttons in a terminal: each has one name, and a name presses one button."""

from bot.channels.live_buttons import LiveButtons, NamedButtons
from bot.facts.level import Level
from bot.service.message_json import Shown
from bot.talk.effects import Ask, Button, Escalate, Redraw, Say
from bot.talk.events import Pressed

YES_NO = (Button("yes", "Yes"), Button("no", "No"))


def names(buttons: NamedButtons | None) -> tuple[str, ...]:
    assert buttons is not None
    return buttons.names


def show(live: LiveButtons, *messages: Shown) -> None:
    for message in messages:
        live.show(message)


def test_a_message_without_buttons_has_none() -> None:
    live = LiveButtons()
    assert live.show(Say("Hello.")) is None
    assert live.show(Ask("Well?", 1, "q", ())) is None


def test_with_one_message_a_line_stays_a_text_for_the_conversation_to_understand() -> None:
    live = LiveButtons()
    assert names(live.show(Ask("Well?", 1, "q", YES_NO))) == ("1", "2")
    assert live.pressed("1") is None
    assert live.pressed("Yes") is None


def test_two_messages_of_one_turn_share_one_row_of_numbers() -> None:
    live = LiveButtons()
    show(live, Escalate("Call.", Level.EMERGENCY, None, 1, "emergency", YES_NO))
    assert names(live.show(Ask("Which?", 1, "q", YES_NO))) == ("3", "4")
    assert live.pressed("2") == Pressed(1, "emergency", "no")
    assert live.pressed(" 3 ") == Pressed(1, "q", "yes")
    assert live.pressed("5") is None


def test_a_label_presses_its_button_whichever_message_it_stands_under() -> None:
    live = LiveButtons()
    show(live, Escalate("Call.", Level.EMERGENCY, None, 1, "emergency", (Button("calling", "I am calling now"),)))
    show(live, Ask("Which?", 1, "q", YES_NO))
    assert live.pressed("i am calling NOW") == Pressed(1, "emergency", "calling")


def test_a_changed_list_keeps_its_numbers() -> None:
    live = LiveButtons()
    show(live, Escalate("Call.", Level.EMERGENCY, None, 1, "emergency", YES_NO), Ask("Which?", 1, "q", YES_NO))
    marked = (Button("yes", "[yes] Yes"), Button("no", "No"))
    assert names(live.show(Redraw(1, "q", marked))) == ("3", "4")
    assert names(live.show(Redraw(1, "emergency", YES_NO))) == ("1", "2")
    assert live.pressed("[yes] yes") == Pressed(1, "q", "yes")


def test_a_changed_list_with_another_length_takes_no_number_of_another() -> None:
    live = LiveButtons()
    show(live, Escalate("Call.", Level.EMERGENCY, None, 1, "emergency", YES_NO), Ask("Which?", 1, "q", YES_NO))
    assert names(live.show(Redraw(1, "emergency", YES_NO[:1]))) == ("5",)


def test_the_buttons_of_an_older_turn_are_gone() -> None:
    live = LiveButtons()
    show(live, Escalate("Call.", Level.EMERGENCY, None, 1, "emergency", YES_NO))
    assert names(live.show(Ask("Which?", 2, "q", YES_NO))) == ("1", "2")
    assert live.pressed("1") is None


def test_where_a_number_is_an_answer_buttons_have_letters() -> None:
    live = LiveButtons()
    assert names(live.show(Ask("How warm?", 1, "q", YES_NO), lettered=True)) == ("a", "b")
    assert live.pressed("B") == Pressed(1, "q", "no")
    assert live.pressed("1") is None
    assert live.pressed("38.2") is None


def test_a_number_stays_an_answer_beside_another_message() -> None:
    live = LiveButtons()
    show(live, Escalate("Today.", Level.URGENT, None, 1, "urgent", YES_NO))
    live.show(Ask("How warm?", 1, "q", YES_NO), lettered=True)
    assert live.pressed("1") is None
    assert live.pressed("a") == Pressed(1, "q", "yes")
