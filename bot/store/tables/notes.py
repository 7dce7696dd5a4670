"""The bot's notes about itself in SQLite."""

from bot.store.driver import Connection

_GET = "SELECT value FROM meta WHERE name = ?"
_SET = "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"


class SqliteNotes:
    """The table `meta`."""

    __slots__ = ("_db",)

    def __init__(self, db: Connection) -> None:
        self._db = db

    def get(self, name: str) -> str | None:
        """A note."""
        row = self._db.execute(_GET, (name,)).fetchone()
        return None if row is None else str(row[0])

    def set(self, name: str, value: str) -> None:
        """Keep a note."""
        self._db.execute(_SET, (name, value))
