"""What a turn may look up besides the session: which dialogs are closed, the diary, and what was told before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.facts.level import Level
from bot.facts.value import Value
from bot.talk.past import ListedPast, Past


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of the diary, without anything private: `lines` is what was said, `level` the advice of that time.

    `questions` are the keys of the questions behind the lines; events of before they were kept have none.
    """

    id: int
    at: datetime
    level: Level | None
    reasons: tuple[str, ...] = ()
    answers: Mapping[str, Value] = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


class Diary(Protocol):
    """The saved events of the child that is spoken of."""

    def count(self) -> int:
        """How many there are."""

    def page(self, *, offset: int, limit: int) -> tuple[Entry, ...]:
        """Some of them, newest first."""

    def get(self, entry: int) -> Entry | None:
        """One of them."""


@dataclass(frozen=True, slots=True)
class ListedDiary:
    """A diary of a few events, newest first; without any it is the diary of somebody who has none."""

    entries: tuple[Entry, ...] = ()

    def count(self) -> int:
        """How many there are."""
        return len(self.entries)

    def page(self, *, offset: int, limit: int) -> tuple[Entry, ...]:
        """Some of them, newest first."""
        return self.entries[offset : offset + limit]

    def get(self, entry: int) -> Entry | None:
        """One of them."""
        return next((one for one in self.entries if one.id == entry), None)


@dataclass(frozen=True, slots=True)
class Around:
    """The closed dialogs, the diary and the past; both are read when asked for, so that most turns cost nothing."""

    closed: frozenset[str] = frozenset()
    diary: Diary = field(default_factory=ListedDiary)
    past: Past = field(default_factory=ListedPast)


NOTHING = Around()
