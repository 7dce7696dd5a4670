"""The sender with python-telegram-bot against a Bot API server that is as strict as Telegram."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import StringIO
from pathlib import Path

import pytest
from sending_helpers import CHANNEL, Post, ask, call_now, post
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.channels.telegram.sender import Sender
from bot.channels.telegram.surface import EVERYBODY, Surface, set_up
from bot.channels.telegram.words import Words
from bot.facts.level import Action, Level
from bot.service.screen import Settle, queue_tidying
from bot.store.jsontext import to_json
from bot.talk.effects import Button, Document, Mark, Redraw, Say
from bot.talk.session import Flag, Session
from bot.talk.session_json import dump
from bot.telemetry import set_up_logs
from tests.fake_telegram import (
    TOKEN,
    Chat,
    FakeTelegram,
    drop,
    garbage,
    lost_answer,
    refuse,
    server_error,
    too_many,
)

PERSON = 7_000_001


class Line:
    """A post office, a Telegram, and the sender between them."""

    def __init__(self, office: Post, telegram: FakeTelegram, bot: Bot) -> None:
        self.office = office
        self.telegram = telegram
        self.bot = bot
        self.office.sender = self.new_sender()
        self.telegram.parent(PERSON)

    def new_sender(self) -> Sender:
        """A sender that remembers nothing."""
        clock = self.office.clock
        words = Words(progress="Question {number} of about {total}", answered="Your answer: {answer}")
        return Sender(self.bot, self.office.writer, CHANNEL, clock, words=words, tick=clock.tick)

    @property
    def chat(self) -> Chat:
        """What the phone shows."""
        return self.telegram.chats[PERSON]

    @property
    def texts(self) -> list[str]:
        """The texts on the phone."""
        return [one.text for one in self.chat.messages if not one.deleted]

    async def deliver(self) -> None:
        """Let time pass until nothing waits."""
        for _ in range(200):
            wait = await self.office.sender.dispatch()
            await self.office.sender.settled()
            if not self.office.waiting():
                return
            self.office.clock.pass_(max(wait, 0.01))
        raise AssertionError(f"{self.office.waiting()} messages wait for ever")


@asynccontextmanager
async def line(folder: Path) -> AsyncIterator[Line]:
    """All of it, closed at the end."""
    with post(folder) as office:
        async with FakeTelegram() as telegram:
            request = HTTPXRequest(read_timeout=5, connection_pool_size=8)
            async with Bot(TOKEN, base_url=f"{telegram.url}/bot", request=request) as bot:
                yield Line(office, telegram, bot)


async def test_a_turn_arrives_as_it_was_meant(tmp_path: Path) -> None:
    async with line(tmp_path) as one:
        one.office.queue(Say("Is <it> & that?"), ask("Is it?", progress=(3, 7)), person=PERSON)
        await one.deliver()
        assert one.texts == ["Is <it> & that?", "Question 3 of about 7\n\nIs it?"]
        assert one.chat.messages[-1].buttons == ["Yes", "No"]
        assert [entity["type"] for entity in one.chat.messages[-1].entities] == ["italic"]
        assert one.telegram.refused == []


@pytest.mark.parametrize(
    "fault",
    [too_many(3), server_error(502), server_error(500), garbage(), drop(), lost_answer()],
    ids=["429", "502", "500", "garbage", "dropped", "answer lost"],
)
async def test_what_goes_wrong_on_the_way_loses_nothing(tmp_path: Path, fault: object) -> None:
    async with line(tmp_path) as one:
        one.telegram.meddle("sendMessage", fault)  # type: ignore[arg-type]
        one.office.queue(Say("one"), ask("two"), person=PERSON)
        await one.deliver()
        assert list(dict.fromkeys(one.texts)) == ["one", "two"]
        # Only where the answer was lost may a message be there twice.
        assert len(one.texts) <= 3


async def test_a_message_whose_answer_was_lost_comes_twice_with_the_same_buttons(tmp_path: Path) -> None:
    async with line(tmp_path) as one:
        one.telegram.meddle("sendMessage", lost_answer())
        one.office.queue(ask("Is it?"), person=PERSON)
        await one.deliver()
        first, second = one.chat.messages[-2:]
        assert first.text == second.text == "Is it?"
        assert first.rows == second.rows


async def test_ticks_are_changed_in_place_and_the_answer_takes_the_place_of_the_buttons(tmp_path: Path) -> None:
    async with line(tmp_path) as one:
        one.office.queue(ask("Which?"), person=PERSON)
        await one.deliver()
        one.office.queue(Redraw(1, "q", (Button("yes", "[yes] Blue", Mark.YES), Button("no", "No"))), person=PERSON)
        await one.deliver()
        [message] = one.chat.messages
        assert message.buttons == ["[yes] Blue", "No"]
        parent = one.office.job(lambda records: records.parents.find(CHANNEL, str(PERSON)))
        assert parent is not None
        what = Settle(str(message.id), "Which?", (1, 2), "Blue")
        one.office.job(lambda records: queue_tidying(records, what, parent, at=one.office.clock(), owned=True))
        await one.deliver()
        assert message.text == "Question 1 of about 2\n\nWhich?\n\nYour answer: Blue"
        assert message.buttons == []
        assert one.telegram.refused == []


async def test_a_change_that_changes_nothing_and_one_of_a_message_that_is_gone_are_over(tmp_path: Path) -> None:
    async with line(tmp_path) as one:
        one.office.queue(ask("Which?"), person=PERSON)
        await one.deliver()
        one.office.queue(Redraw(1, "q", ask().buttons), person=PERSON)
        await one.deliver()
        one.chat.messages[-1].deleted = True
        one.office.queue(Redraw(1, "q", (Button("no", "No"),)), person=PERSON)
        await one.deliver()
        assert len(one.telegram.refused) == 2


async def test_an_emergency_is_pinned_and_a_private_one_is_not(tmp_path: Path) -> None:
    async with line(tmp_path) as one:
        parent = one.office.parent(PERSON)
        flag = Flag(Level.EMERGENCY, Action.CALL, sure=True, at=one.office.clock())
        state = to_json(dump(Session(turn=1, recent={"E-01": flag})))
        one.office.job(
            lambda records: records.sessions.save(
                parent, state=state, turn=1, script_version="s", at=one.office.clock()
            )
        )
        one.office.queue(call_now("Call 112 now. It was right to tell us.", private=True), person=PERSON)
        await one.deliver()
        assert one.chat.pinned == []
        assert [entity["type"] for entity in one.chat.messages[-1].entities] == ["spoiler"]
        assert one.chat.messages[-1].text.startswith("Call 112 now.\n\n")
        one.office.queue(call_now("Call 112 now.", turn=1), person=PERSON)
        await one.deliver()
        assert one.chat.pinned == [one.chat.messages[-1].id]
        assert one.telegram.refused == []


async def test_who_has_blocked_the_bot_is_marked_and_the_others_are_served(tmp_path: Path) -> None:
    async with line(tmp_path) as one:
        one.telegram.parent(8)
        one.chat.blocked = True
        one.office.queue(Say("one"), Say("two"), person=PERSON)
        one.office.queue(Say("hello"), person=8)
        await one.deliver()
        parent = one.office.job(lambda records: records.parents.find(CHANNEL, str(PERSON)))
        assert parent is not None
        assert parent.gone_at is not None
        assert [message.text for message in one.telegram.chats[8].messages] == ["hello"]


async def test_a_long_message_arrives_whole_with_its_buttons_at_the_end(tmp_path: Path) -> None:
    async with line(tmp_path) as one:
        one.office.queue(ask("a & b " * 1500), person=PERSON)
        await one.deliver()
        assert " ".join(one.texts).split() == ("a & b " * 1500).split()
        assert [bool(message.buttons) for message in one.chat.messages] == [False, False, True]
        assert one.telegram.refused == []


async def test_a_message_that_is_always_refused_gives_way_to_the_safe_line(tmp_path: Path) -> None:
    async with line(tmp_path) as one:
        poison = [refuse(400, "Bad Request: can't parse entities: x")] * 3
        one.telegram.meddle("sendMessage", *poison)
        one.office.queue(call_now(), person=PERSON)
        await one.deliver()
        assert len(one.texts) == 1
        assert "Call 112" in one.texts[0]


async def test_a_file_arrives_under_its_name(tmp_path: Path) -> None:
    async with line(tmp_path) as one:
        one.office.queue(Document("steady.json", '{"name": "Mía"}'), person=PERSON)
        await one.deliver()
        assert one.chat.messages[-1].file == ("steady.json", '{"name": "Mía"}'.encode())


async def test_the_sender_is_woken_from_any_thread_and_stops_when_told(tmp_path: Path) -> None:
    async with line(tmp_path) as one:
        stop = asyncio.Event()
        running = asyncio.create_task(one.office.sender.run(stop))
        await asyncio.sleep(0)
        await asyncio.to_thread(one.office.queue, Say("hello"), person=PERSON)
        await asyncio.to_thread(one.office.sender.wake)
        await one.telegram.until(lambda: one.texts == ["hello"])
        stop.set()
        await running
        assert one.office.waiting() == 0


async def test_neither_the_token_nor_a_word_reaches_the_log_whatever_goes_wrong(tmp_path: Path) -> None:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    stream = StringIO()
    set_up_logs("DEBUG", stream=stream, readable=False)
    try:
        async with line(tmp_path) as one:
            faults = [refuse(400, "Bad Request: shivering"), refuse(401, TOKEN), server_error(), garbage(), too_many(2)]
            one.telegram.meddle("sendMessage", *faults, drop())
            one.office.queue(ask("He is shivering."), call_now("Call 112 now. Shivering."), person=PERSON)
            await one.deliver()
    finally:
        root.handlers[:], root.level = before
    logged = stream.getvalue()
    assert "message_refused" in logged
    assert "token_refused" in logged
    for secret in (TOKEN, TOKEN.split(":")[1], "hivering", str(PERSON)):
        assert secret not in logged


PRIVATE = '{"type": "all_private_chats"}'
SURFACE = Surface((("emergency", "When to call"), ("start", "Begin")), "What this can do.", "Short.")


async def test_commands_and_descriptions_are_set_for_private_chats_once(tmp_path: Path) -> None:
    async with line(tmp_path) as one:
        other = Surface((("start", "Anfangen"),), "Was das kann.", "Kurz.")
        for _ in range(2):
            await set_up(one.bot, {EVERYBODY: SURFACE, "de": other})
        assert one.telegram.commands == {
            (PRIVATE, ""): [
                {"command": "emergency", "description": "When to call"},
                {"command": "start", "description": "Begin"},
            ],
            (PRIVATE, "de"): [{"command": "start", "description": "Anfangen"}],
        }
        for method in ("setMyCommands", "setMyDescription", "setMyShortDescription"):
            assert len(one.telegram.calls_of(method)) == 2
        assert one.telegram.refused == []


async def test_what_cannot_be_set_stops_nothing(tmp_path: Path) -> None:
    async with line(tmp_path) as one:
        one.telegram.meddle("getMyCommands", too_many(3600))
        await set_up(one.bot, {EVERYBODY: SURFACE})
        assert len(one.telegram.calls_of("setMyDescription")) == 1
