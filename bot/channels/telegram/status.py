"""Health and metrics, on an address that no parent and no Telegram ever sees."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from bot.channels.telegram.counters import Counters


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the bot works; `reached` says whether Telegram does too, which no restart can mend."""

    well: bool
    reached: bool
    waiting: int
    why: str = ""


def status_app(counters: Counters, look: Callable[[], Awaitable[Health]]) -> web.Application:
    """The application: /health answers 200 or 503, /metrics the text form of Prometheus."""

    async def health(_: web.Request) -> web.Response:
        now = await look()
        body = {
            "status": "ok" if now.well else "failing",
            "telegram": "reached" if now.reached else "unreachable",
            "waiting": now.waiting,
            "why": now.why,
        }
        return web.json_response(body, status=200 if now.well else 503)

    async def metrics(_: web.Request) -> web.Response:
        now = await look()
        gauges = {
            "steady_up": ("Whether the bot works.", float(now.well)),
            "steady_telegram_reached": ("Whether Telegram can be reached.", float(now.reached)),
            "steady_outbox_waiting": ("Messages that Telegram has not taken yet.", float(now.waiting)),
        }
        return web.Response(text=counters.as_text(gauges), headers={"Content-Type": "text/plain; version=0.0.4"})

    app = web.Application()
    app.router.add_get("/health", health)
    app.router.add_get("/metrics", metrics)
    return app
