"""The bot at work: intake, turns, sending and what is due, until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Any

import structlog
from telegram import Bot
from telegram.error import BadRequest
from telegram.request import HTTPXRequest

from bot.channels.telegram import CHANNEL
from bot.channels.telegram.alert_chat import can_be_told
from bot.channels.telegram.callback_data import decode
from bot.channels.telegram.counters import Counters
from bot.channels.telegram.errands import Errands
from bot.channels.telegram.errors import ConflictError, CrashError, WebhookError
from bot.channels.telegram.incoming import Blocked, FromAlertChat
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.pick_up import Spoken, pick_up
from bot.channels.telegram.poll import Poller
from bot.channels.telegram.reach import Reach, pause
from bot.channels.telegram.sender import Sender
from bot.channels.telegram.server import serve
from bot.channels.telegram.status import Health, status_app
from bot.channels.telegram.surface import Showing, Surface
from bot.channels.telegram.ticker import tick
from bot.channels.telegram.updates import KINDS
from bot.channels.telegram.webhook import AT_ONCE, Webhook, secret_from
from bot.channels.telegram.words import Words
from bot.errors import SteadyError
from bot.service.alerts import ACKNOWLEDGE, QUESTION
from bot.service.gone import mark_gone
from bot.service.outgoing import TIDYING
from bot.service.service import Clock, Service
from bot.settings import Settings
from bot.store.errors import StoreError
from bot.store.writer import Writer

DRAIN_S = 8.0
"""How long a stop waits for messages to leave; Docker kills after 10 seconds, and the outbox keeps the rest."""

STALLED_S = 180.0
"""An intake that has not gone round for so long hangs."""

LOOK_S = 60.0
"""How often it is looked whether the webhook is still ours."""

STORE_S = 5.0
"""How long the store may take to answer a question about health."""


@dataclass(frozen=True, slots=True)
class Desk:
    """All that the bot works with.

    `spoken` is what the channel takes from the version that is talked from, `look` gives it anew where another version
    was published since. Once Telegram is reached, `welcome` is told its own name, and whether the alert chat, if any,
    can be written to.
    """

    settings: Settings
    spoken: Spoken
    look: Callable[[], Spoken | None]
    service: Service
    writer: Writer
    clock: Clock
    welcome: Callable[[str, bool], None]


class Runner:
    """One bot in one process."""

    def __init__(self, desk: Desk) -> None:
        if desk.settings.telegram_token is None:
            raise ValueError("there is no token")
        self._desk = desk
        self._settings = desk.settings
        self._token = desk.settings.telegram_token.get_secret_value()
        api = desk.settings.telegram_api
        self._bot = Bot(
            self._token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=HTTPXRequest(connection_pool_size=64, pool_timeout=10.0),
        )
        self._polling = HTTPXRequest(connection_pool_size=1, pool_timeout=10.0)
        self._reach = Reach()
        self._counters = Counters()
        self._sender = Sender(self._bot, desk.writer, CHANNEL, desk.clock, words=Words.of(desk.spoken.script))
        self._errands = Errands(self._bot, for_groups=desk.spoken.for_groups)
        self._intake = Intake(
            desk.service,
            self._errands,
            self._counters,
            wake=self._sender.wake,
            on_blocked=self._blocked,
            on_alert=self._alert,
            alert_chat=desk.settings.alert_chat,
        )
        self._stop = asyncio.Event()
        self._stop_sending = asyncio.Event()
        self._failure: Exception | None = None
        self._showing = Showing(self._bot)

    async def run(self) -> None:
        """Work until a signal says stop; raises what made it stop otherwise."""
        loop = asyncio.get_running_loop()
        for one in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(one, self._told_to_stop, one)
        servers = []
        if self._settings.status_listen is not None:
            app = status_app(self._counters, self._look)
            servers.append(await serve(app, self._settings.status_listen, "STEADY_STATUS_LISTEN"))
        webhook = self._webhook() if self._settings.webhook_url is not None else None
        if webhook is not None and self._settings.webhook_url is not None:
            app = webhook.app(self._settings.webhook_url)
            servers.append(await serve(app, self._settings.webhook_listen, "STEADY_WEBHOOK_LISTEN"))
        try:
            await self._polling.initialize()
            await self._work(webhook)
        finally:
            for server in servers:
                await server.cleanup()
            await self._polling.shutdown()
            await self._bot.shutdown()
        if isinstance(self._failure, SteadyError):
            raise self._failure
        if self._failure is not None:
            structlog.get_logger().error("run_failed", exc_info=self._failure)
            raise CrashError
        structlog.get_logger().info("stopped")

    async def _work(self, webhook: Webhook | None) -> None:
        if not await self._connect():
            return
        alert_chat = self._settings.alert_chat
        self._desk.welcome(self._bot.username, alert_chat is None or await can_be_told(self._bot, alert_chat))
        structlog.get_logger().info("started", kind="poll" if webhook is None else "webhook")
        self._showing.show(Surface.of(self._desk.spoken.script))
        sending = self._start(self._sender.run(self._stop_sending))
        ticking = self._start(tick(self._desk.service, self._desk.clock, self._sender.wake, self._stop))
        looking = self._start(pick_up(self._desk.look, self._take_up, self._stop))
        intake = self._start(self._poller().run(self._stop) if webhook is None else self._watch_webhook())
        await self._stop.wait()
        self._showing.stop()
        await asyncio.wait({intake, ticking, looking})
        if webhook is not None:
            await webhook.finish(DRAIN_S)
        await self._drain(sending)
        self._stop_sending.set()
        await asyncio.wait({sending})
        await self._errands.finish(1.0)

    async def _connect(self) -> bool:
        """Get through to Telegram, and say how updates are to come; False if we were stopped before."""
        settings = self._settings
        if await self._reach.insist(self._begin, self._stop) is None:
            return False
        if settings.webhook_url is None:
            # Nothing is dropped: what waits for a webhook is polled.
            call: Callable[[], Coroutine[Any, Any, bool]] = partial(
                self._bot.delete_webhook, drop_pending_updates=False
            )
        else:
            call = partial(
                self._bot.set_webhook,
                settings.webhook_url,
                max_connections=AT_ONCE,
                allowed_updates=KINDS,
                secret_token=self._secret,
                drop_pending_updates=False,
            )
        try:
            return await self._reach.insist(call, self._stop) is not None
        except BadRequest as error:
            raise WebhookError(
                f"Telegram does not take this address: {error.message}.", where="STEADY_WEBHOOK_URL"
            ) from None

    async def _begin(self) -> bool:
        await self._bot.initialize()
        return True

    @property
    def _secret(self) -> str:
        given = self._settings.webhook_secret
        return secret_from(self._token) if given is None else given.get_secret_value()

    def _webhook(self) -> Webhook:
        return Webhook(self._intake, self._counters, secret=self._secret, fail=self._fail)

    def _poller(self) -> Poller:
        return Poller(self._polling, self._bot.base_url, self._intake, self._reach, self._counters)

    async def _watch_webhook(self) -> None:
        """See that the webhook stays ours: without it nothing comes, and nobody would notice."""
        while not self._stop.is_set():
            info = await self._reach.insist(self._bot.get_webhook_info, self._stop)
            if info is not None and info.url != self._settings.webhook_url:
                raise ConflictError(
                    "another program has taken the webhook of this bot away, so that no updates come here.",
                    cure="Stop that program, or give this one a bot of its own, then start again.",
                )
            await pause(LOOK_S, self._stop)

    def _take_up(self, spoken: Spoken) -> None:
        """Another version was published: say what the channel itself says in its words."""
        self._sender.speak(Words.of(spoken.script))
        self._errands.for_groups = spoken.for_groups
        self._showing.show(Surface.of(spoken.script))

    async def _drain(self, sending: asyncio.Task[None]) -> None:
        """Let what is due leave."""
        ends = monotonic() + DRAIN_S
        while not sending.done() and monotonic() < ends and await self._due():
            await asyncio.wait({sending}, timeout=0.05)

    async def _due(self) -> bool:
        """Whether a message is due; what only tidies can wait for the next start."""
        now = self._desk.clock()
        try:
            return await asyncio.wrap_future(
                self._desk.writer.submit(
                    lambda records: any(one.priority < TIDYING for one in records.outbox.due(now, limit=1))
                )
            )
        except StoreError:
            return False

    async def _blocked(self, incoming: Blocked) -> None:
        now = self._desk.clock()
        gone = partial(mark_gone, channel=CHANNEL, address=incoming.sender, now=now)
        await asyncio.wrap_future(self._desk.writer.submit(gone))

    async def _alert(self, incoming: FromAlertChat) -> None:
        pressed = decode(incoming.data)
        if pressed is not None and (pressed.question, pressed.option) == (QUESTION, ACKNOWLEDGE):
            by = f"{CHANNEL}:{incoming.person}"
            await asyncio.to_thread(self._desk.service.acknowledge_alert, pressed.turn, by=by)
            self._sender.wake()

    async def _look(self) -> Health:
        broken = self._desk.writer.broken
        reached = not self._reach.lost
        if broken is not None:
            return Health(well=False, reached=reached, waiting=0, why="store broken")
        try:
            waiting = await asyncio.wait_for(
                asyncio.wrap_future(self._desk.writer.submit(lambda records: records.outbox.waiting())), STORE_S
            )
        except (StoreError, TimeoutError):
            return Health(well=False, reached=reached, waiting=0, why="store does not answer")
        stalled = monotonic() - self._reach.seen_at > STALLED_S
        return Health(well=not stalled, reached=reached, waiting=waiting, why="intake stalled" if stalled else "")

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Exception):
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        self._failure = self._failure or error
        self._stop.set()

    def _told_to_stop(self, one: signal.Signals) -> None:
        structlog.get_logger().info("stopping", signal=one.name)
        self._stop.set()


def run(desk: Desk) -> None:
    """Run the bot until a signal stops it."""

    async def main() -> None:
        await Runner(desk).run()

    asyncio.run(main())
