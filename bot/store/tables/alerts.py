"""Alerts in SQLite."""

from datetime import datetime
from typing import Any

from bot.store.driver import Connection
from bot.store.moments import from_ms, from_ms_or_none, to_ms
from bot.store.rows import Alert

_GET = """
    SELECT id, parent_id, level, age_band, raised_at, due_at, sent, message, acknowledged_at FROM alerts WHERE id = ?
"""
_DUE = """
    SELECT id, parent_id, level, age_band, raised_at, due_at, sent, message, acknowledged_at FROM alerts
    WHERE acknowledged_at IS NULL AND due_at <= ?1 AND parent_id IN (SELECT id FROM parents WHERE channel = ?3)
    ORDER BY due_at, id LIMIT ?2
"""
_ADD = """
    INSERT INTO alerts (parent_id, level, age_band, raised_at, due_at) VALUES (?, ?, ?, ?, ?)
    RETURNING id, parent_id, level, age_band, raised_at, due_at, sent, message, acknowledged_at
"""
_COUNT = "SELECT count(*) FROM alerts WHERE parent_id = ? AND raised_at >= ?"
_SENT = "UPDATE alerts SET sent = sent + 1, message = ?, due_at = ? WHERE id = ?"
_WAIT = "UPDATE alerts SET due_at = ? WHERE id = ?"
_ACKNOWLEDGE = "UPDATE alerts SET acknowledged_at = ? WHERE id = ? AND acknowledged_at IS NULL"
_PRUNE = "DELETE FROM alerts WHERE acknowledged_at < ?"


class SqliteAlerts:
    """The table `alerts`."""

    __slots__ = ("_db",)

    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(self, parent_id: int, *, level: str, age_band: str, at: datetime) -> Alert:
        """Raise an alert, due at once."""
        values = (parent_id, level, age_band, to_ms(at), to_ms(at))
        [row] = self._db.execute(_ADD, values).fetchall()
        return _alert(row)

    def get(self, alert: int) -> Alert | None:
        """One alert."""
        row = self._db.execute(_GET, (alert,)).fetchone()
        return None if row is None else _alert(row)

    def due(self, now: datetime, *, limit: int, channel: str) -> tuple[Alert, ...]:
        """The alerts about parents of a channel that nobody has acknowledged and that are due, the oldest first."""
        return tuple(map(_alert, self._db.execute(_DUE, (to_ms(now), limit, channel)).fetchall()))

    def count(self, parent_id: int, *, since: datetime) -> int:
        """How many alerts a parent has caused since a moment."""
        [(count,)] = self._db.execute(_COUNT, (parent_id, to_ms(since))).fetchall()
        return int(count)

    def sent(self, alert: int, *, message: int, due_at: datetime) -> None:
        """It was queued once more, and is due again then."""
        self._db.execute(_SENT, (message, to_ms(due_at), alert))

    def wait(self, alert: int, *, due_at: datetime) -> None:
        """It is due again then."""
        self._db.execute(_WAIT, (to_ms(due_at), alert))

    def acknowledge(self, alert: int, *, at: datetime) -> bool:
        """Somebody has seen it; False if somebody had before, or it is gone."""
        return self._db.execute(_ACKNOWLEDGE, (to_ms(at), alert)).rowcount > 0

    def prune(self, *, before: datetime) -> int:
        """Delete alerts that were acknowledged before a moment."""
        return self._db.execute(_PRUNE, (to_ms(before),)).rowcount


def _alert(row: tuple[Any, ...]) -> Alert:
    id_, parent_id, level, age_band, raised, due, sent, message, acknowledged = row
    return Alert(
        id_, parent_id, level, age_band, from_ms(raised), from_ms(due), sent, message, from_ms_or_none(acknowledged)
    )
