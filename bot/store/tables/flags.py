"""Red flags in SQLite."""

from datetime import datetime
from typing import Any

from bot.store.driver import Connection
from bot.store.moments import from_ms, from_ms_or_none, to_ms
from bot.store.rows import Flag

_SELECT = """
    SELECT id, check_id, child_id, rule, level, action, raised_at, script_version, lowered_at, private
    FROM flags
"""
_OF = _SELECT + "WHERE check_id = ? ORDER BY id"
_STANDING = """
    SELECT id, check_id, child_id, rule, level, action, raised_at, script_version, lowered_at, private
    FROM flags
    WHERE check_id IN (SELECT id FROM checks WHERE parent_id = ?1)
        AND (?2 IS NULL OR child_id IS NULL OR child_id = ?2)
        AND level IN ('EMERGENCY', 'URGENT')
        AND lowered_at IS NULL
        AND raised_at >= ?3
    ORDER BY raised_at DESC, id DESC
"""
_ADD = """
    INSERT INTO flags (check_id, child_id, rule, level, action, raised_at, script_version, private)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_LOWER = "UPDATE flags SET lowered_at = ? WHERE check_id = ? AND rule = ? AND lowered_at IS NULL"


class SqliteFlags:
    """The table `flags`."""

    __slots__ = ("_db",)

    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(
        self,
        check_id: int,
        *,
        child_id: int | None,
        rule: str,
        level: str,
        action: str | None = None,
        at: datetime,
        script_version: str,
        private: bool = False,
    ) -> None:
        """Raise a flag."""
        self._db.execute(_ADD, (check_id, child_id, rule, level, action, to_ms(at), script_version, int(private)))

    def lower(self, check_id: int, rule: str, *, at: datetime) -> bool:
        """Lower a flag, because the parent corrected its answer."""
        return self._db.execute(_LOWER, (to_ms(at), check_id, rule)).rowcount > 0

    def of(self, check_id: int) -> tuple[Flag, ...]:
        """All flags of a check, lowered ones too, oldest first."""
        return tuple(map(_flag, self._db.execute(_OF, (check_id,)).fetchall()))

    def standing(self, parent_id: int, child_id: int | None, *, since: datetime) -> tuple[Flag, ...]:
        """EMERGENCY and URGENT flags raised since a moment and not lowered, newest first."""
        return tuple(map(_flag, self._db.execute(_STANDING, (parent_id, child_id, to_ms(since))).fetchall()))


def _flag(row: tuple[Any, ...]) -> Flag:
    id_, check_id, child_id, rule, level, action, raised, version, lowered, private = row
    return Flag(
        id=id_,
        check_id=check_id,
        child_id=child_id,
        rule=rule,
        level=level,
        action=action,
        raised_at=from_ms(raised),
        script_version=version,
        lowered_at=from_ms_or_none(lowered),
        private=bool(private),
    )
