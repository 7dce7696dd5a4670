"""Taking in one update: done once all that it causes is on the disk, in order for each parent."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

import structlog

from bot.channels.telegram.counters import Counters
from bot.channels.telegram.errands import Errands
from bot.channels.telegram.in_order import InOrder
from bot.channels.telegram.incoming import Blocked, FromAlertChat, FromGroup, FromParent, Ignored, Incoming
from bot.channels.telegram.updates import read_update
from bot.service.service import Service
from bot.service.turns import LAST_WORDS, TurnResult
from bot.store.errors import BusyError, StoreError

T = TypeVar("T")

ATTEMPTS = 3
"""An update that the service cannot even put aside is tried so often; then its parent is told to call for help."""

BUSY_PAUSE_S = 0.2

OnAlert = Callable[[FromAlertChat], Awaitable[None]]
OnBlocked = Callable[[Blocked], Awaitable[None]]


class Intake:
    """Takes in updates; `wake` is called when there may be something to send."""

    def __init__(
        self,
        service: Service,
        errands: Errands,
        counters: Counters,
        *,
        wake: Callable[[], None],
        on_blocked: OnBlocked,
        on_alert: OnAlert,
        alert_chat: int | None = None,
    ) -> None:
        self._service = service
        self._errands = errands
        self._counters = counters
        self._wake = wake
        self._on_blocked = on_blocked
        self._on_alert = on_alert
        self._alert_chat = alert_chat
        self._order = InOrder()

    async def take(self, raw: object) -> int | None:
        """Take in one update, and give its number if it has one.

        Raises StoreError where nothing can be written any more; then the update must not be confirmed.
        """
        incoming = read_update(raw, alert_chat=self._alert_chat)
        query = getattr(incoming, "query", None)
        if query is not None:
            self._errands.answer(query)
        async with self._order.turn_of(_key(incoming)):
            what = await self._do(incoming)
        self._counters.add("steady_updates_total", what)
        return incoming.update

    async def _do(self, incoming: Incoming) -> str:
        match incoming:
            case FromParent():
                return await self._turn(incoming)
            case FromGroup():
                self._errands.leave(incoming.chat)
                return "group"
            case FromAlertChat():
                await _patiently(incoming.update, partial(self._on_alert, incoming))
                return "alert_chat"
            case Blocked():
                await _patiently(incoming.update, partial(self._on_blocked, incoming))
                return "blocked"
            case Ignored():
                structlog.get_logger().info("update_ignored", update=incoming.update, reason=incoming.reason.value)
                return incoming.reason.value

    async def _turn(self, incoming: FromParent) -> str:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return await self._attempt(incoming)
            except StoreError:
                raise
            except Exception as error:  # noqa: BLE001 (one update must never stop all others)
                structlog.get_logger().error("update_failed", update=incoming.update, attempt=attempt, exc_info=error)
        self._errands.say(int(incoming.sender), LAST_WORDS)
        return "given_up"

    async def _attempt(self, incoming: FromParent) -> str:
        async def turn() -> TurnResult:
            sender, event_id, event = incoming.sender, incoming.event_id, incoming.event
            return await asyncio.wrap_future(self._service.handle(sender, event_id, event, language=incoming.language))

        result = await _patiently(incoming.update, turn)
        self._wake()
        return result.status.value


async def _patiently(update: int, work: Callable[[], Awaitable[T]]) -> T:
    """Do something on the store; another process that holds it for long makes us wait, and costs no attempt."""
    while True:
        try:
            return await work()
        except BusyError:
            structlog.get_logger().warning("store_busy", update=update)
            await asyncio.sleep(BUSY_PAUSE_S)


def _key(incoming: Incoming) -> str | int | None:
    """Whose turn it is; what belongs to nobody has no order."""
    match incoming:
        case FromParent() | Blocked():
            return incoming.sender
        case FromGroup():
            return incoming.chat
        case _:
            return None
