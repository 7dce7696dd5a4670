"""Messages leave from the outbox until Telegram has taken them.

One message at a time to a chat, many chats at once. What is urgent passes all else; a chat that was told to slow down
stops no other. Whoever kills the process loses nothing: at most the message whose delivery was unknown comes twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from time import monotonic
from typing import TypeVar

import structlog
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.calls import Calls
from bot.channels.telegram.rates import Rates
from bot.channels.telegram.refusals import meaning, nobody_there, pause_of
from bot.channels.telegram.words import Words
from bot.service.delivery import Deliveries, Delivery, Round
from bot.service.service import Clock
from bot.store.errors import BusyError
from bot.store.records import Records
from bot.store.writer import Writer
from bot.telemetry import hashed

T = TypeVar("T")


class _NotYetError(Exception):
    """A delivery has to wait before its next call."""


AT_ONCE = 40
"""Calls under way; a slow one must not stop thirty a second."""

LOOKS_AT = 250
"""Chats looked at in one round; more wait for the next one."""

LONGEST_PAUSE = 60.0
LONGEST_URGENT_PAUSE = 10.0
"""Seconds between two attempts, while Telegram cannot be reached."""

MOST_ODD_ANSWERS = 8
"""Answers that cannot be understood; after so many the message counts as impossible to deliver."""

REST = 4.0
LONGEST_REST = 1.0
"""After each look the store's thread is left alone so many times as long; and for how many seconds at most."""

LOOKS_AGAIN = 30.0
"""Seconds after which the outbox is looked at unasked: another process may have queued something."""

BUSY_PAUSE = 0.5
"""Seconds until the store is asked again, while another process holds it."""

LAST_WAIT = 10.0
"""Seconds that calls under way are given at the end."""


