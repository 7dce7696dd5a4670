"""How fast messages may leave: Telegram asks for one a second to a chat, with short bursts, and thirty a second in all.

Seconds are those of any clock that never goes back. In all, what changes a message counts as much as what sends one.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

CHAT_BURST = 8
"""Calls to one chat at once: two turns of four messages, or a parent who quickly taps through a list.

Telegram does not say how long its "short bursts" may be. One that is too long costs a pause of this chat alone.
"""

CHAT_RATE = 1.0
"""Calls a second to one chat in the long run."""

IN_ALL = 30
"""Calls in any one second."""

KEPT_FOR_URGENT = 3
"""Of these, how many only urgent messages may use."""

KEPT_FOR_MESSAGES = 3
"""Of the burst of a chat, how many calls tidying leaves for messages."""

TIDYING_COSTS = 0.5
"""What tidying counts in its chat: Telegram speaks of messages, and each answer brings one and a change of another."""


@dataclass(slots=True)
class _Bucket:
    """What is left for one chat; below zero after an emergency that did not wait."""

    left: float
    at: float

    def refill(self, now: float) -> None:
        self.left = min(CHAT_BURST, self.left + (now - self.at) * CHAT_RATE)
        self.at = now


class Rates:
    """Says how long a call must wait, and counts those that were made."""

    def __init__(self) -> None:
        self._chats: dict[str, _Bucket] = {}
        self._last: deque[float] = deque()
        self._paused: dict[str, float] = {}

    def wait(self, chat: str, now: float, *, urgent: bool = False, tidying: bool = False) -> float:
        """How many seconds a call must still wait; 0 when it may be made.

        What is urgent waits for the rate in all alone: in a pause of its chat it is tried, and waits if it is refused.
        """
        if urgent:
            return self._wait_for_all(IN_ALL, now)
        pause = self._paused.get(chat, now) - now
        of_all = self._wait_for_all(IN_ALL - KEPT_FOR_URGENT, now)
        return max(0.0, pause, of_all, self._wait_for_chat(chat, now, tidying=tidying))

    def pause(self, chat: str, now: float, seconds: float) -> None:
        """Make no call to a chat for so long: Telegram has asked for that."""
        self._paused = {one: until for one, until in self._paused.items() if until > now}
        self._paused[chat] = max(now + seconds, self._paused.get(chat, now))

    def take(self, chat: str, now: float, *, tidying: bool = False) -> None:
        """Count a call."""
        self._last.append(now)
        while self._last and now - self._last[0] >= 1:
            self._last.popleft()
        bucket = self._chats.setdefault(chat, _Bucket(CHAT_BURST, now))
        bucket.refill(now)
        bucket.left -= TIDYING_COSTS if tidying else 1
        if len(self._chats) > 2 * IN_ALL * CHAT_BURST:
            self._forget_full(now)

    def _wait_for_all(self, most: int, now: float) -> float:
        if len(self._last) < most:
            return 0
        return max(0.0, self._last[len(self._last) - most] + 1 - now)

    def _wait_for_chat(self, chat: str, now: float, *, tidying: bool) -> float:
        bucket = self._chats.get(chat)
        if bucket is None:
            return 0
        needed = TIDYING_COSTS + KEPT_FOR_MESSAGES if tidying else 1
        left = min(CHAT_BURST, bucket.left + (now - bucket.at) * CHAT_RATE)
        return max(0.0, (needed - left) / CHAT_RATE)

    def _forget_full(self, now: float) -> None:
        """A chat that may use its whole burst needs no memory."""
        for bucket in self._chats.values():
            bucket.refill(now)
        self._chats = {chat: one for chat, one in self._chats.items() if one.left < CHAT_BURST}
