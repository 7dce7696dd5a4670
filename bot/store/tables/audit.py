"""The audit trail in SQLite."""

from datetime import datetime

from bot.store.driver import Connection
from bot.store.jsontext import Json, from_json_or_none, to_json_or_none
from bot.store.moments import from_ms, to_ms
from bot.store.rows import AuditEntry

_ADD = "INSERT INTO audit (at, who, what, detail) VALUES (?, ?, ?, ?)"
_LATEST = "SELECT id, at, who, what, detail FROM audit ORDER BY id DESC LIMIT ?"


class SqliteAudit:
    """The table `audit`."""

    __slots__ = ("_db",)

    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(self, who: str, what: str, *, at: datetime, detail: Json = None) -> None:
        """Add an entry."""
        self._db.execute(_ADD, (to_ms(at), who, what, to_json_or_none(detail)))

    def latest(self, *, limit: int) -> tuple[AuditEntry, ...]:
        """The latest entries, newest first."""
        return tuple(
            AuditEntry(id_, from_ms(at), who, what, from_json_or_none(detail))
            for id_, at, who, what, detail in self._db.execute(_LATEST, (limit,)).fetchall()
        )
