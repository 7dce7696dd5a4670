"""Whether Telegram can be reached: told once when that changes, and waited for in between."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TypeVar

import structlog
from telegram.error import BadRequest, Conflict, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.backoff import Backoff
from bot.channels.telegram.errors import TokenError

T = TypeVar("T")


class Reach:
    """What is known about the way to Telegram."""

    def __init__(self) -> None:
        self._lost_at: float | None = None
        self._backoff = Backoff()
        self.seen_at = monotonic()

    @property
    def lost(self) -> bool:
        """Whether the last try went wrong."""
        return self._lost_at is not None

    def regained(self) -> None:
        """A call went well."""
        self.seen_at = monotonic()
        self._backoff.reset()
        if self._lost_at is not None:
            structlog.get_logger().warning("telegram_reached", wait_s=round(monotonic() - self._lost_at))
            self._lost_at = None

    async def wait(self, error: TelegramError, stop: asyncio.Event) -> None:
        """A call went wrong: tell it the first time, then wait, but no longer than until we are stopped."""
        # A loop that tries again is alive.
        self.seen_at = monotonic()
        wait = self._backoff.next_s()
        if isinstance(error, RetryAfter):
            structlog.get_logger().warning("told_to_wait", error=type(error).__name__)
        elif self._lost_at is None:
            self._lost_at = monotonic()
            structlog.get_logger().warning("telegram_unreachable", error=type(error).__name__, wait_s=round(wait, 1))
        await pause(wait, stop)

    async def insist(self, call: Callable[[], Awaitable[T]], stop: asyncio.Event) -> T | None:
        """Call until it goes well; None if we are stopped before. Raises what no further try can change."""
        while not stop.is_set():
            try:
                result = await call()
            except InvalidToken:
                # The message holds the token.
                raise TokenError from None
            except (BadRequest, Conflict):
                # No later try would end otherwise.
                raise
            except TelegramError as error:
                await self.wait(error, stop)
            else:
                self.regained()
                return result
        return None


async def pause(seconds: float, stop: asyncio.Event) -> None:
    """Wait, but no longer than until we are stopped."""
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        pass
