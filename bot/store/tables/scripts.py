"""Published versions in SQLite."""

import zlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.store.driver import Connection
from bot.store.errors import StoreError
from bot.store.moments import from_ms, to_ms
from bot.store.rows import Publication, PublicationKind, ScriptVersion

_GET = "SELECT hash, published_at, content FROM script_versions WHERE hash = ?"
_ALL = "SELECT hash, published_at, NULL FROM script_versions ORDER BY published_at DESC, rowid DESC"
_KEEP = """
    INSERT INTO script_versions (hash, published_at, by, note, certificate, content) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (hash) DO NOTHING
"""
_PUBLISH = """
    INSERT INTO publications (hash, at, by, kind, note, certificate, approved_by, for_parents, edit_class, restores)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    RETURNING id
"""
_PUBLICATIONS = """
    SELECT id, hash, at, by, kind, note, certificate, approved_by, for_parents, edit_class, restores FROM publications
    ORDER BY id DESC
"""
_CURRENT = _PUBLICATIONS + "LIMIT 1"
_ALLOW_MOVE = "INSERT OR REPLACE INTO version_moves (from_hash, to_hash, edit_class) VALUES (?, ?, ?)"
_MOVES = "SELECT from_hash, edit_class FROM version_moves WHERE to_hash = ?"
# Whatever a parent was told is explained from the version that said it, so that nothing goes to which something refers.
_PRUNE = """
    DELETE FROM script_versions AS this
    WHERE hash NOT IN (SELECT hash FROM publications WHERE at >= ?)
        AND hash NOT IN (SELECT hash FROM publications ORDER BY id DESC LIMIT ?)
        AND NOT EXISTS (SELECT 1 FROM sessions WHERE script_version = this.hash)
        AND NOT EXISTS (SELECT 1 FROM parents WHERE consent_text_version = this.hash)
        AND NOT EXISTS (SELECT 1 FROM outbox WHERE script_version = this.hash)
        AND NOT EXISTS (SELECT 1 FROM checks WHERE script_version = this.hash)
        AND NOT EXISTS (SELECT 1 FROM flags WHERE script_version = this.hash)
        AND NOT EXISTS (SELECT 1 FROM episodes WHERE script_version = this.hash)
        AND NOT EXISTS (SELECT 1 FROM answers WHERE script_version = this.hash)
        AND NOT EXISTS (SELECT 1 FROM profile_facts WHERE script_version = this.hash)
"""
_PRUNE_MOVES = "DELETE FROM version_moves WHERE from_hash NOT IN (SELECT hash FROM script_versions)"


class SqliteScripts:
    """The tables `script_versions`, `publications` and `version_moves`."""

    __slots__ = ("_db",)

    def __init__(self, db: Connection) -> None:
        self._db = db

    def publish(
        self,
        hash_: str,
        content: bytes | None,
        *,
        at: datetime,
        by: str,
        kind: PublicationKind = "publish",
        note: str = "",
        certificate: str | None = None,
        approved_by: str | None = None,
        for_parents: bool = False,
        edit_class: str | None = None,
        restores: int | None = None,
    ) -> Publication:
        """Keep a version and make it the current one; without content it is one that is kept already."""
        kept = self.get(hash_)
        if kept is None and content is None:
            raise StoreError(f"script {hash_} was never published, or is kept no longer.")
        if kept is not None and content is not None and kept.content != content:
            # Old advice is explained from the script that spoke, which must never change under its hash.
            raise StoreError(f"script {hash_} was published before with another content.")
        moment = to_ms(at)
        if content is not None:
            self._db.execute(_KEEP, (hash_, moment, by, note, certificate, zlib.compress(content)))
        values = (hash_, moment, by, kind, note, certificate, approved_by, int(for_parents), edit_class, restores)
        [(id_,)] = self._db.execute(_PUBLISH, values).fetchall()
        return _publication((id_, *values))

    def current_hash(self) -> str | None:
        """The hash of the current version."""
        latest = self.current()
        return None if latest is None else latest.hash

    def current(self) -> Publication | None:
        """The latest publication."""
        row = self._db.execute(_CURRENT).fetchone()
        return None if row is None else _publication(row)

    def publications(self) -> tuple[Publication, ...]:
        """Every publication, newest first."""
        return tuple(map(_publication, self._db.execute(_PUBLICATIONS).fetchall()))

    def get(self, hash_: str) -> ScriptVersion | None:
        """A version that is kept, with its content."""
        row = self._db.execute(_GET, (hash_,)).fetchone()
        return None if row is None else _version(row)

    def all(self) -> tuple[ScriptVersion, ...]:
        """All versions that are kept, newest first, without content."""
        return tuple(map(_version, self._db.execute(_ALL).fetchall()))

    def allow_moves(self, to_hash: str, classes: Mapping[str, str]) -> None:
        """Note, for each of these versions, what the edit from there to a version means for a running check."""
        for from_hash, edit_class in classes.items():
            self._db.execute(_ALLOW_MOVE, (from_hash, to_hash, edit_class))

    def moves(self, to_hash: str) -> dict[str, str]:
        """What was noted, by the version from which one would move."""
        return dict(self._db.execute(_MOVES, (to_hash,)).fetchall())

    def prune(self, *, before: datetime, latest: int) -> int:
        """Delete versions last published before a moment to which nothing refers; the latest publications' stay."""
        deleted = self._db.execute(_PRUNE, (to_ms(before), latest)).rowcount
        if deleted:
            self._db.execute(_PRUNE_MOVES)
        return deleted


def _version(row: tuple[Any, ...]) -> ScriptVersion:
    hash_, published, content = row
    return ScriptVersion(hash_, from_ms(published), None if content is None else zlib.decompress(content))


def _publication(row: tuple[Any, ...]) -> Publication:
    id_, hash_, at, by, kind, note, certificate, approved_by, for_parents, edit_class, restores = row
    return Publication(
        id_, hash_, from_ms(at), by, kind, note, certificate, approved_by, bool(for_parents), edit_class, restores
    )