class Sender:
    """Delivers what waits in the outbox for one channel.

    `clock` dates what is stored; `tick` gives seconds that never go back, for the rates.
    """

    def __init__(
        self,
        bot: Bot,
        writer: Writer,
        channel: str,
        clock: Clock,
        *,
        words: Words | None = None,
        tick: Callable[[], float] = monotonic,
    ) -> None:
        self._writer = writer
        self._clock = clock
        self._tick = tick
        self._deliveries = Deliveries(channel)
        self._channel = channel
        self._rates = Rates()
        self._calls = Calls(bot, words or Words(), self._tell)
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._woken = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._salt: bytes | None = None
        self._look_took = 0.0

    def speak(self, words: Words) -> None:
        """Say what the channel itself says in these words from now on."""
        self._calls.words = words

    def wake(self) -> None:
        """Say that something may have been queued; safe from any thread, cheap, and true or not."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._woken.set)

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until told to stop; calls under way are finished first. Raises StoreError if the store is broken."""
        self._loop = asyncio.get_running_loop()
        waker = asyncio.create_task(self._wake_at(stop))
        try:
            while not stop.is_set():
                self._woken.clear()
                wait = await self.dispatch()
                # Where very many messages wait, a look takes long, and turns need the store's thread more.
                await asyncio.sleep(min(REST * self._look_took, LONGEST_REST))
                await self._wait(wait)
        finally:
            waker.cancel()
            if self._busy:
                await asyncio.wait(self._busy.values(), timeout=LAST_WAIT)

    async def dispatch(self) -> float:
        """Begin all deliveries that may begin now; after how many seconds there may be more, if nobody wakes us."""
        now = self._clock()
        try:
            if self._salt is None:
                self._salt = await self._job(lambda records: records.log_salt())
            found = await self._job(partial(self._look, now=now, busy=frozenset(self._busy)))
        except BusyError:
            structlog.get_logger().warning("store_busy", channel=self._channel)
            return 1.0
        soonest = LOOKS_AGAIN
        if found.next_due is not None:
            soonest = min(soonest, max(0.0, (found.next_due - now).total_seconds()))
        for one in found.deliveries:
            if len(self._busy) >= AT_ONCE:
                break
            wait = 0.0 if one.needless else self._wait_of(one)
            if wait > 0:
                soonest = min(soonest, wait)
                continue
            if not one.needless:
                self._rates.take(one.address, self._tick(), tidying=one.tidying)
            self._begin(one)
        return soonest

    async def settled(self) -> None:
        """Wait until no call is under way."""
        while self._busy:
            await asyncio.wait(self._busy.values())

    def _look(self, records: Records, now: datetime, busy: frozenset[str]) -> Round:
        """What is due; on the store's thread, whose time it takes is noted."""
        began = self._tick()
        found = self._deliveries.due(records, now, busy=busy, limit=LOOKS_AT + len(busy))
        self._look_took = self._tick() - began
        return found

    def _begin(self, one: Delivery) -> None:
        task = asyncio.create_task(self._deliver(one))
        self._busy[one.address] = task
        task.add_done_callback(partial(self._end, one.address))

    def _end(self, address: str, task: asyncio.Task[None]) -> None:
        self._busy.pop(address, None)
        self._woken.set()
        if not task.cancelled() and (error := task.exception()) is not None:
            # The message waits in the store still. The pause keeps it from being sent again and again.
            self._rates.pause(address, self._tick(), LONGEST_PAUSE)
            structlog.get_logger().error("delivery_not_noted", channel=self._channel, exc_info=error)

    async def _deliver(self, one: Delivery) -> None:
        if one.needless:
            await self._note_sent(one, None)
            return
        try:
            message_id = await self._calls.make(one, partial(self._count_another, one))
        except _NotYetError:
            # It is due still, and goes on in a later round where it ended.
            return
        except RetryAfter as error:
            await self._hold(one, error)
        except TelegramError as error:
            await self._failed(one, error)
        except Exception as error:  # noqa: BLE001 (an answer of Telegram that cannot be read must stop nobody)
            structlog.get_logger().error("answer_not_read", channel=self._channel, exc_info=error)
            await self._odd(one)
        else:
            self._calls.forget(one)
            await self._note_sent(one, message_id)

    async def _hold(self, one: Delivery, error: RetryAfter) -> None:
        wait = pause_of(error)
        structlog.get_logger().warning("told_to_wait", channel=self._channel, wait_s=round(wait.total_seconds()))
        self._rates.pause(one.address, self._tick(), wait.total_seconds())
        await self._note(partial(self._deliveries.hold, address=one.address, until=self._clock() + wait))

    async def _failed(self, one: Delivery, error: TelegramError) -> None:
        if nobody_there(error):
            self._calls.forget(one)
            reason = meaning(error).value
            parent = hashed(one.address, self._salt or b"")
            structlog.get_logger().warning("chat_gone", channel=self._channel, reason=reason, parent=parent)
            await self._note(partial(self._deliveries.gone, address=one.address, reason=reason, now=self._clock()))
            return
        if isinstance(error, BadRequest):
            await self._odd(one)
            return
        # Whatever else it is, Telegram may not even have heard of it: somebody on the way may answer with nonsense.
        if isinstance(error, InvalidToken):
            structlog.get_logger().error("token_refused", channel=self._channel)
        await self._try_again(one)

    async def _odd(self, one: Delivery) -> None:
        """Telegram took it and answered something that makes no sense: it has delivered, or never will."""
        if one.attempts + 1 < MOST_ODD_ANSWERS:
            await self._try_again(one)
            return
        self._calls.forget(one)
        self._tell(one, "odd_answers")
        await self._note(partial(self._deliveries.give_up, one=one, reason="odd answers", now=self._clock()))

    async def _try_again(self, one: Delivery) -> None:
        longest = LONGEST_URGENT_PAUSE if one.urgent else LONGEST_PAUSE
        pause = timedelta(seconds=min(longest, 2.0 ** min(one.attempts, 10)))
        await self._note(partial(self._deliveries.retry, one=one, due_at=self._clock() + pause))

    def _wait_of(self, one: Delivery) -> float:
        return self._rates.wait(one.address, self._tick(), urgent=one.urgent, tidying=one.tidying)

    def _count_another(self, one: Delivery) -> None:
        """Count a further call of a delivery that has begun; it may have to wait."""
        if self._wait_of(one) > 0:
            raise _NotYetError
        self._rates.take(one.address, self._tick(), tidying=one.tidying)

    async def _wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            pass

    async def _wake_at(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._woken.set()

    async def _job(self, job: Callable[[Records], T]) -> T:
        return await asyncio.wrap_future(self._writer.submit(job))

    async def _note_sent(self, one: Delivery, message_id: str | None) -> None:
        now = self._clock()
        await self._note(
            partial(self._deliveries.sent, one=one, message_id=message_id, now=now),
            on_failure=partial(self._deliveries.only_sent, one=one, now=now),
        )

    async def _note(
        self,
        job: Callable[[Records], None],
        on_failure: Callable[[Records, Exception], None] | None = None,
    ) -> None:
        """Write down what became of a delivery; its chat waits for that, or the message would be sent again."""
        while True:
            try:
                await asyncio.wrap_future(self._writer.submit(job, on_failure=on_failure))
            except BusyError:
                structlog.get_logger().warning("store_busy", channel=self._channel)
                await asyncio.sleep(BUSY_PAUSE)
            else:
                return

    def _tell(self, one: Delivery, reason: str) -> None:
        """Tell the operators that a message was refused: its kind, never its words."""
        structlog.get_logger().error(
            "message_refused",
            channel=self._channel,
            kind=type(one.what).__name__.lower(),
            reason=reason,
            parent=hashed(one.address, self._salt or b""),
        )
