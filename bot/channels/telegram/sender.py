"""Messages leave from the outbox until Telegram has taken them."""

from __future__ import annotations

import asyncio

from telegram import Bot

from bot.service.service import Clock
from bot.store.writer import Writer


class Sender:
    """Delivers what waits in the outbox for one channel."""

    def __init__(self, bot: Bot, writer: Writer, channel: str, clock: Clock) -> None:
        self._bot = bot
        self._writer = writer
        self._channel = channel
        self._clock = clock
        self._woken = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def wake(self) -> None:
        """Say that something may have been queued; safe from any thread, cheap, and true or not."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._woken.set)

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until told to stop; what is on its way then is finished first."""
        self._loop = asyncio.get_running_loop()
        await stop.wait()
