"""A parent on the fake Telegram who answers what is asked, harmlessly where nothing else is said."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import aiohttp

from bot.channels.telegram.callback_data import decode
from tests.fake_telegram import FakeTelegram, Message, Parent
from tests.steady_process import Steady

HARMLESS = ("none", "no", "continue", "next", "all_well", "not_sure", "yes")
MOST_TURNS = 80


class Answering:
    """A parent; `typed` and `chosen` say by question what is typed and which option is pressed."""

    def __init__(
        self,
        steady: Steady,
        person: int = 7_000_001,
        *,
        typed: Mapping[str, str] | None = None,
        chosen: Mapping[str, str] | None = None,
    ) -> None:
        self.telegram: FakeTelegram = steady.telegram
        self.steady = steady
        self.parent: Parent = steady.telegram.parent(person)
        self.typed = typed or {}
        self.chosen = chosen or {}
        self.asked: list[str] = []
        self.turn = 0

    async def starts(self, entry: str) -> None:
        """Begin, agree, choose a country, then go through the menu: `at_home/massage` stands on its second level."""
        self.parent.writes("/start")
        await self.is_asked()
        self.press("agree")
        await self.is_asked()
        self.parent.writes("Kenya")
        await self.is_asked()
        for one in entry.split("/"):
            self.press(one)
            await self.is_asked()

    async def chats(self, entry: str) -> None:
        """A whole chat: from /start through an entry of the menu back to the menu."""
        await self.starts(entry)
        await self.answers()

    async def answers(self, until: str = "menu") -> None:
        """Answer until a question is reached."""
        for _ in range(MOST_TURNS):
            if self.question == until:
                return
            self.answer()
            await self.is_asked()
        raise AssertionError(f"{until} was not reached: {self.asked}")

    def answer(self) -> int:
        """Answer what is asked now; the number of the update."""
        question = self.question
        if question in self.typed:
            return self.parent.writes(self.typed[question])
        harmless = next((one for one in HARMLESS if one in self.options), self.options[0])
        return self.press(self.chosen.get(question, harmless))

    def press(self, option: str) -> int:
        """Press a button of the messages that belong to this turn."""
        for message in reversed(self.shown):
            for data in _data_of(message):
                pressed = decode(data)
                if pressed is not None and pressed.option == option:
                    return self.parent.presses(message=message, data=data)
        raise AssertionError(f"no {option!r} at {self.question}: {self.options}")

    async def is_asked(self) -> None:
        """Wait until the next turn is there, with all that belongs to it."""
        try:
            async with asyncio.timeout(60):
                while self._newest() <= self.turn or await waiting(self.steady) != 0:  # noqa: ASYNC110 (see steady_process)
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(f"nothing after {self.asked}: {self.parent.texts[-3:]}\n{self.steady.said}") from None
        self.turn = self._newest()
        self.asked.append(self.question)

    @property
    def shown(self) -> list[Message]:
        """The messages with buttons of this turn."""
        return [one for one in self.parent.messages if any(_turn_of(data) == self.turn for data in _data_of(one))]

    @property
    def question(self) -> str:
        """The question that was asked last."""
        pressed = decode(_data_of(self.shown[-1])[0])
        assert pressed is not None
        return pressed.question

    @property
    def options(self) -> list[str]:
        """The options of the last question."""
        found = [decode(data) for data in _data_of(self.shown[-1])]
        return [one.option for one in found if one is not None]

    def _newest(self) -> int:
        return max((_turn_of(data) for one in self.parent.messages for data in _data_of(one)), default=0)


async def status(steady: Steady) -> dict[str, Any] | None:
    """What the running process says of itself; None if it says nothing."""
    url = f"http://127.0.0.1:{steady.status_port}/health"
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session,
            session.get(url) as answer,
        ):
            found: dict[str, Any] = await answer.json()
            return found
    except (aiohttp.ClientError, OSError, TimeoutError):
        return None


async def waiting(steady: Steady) -> int | None:
    """How many messages wait in its outbox; None if nobody knows."""
    told = await status(steady)
    return None if told is None else int(told["waiting"])


def _data_of(message: Message) -> list[str]:
    return [] if message.deleted else [one["callback_data"] for row in message.rows for one in row]


def _turn_of(data: str) -> int:
    pressed = decode(data)
    return 0 if pressed is None else pressed.turn
