"""Updates brought to the bot by HTTP: in order within a chat, at once between chats, again until taken."""

from __future__ import annotations

import asyncio
import io
import json
import re
from typing import TYPE_CHECKING, Any

import aiohttp

from tests.fake_telegram.calls import bad
from tests.fake_telegram.updates import chat_of

if TYPE_CHECKING:
    from tests.fake_telegram.server import FakeTelegram

Json = dict[str, Any]

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_PORTS = frozenset({443, 80, 88, 8443})
AGAIN_AFTER_S = 0.1


class Webhooks:
    """The webhook of the bot. `proxy` is where what stands in front of the bot sends https on: "http://127.0.0.1:8080"."""

    def __init__(self, telegram: FakeTelegram) -> None:
        self._telegram = telegram
        self.proxy: str | None = None
        self.url = ""
        self.secret: str | None = None
        self.most = 40
        self.answers: list[tuple[int, int]] = []
        self._last_error: str | None = None
        self._busy: set[int | None] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None

    def set(self, given: Json) -> None:
        """Begin with a webhook, or end with it."""
        url: str = given["url"]
        if url and not self._telegram.self_hosted:
            found = re.fullmatch(r"https://[^/:]+(?::(\d+))?(/.*)?", url)
            if found is None:
                raise bad("bad webhook: An HTTPS URL must be provided for webhook")
            if int(found[1] or 443) not in _PORTS:
                raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
        secret = given.get("secret_token")
        if secret is not None and not _SECRET.fullmatch(secret):
            raise bad("secret token contains unallowed characters")
        if not 1 <= given.get("max_connections", 40) <= 100:
            raise bad("max_connections must be from 1 to 100")
        if given.get("drop_pending_updates"):
            self._telegram.updates.waiting.clear()
        self.url, self.secret, self.most = url, secret, given.get("max_connections", 40)
        if url and "allowed_updates" in given:
            self._telegram.updates.allowed = given["allowed_updates"]
        self._telegram.changed()

    def info(self) -> Json:
        """What getWebhookInfo says."""
        info: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._telegram.updates.waiting),
        }
        if self._last_error is not None:
            info |= {"last_error_date": self._telegram.date(), "last_error_message": self._last_error}
        return info

    def bring(self) -> None:
        """Start what can be brought now."""
        if not self.url or self._session is None:
            return
        for update in self._telegram.updates.waiting:
            chat = chat_of(update)
            if chat in self._busy or len(self._tasks) >= self.most:
                continue
            self._busy.add(chat)
            task = asyncio.create_task(self._bring(update, chat))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _bring(self, update: Json, chat: int | None) -> None:
        try:
            while self.url and update in self._telegram.updates.waiting:
                status = await self.post(update)
                if 200 <= status < 300:
                    self._telegram.updates.confirm(update)
                    break
                self._last_error = f"Wrong response from the webhook: {status}"
                await asyncio.sleep(AGAIN_AFTER_S)
        finally:
            self._busy.discard(chat)
        asyncio.get_running_loop().call_soon(self.bring)

    async def post(self, update: Json, **headers: str) -> int:
        """Bring one update once; 0 if nobody answers."""
        assert self._session is not None
        if self.secret is not None:
            headers.setdefault("X-Telegram-Bot-Api-Secret-Token", self.secret)
        url = self.url if self.proxy is None else re.sub(r"^https://[^/]+", self.proxy, self.url)
        try:
            headers["Content-Type"] = "application/json"
            body = io.BytesIO(json.dumps(update).encode())
            async with self._session.post(url, data=body, headers=headers) as answer:
                await answer.read()
                self.answers.append((update.get("update_id", 0), answer.status))
                return answer.status
        except (aiohttp.ClientError, OSError):
            return 0

    async def start(self) -> None:
        """Be ready to bring."""
        # A process that was killed leaves dead connections behind.
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True))

    async def stop(self) -> None:
        """Bring nothing more."""
        self.url = ""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
