"""How long to wait before the next try."""

from __future__ import annotations

import random

FIRST_S = 0.5
LONGEST_S = 30.0


class Backoff:
    """Twice as long each time, up to a limit, and never quite the same as everybody else."""

    def __init__(self, first_s: float = FIRST_S, longest_s: float = LONGEST_S) -> None:
        self._first = first_s
        self._longest = longest_s
        self._tries = 0

    @property
    def tries(self) -> int:
        """How many waits there were since the last success."""
        return self._tries

    def next_s(self) -> float:
        """The seconds to wait now."""
        wait = min(self._longest, self._first * 2.0**self._tries)
        self._tries += 1
        return wait * random.uniform(0.8, 1.2)  # noqa: S311 (spreads load, guards no secret)

    def reset(self) -> None:
        """It went well."""
        self._tries = 0
