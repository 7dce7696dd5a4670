"""How many parents went from step to step, in SQLite."""

from datetime import date

from bot.store.driver import Connection
from bot.store.moments import to_day
from bot.store.rows import StepCount

_COUNT = """
    INSERT INTO step_counts (day, version, dialog, origin, step, parents) VALUES (?, ?, ?, ?, ?, 1)
    ON CONFLICT (day, version, dialog, origin, step) DO UPDATE SET parents = parents + 1
"""
_BETWEEN = """
    SELECT version, dialog, origin, step, sum(parents) FROM step_counts
    WHERE day >= ? AND day < ?
    GROUP BY version, dialog, origin, step
    ORDER BY version, dialog, origin, step
"""
_PRUNE = "DELETE FROM step_counts WHERE day < ?"


class SqliteStepCounts:
    """The table `step_counts`."""

    __slots__ = ("_db",)

    def __init__(self, db: Connection) -> None:
        self._db = db

    def count(self, *, day: date, version: str, dialog: str, origin: str, step: str) -> None:
        """One parent more went from a step to another on that day."""
        self._db.execute(_COUNT, (to_day(day), version, dialog, origin, step))

    def between(self, first: date, until: date) -> tuple[StepCount, ...]:
        """The counts from a day on, up to another that does not belong to them."""
        rows = self._db.execute(_BETWEEN, (to_day(first), to_day(until))).fetchall()
        return tuple(
            StepCount(version, dialog, origin, step, parents) for version, dialog, origin, step, parents in rows
        )

    def prune(self, *, before: date) -> int:
        """Delete the counts of days before one; say how many there were."""
        return self._db.execute(_PRUNE, (to_day(before),)).rowcount
