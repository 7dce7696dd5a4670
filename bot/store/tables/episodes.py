"""The diary in SQLite."""

from datetime import date, datetime
from typing import Any

from bot.store.driver import Connection
from bot.store.jsontext import Json, from_json, to_json
from bot.store.moments import from_ms, to_day, to_ms
from bot.store.rows import Episode

_COLUMNS = "id, parent_id, child_id, check_id, happened_at, day, saved_at, level, summary, script_version"
_SELECT = f"SELECT {_COLUMNS} FROM episodes "  # noqa: S608 (our own names)
_GET = _SELECT + "WHERE id = ? AND parent_id = ?"
_PAGE = _SELECT + "WHERE child_id = ? ORDER BY happened_at DESC, id DESC LIMIT ? OFFSET ?"
_ADD = """
    INSERT INTO episodes (
        parent_id, child_id, check_id, happened_at, day, saved_at, level, summary, script_version
    )
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    RETURNING id
"""
_COUNT = "SELECT count(*) FROM episodes WHERE child_id = ?"
_DAYS = """
    SELECT count(DISTINCT day) FROM episodes
    WHERE child_id = ? AND day >= coalesce(?, day) AND day <= coalesce(?, day)
"""
_SAVE = "UPDATE episodes SET happened_at = ?, day = ?, level = ?, summary = ? WHERE id = ? AND parent_id = ?"
_PRUNE = "DELETE FROM episodes WHERE saved_at < ?"
_DELETE = "DELETE FROM episodes WHERE id = ? AND parent_id = ?"


class SqliteEpisodes:
    """The table `episodes`."""

    __slots__ = ("_db",)

    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(
        self,
        parent_id: int,
        child_id: int,
        *,
        check_id: int | None = None,
        happened_at: datetime,
        day: date,
        at: datetime,
        level: str | None = None,
        summary: Json,
        script_version: str,
    ) -> Episode:
        """Save an event; `day` is its date where the parent lives."""
        text = to_json(summary)
        happened, saved = to_ms(happened_at), to_ms(at)
        values = (parent_id, child_id, check_id, happened, to_day(day), saved, level, text, script_version)
        [(episode_id,)] = self._db.execute(_ADD, values).fetchall()
        return _episode((episode_id, *values))

    def get(self, parent_id: int, episode_id: int) -> Episode | None:
        """One episode of this parent."""
        row = self._db.execute(_GET, (episode_id, parent_id)).fetchone()
        return None if row is None else _episode(row)

    def page(self, child_id: int, *, limit: int, offset: int = 0) -> tuple[Episode, ...]:
        """The episodes of a child, newest first."""
        return tuple(map(_episode, self._db.execute(_PAGE, (child_id, limit, offset)).fetchall()))

    def count(self, child_id: int) -> int:
        """How many episodes a child has."""
        [(count,)] = self._db.execute(_COUNT, (child_id,)).fetchall()
        return int(count)

    def days(self, child_id: int, *, first: date | None = None, last: date | None = None) -> int:
        """On how many different days there was an episode, both ends included."""
        [(count,)] = self._db.execute(_DAYS, (child_id, to_day(first), to_day(last))).fetchall()
        return int(count)

    def save(self, episode: Episode) -> None:
        """Write back a changed copy: when it happened, level, summary."""
        self._db.execute(
            _SAVE,
            (
                to_ms(episode.happened_at),
                to_day(episode.day),
                episode.level,
                to_json(episode.summary),
                episode.id,
                episode.parent_id,
            ),
        )

    def delete(self, parent_id: int, episode_id: int) -> bool:
        """Delete one episode of this parent."""
        return self._db.execute(_DELETE, (episode_id, parent_id)).rowcount > 0

    def prune(self, *, before: datetime) -> int:
        """Delete episodes that were saved before a moment; say how many there were."""
        return self._db.execute(_PRUNE, (to_ms(before),)).rowcount


def _episode(row: tuple[Any, ...]) -> Episode:
    id_, parent_id, child_id, check_id, happened, day, saved, level, summary, version = row
    return Episode(
        id=id_,
        parent_id=parent_id,
        child_id=child_id,
        check_id=check_id,
        happened_at=from_ms(happened),
        day=date.fromisoformat(day),
        saved_at=from_ms(saved),
        level=level,
        summary=from_json(summary),
        script_version=version,
    )
