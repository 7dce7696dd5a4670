"""Small calls that nobody waits for, and whose failure harms nobody."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from time import monotonic
from typing import Any

import structlog
from telegram import Bot
from telegram.error import TelegramError

TELL_AGAIN_AFTER_S = 3600.0
"""A group that adds us again within this time is left without another word."""


class Errands:
    """Calls beside the turns: callback queries, groups. `for_groups` is what a group is told."""

    def __init__(self, bot: Bot, *, for_groups: str) -> None:
        self._bot = bot
        self.for_groups = for_groups
        self._told: dict[int, float] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def answer(self, query: str, text: str | None = None) -> None:
        """Stop the little clock on a pressed button; Telegram takes that for some seconds only, so it comes first."""
        self._start("answer_query", self._bot.answer_callback_query(query, text))

    def leave(self, chat: int) -> None:
        """Tell a group, once, that this is a private matter, and leave it."""
        now = monotonic()
        self._told = {one: at for one, at in self._told.items() if now - at < TELL_AGAIN_AFTER_S}
        known = chat in self._told
        self._told[chat] = now
        self._start("leave_group", self._leave(chat, tell=not known))

    def say(self, chat: int, text: str) -> None:
        """Say something past the outbox: for the moment in which the store itself refuses."""
        self._start("last_words", self._bot.send_message(chat, text))

    async def finish(self, timeout_s: float) -> None:
        """Wait for what is under way, and give up the rest."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=timeout_s)
        for task in list(self._tasks):
            task.cancel()

    async def _leave(self, chat: int, *, tell: bool) -> None:
        if tell:
            try:
                await self._bot.send_message(chat, self.for_groups)
            except TelegramError as error:
                _log("tell_group", error)
        await self._bot.leave_chat(chat)

    def _start(self, name: str, call: Coroutine[Any, Any, object]) -> None:
        task = asyncio.create_task(self._run(name, call))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, name: str, call: Coroutine[Any, Any, object]) -> None:
        try:
            await call
        except TelegramError as error:
            _log(name, error)


def _log(name: str, error: TelegramError) -> None:
    structlog.get_logger().info("errand_failed", method=name, error=type(error).__name__)
