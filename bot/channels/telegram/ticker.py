"""What is due without anybody asking for it: reminders, alerts, tidying."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog

from bot.channels.telegram.backoff import Backoff
from bot.channels.telegram.reach import pause
from bot.service.service import Clock, Service
from bot.store.errors import BusyError, StoreError

EVERY_S = 1.0


async def tick(service: Service, clock: Clock, wake: Callable[[], None], stop: asyncio.Event) -> None:
    """Let the service do what is due, again and again, until told to stop; raises StoreError if the store is broken."""
    backoff = Backoff(EVERY_S, 60.0)
    while not stop.is_set():
        try:
            await asyncio.to_thread(service.tick, clock())
        except BusyError:
            await pause(EVERY_S, stop)
            continue
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 (what cannot be brought up now must not stop the chats)
            structlog.get_logger().error("tick_failed", exc_info=error)
            await pause(backoff.next_s(), stop)
            continue
        backoff.reset()
        wake()
        await pause(EVERY_S, stop)
