"""Long polling: an update is confirmed only after the commit that holds all that it causes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

import structlog
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.request import BaseRequest

from bot.channels.telegram.counters import Counters
from bot.channels.telegram.errors import ConflictError, TokenError
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.reach import Reach, pause
from bot.channels.telegram.updates import KINDS

POLL_S = 25
"""How long Telegram keeps a call open where nothing happens."""

ANSWER_S = 15
"""How much longer we wait for the answer."""

MOST_CONFLICTS = 5
"""Another program that reads the same updates may be our own, just being stopped; not after so many tries."""

CONFLICT_PAUSE_S = 1.0


class Poller:
    """Asks for updates, takes them in, confirms them."""

    def __init__(self, request: BaseRequest, base_url: str, intake: Intake, reach: Reach, counters: Counters) -> None:
        # `Bot.get_updates` reads all updates at once, so that one that cannot be read would block the others.
        self._request = request
        self._url = f"{base_url}/getUpdates"
        self._intake = intake
        self._reach = reach
        self._counters = counters
        self._offset: int | None = None
        self._conflicts = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until told to stop; a batch that was begun is finished, and confirmed at the next start if need be."""
        while not stop.is_set():
            try:
                updates = await _unless(stop, self._poll())
            except InvalidToken:
                raise TokenError from None
            except Conflict as error:
                await self._conflict(error, stop)
            except TelegramError as error:
                self._counters.add("steady_polls_total", "failed")
                await self._reach.wait(error, stop)
            else:
                if updates is not None:
                    self._counters.add("steady_polls_total", "ok")
                    self._conflicts = 0
                    self._reach.regained()
                    await self._take(updates)

    async def _poll(self) -> list[Any]:
        asked: dict[str, str | int] = {"timeout": POLL_S, "limit": 100, "allowed_updates": json.dumps(KINDS)}
        if self._offset is not None:
            asked["offset"] = self._offset
        answer: object = await self._request.post(f"{self._url}?{urlencode(asked)}", read_timeout=POLL_S + ANSWER_S)
        if not isinstance(answer, list):
            raise TelegramError("no list of updates")
        return answer

    async def _take(self, updates: Iterable[Any]) -> None:
        # Begun in their order; the intake keeps that order for each parent.
        results = await asyncio.gather(*map(self._intake.take, updates), return_exceptions=True)
        numbers: list[int] = []
        for one in results:
            if isinstance(one, BaseException):
                raise one
            if one is not None:
                numbers.append(one)
        if numbers:
            self._offset = max(numbers) + 1

    async def _conflict(self, error: Conflict, stop: asyncio.Event) -> None:
        self._counters.add("steady_polls_total", "conflict")
        self._conflicts += 1
        webhook = "webhook" in error.message
        structlog.get_logger().warning("other_reader", count=self._conflicts, kind="webhook" if webhook else "poller")
        if webhook:
            raise ConflictError(
                "another program has set a webhook for this bot, so that no updates come here.",
                cure="Stop that program, or give this one a bot of its own, then start again.",
            )
        if self._conflicts >= MOST_CONFLICTS:
            raise ConflictError(
                "another program is reading the updates of this bot, and parents would get half of their answers.",
                cure="Stop the other one, or give it a bot of its own, then start again.",
            )
        await pause(CONFLICT_PAUSE_S, stop)


async def _unless(stop: asyncio.Event, call: Any) -> Any:
    """The result of a call; None if we are stopped before."""
    calling = asyncio.ensure_future(call)
    stopping = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({calling, stopping}, return_when=asyncio.FIRST_COMPLETED)
        return calling.result() if calling.done() else None
    finally:
        stopping.cancel()
        if not calling.done():
            calling.cancel()
            await asyncio.wait({calling})
