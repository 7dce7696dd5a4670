"""Children in SQLite."""

from datetime import date, datetime
from typing import Any

from bot.store.driver import Connection
from bot.store.moments import from_day, from_ms, from_ms_or_none, to_day, to_ms, to_ms_or_none
from bot.store.rows import Child

_SELECT = "SELECT id, parent_id, nickname, birth_date, created_at, deleted_at FROM children "
_GET = _SELECT + "WHERE id = ? AND parent_id = ? AND deleted_at IS NULL"
_OF = _SELECT + "WHERE parent_id = ? AND deleted_at IS NULL ORDER BY id"
_ADD = "INSERT INTO children (parent_id, nickname, birth_date, created_at) VALUES (?, ?, ?, ?) RETURNING id"
_SAVE = "UPDATE children SET nickname = ?, birth_date = ?, deleted_at = ? WHERE id = ?"
_DELETE = "DELETE FROM children WHERE id = ? AND parent_id = ?"
_UNCHOOSE = "UPDATE parents SET current_child = NULL WHERE id = ? AND current_child = ?"


class SqliteChildren:
    """The table `children`."""

    __slots__ = ("_db",)

    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(self, parent_id: int, nickname: str, *, birth_date: date | None, at: datetime) -> Child:
        """Add a child."""
        created = to_ms(at)
        [(child_id,)] = self._db.execute(_ADD, (parent_id, nickname, to_day(birth_date), created)).fetchall()
        return Child(child_id, parent_id, nickname, birth_date, from_ms(created))

    def get(self, parent_id: int, child_id: int) -> Child | None:
        """A child of this parent that is not deleted."""
        row = self._db.execute(_GET, (child_id, parent_id)).fetchone()
        return None if row is None else _child(row)

    def of(self, parent_id: int) -> tuple[Child, ...]:
        """The children of this parent that are not deleted, oldest entry first."""
        return tuple(map(_child, self._db.execute(_OF, (parent_id,)).fetchall()))

    def save(self, child: Child) -> None:
        """Write back a changed copy; a child that is now deleted is no longer the current one."""
        deleted = to_ms_or_none(child.deleted_at)
        self._db.execute(_SAVE, (child.nickname, to_day(child.birth_date), deleted, child.id))
        if deleted is not None:
            self._db.execute(_UNCHOOSE, (child.parent_id, child.id))

    def delete(self, parent_id: int, child_id: int) -> bool:
        """Delete a child for good; its checks, flags and diary go with it."""
        self._db.execute(_UNCHOOSE, (parent_id, child_id))
        return self._db.execute(_DELETE, (child_id, parent_id)).rowcount > 0


def _child(row: tuple[Any, ...]) -> Child:
    id_, parent_id, nickname, birth_date, created, deleted = row
    return Child(id_, parent_id, nickname, from_day(birth_date), from_ms(created), from_ms_or_none(deleted))
