"""What can go wrong on the way to Telegram and back."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from tests.fake_telegram.calls import Refusal


@dataclass(frozen=True, slots=True)
class Fault:
    """One call goes wrong.

    `wait_for` holds the call back first. `done` says whether the method is done all the same. Then comes the refusal,
    or `body` with `status`, or the connection is closed without an answer.
    """

    refusal: Refusal | None = None
    status: int = 200
    body: bytes | None = None
    done: bool = False
    drop: bool = False
    wait_for: asyncio.Event | None = None


def too_many(retry_after: int = 1) -> Fault:
    """Status 429."""
    return Fault(Refusal(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after))


def refuse(code: int, description: str) -> Fault:
    """Any refusal."""
    return Fault(Refusal(code, description))


def server_error(status: int = 502) -> Fault:
    """What a proxy in front of Telegram says."""
    return Fault(status=status, body=b"<html><h1>Bad Gateway</h1></html>")


def garbage() -> Fault:
    """An answer that is no JSON."""
    return Fault(body=b'{"ok": tru')


def drop() -> Fault:
    """The connection closes and nothing was done."""
    return Fault(drop=True)


def lost_answer() -> Fault:
    """The method is done, and the connection closes before the bot can know."""
    return Fault(drop=True, done=True)


def late(until: asyncio.Event) -> Fault:
    """The call waits until the event is set, then all goes well."""
    return Fault(wait_for=until, done=True)
