"""How many messages Telegram takes: buckets that fill up again."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from tests.fake_telegram.calls import Refusal


@dataclass(slots=True)
class Rates:
    """So many messages a second to one chat (after a burst), and in all; over that comes a 429."""

    chat_per_s: float = 1.0
    chat_burst: int = 5
    all_per_s: float = 30.0
    all_burst: int = 30
    _full_at: dict[int | None, float] = field(default_factory=dict)

    def take(self, chat: int, now: float) -> None:
        """Count a message, or refuse it."""
        for key, per_s, burst in ((chat, self.chat_per_s, self.chat_burst), (None, self.all_per_s, self.all_burst)):
            full_at = max(self._full_at.get(key, now), now)
            used = (full_at - now) * per_s
            if used > burst - 1:
                wait = math.ceil((used - burst + 1) / per_s)
                raise Refusal(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
            self._full_at[key] = full_at + 1 / per_s
