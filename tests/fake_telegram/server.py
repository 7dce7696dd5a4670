"""The server: requests in, through faults, to the methods."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Self, TypeVar

from aiohttp import web

from tests.fake_telegram import methods
from tests.fake_telegram.calls import Call, Refusal, bad
from tests.fake_telegram.chats import Chat, Message
from tests.fake_telegram.faults import Fault
from tests.fake_telegram.parameters import read_parameters
from tests.fake_telegram.people import Group, Parent
from tests.fake_telegram.rates import Rates
from tests.fake_telegram.updates import Updates
from tests.fake_telegram.webhooks import Webhooks

TOKEN = "123456:AAfake-token_of-the-tests"
QUERY_LIVES_S = 15.0
LONGEST_POLL_S = 50

T = TypeVar("T")
Json = dict[str, Any]
Watch = Callable[[Call], Awaitable[None]]


class FakeTelegram:
    """One bot's Telegram on loopback: `async with FakeTelegram() as telegram`, then `telegram.url`.

    `before` and `after` see each call before it is done and before its answer leaves. `rates` and `self_hosted` change
    what is refused. Time passes by itself, and by `pass_time`.
    """

    def __init__(self, *, rates: Rates | None = None, self_hosted: bool = False) -> None:
        self.bot: Json = {"id": 123456, "is_bot": True, "first_name": "Steady", "username": "steady_test_bot"}
        self.rates = rates
        self.self_hosted = self_hosted
        self.token = TOKEN
        self.revoked = False
        self.chats: dict[int, Chat] = {}
        self.calls: list[Call] = []
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self.before: Watch | None = None
        self.after: Watch | None = None
        self.url = ""
        self.updates = Updates(self.changed)
        self.webhooks = Webhooks(self)
        self._queries: dict[str, float] = {}
        self.answered: list[str] = []
        self._faults: dict[str, deque[tuple[int | None, Fault]]] = defaultdict(deque)
        self._ahead = 0.0
        self._change = asyncio.Event()
        self._poll: asyncio.Event | None = None
        self._runner: web.AppRunner | None = None

    # What tests do.

    def parent(self, person: int = 7_000_001, *, language: str | None = "en", is_bot: bool = False) -> Parent:
        """Somebody who may write to the bot."""
        return Parent(self, person, language=language, is_bot=is_bot)

    def group(self, group: int = -4_000_001) -> Group:
        """A group."""
        return Group(self, group)

    def meddle(self, method: str, *faults: Fault, chat: int | None = None) -> None:
        """The next calls of a method (to a chat) go wrong, one fault for each."""
        self._faults[method].extend((chat, fault) for fault in faults)

    def calls_of(self, *names: str, chat: int | None = None) -> list[Call]:
        """The calls of some methods until now, in order."""
        return [one for one in self.calls if one.method in names and (chat is None or one.chat == chat)]

    @property
    def refused(self) -> list[str]:
        """What was refused with status 400: a mistake of the bot, in nearly every test."""
        return [f"{one.method}: {one.refused}" for one in self.calls if one.status == 400]

    def pass_time(self, seconds: float) -> None:
        """Let time pass at once."""
        self._ahead += seconds
        self.changed()

    async def until(self, condition: Callable[[], T], *, within: float = 20, why: Callable[[], str] | None = None) -> T:
        """Wait until a condition holds, looking after each change here, and give what it gave."""
        try:
            async with asyncio.timeout(within):
                while not (found := condition()):
                    self._change.clear()
                    await self._change.wait()
                return found
        except TimeoutError:
            raise AssertionError(why() if why is not None else "nothing happened in time") from None

    async def until_confirmed(self, number: int, *, within: float = 20) -> None:
        """Wait until the bot has confirmed an update."""
        await self.until(
            lambda: number in self.updates.confirmed, within=within, why=lambda: f"{number} was not confirmed"
        )

    # What the parts of the server use.

    def now(self) -> float:
        """Seconds, going on only."""
        return time.monotonic() + self._ahead

    def date(self) -> int:
        """Unix time."""
        return int(time.time() + self._ahead)

    def changed(self) -> None:
        """Wake up all who wait for something."""
        self._change.set()
        if self._poll is not None:
            self._poll.set()
        self.webhooks.bring()

    def new_query(self, person: int) -> str:
        """A callback query that waits for its answer."""
        query = f"{person}-{len(self._queries) + 1}"
        self._queries[query] = self.now()
        return query

    def close_query(self, query: str) -> None:
        """Answer a callback query, or refuse: it is unknown or too old. One may be answered twice."""
        if query not in self._queries or self.now() - self._queries[query] > QUERY_LIVES_S:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        self.answered.append(query)

    def as_member(self, status: str) -> Json:
        """The bot as a member of a chat."""
        return {"user": self.bot, "status": status, **({"until_date": 0} if status == "kicked" else {})}

    # HTTP.

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=50 * 2**20)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        await self.webhooks.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.webhooks.stop()
        if self._poll is not None:
            self._poll.set()
        assert self._runner is not None
        await self._runner.cleanup()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        try:
            raw, files = await _read(request)
        except ConnectionError:
            # Whoever called was killed in the middle of a word.
            return web.Response()
        call = Call(len(self.calls) + 1, request.match_info["method"], raw, self.now(), files)
        self.calls.append(call)
        self.changed()
        if self.before is not None:
            await self.before(call)
        fault = self._fault(call)
        if fault.wait_for is not None:
            await fault.wait_for.wait()
        body: Json | None = None
        if fault.done:
            body = await self._do(call, request.match_info["token"])
        elif fault.refusal is not None:
            body = self._refuse(call, fault.refusal)
        if self.after is not None:
            await self.after(call)
        self.changed()
        if fault.drop:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if fault.body is not None:
            call.status = fault.status
            return web.Response(status=fault.status, body=fault.body)
        assert body is not None
        return web.json_response(body, status=call.status or 200)

    async def _do(self, call: Call, token: str) -> Json:
        try:
            if self.revoked or token != self.token:
                raise Refusal(401, "Unauthorized")
            call.given = read_parameters(call.method, call.given)
            result = await self._get_updates(call) if call.method == "getUpdates" else methods.do(self, call)
        except Refusal as refusal:
            return self._refuse(call, refusal)
        call.status = 200
        return {"ok": True, "result": result}

    def _refuse(self, call: Call, refusal: Refusal) -> Json:
        call.status, call.refused = refusal.code, refusal.description
        return refusal.answer()

    def _fault(self, call: Call) -> Fault:
        waiting = self._faults[call.method]
        for one in waiting:
            if one[0] is None or str(one[0]) == str(call.given.get("chat_id")):
                waiting.remove(one)
                return one[1]
        return Fault(done=True)

    async def _get_updates(self, call: Call) -> list[Json]:
        if self.webhooks.url:
            raise Refusal(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the "
                "webhook first",
            )
        given = call.given
        if not 1 <= given.get("limit", 100) <= 100:
            raise bad("limit must be from 1 to 100")
        if "allowed_updates" in given:
            self.updates.allowed = given["allowed_updates"]
        offset = given.get("offset", 0)
        if offset < 0:
            self.updates.only_last(-offset)
        else:
            self.updates.confirm_before(offset)
        mine = asyncio.Event()
        if self._poll is not None:
            self._poll.set()
        self._poll = mine
        try:
            async with asyncio.timeout(min(given.get("timeout", 0), LONGEST_POLL_S)):
                while not self.updates.waiting:
                    mine.clear()
                    await mine.wait()
                    if self._poll is not mine:
                        raise Refusal(
                            409,
                            "Conflict: terminated by other getUpdates request; make sure that only one bot instance "
                            "is running",
                        )
        except TimeoutError:
            pass
        finally:
            if self._poll is mine:
                self._poll = None
        return self.updates.waiting[: given.get("limit", 100)]


async def _read(request: web.Request) -> tuple[Json, dict[str, tuple[str, bytes]]]:
    """The parameters as they came, and the files."""
    given: Json = dict(request.query)
    files: dict[str, tuple[str, bytes]] = {}
    if request.content_type == "application/json":
        given |= await request.json()
    elif request.can_read_body:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = (value.filename, value.file.read())
                given[name] = f"attach://{name}"
            else:
                given[name] = value
    return _attached(given, files)


def _attached(given: Json, files: dict[str, tuple[str, bytes]]) -> tuple[Json, dict[str, tuple[str, bytes]]]:
    """PTB sends a file under a made-up name, to which the parameter points."""
    for name, value in list(given.items()):
        target = value.removeprefix("attach://") if isinstance(value, str) and value.startswith("attach://") else None
        if target is not None and target in files and target != name:
            files[name] = files.pop(target)
            given.pop(target, None)
    return given, files


__all__ = ["TOKEN", "FakeTelegram", "Message"]
