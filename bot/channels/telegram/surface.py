"""What Telegram shows around the chat: commands, the menu button, the descriptions; set at the start, per language."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Self

import structlog
from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, MenuButtonCommands
from telegram.error import TelegramError

from bot.script.phrases import COMMANDS, OF_A_COMMAND
from bot.script.script import Script

EVERYBODY = ""
"""The language of all for whose own there is nothing."""

SCOPE = BotCommandScopeAllPrivateChats()
"""Commands are offered in private chats only: in groups the bot says nothing."""


@dataclass(frozen=True, slots=True)
class Surface:
    """The texts of one language; commands by name."""

    commands: tuple[tuple[str, str], ...]
    description: str
    short_description: str

    @classmethod
    def of(cls, script: Script) -> Self:
        """The texts of a script."""
        return cls(
            commands=tuple((name, _line(script.text(f"{OF_A_COMMAND}{name}"))) for name in COMMANDS),
            description=script.text("bot_description").strip(),
            short_description=_line(script.text("bot_short_description")),
        )


class Showing:
    """Sets the surface beside the turns; a newer one takes the place of what is being set."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._task: asyncio.Task[None] | None = None

    def show(self, surface: Surface) -> None:
        """Set this surface for everybody."""
        self.stop()
        self._task = asyncio.create_task(set_up(self._bot, {EVERYBODY: surface}))

    def stop(self) -> None:
        """Leave it as it is."""
        if self._task is not None:
            self._task.cancel()


async def set_up(bot: Bot, surfaces: Mapping[str, Surface]) -> None:
    """Set what differs: Telegram soon refuses who sets the same again and again. Failing harms nobody."""
    for language, surface in surfaces.items():
        code = language or None
        await _try("commands", partial(_set_commands, bot, surface, code))
        await _try("description", partial(_set_description, bot, surface, code))
        await _try("short_description", partial(_set_short_description, bot, surface, code))
    await _try("menu_button", partial(_set_menu_button, bot))


async def _try(what: str, setting: Callable[[], Awaitable[None]]) -> None:
    try:
        await setting()
    except TelegramError as error:
        # The next start tries again; the chat itself needs none of it.
        structlog.get_logger().warning("surface_not_set", kind=what, error=type(error).__name__)


async def _set_commands(bot: Bot, surface: Surface, code: str | None) -> None:
    present = [(one.command, one.description) for one in await bot.get_my_commands(SCOPE, code)]
    if present != list(surface.commands):
        await bot.set_my_commands([BotCommand(*one) for one in surface.commands], SCOPE, code)


async def _set_description(bot: Bot, surface: Surface, code: str | None) -> None:
    if (await bot.get_my_description(code)).description != surface.description:
        await bot.set_my_description(surface.description, code)


async def _set_short_description(bot: Bot, surface: Surface, code: str | None) -> None:
    if (await bot.get_my_short_description(code)).short_description != surface.short_description:
        await bot.set_my_short_description(surface.short_description, code)


async def _set_menu_button(bot: Bot) -> None:
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())


def _line(text: str) -> str:
    return " ".join(text.split())
