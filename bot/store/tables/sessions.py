"""Sessions in SQLite."""

from datetime import datetime
from typing import Any

from bot.store.driver import Connection
from bot.store.errors import StoreError
from bot.store.moments import from_ms, to_ms
from bot.store.rows import Session

_SELECT = "SELECT parent_id, state, turn, script_version, updated_at FROM sessions "
_LOAD = _SELECT + "WHERE parent_id = ?"
_PAGE = _SELECT + "WHERE parent_id > ? ORDER BY parent_id LIMIT ?"
_SAVE = """
    INSERT INTO sessions (parent_id, state, turn, script_version, updated_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (parent_id) DO UPDATE
    SET state = excluded.state, turn = excluded.turn, script_version = excluded.script_version,
        updated_at = excluded.updated_at
    WHERE excluded.turn >= sessions.turn
"""
_OF_VERSIONS = "SELECT script_version, count(*) FROM sessions WHERE updated_at >= ? GROUP BY script_version"


class SqliteSessions:
    """The table `sessions`."""

    __slots__ = ("_db",)

    def __init__(self, db: Connection) -> None:
        self._db = db

    def load(self, parent_id: int) -> Session | None:
        """The session of a parent."""
        row = self._db.execute(_LOAD, (parent_id,)).fetchone()
        return None if row is None else _session(row)

    def save(self, parent_id: int, *, state: str, turn: int, script_version: str, at: datetime) -> None:
        """Replace the session; a turn number that goes back is refused."""
        saved = self._db.execute(_SAVE, (parent_id, state, turn, script_version, to_ms(at)))
        if not saved.rowcount:
            # Buttons of an old turn would come to life again.
            raise StoreError(f"turn {turn} would follow a later one of the same parent; turns only go up.")

    def page(self, *, after: int = 0, limit: int) -> tuple[Session, ...]:
        """The next sessions after a parent's id."""
        return tuple(map(_session, self._db.execute(_PAGE, (after, limit)).fetchall()))

    def of_versions(self, *, since: datetime) -> dict[str, int]:
        """How many sessions that were written since a moment each version has."""
        return dict(self._db.execute(_OF_VERSIONS, (to_ms(since),)).fetchall())


def _session(row: tuple[Any, ...]) -> Session:
    parent_id, state, turn, script_version, updated = row
    return Session(parent_id, state, turn, script_version, from_ms(updated))
