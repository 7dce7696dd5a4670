"""Parents in SQLite."""

from datetime import datetime
from typing import Any

from bot.store.driver import Connection
from bot.store.moments import from_ms, from_ms_or_none, to_ms, to_ms_or_none
from bot.store.rows import Parent

_SELECT = """
    SELECT id, channel, external_id, created_at, language, country, time_zone,
        consent_at, consent_text_version, current_child, gone_at
    FROM parents
"""
_GET = _SELECT + "WHERE id = ?"
_FIND = _SELECT + "WHERE channel = ? AND external_id = ?"
_PAGE = _SELECT + "WHERE id > ? ORDER BY id LIMIT ?"
_ADD = """
    INSERT INTO parents (channel, external_id, created_at, language, country) VALUES (?, ?, ?, ?, ?)
    RETURNING id
"""
_SAVE = """
    UPDATE parents
    SET language = ?, country = ?, time_zone = ?, consent_at = ?, consent_text_version = ?,
        current_child = ?, gone_at = ?
    WHERE id = ?
"""


class SqliteParents:
    """The table `parents`."""

    __slots__ = ("_db",)

    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(
        self,
        channel: str,
        external_id: str,
        *,
        at: datetime,
        language: str | None = None,
        country: str | None = None,
    ) -> Parent:
        """Add a parent who is not known yet on this channel."""
        created = to_ms(at)
        [(parent_id,)] = self._db.execute(_ADD, (channel, external_id, created, language, country)).fetchall()
        return Parent(parent_id, channel, external_id, from_ms(created), language, country)

    def find(self, channel: str, external_id: str) -> Parent | None:
        """The parent behind an id of a channel."""
        row = self._db.execute(_FIND, (channel, external_id)).fetchone()
        return None if row is None else _parent(row)

    def get(self, parent_id: int) -> Parent | None:
        """The parent with our own id."""
        row = self._db.execute(_GET, (parent_id,)).fetchone()
        return None if row is None else _parent(row)

    def save(self, parent: Parent) -> None:
        """Write back a changed copy."""
        self._db.execute(
            _SAVE,
            (
                parent.language,
                parent.country,
                parent.time_zone,
                to_ms_or_none(parent.consent_at),
                parent.consent_text_version,
                parent.current_child,
                to_ms_or_none(parent.gone_at),
                parent.id,
            ),
        )

    def page(self, *, after: int = 0, limit: int) -> tuple[Parent, ...]:
        """The next parents after an id, by id."""
        return tuple(map(_parent, self._db.execute(_PAGE, (after, limit)).fetchall()))


def _parent(row: tuple[Any, ...]) -> Parent:
    id_, channel, external_id, created, language, country, time_zone, consent, consent_text, child, gone = row
    return Parent(
        id=id_,
        channel=channel,
        external_id=external_id,
        created_at=from_ms(created),
        language=language,
        country=country,
        time_zone=time_zone,
        consent_at=from_ms_or_none(consent),
        consent_text_version=consent_text,
        current_child=child,
        gone_at=from_ms_or_none(gone),
    )
