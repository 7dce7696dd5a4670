"""Closed dialogs in SQLite."""

from datetime import datetime

from bot.store.driver import Connection
from bot.store.moments import from_ms, to_ms
from bot.store.rows import PausedDialog

_PAUSE = "INSERT INTO paused (dialog, since, by) VALUES (?, ?, ?) ON CONFLICT (dialog) DO NOTHING"
_RESUME = "DELETE FROM paused WHERE dialog = ?"
_ALL = "SELECT dialog, since, by FROM paused ORDER BY dialog"


class SqlitePauses:
    """The table `paused`."""

    __slots__ = ("_db",)

    def __init__(self, db: Connection) -> None:
        self._db = db

    def pause(self, dialog: str, *, at: datetime, by: str) -> None:
        """Close a dialog; one that is closed stays as it was."""
        self._db.execute(_PAUSE, (dialog, to_ms(at), by))

    def resume(self, dialog: str) -> bool:
        """Open it again."""
        return self._db.execute(_RESUME, (dialog,)).rowcount > 0

    def all(self) -> tuple[PausedDialog, ...]:
        """All closed dialogs, by name."""
        return tuple(
            PausedDialog(dialog, from_ms(since), by) for dialog, since, by in self._db.execute(_ALL).fetchall()
        )
