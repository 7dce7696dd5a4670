"""The webhook: Telegram brings updates, and gets its 200 only after the commit."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable
from urllib.parse import urlsplit

import structlog
from aiohttp import web

from bot.channels.telegram.counters import Counters
from bot.channels.telegram.intake import Intake
from bot.store.errors import StoreError

LARGEST_BODY = 1024 * 1024
"""Bytes; an update with the longest text takes about 20 kB."""

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"

AT_ONCE = 40
"""Calls that Telegram may make at the same time."""

_REFUSED = "steady_webhook_refused_total"


class Webhook:
    """One endpoint, which takes what has the secret and is an update."""

    def __init__(
        self,
        intake: Intake,
        counters: Counters,
        *,
        secret: str,
        fail: Callable[[Exception], None],
    ) -> None:
        self._intake = intake
        self._counters = counters
        self._secret = secret.encode()
        self._fail = fail
        self._stopping = False
        self._under_way: set[asyncio.Task[object]] = set()

    def app(self, url: str) -> web.Application:
        """The application; all paths but that of the public address are unknown."""
        app = web.Application(client_max_size=LARGEST_BODY)
        app.router.add_post(urlsplit(url).path or "/", self._serve)
        return app

    async def finish(self, timeout_s: float) -> None:
        """Take nothing more, and wait for what is under way."""
        self._stopping = True
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=timeout_s)

    async def _serve(self, request: web.Request) -> web.Response:
        # A call that is not from Telegram learns nothing, not even how far its secret was right.
        given = request.headers.get(SECRET_HEADER, "").encode()
        if not hmac.compare_digest(given, self._secret):
            return self._refuse("secret", 403)
        if self._stopping:
            return self._refuse("stopping", 503)
        try:
            body = await request.read()
        except web.HTTPRequestEntityTooLarge:
            return self._refuse("too_large", 413)
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            # Telegram would bring it again for ever.
            self._counters.add("steady_updates_total", "unparsable")
            return web.Response()
        taking: asyncio.Task[object] = asyncio.ensure_future(self._intake.take(update))
        self._under_way.add(taking)
        taking.add_done_callback(self._under_way.discard)
        try:
            # Should Telegram hang up, the turn is done all the same.
            await asyncio.shield(taking)
        except StoreError as error:
            self._fail(error)
            return self._refuse("store", 503)
        return web.Response()

    def _refuse(self, why: str, status: int) -> web.Response:
        self._counters.add(_REFUSED, why)
        structlog.get_logger().warning("webhook_refused", reason=why, status=status)
        return web.Response(status=status)


def secret_from(token: str) -> str:
    """A secret that stays the same over restarts, and from which nobody gets back to the token."""
    return hmac.digest(token.encode(), b"steady webhook secret", hashlib.sha256).hex()
