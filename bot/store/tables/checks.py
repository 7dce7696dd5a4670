"""Checks in SQLite."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from bot.store.driver import Connection
from bot.store.jsontext import to_json
from bot.store.moments import from_ms, from_ms_or_none, to_ms
from bot.store.rows import Check, CheckStatus

_SELECT = """
    SELECT id, parent_id, child_id, dialog, started_at, ended_at, level, action, script_version, status
    FROM checks
"""
_GET = _SELECT + "WHERE id = ?"
_OPEN = _SELECT + "WHERE parent_id = ? AND status = 'open' ORDER BY id DESC LIMIT 1"
_OF = _SELECT + "WHERE parent_id = ? ORDER BY id DESC LIMIT ? OFFSET ?"
_LEFT_OPEN = _SELECT + "WHERE status = 'open' AND started_at < ? ORDER BY started_at, id LIMIT ?"
_START = """
    INSERT INTO checks (parent_id, child_id, dialog, started_at, script_version, status)
    VALUES (?, ?, ?, ?, ?, 'open')
    RETURNING id
"""
_ASSIGN = "UPDATE checks SET child_id = ? WHERE id = ?"
_ASSIGN_FLAGS = "UPDATE flags SET child_id = ? WHERE check_id = ?"
_SET_LEVEL = "UPDATE checks SET level = ?, action = ? WHERE id = ?"
_END = "UPDATE checks SET status = ?, ended_at = ? WHERE id = ?"
_PURGE_ANSWERS = "DELETE FROM answers WHERE check_id = ? AND fact IN (SELECT value FROM json_each(?))"
_PURGE_PROFILE = """
    DELETE FROM profile_facts
    WHERE child_id = (SELECT child_id FROM checks WHERE id = ?) AND fact IN (SELECT value FROM json_each(?))
"""
_PRUNE = "DELETE FROM checks WHERE started_at < ?"
_PURGE_FLAGS = "UPDATE flags SET rule = 'private' WHERE check_id = ? AND private = 1"


class SqliteChecks:
    """The table `checks`."""

    __slots__ = ("_db",)

    def __init__(self, db: Connection) -> None:
        self._db = db

    def start(
        self, parent_id: int, *, child_id: int | None = None, dialog: str, at: datetime, script_version: str
    ) -> Check:
        """Open a check."""
        started = to_ms(at)
        values = (parent_id, child_id, dialog, started, script_version)
        [(check_id,)] = self._db.execute(_START, values).fetchall()
        return Check(check_id, parent_id, child_id, dialog, from_ms(started), None, None, None, script_version, "open")

    def get(self, check_id: int) -> Check | None:
        """One check."""
        row = self._db.execute(_GET, (check_id,)).fetchone()
        return None if row is None else _check(row)

    def open_of(self, parent_id: int) -> Check | None:
        """The check that is open, the latest if there are several."""
        row = self._db.execute(_OPEN, (parent_id,)).fetchone()
        return None if row is None else _check(row)

    def of(self, parent_id: int, *, limit: int, offset: int = 0) -> tuple[Check, ...]:
        """The checks of a parent, newest first."""
        return tuple(map(_check, self._db.execute(_OF, (parent_id, limit, offset)).fetchall()))

    def assign(self, check_id: int, child_id: int) -> None:
        """Say whose check it is; its flags follow, or they would stay with nobody for their 24 hours."""
        self._db.execute(_ASSIGN, (child_id, check_id))
        self._db.execute(_ASSIGN_FLAGS, (child_id, check_id))

    def set_level(self, check_id: int, *, level: str, action: str | None = None) -> None:
        """Note the level reached so far."""
        self._db.execute(_SET_LEVEL, (level, action, check_id))

    def end(self, check_id: int, *, status: CheckStatus, at: datetime) -> None:
        """Close a check."""
        self._db.execute(_END, (status, to_ms(at), check_id))

    def left_open(self, *, before: datetime, limit: int) -> tuple[Check, ...]:
        """Open checks that began before a moment, oldest first."""
        return tuple(map(_check, self._db.execute(_LEFT_OPEN, (to_ms(before), limit)).fetchall()))

    def purge_private(self, check_id: int, facts: Collection[str]) -> None:
        """Forget these facts of a check and its child's profile, and which rules its private flags were."""
        names = to_json(sorted(facts))
        self._db.execute(_PURGE_ANSWERS, (check_id, names))
        self._db.execute(_PURGE_PROFILE, (check_id, names))
        # The level must stand for 24 hours; the rule would tell why.
        self._db.execute(_PURGE_FLAGS, (check_id,))

    def prune(self, *, before: datetime) -> int:
        """Delete checks that began before a moment, with their answers and flags; say how many there were."""
        return self._db.execute(_PRUNE, (to_ms(before),)).rowcount


def _check(row: tuple[Any, ...]) -> Check:
    id_, parent_id, child_id, dialog, started, ended, level, action, version, status = row
    return Check(
        id=id_,
        parent_id=parent_id,
        child_id=child_id,
        dialog=dialog,
        started_at=from_ms(started),
        ended_at=from_ms_or_none(ended),
        level=level,
        action=action,
        script_version=version,
        status=status,
    )
