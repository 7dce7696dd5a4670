"""Answers in SQLite."""

from datetime import datetime

from bot.store.driver import Connection
from bot.store.jsontext import Json, from_json, to_json
from bot.store.moments import from_ms, to_ms
from bot.store.rows import Answer

_ADD = """
    INSERT INTO answers (check_id, question, fact, value, answered_at, script_version)
    VALUES (?, ?, ?, ?, ?, ?)
"""
_OF = """
    SELECT id, check_id, question, fact, value, answered_at, script_version
    FROM answers
    WHERE check_id = ?
    ORDER BY id
"""


class SqliteAnswers:
    """The table `answers`."""

    __slots__ = ("_db",)

    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(self, check_id: int, *, question: str, fact: str, value: Json, at: datetime, script_version: str) -> None:
        """Add an answer to the history."""
        self._db.execute(_ADD, (check_id, question, fact, to_json(value), to_ms(at), script_version))

    def of(self, check_id: int) -> tuple[Answer, ...]:
        """All answers of a check, oldest first."""
        return tuple(
            Answer(id_, check, question, fact, from_json(value), from_ms(answered), version)
            for id_, check, question, fact, value, answered, version in self._db.execute(_OF, (check_id,)).fetchall()
        )
