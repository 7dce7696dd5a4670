"""Reminders in SQLite."""

from datetime import datetime
from typing import Any

from bot.store.driver import Connection
from bot.store.jsontext import Json, from_json_or_none, to_json_or_none
from bot.store.moments import from_ms, from_ms_or_none, to_ms
from bot.store.rows import Reminder

_SELECT = "SELECT id, parent_id, turn, kind, payload, due_at, done_at FROM reminders "
_DUE = """
    SELECT id, parent_id, turn, kind, payload, due_at, done_at FROM reminders
    WHERE done_at IS NULL AND due_at <= ?1
        AND (?3 IS NULL OR parent_id IN (SELECT id FROM parents WHERE channel = ?3))
    ORDER BY due_at, id LIMIT ?2
"""
_OF = _SELECT + "WHERE parent_id = ? AND done_at IS NULL ORDER BY due_at, id"
_ADD = "INSERT INTO reminders (parent_id, turn, kind, payload, due_at) VALUES (?, ?, ?, ?, ?) RETURNING id"
_NEXT_DUE = "SELECT min(due_at) FROM reminders WHERE done_at IS NULL"
_DONE = "UPDATE reminders SET done_at = ? WHERE id = ? AND done_at IS NULL"
_CANCEL = """
    DELETE FROM reminders
    WHERE parent_id = ?1 AND done_at IS NULL AND (?2 IS NULL OR kind = ?2) AND (?3 IS NULL OR turn = ?3)
"""
_PRUNE = "DELETE FROM reminders WHERE done_at < ?"


class SqliteReminders:
    """The table `reminders`."""

    __slots__ = ("_db",)

    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(self, parent_id: int, *, kind: str, due_at: datetime, turn: int | None = None, payload: Json = None) -> int:
        """Remember something."""
        values = (parent_id, turn, kind, to_json_or_none(payload), to_ms(due_at))
        [(reminder,)] = self._db.execute(_ADD, values).fetchall()
        return int(reminder)

    def due(self, now: datetime, *, limit: int, channel: str | None = None) -> tuple[Reminder, ...]:
        """What is due, the longest overdue first; with a channel only what is for its parents."""
        return tuple(map(_reminder, self._db.execute(_DUE, (to_ms(now), limit, channel)).fetchall()))

    def next_due_at(self) -> datetime | None:
        """When the next one is due; None if none waits."""
        [(due,)] = self._db.execute(_NEXT_DUE).fetchall()
        return from_ms_or_none(due)

    def of(self, parent_id: int) -> tuple[Reminder, ...]:
        """What waits for a parent, next first."""
        return tuple(map(_reminder, self._db.execute(_OF, (parent_id,)).fetchall()))

    def done(self, reminder: int, *, at: datetime) -> bool:
        """It was brought up."""
        return self._db.execute(_DONE, (to_ms(at), reminder)).rowcount > 0

    def cancel(self, parent_id: int, *, kind: str | None = None, turn: int | None = None) -> int:
        """Cancel what waits for a parent: all, or those of a kind, of a turn, of both."""
        return self._db.execute(_CANCEL, (parent_id, kind, turn)).rowcount

    def prune(self, *, before: datetime) -> int:
        """Delete what was done before a moment."""
        return self._db.execute(_PRUNE, (to_ms(before),)).rowcount


def _reminder(row: tuple[Any, ...]) -> Reminder:
    id_, parent_id, turn, kind, payload, due, done = row
    return Reminder(id_, parent_id, turn, kind, from_json_or_none(payload), from_ms(due), from_ms_or_none(done))
