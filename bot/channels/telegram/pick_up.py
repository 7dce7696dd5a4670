"""Noticing that a version was published, and taking up what the channel itself says in it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from bot.channels.telegram.backoff import Backoff
from bot.channels.telegram.reach import pause
from bot.script.script import Script
from bot.store.errors import BusyError, StoreError

EVERY_S = 2.0
"""How often is looked: so long an old version is talked from at most, and the second that the new one takes."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the channel takes from a version: its own few texts, and what is said to a group."""

    script: Script
    for_groups: str


async def pick_up(look: Callable[[], Spoken | None], take: Callable[[Spoken], None], stop: asyncio.Event) -> None:
    """Look for a new version again and again, until told to stop; raises StoreError if the store is broken.

    The looking is done in a thread of its own, since it reads and builds the version.
    """
    backoff = Backoff(EVERY_S, 60.0)
    while not stop.is_set():
        await pause(EVERY_S, stop)
        try:
            spoken = await asyncio.to_thread(look)
        except BusyError:
            continue
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 (what cannot be taken up must not stop the chats)
            structlog.get_logger().error("pick_up_failed", exc_info=error)
            await pause(backoff.next_s(), stop)
            continue
        backoff.reset()
        if spoken is not None:
            take(spoken)
