"""An intake on a real store, with a conversation that notes what it hears and can be made to fail."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from telegram import Bot
from telegram.request import HTTPXRequest

from bot.channels.telegram.counters import Counters
from bot.channels.telegram.errands import Errands
from bot.channels.telegram.incoming import Blocked, FromAlertChat
from bot.channels.telegram.intake import Intake
from bot.service.service import Service
from bot.store.key import Key
from bot.store.writer import Writer
from bot.talk.around import Around
from bot.talk.effects import Ask, Button, Effect, Say
from bot.talk.events import Event
from bot.talk.session import Pending, Prompt, Session
from tests.fake_telegram import TOKEN, FakeTelegram

KEY = Key("5a" * 32)
ALERT_CHAT = -77
FOR_GROUPS = "Write to me privately."


class Noting:
    """A conversation that asks again whatever it hears. `before` runs first, on the store's thread, and may raise."""

    def __init__(self) -> None:
        self.heard: list[Event] = []
        self.before: Callable[[Event], None] = lambda _: None
        self.helpless = False

    def step(self, session: Session, event: Event, now: datetime, around: Around) -> tuple[Session, tuple[Effect, ...]]:
        self.before(event)
        self.heard.append(event)
        turn = session.turn + 1
        prompt = Prompt(Pending.POSITION, "q", {"yes": "Yes"})
        after = replace(session, turn=turn, prompts=(prompt,), seen_at=now, script="s")
        return after, (Ask(f"question {turn}", turn, "q", (Button("yes", "Yes"),)),)

    def failure(self, session: Session, now: datetime) -> tuple[Session, tuple[Effect, ...]]:
        return session, (Say("safe"),)


class Ingest:
    """An intake and all around it."""

    def __init__(self, telegram: FakeTelegram, bot: Bot, writer: Writer) -> None:
        self.telegram = telegram
        self.bot = bot
        self.writer = writer
        self.talk = Noting()
        self.service = Service(self.talk, writer, "telegram", lambda: datetime.now(UTC))
        self.errands = Errands(bot, for_groups=FOR_GROUPS)
        self.counters = Counters()
        self.woken = 0
        self.alerts: list[FromAlertChat] = []
        self.blocked: list[Blocked] = []
        self.intake = Intake(
            self.service,
            self.errands,
            self.counters,
            wake=self._wake,
            on_blocked=self._on_blocked,
            on_alert=self._on_alert,
            alert_chat=ALERT_CHAT,
        )

    def counted(self, what: str) -> int:
        """How many updates came to this end."""
        return self.counters.count("steady_updates_total", what)

    def _wake(self) -> None:
        self.woken += 1

    async def _on_alert(self, incoming: FromAlertChat) -> None:
        self.alerts.append(incoming)

    async def _on_blocked(self, incoming: Blocked) -> None:
        self.blocked.append(incoming)


class Gate:
    """Holds up the store's thread until it is opened."""

    def __init__(self) -> None:
        self._open = threading.Event()
        self.reached = threading.Event()

    def __call__(self, _: Event) -> None:
        self.reached.set()
        assert self._open.wait(20)

    def open(self) -> None:
        self._open.set()


@asynccontextmanager
async def ingesting(folder: Path) -> AsyncIterator[Ingest]:
    """All of it, on an empty store."""
    writer = Writer.open(folder / "steady.db", KEY)
    try:
        async with (
            FakeTelegram() as telegram,
            Bot(TOKEN, base_url=f"{telegram.url}/bot", request=HTTPXRequest(connection_pool_size=16)) as bot,
        ):
            ingest = Ingest(telegram, bot, writer)
            yield ingest
            await ingest.errands.finish(5)
    finally:
        await asyncio.to_thread(writer.close)
