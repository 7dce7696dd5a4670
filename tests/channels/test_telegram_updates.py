"""What each kind of update is: an event of a parent, or something with a rule of its own."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.telegram.incoming import Blocked, FromAlertChat, FromGroup, FromParent, Ignored, Reason
from bot.channels.telegram.updates import UNKNOWN_BUTTON, read_update
from bot.talk.events import Command, Edited, Event, Media, Pressed, Sent, Typed

PERSON: dict[str, Any] = {"id": 7, "is_bot": False, "first_name": "P", "language_code": "sw"}
CHAT = {"id": 7, "type": "private", "first_name": "P"}
GROUP = {"id": -5, "type": "supergroup", "title": "Mums"}
BOT = {"id": 1, "is_bot": True, "first_name": "Steady"}
PHOTO = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
FILE = {"file_id": "a", "file_unique_id": "b", "duration": 1}
ALERT_CHAT = -77


def message(*, chat: dict[str, Any] = CHAT, person: dict[str, Any] | None = PERSON, **content: Any) -> dict[str, Any]:
    return {"message_id": 31, "date": 1, "chat": chat, **({"from": person} if person else {}), **content}


def update(**content: Any) -> dict[str, Any]:
    return {"update_id": 900, **content}


def query(data: str | None, *, chat: dict[str, Any] = CHAT, person: dict[str, Any] = PERSON) -> dict[str, Any]:
    shown = {"message_id": 30, "date": 1, "chat": chat, "from": BOT, "text": "?"}
    return update(callback_query={"id": "q1", "from": person, "chat_instance": "c", "message": shown, "data": data})


def event_of(**content: Any) -> Event:
    found = read_update(update(message=message(**content)))
    assert isinstance(found, FromParent)
    return found.event


def test_a_text_is_typed_and_says_which_message_it_was() -> None:
    found = read_update(update(message=message(text="38.2")))

    assert found == FromParent(900, "7", Typed("38.2", "31"), "sw")
    assert found.event_id == "900"


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("/start", Command("start")),
        ("/START@Steady_Bot", Command("start")),
        ("/start join_abc-1", Command("start", "join_abc-1")),
        ("/help he is\nblue", Command("help", "he is\nblue")),
        ("/", Typed("/", "31")),
        ("/path/to", Typed("/path/to", "31")),
        ("", Typed("", "31")),
    ],
)
def test_a_command_is_read_whatever_its_case_and_whichever_bot_it_names(text: str, event: Event) -> None:
    assert event_of(text=text) == event


@pytest.mark.parametrize(
    ("content", "media"),
    [
        ({"photo": PHOTO}, Media.PHOTO),
        ({"video": {**FILE, "width": 1, "height": 1}}, Media.VIDEO),
        ({"video_note": {**FILE, "length": 1}}, Media.VIDEO),
        ({"animation": {**FILE, "width": 1, "height": 1}, "document": {**FILE}}, Media.VIDEO),
        ({"voice": FILE}, Media.VOICE),
        ({"audio": FILE}, Media.VOICE),
        ({"location": {"longitude": 1.0, "latitude": 1.0}}, Media.OTHER),
        ({"contact": {"phone_number": "1", "first_name": "P"}}, Media.OTHER),
        ({"document": FILE}, Media.OTHER),
        ({"dice": {"emoji": "x", "value": 1}}, Media.OTHER),
        ({"something_of_next_year": {"a": 1}}, Media.OTHER),
        ({}, Media.OTHER),
    ],
)
def test_what_is_no_text_is_sent_even_if_nobody_knows_what_it_is(content: dict[str, Any], media: Media) -> None:
    assert event_of(**content) == Sent(media)


def test_the_words_under_a_picture_are_heard() -> None:
    assert event_of(photo=PHOTO, caption="she is blue") == Sent(Media.PHOTO, "she is blue")


@pytest.mark.parametrize("content", [{"text": "38.5"}, {"photo": PHOTO, "caption": "38.5"}])
def test_a_forwarded_message_is_somebody_elses(content: dict[str, Any]) -> None:
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Grandma"}
    assert event_of(forward_origin=origin, **content) == Sent(Media.FORWARDED, "38.5")


def test_a_changed_message_is_known_by_its_number() -> None:
    found = read_update(update(edited_message=message(text="39.2", edit_date=2)))

    assert isinstance(found, FromParent)
    assert found.event == Edited("39.2", "31")


def test_a_button_of_ours_is_pressed_and_anything_else_is_an_unknown_button() -> None:
    assert read_update(query("12|fever.q|yes")) == FromParent(900, "7", Pressed(12, "fever.q", "yes"), "sw", "q1")
    for data in ("12|fever.q", "'; DROP TABLE", "12|ä|b", "-1|a|b", "", None, "9" * 64):
        assert read_update(query(data)) == FromParent(900, "7", UNKNOWN_BUTTON, "sw", "q1")


def test_a_button_of_a_message_that_telegram_forgot_still_counts() -> None:
    old = query("12|fever.q|yes")
    old["callback_query"]["message"] = {"message_id": 30, "date": 0, "chat": CHAT}
    found = read_update(old)

    assert isinstance(found, FromParent)
    assert found.event == Pressed(12, "fever.q", "yes")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (update(message=message(person={**PERSON, "is_bot": True}, text="Hi")), Reason.FROM_BOT),
        (query("1|a|b", person={**PERSON, "is_bot": True}), Reason.FROM_BOT),
        (update(message=message(pinned_message=message(text="x"))), Reason.SERVICE_MESSAGE),
        (update(message=message(message_auto_delete_timer_changed={"message_auto_delete_time": 1})),
         Reason.SERVICE_MESSAGE),
        (update(message=message(chat=GROUP, left_chat_member=BOT)), Reason.SERVICE_MESSAGE),
        (update(edited_message=message(chat=GROUP, text="x")), Reason.SERVICE_MESSAGE),
        (update(message=message(chat={"id": -9, "type": "channel", "title": "C"}, text="x")), Reason.NO_SENDER),
        (update(message=message(person=None, text="x")), Reason.NO_SENDER),
        (update(channel_post=message(chat={"id": -9, "type": "channel", "title": "C"}, text="x")), Reason.KIND),
        (update(a_kind_of_next_year={"a": 1}), Reason.KIND),
        (update(), Reason.KIND),
        (update(message=message(chat={"id": ALERT_CHAT, "type": "group", "title": "A"}, text="x")), Reason.ALERT_CHAT),
    ],
)  # fmt: skip
def test_what_nobody_waits_for_is_ignored_with_its_reason(raw: dict[str, Any], reason: Reason) -> None:
    found = read_update(raw, alert_chat=ALERT_CHAT)

    assert isinstance(found, Ignored)
    assert (found.update, found.reason) == (900, reason)


@pytest.mark.parametrize("raw", [None, 5, "x", [], {}, {"update_id": "1"}, {"update_id": True}, {"update_id": -1},
                                 {"update_id": 2**70}])  # fmt: skip
def test_what_has_no_number_is_no_update(raw: object) -> None:
    assert read_update(raw) == Ignored(None, Reason.UNPARSABLE)


@pytest.mark.parametrize(
    "raw", [update(message="x"), update(message={"chat": {"type": "private", "id": "x"}}), update(callback_query=[1])]
)
def test_an_update_that_cannot_be_read_is_told_by_its_number(raw: dict[str, Any]) -> None:
    assert read_update(raw) == Ignored(900, Reason.UNPARSABLE)


def test_of_a_message_that_cannot_be_read_as_a_whole_the_words_are_heard() -> None:
    raw = update(message=message(text="not breathing", entities="broken", date="broken"))

    assert read_update(raw) == FromParent(900, "7", Sent(Media.OTHER, "not breathing"))


@pytest.mark.parametrize(
    "content",
    [
        {"message": message(chat=GROUP, text="38.2")},
        {"message": message(chat=GROUP, new_chat_members=[BOT])},
        {
            "my_chat_member": {
                "chat": GROUP,
                "from": PERSON,
                "date": 1,
                "old_chat_member": {"user": BOT, "status": "left"},
                "new_chat_member": {"user": BOT, "status": "member"},
            }
        },
    ],
)
def test_a_group_is_no_parent(content: dict[str, Any]) -> None:
    assert read_update(update(**content)) == FromGroup(900, -5)


def test_a_button_in_a_group_is_answered_and_counts_for_nobody() -> None:
    assert read_update(query("12|fever.q|yes", chat=GROUP)) == FromGroup(900, -5, "q1")


def test_who_blocks_us_is_known() -> None:
    change = {
        "chat": CHAT,
        "from": PERSON,
        "date": 1,
        "old_chat_member": {"user": BOT, "status": "member"},
        "new_chat_member": {"user": BOT, "status": "kicked", "until_date": 0},
    }

    assert read_update(update(my_chat_member=change)) == Blocked(900, "7")
    back = {**change, "old_chat_member": change["new_chat_member"], "new_chat_member": change["old_chat_member"]}
    assert read_update(update(my_chat_member=back)) == Ignored(900, Reason.MEMBERSHIP)


def test_of_the_alert_chat_only_buttons_are_read() -> None:
    chat = {"id": ALERT_CHAT, "type": "group", "title": "A"}

    assert read_update(query("seen|5", chat=chat), alert_chat=ALERT_CHAT) == FromAlertChat(900, "q1", "seen|5", 7)
