"""Questions for the doctor in SQLite."""

from datetime import datetime

from bot.store.driver import Connection
from bot.store.moments import from_ms, to_ms
from bot.store.rows import OwnQuestion

_ADD = "INSERT INTO own_questions (parent_id, child_id, text, asked_at) VALUES (?, ?, ?, ?) RETURNING id"
_OF = "SELECT id, parent_id, child_id, text, asked_at FROM own_questions WHERE child_id = ? ORDER BY id"
_DELETE = "DELETE FROM own_questions WHERE id = ? AND parent_id = ?"
_PRUNE = "DELETE FROM own_questions WHERE asked_at < ?"


class SqliteOwnQuestions:
    """The table `own_questions`."""

    __slots__ = ("_db",)

    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(self, parent_id: int, child_id: int, text: str, *, at: datetime) -> OwnQuestion:
        """Keep a question about a child."""
        [(number,)] = self._db.execute(_ADD, (parent_id, child_id, text, to_ms(at))).fetchall()
        return OwnQuestion(number, parent_id, child_id, text, from_ms(to_ms(at)))

    def of(self, child_id: int) -> tuple[OwnQuestion, ...]:
        """The questions about a child, oldest first."""
        return tuple(
            OwnQuestion(number, parent, child, text, from_ms(asked))
            for number, parent, child, text, asked in self._db.execute(_OF, (child_id,)).fetchall()
        )

    def delete(self, parent_id: int, question: int) -> bool:
        """Delete one question of this parent."""
        return self._db.execute(_DELETE, (question, parent_id)).rowcount > 0

    def prune(self, *, before: datetime) -> int:
        """Delete questions that were kept before a moment; say how many there were."""
        return self._db.execute(_PRUNE, (to_ms(before),)).rowcount
