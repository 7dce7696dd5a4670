"""Profile facts in SQLite."""

from datetime import datetime

from bot.store.driver import Connection
from bot.store.jsontext import Json, from_json, to_json
from bot.store.moments import from_ms, to_ms
from bot.store.rows import ProfileFact

_SET = """
    INSERT INTO profile_facts (child_id, fact, value, answered_at, script_version) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (child_id, fact) DO UPDATE
    SET value = excluded.value, answered_at = excluded.answered_at, script_version = excluded.script_version
"""
_OF = """
    SELECT child_id, fact, value, answered_at, script_version FROM profile_facts
    WHERE child_id = ?
    ORDER BY fact
"""
_UNSET = "DELETE FROM profile_facts WHERE child_id = ? AND fact = ?"


class SqliteProfiles:
    """The table `profile_facts`."""

    __slots__ = ("_db",)

    def __init__(self, db: Connection) -> None:
        self._db = db

    def set(self, child_id: int, fact: str, value: Json, *, at: datetime, script_version: str) -> None:
        """Keep the latest value of a fact."""
        self._db.execute(_SET, (child_id, fact, to_json(value), to_ms(at), script_version))

    def of(self, child_id: int) -> tuple[ProfileFact, ...]:
        """All facts of a child, by name."""
        return tuple(
            ProfileFact(child, fact, from_json(value), from_ms(answered), version)
            for child, fact, value, answered, version in self._db.execute(_OF, (child_id,)).fetchall()
        )

    def unset(self, child_id: int, fact: str) -> bool:
        """Forget a fact."""
        return self._db.execute(_UNSET, (child_id, fact)).rowcount > 0
