"""Published scripts in SQLite."""

import zlib
from datetime import datetime
from typing import Any

from bot.store.driver import Connection
from bot.store.errors import StoreError
from bot.store.moments import from_ms, to_ms
from bot.store.rows import ScriptVersion
from bot.store.tables.notes import SqliteNotes

CURRENT = "current_script"

_GET = "SELECT hash, published_at, by, note, certificate, content FROM script_versions WHERE hash = ?"
_ALL = """
    SELECT hash, published_at, by, note, certificate, NULL FROM script_versions
    ORDER BY published_at DESC, rowid DESC
"""
_KEEP = """
    INSERT INTO script_versions (hash, published_at, by, note, certificate, content) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (hash) DO NOTHING
"""


class SqliteScripts:
    """The table `script_versions`, and the note that says which one is current."""

    __slots__ = ("_db", "_notes")

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._notes = SqliteNotes(db)

    def publish(
        self,
        hash_: str,
        content: bytes,
        *,
        at: datetime,
        by: str,
        note: str = "",
        certificate: str | None = None,
    ) -> None:
        """Keep a script and make it the current one."""
        kept = self.get(hash_)
        if kept is not None and kept.content != content:
            # Old advice is explained from the script that spoke, which must never change under its hash.
            raise StoreError(f"script {hash_} was published before with another content.")
        self._db.execute(_KEEP, (hash_, to_ms(at), by, note, certificate, zlib.compress(content)))
        self._notes.set(CURRENT, hash_)

    def use(self, hash_: str) -> None:
        """Make a script that was published before the current one again."""
        if self.get(hash_) is None:
            raise StoreError(f"script {hash_} was never published.")
        self._notes.set(CURRENT, hash_)

    def current_hash(self) -> str | None:
        """The hash of the current script."""
        return self._notes.get(CURRENT)

    def current(self) -> ScriptVersion | None:
        """The current script with its content."""
        hash_ = self.current_hash()
        return None if hash_ is None else self.get(hash_)

    def get(self, hash_: str) -> ScriptVersion | None:
        """Any published script with its content."""
        row = self._db.execute(_GET, (hash_,)).fetchone()
        return None if row is None else _version(row)

    def all(self) -> tuple[ScriptVersion, ...]:
        """All published scripts, newest first, without content."""
        return tuple(map(_version, self._db.execute(_ALL).fetchall()))


def _version(row: tuple[Any, ...]) -> ScriptVersion:
    hash_, published, by, note, certificate, content = row
    plain = None if content is None else zlib.decompress(content)
    return ScriptVersion(hash_, from_ms(published), by, note, certificate, plain)
