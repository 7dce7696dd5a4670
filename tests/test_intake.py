"""Taking in updates: once, in order, after the commit, and nobody is held up by anybody else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from telegram.request import HTTPXRequest

from bot.channels.telegram.errors import ConflictError, TokenError
from bot.channels.telegram.incoming import FromAlertChat
from bot.channels.telegram.poll import Poller
from bot.channels.telegram.reach import Reach
from bot.service.turns import LAST_WORDS
from bot.store.errors import BrokenError
from bot.talk.events import Event, Pressed, Typed
from tests.fake_telegram import drop, garbage, late, refuse, server_error, too_many
from tests.ingest import ALERT_CHAT, FOR_GROUPS, Gate, Ingest, ingesting

ME = 7_000_001


@pytest_asyncio.fixture
async def ingest(tmp_path: Path) -> AsyncIterator[Ingest]:
    async with ingesting(tmp_path) as found:
        yield found


@pytest_asyncio.fixture
async def poller(ingest: Ingest) -> AsyncIterator[Poller]:
    async with HTTPXRequest(connection_pool_size=1) as request:
        yield Poller(request, ingest.bot.base_url, ingest.intake, Reach(), ingest.counters)


class Polling:
    """A poller at work."""

    def __init__(self, poller: Poller) -> None:
        self._stop = asyncio.Event()
        self.task = asyncio.create_task(poller.run(self._stop))

    async def __aenter__(self) -> Polling:
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stop.set()
        await self.task


def texts(ingest: Ingest) -> list[str]:
    return [one.text for one in ingest.talk.heard if isinstance(one, Typed)]


def raw(ingest: Ingest, number: int) -> dict[str, Any]:
    return ingest.telegram.updates.all[number]


async def test_an_update_is_confirmed_only_after_its_commit(ingest: Ingest, poller: Poller) -> None:
    gate = Gate()
    ingest.talk.before = gate
    number = ingest.telegram.parent().writes("Hi")
    async with Polling(poller):
        await asyncio.to_thread(gate.reached.wait, 20)
        assert number not in ingest.telegram.updates.confirmed
        gate.open()
        await ingest.telegram.until_confirmed(number)
    assert texts(ingest) == ["Hi"]
    assert ingest.woken == 1


async def test_an_update_that_comes_twice_is_done_once(ingest: Ingest) -> None:
    number = ingest.telegram.parent().writes("Hi")
    for _ in range(3):
        assert await ingest.intake.take(raw(ingest, number)) == number
    assert texts(ingest) == ["Hi"]
    assert (ingest.counted("done"), ingest.counted("duplicate")) == (1, 2)


async def test_what_one_parent_does_is_done_in_order(ingest: Ingest, poller: Poller) -> None:
    parents = [ingest.telegram.parent(ME + n) for n in range(5)]
    numbers = [one.writes(f"{one.id} {n}") for n in range(30) for one in parents]
    async with Polling(poller):
        for number in numbers:
            await ingest.telegram.until_confirmed(number)
    for one in parents:
        assert [text for text in texts(ingest) if text.startswith(str(one.id))] == [f"{one.id} {n}" for n in range(30)]


async def test_an_update_that_cannot_be_read_stops_nobody(ingest: Ingest, poller: Poller) -> None:
    parent = ingest.telegram.parent()
    ingest.telegram.updates.add_raw({"update_id": 900, "message": {"chat": 5}})
    ingest.telegram.updates.add_raw({"update_id": 901, "callback_query": "x"})
    number = parent.writes("Hi")
    async with Polling(poller):
        await ingest.telegram.until_confirmed(number)
    assert texts(ingest) == ["Hi"]
    assert ingest.counted("unparsable") == 2
    assert {900, 901} <= ingest.telegram.updates.confirmed


async def test_a_turn_that_fails_is_answered_safely_and_stops_nobody(ingest: Ingest) -> None:
    def fails(event: Event) -> None:
        raise ValueError("what a parent wrote")

    ingest.talk.before = fails
    await ingest.intake.take(raw(ingest, ingest.telegram.parent().writes("Hi")))
    assert ingest.counted("failed") == 1


async def test_where_not_even_the_safe_reply_can_be_kept_the_parent_is_told_to_call(
    ingest: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ValueError("a bug")

    monkeypatch.setattr(ingest.service._turns, "fail", fails)
    ingest.talk.before = fails
    parent = ingest.telegram.parent()
    assert await ingest.intake.take(raw(ingest, parent.writes("Hi"))) is not None
    await parent.sees(LAST_WORDS)
    assert ingest.counted("given_up") == 1


async def test_a_broken_store_confirms_nothing(ingest: Ingest, poller: Poller) -> None:
    def fails(*_: object) -> None:
        raise OSError("disk full")

    ingest.writer._commit = fails  # type: ignore[assignment, method-assign]
    number = ingest.telegram.parent().writes("Hi")
    with pytest.raises(BrokenError):
        await poller.run(asyncio.Event())
    assert number not in ingest.telegram.updates.confirmed


async def test_a_pressed_button_stops_turning_before_the_work_begins(ingest: Ingest, poller: Poller) -> None:
    gate = Gate()
    ingest.talk.before = gate
    parent = ingest.telegram.parent()
    await ingest.bot.send_message(parent.id, "?")
    parent.presses(data="1|q|yes")
    async with Polling(poller):
        await ingest.telegram.until(lambda: ingest.telegram.answered)
        gate.open()
    assert ingest.talk.heard == [Pressed(1, "q", "yes")]


async def test_a_button_that_cannot_be_answered_any_more_counts_all_the_same(ingest: Ingest, poller: Poller) -> None:
    parent = ingest.telegram.parent()
    await ingest.bot.send_message(parent.id, "?")
    number = parent.presses(data="1|q|yes")
    ingest.telegram.pass_time(3600)
    async with Polling(poller):
        await ingest.telegram.until_confirmed(number)
    assert ingest.talk.heard == [Pressed(1, "q", "yes")]


async def test_a_group_is_told_once_and_left(ingest: Ingest, poller: Poller) -> None:
    telegram = ingest.telegram
    group = telegram.group()
    number = group.adds_the_bot(telegram.parent())
    async with Polling(poller):
        await telegram.until_confirmed(number + 1)
        await telegram.until(lambda: group.chat.left)
    await ingest.errands.finish(5)
    assert [one.text for one in group.chat.messages] == [FOR_GROUPS]
    assert ingest.talk.heard == []


async def test_who_blocks_us_is_noted_and_the_alert_chat_has_its_own_buttons(ingest: Ingest, poller: Poller) -> None:
    parent = ingest.telegram.parent()
    parent.blocks()
    nurse = ingest.telegram.parent(99)
    room = ingest.telegram.group(ALERT_CHAT)
    nurse.sends(chat=room.chat, text="38.2")
    sent = await ingest.bot.send_message(ALERT_CHAT, "!")
    number = nurse.presses(message=next(m for m in room.chat.messages if m.id == sent.message_id), data="5|alert|seen")
    async with Polling(poller):
        await ingest.telegram.until_confirmed(number)
    assert [one.sender for one in ingest.blocked] == [str(ME)]
    [alert] = ingest.alerts
    assert isinstance(alert, FromAlertChat)
    assert (alert.data, alert.person) == ("5|alert|seen", 99)
    assert ingest.talk.heard == []
    assert not room.chat.left


@pytest.mark.parametrize("fault", [drop(), garbage(), server_error(), too_many(), refuse(500, "Internal")])
async def test_polling_goes_on_after_anything_that_telegram_answers(ingest: Ingest, poller: Poller, fault: Any) -> None:
    ingest.telegram.meddle("getUpdates", fault)
    number = ingest.telegram.parent().writes("Hi")
    async with Polling(poller):
        await ingest.telegram.until_confirmed(number)
    assert texts(ingest) == ["Hi"]


async def test_a_revoked_token_ends_polling_with_a_line_that_does_not_hold_it(ingest: Ingest, poller: Poller) -> None:
    ingest.telegram.revoked = True
    with pytest.raises(TokenError) as caught:
        await poller.run(asyncio.Event())
    assert caught.value.exit_status == 78
    assert ingest.bot.token not in str(caught.value)


async def test_a_webhook_of_somebody_else_ends_polling(ingest: Ingest, poller: Poller) -> None:
    ingest.telegram.webhooks.url = "https://other.example/"
    with pytest.raises(ConflictError, match="set a webhook"):
        await poller.run(asyncio.Event())
    ingest.telegram.webhooks.url = ""


async def test_a_poll_that_waits_is_ended_by_a_stop(ingest: Ingest, poller: Poller) -> None:
    async with Polling(poller):
        await ingest.telegram.until(lambda: ingest.telegram.calls_of("getUpdates"))
    held = asyncio.Event()
    ingest.telegram.meddle("getUpdates", late(held))
    async with Polling(poller):
        await ingest.telegram.until(lambda: len(ingest.telegram.calls_of("getUpdates")) == 2)
    held.set()
