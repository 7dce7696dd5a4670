"""The sender: what leaves when, and what becomes of it. The clock is the test's; nobody sleeps."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sending_helpers import CHANNEL, NOW, Call, Post, ask, call_now, post
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.telegram.rates import CHAT_BURST
from bot.facts.level import Action, Level
from bot.service.screen import Settle, queue_tidying
from bot.store.jsontext import to_json
from bot.talk.effects import Button, Document, Escalate, Mark, Redraw, Say
from bot.talk.session import Flag, Session
from bot.talk.session_json import dump
from bot.telemetry import set_up_logs


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Post]:
    with post(tmp_path) as one:
        yield one


@pytest.fixture
def log() -> Iterator[StringIO]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    stream = StringIO()
    set_up_logs("INFO", stream=stream, readable=False)
    yield stream
    root.handlers[:], root.level = before


# The usual case.


async def test_the_messages_of_a_turn_leave_at_once_and_in_order(office: Post) -> None:
    office.queue(Say("one"), Say("two"), ask("three"))
    await office.send()
    assert office.bot.texts() == ["one", "two", "three"]
    assert {call.at for call in office.bot.calls} == {NOW}
    assert office.waiting() == 0


async def test_a_question_has_buttons_that_name_its_turn_and_its_option(office: Post) -> None:
    office.queue(ask(turn=41, question="fever.hot"))
    await office.send()
    assert office.bot.calls[0].data == ["41|fever.hot|yes", "41|fever.hot|no"]


async def test_the_id_of_a_sent_message_is_kept_so_that_it_can_be_changed_after_a_restart(office: Post) -> None:
    [message] = office.queue(ask())
    await office.send()
    assert office.row(message).message_id == "101"
    office.sender = office.new_sender()
    office.queue(Redraw(1, "q", (Button("yes", "[yes] Yes", Mark.YES),)))
    await office.send()
    assert office.bot.calls[-1].method == "edit_message_reply_markup"
    assert office.bot.calls[-1].given["message_id"] == 101


async def test_before_consent_buttons_can_be_changed_too(office: Post) -> None:
    office.parent(consent=False)
    office.queue(ask(), owned=False)
    await office.send()
    office.queue(Redraw(1, "q", (Button("yes", "[yes] Yes", Mark.YES),)), owned=False)
    await office.send()
    assert office.bot.methods() == ["send_message", "edit_message_reply_markup"]


async def test_of_quick_taps_only_the_last_is_shown(office: Post) -> None:
    office.queue(ask())
    await office.send()
    for label in ("one", "two", "three"):
        office.queue(Redraw(1, "q", (Button("yes", label),)))
    await office.send()
    assert office.waiting() == 0
    [edit] = [one for one in office.bot.calls if one.method == "edit_message_reply_markup"]
    assert edit.given["reply_markup"].inline_keyboard[0][0].text == "three"


async def test_a_tick_for_a_list_that_was_answered_is_left_out(office: Post) -> None:
    office.queue(Redraw(1, "q", (Button("yes", "one"),)))
    await office.send()
    assert (office.bot.calls, office.waiting()) == ([], 0)


async def test_messages_of_another_channel_are_left_alone(office: Post) -> None:
    office.job(
        lambda records: records.outbox.queue(
            "terminal", "1", parent_id=None, turn=1, priority=2, kind="say", payload={"text": "x"}, at=NOW
        )
    )
    await office.send()
    assert (office.bot.calls, office.waiting()) == ([], 1)


# Rates and order.


async def test_a_long_chat_slows_down_to_one_call_a_second(office: Post) -> None:
    for number in range(CHAT_BURST + 4):
        office.queue(Say(str(number)), turn=number)
    await office.send_all()
    assert office.bot.texts() == [str(number) for number in range(CHAT_BURST + 4)]
    seconds = [(one.at - NOW).total_seconds() for one in office.bot.calls]
    assert seconds == pytest.approx([0] * CHAT_BURST + [1, 2, 3, 4], abs=0.01)


async def test_no_second_ever_holds_more_than_thirty_calls(office: Post) -> None:
    for person in range(1, 101):
        office.queue(Say("hello"), person=person)
    await office.send_all()
    at = [one.at for one in office.bot.calls]
    assert len(at) == 100
    assert max(sum(begin <= one < begin + timedelta(seconds=1) for one in at) for begin in at) <= 30
    assert at[-1] - at[0] < timedelta(seconds=5)


async def test_an_emergency_passes_the_messages_of_all_chats_and_of_its_own(office: Post) -> None:
    for person in range(1, 61):
        office.queue(Say("hello"), person=person)
    for turn in range(CHAT_BURST + 4):
        office.queue(Say(f"turn {turn}"), turn=turn)
    await office.send()
    office.queue(Say("Oh."), call_now(turn=99), turn=99)
    office.clock.pass_(0.5)
    sent = len(office.bot.calls)
    await office.send()
    assert [one.text for one in office.bot.calls[sent:][:2]] == ["Oh.", "Call 112 now."]
    await office.send_all()
    assert office.bot.texts(1)[-1] == f"turn {CHAT_BURST + 3}"


async def test_tidying_waits_while_messages_have_to(office: Post) -> None:
    parent = office.parent()
    found = office.job(lambda records: records.parents.get(parent))
    assert found is not None
    office.job(lambda records: queue_tidying(records, Settle("7"), found, at=NOW, owned=True))
    office.queue(ask("next"), turn=2)
    await office.send()
    assert office.bot.methods() == ["send_message", "edit_message_reply_markup"]


async def test_the_sender_says_how_long_nothing_will_happen(office: Post) -> None:
    assert await office.send() == 30
    office.queue(Say("hello"))
    office.bot.fail("send_message", TimedOut())
    assert await office.send() == pytest.approx(1)


# What can go wrong.


async def test_a_chat_that_is_told_to_wait_stops_no_other(office: Post) -> None:
    office.queue(Say("slow"), person=1)
    office.queue(Say("quick"), person=2)
    office.bot.fail("send_message", RetryAfter(7))
    await office.send()
    assert office.bot.texts() == ["slow", "quick"]
    office.queue(Say("behind"), person=1, turn=2)
    office.clock.pass_(6.9)
    await office.send()
    assert office.bot.texts(1) == ["slow"]
    office.clock.pass_(0.2)
    await office.send()
    assert office.bot.texts(1)[1:] == ["slow", "behind"]


async def test_an_emergency_is_tried_once_in_a_pause_and_waits_if_it_is_refused(office: Post) -> None:
    office.queue(Say("slow"))
    office.bot.fail("send_message", RetryAfter(7), RetryAfter(3))
    await office.send()
    office.queue(call_now(), turn=2)
    await office.send()
    office.clock.pass_(2.9)
    await office.send()
    assert office.bot.texts() == ["slow", "Call 112 now."]
    office.clock.pass_(0.2)
    await office.send()
    assert office.bot.texts() == ["slow", "Call 112 now.", "Call 112 now."]


async def test_a_pause_that_telegram_asked_for_outlives_a_restart(office: Post) -> None:
    office.queue(Say("slow"))
    office.bot.fail("send_message", RetryAfter(timedelta(seconds=7)))
    await office.send()
    office.sender = office.new_sender()
    office.clock.pass_(6)
    await office.send()
    assert len(office.bot.calls) == 1


@pytest.mark.parametrize("error", [TimedOut(), NetworkError("Bad Gateway"), Conflict("x"), TelegramError("garbage")])
async def test_what_may_not_have_arrived_is_sent_again_with_the_same_buttons(office: Post, error: Exception) -> None:
    office.queue(ask())
    office.bot.fail("send_message", error, error)
    await office.send_all()
    assert [one.data for one in office.bot.calls] == [["1|q|yes", "1|q|no"]] * 3
    assert office.job(lambda records: records.screens.find(1, turn=1, question="q")) is not None


async def test_nonsense_from_somebody_on_the_way_loses_no_message_however_long_it_lasts(office: Post) -> None:
    [message] = office.queue(call_now())
    office.bot.fail("send_message", *[TelegramError("Invalid server response")] * 60)
    await office.send_all(longest=900)
    assert office.row(message).sent_at is not None


async def test_while_telegram_cannot_be_reached_the_pauses_grow_less_for_an_emergency(office: Post) -> None:
    office.bot.fail("send_message", *[NetworkError("down")] * 8)
    office.queue(call_now())
    await office.send_all()
    seconds = [(one.at - NOW).total_seconds() for one in office.bot.calls if one.method == "send_message"]
    assert seconds == pytest.approx([0, 1, 3, 7, 15, 25, 35, 45, 55], abs=0.1)


async def test_a_token_that_is_refused_loses_no_message(office: Post, log: StringIO) -> None:
    office.queue(Say("hello"))
    office.bot.fail("send_message", InvalidToken("Unauthorized"))
    await office.send_all()
    assert office.bot.texts() == ["hello", "hello"]
    assert "token_refused" in log.getvalue()


@pytest.mark.parametrize(
    "error",
    [
        Forbidden("Forbidden: bot was blocked by the user"),
        Forbidden("Forbidden: user is deactivated"),
        BadRequest("Chat not found"),
    ],
)
async def test_a_parent_who_blocked_us_is_marked_as_gone_and_written_to_no_more(office: Post, error: Exception) -> None:
    messages = office.queue(Say("one"), ask("two"))
    other = office.queue(Say("hello"), person=2)
    office.bot.fail("send_message", error)
    await office.send_all()
    assert office.bot.texts() == ["one", "hello"]
    assert [office.row(one).failed_at for one in messages] == [NOW, NOW]
    parent = office.job(lambda records: records.parents.find(CHANNEL, "1"))
    assert parent is not None
    assert parent.gone_at == NOW
    assert office.row(other[0]).sent_at == NOW


async def test_marks_that_telegram_refuses_are_left_out(office: Post) -> None:
    office.queue(ask("Is <it> & that?", progress=(3, 7)))
    office.bot.fail("send_message", BadRequest("Can't parse entities: unsupported start tag"))
    await office.send()
    first, second = office.bot.calls
    assert first.text == "<i>Question 3 of about 7</i>\n\nIs &lt;it&gt; &amp; that?"
    assert first.given["parse_mode"] == "HTML"
    assert second.text == "Question 3 of about 7\n\nIs <it> & that?"
    assert second.given["parse_mode"] is None
    assert second.data == first.data
    assert office.waiting() == 0


async def test_a_text_that_is_refused_as_too_long_is_split_smaller(office: Post) -> None:
    office.queue(Say("word " * 500))
    office.bot.refuse = lambda call: BadRequest("Message is too long") if len(call.text) > 2000 else None
    await office.send_all()
    parts = office.bot.texts()[2:]
    assert " ".join(parts).split() == ["word"] * 500
    assert max(map(len, parts)) <= 1000


async def test_a_message_that_telegram_always_refuses_becomes_the_safe_line(office: Post, log: StringIO) -> None:
    [message] = office.queue(call_now("a <secret> of a parent"))
    office.bot.refuse = lambda call: None if call.text == "Call 112." else BadRequest("Button_data_invalid: a secret")
    await office.send_all()
    assert office.bot.texts()[-1] == "Call 112."
    assert office.row(message).sent_at is not None
    told = [json.loads(line) for line in log.getvalue().splitlines()]
    assert {one["event"] for one in told} == {"message_refused"}
    assert {one["reason"] for one in told} == {"buttons"}
    assert {len(one["parent"]) for one in told} == {16}
    assert "secret" not in log.getvalue()


async def test_not_even_the_safe_line_is_tried_for_ever(office: Post) -> None:
    office.queue(Say("hello"))
    office.bot.refuse = lambda call: BadRequest("no")
    await office.send_all()
    assert len(office.bot.calls) == 4
    assert office.waiting() == 0


async def test_a_message_that_waits_between_its_forms_goes_on_where_it_was(office: Post) -> None:
    for _ in range(CHAT_BURST):
        office.queue(Say("hello"))
    await office.send()
    office.queue(Say("poison"), turn=2)
    office.bot.refuse = lambda call: BadRequest("no") if call.text == "poison" else None
    await office.send_all()
    assert office.bot.texts()[CHAT_BURST:] == ["poison"] * 3 + ["Call 112."]


async def test_of_a_message_in_parts_those_that_arrived_are_not_sent_again(office: Post) -> None:
    office.queue(ask("a" * 4096 + " " + "b" * 10))
    office.bot.fail("send_message", None, TimedOut())
    await office.send_all()
    assert [one.text[0] for one in office.bot.calls] == ["a", "b", "b"]
    assert [bool(one.data) for one in office.bot.calls] == [False, True, True]


async def test_a_message_that_nobody_can_read_becomes_the_safe_line_and_stops_no_other(office: Post) -> None:
    office.parent()
    office.job(
        lambda records: records.outbox.queue(
            CHANNEL, "1", parent_id=1, turn=1, priority=0, kind="poem", payload={}, at=NOW
        )
    )
    office.queue(Say("hello"))
    await office.send_all()
    assert "Call 112" in office.bot.texts()[0]
    assert office.bot.texts()[1] == "hello"


async def test_an_answer_that_makes_no_sense_is_not_asked_for_for_ever(office: Post) -> None:
    [message] = office.queue(Say("hello"))
    office.bot.refuse = lambda call: KeyError("message_id")
    await office.send_all()
    assert len(office.bot.calls) == 8
    assert office.row(message).failure == "odd answers"


# What is on the screen.


@pytest.mark.parametrize(
    "error",
    ["Message is not modified", "Message to edit not found", "Message can't be edited", "MESSAGE_ID_INVALID"],
)
async def test_a_change_that_changes_nothing_or_comes_too_late_is_over(office: Post, error: str) -> None:
    parent = office.parent()
    found = office.job(lambda records: records.parents.get(parent))
    assert found is not None
    what = Settle("7", "Is it?", None, "Yes")
    office.job(lambda records: queue_tidying(records, what, found, at=NOW, owned=True))
    office.bot.fail("edit_message_text", BadRequest(error))
    await office.send()
    assert (len(office.bot.calls), office.waiting()) == (1, 0)


@pytest.mark.parametrize(("private", "restarted"), [(False, False), (True, False), (False, True)])
async def test_before_consent_an_answer_is_shown_from_memory_alone(
    office: Post, *, private: bool, restarted: bool
) -> None:
    parent = office.parent(consent=False)
    office.queue(ask("Is it?", private=private), owned=False)
    await office.send()
    found = office.job(lambda records: records.parents.get(parent))
    assert found is not None
    what = Settle("101", answer="Yes")
    office.job(lambda records: queue_tidying(records, what, found, at=NOW, owned=False))
    if restarted:
        office.sender = office.new_sender()
    await office.send()
    shown = "" if private or restarted else "Is it?\n\n<b>Your answer: Yes</b>"
    assert office.bot.calls[-1].text == shown
    assert office.waiting() == 0


async def test_where_the_answer_cannot_be_shown_the_buttons_go_at_least(office: Post) -> None:
    parent = office.parent()
    found = office.job(lambda records: records.parents.get(parent))
    assert found is not None
    what = Settle("7", "Is <it>?", (3, 7), "Yes")
    office.job(lambda records: queue_tidying(records, what, found, at=NOW, owned=True))
    office.bot.fail("edit_message_text", BadRequest("Can't parse entities"))
    await office.send()
    text, buttons = office.bot.calls
    assert text.text == "<i>Question 3 of about 7</i>\n\nIs &lt;it&gt;?\n\n<b>Your answer: Yes</b>"
    assert (buttons.method, buttons.given["reply_markup"]) == ("edit_message_reply_markup", None)


async def test_an_emergency_advice_is_pinned_and_the_one_before_it_no_longer(office: Post) -> None:
    emergency(office)
    office.queue(call_now())
    await office.send_all()
    office.queue(call_now(turn=2), turn=2)
    await office.send_all()
    pins = [(one.method, one.given["message_id"]) for one in office.bot.calls if "pin" in one.method]
    assert pins == [("pin_chat_message", 101), ("pin_chat_message", 102), ("unpin_chat_message", 101)]
    assert office.bot.calls[1].given["disable_notification"] is True


async def test_of_two_advices_in_a_row_only_the_newer_is_pinned(office: Post) -> None:
    emergency(office)
    office.queue(call_now())
    office.queue(call_now(turn=2), turn=2)
    for _ in range(4):
        office.queue(Say("hello"), turn=3)
    await office.send_all()
    assert [one.given["message_id"] for one in office.bot.calls if "pin" in one.method] == [102]


async def test_a_private_advice_is_never_pinned_and_its_reason_is_covered(office: Post) -> None:
    emergency(office)
    office.queue(call_now("Call 112 now. Say <what> happened.\n\nIt was right to tell us.", private=True))
    await office.send_all()
    assert office.bot.methods() == ["send_message"]
    assert office.bot.texts() == [
        "Call 112 now.\n\n…\n<tg-spoiler>Say &lt;what&gt; happened.\n\nIt was right to tell us.</tg-spoiler>"
    ]


async def test_advice_for_today_is_not_pinned(office: Post) -> None:
    office.queue(Escalate("See a doctor today.", Level.URGENT, None, 1, "urgent"))
    await office.send_all()
    assert office.bot.methods() == ["send_message"]


async def test_a_pin_that_comes_after_all_is_well_is_taken_off_again(office: Post) -> None:
    emergency(office, is_over=True)
    office.queue(call_now())
    await office.send_all()
    assert office.bot.methods() == ["send_message", "pin_chat_message", "unpin_chat_message"]
    assert office.job(lambda records: records.screens.pinned(1)) == ()


async def test_a_pin_that_telegram_refuses_is_over(office: Post) -> None:
    emergency(office)
    office.queue(call_now())
    office.bot.fail("pin_chat_message", BadRequest("Not enough rights to manage pinned messages in the chat"))
    await office.send_all()
    assert office.waiting() == 0


async def test_a_question_that_was_overtaken_loses_its_buttons_as_soon_as_it_is_there(office: Post) -> None:
    parent = office.parent()
    office.queue(ask())
    office.job(lambda records: records.sessions.save(parent, state="{}", turn=2, script_version="s", at=NOW))
    await office.send_all()
    assert office.bot.methods() == ["send_message", "edit_message_reply_markup"]


async def test_of_somebody_who_was_forgotten_nothing_is_kept(office: Post) -> None:
    office.queue(Say("Deleted."), ask(), person=5, owned=False)
    await office.send_all()
    assert office.job(lambda records: records.parents.find(CHANNEL, "5")) is None
    assert office.waiting() == 0


def emergency(office: Post, *, is_over: bool = False) -> None:
    """Let an emergency stand, or be over, in the session of the parent."""
    recent = {} if is_over else {"E-01": Flag(Level.EMERGENCY, Action.CALL, sure=True, at=NOW)}
    parent = office.parent()
    state = to_json(dump(Session(turn=1, recent=recent)))
    office.job(lambda records: records.sessions.save(parent, state=state, turn=1, script_version="s", at=NOW))


# Files, and questions whose text changes.


async def test_a_document_is_sent_as_a_file_under_its_name(office: Post) -> None:
    office.queue(Document("steady.json", '{"name": "Mía"}'))
    await office.send_all()
    [call] = office.bot.calls
    assert call.method == "send_document"
    assert call.given["document"].filename == "steady.json"
    assert call.given["document"].input_file_content == '{"name": "Mía"}'.encode()


async def test_a_document_that_is_refused_ends_in_the_safe_line(office: Post) -> None:
    office.queue(Document("steady.json", "{}"))
    office.bot.fail("send_document", BadRequest("no"))
    await office.send_all()
    assert office.bot.texts() == ["Call 112."]


async def test_a_text_can_change_with_its_buttons(office: Post) -> None:
    office.queue(ask("page 1"))
    await office.send()
    office.queue(Redraw(1, "q", (Button("on", "On"),), "page <2>"))
    await office.send()
    edit = office.bot.calls[-1]
    assert (edit.method, edit.text, edit.data) == ("edit_message_text", "page &lt;2&gt;", ["1|q|on"])


async def test_a_changed_text_is_sent_anew_where_there_is_nothing_to_change(office: Post) -> None:
    office.queue(Redraw(1, "q", (Button("on", "On"),), "page 2"))
    await office.send()
    assert office.bot.texts() == ["page 2"]
    assert office.bot.calls[-1].data == ["1|q|on"]


# Whatever happens.

FAULTS = st.sampled_from(
    [None, None, None, TimedOut(), NetworkError("x"), RetryAfter(3), BadRequest("no"), BadRequest("entity"), KeyError()]
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(FAULTS, max_size=7), st.lists(st.tuples(st.integers(1, 3), st.booleans()), min_size=1, max_size=6))
async def test_whatever_telegram_says_each_message_arrives_and_equally_urgent_ones_in_order(
    tmp_path_factory: pytest.TempPathFactory, faults: list[Exception | None], turns: list[tuple[int, bool]]
) -> None:
    with post(tmp_path_factory.mktemp("post")) as office:
        arrived: list[Call] = []

        def refuse(call: Call) -> Exception | None:
            fault = faults.pop(0) if faults and call.method == "send_message" else None
            if isinstance(fault, BadRequest) and call.text == "Call 112.":
                fault = None
            if fault is None or isinstance(fault, TimedOut):
                arrived.append(call)
            return fault

        office.bot.refuse = refuse
        for number, (person, urgent) in enumerate(turns, 1):
            message = call_now(f"{number}", turn=number) if urgent else ask(f"{number}", turn=number)
            office.queue(message, person=person, turn=number)
        await office.send_all()
        for person in {person for person, _ in turns}:
            seen = [one.text for one in arrived if one.chat == person and one.method == "send_message"]
            said = [text for text in dict.fromkeys(seen) if text != "Call 112."]
            mine = [(number, urgent) for number, (one, urgent) in enumerate(turns, 1) if one == person]
            for kind in (True, False):
                # One that has to wait for its next attempt stops those that are less urgent as little as the others.
                order = [str(number) for number, urgent in mine if urgent == kind]
                assert [one for one in said if one in order] == [one for one in order if one in said]
            # One that Telegram refused in all its forms is told by the safe line.
            assert len(said) + seen.count("Call 112.") >= len(mine)
