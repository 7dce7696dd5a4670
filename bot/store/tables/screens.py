"""The messages of each chat that can still be pressed or are pinned, in SQLite."""

from datetime import datetime
from typing import Any

from bot.store.driver import Connection
from bot.store.moments import from_ms, to_ms
from bot.store.rows import ScreenMessage

_SELECT = "SELECT parent_id, message_id, turn, question, pinned, shown_at FROM screens "
# Ids of messages are numbers as text, and grow.
_ORDER = " ORDER BY shown_at, length(message_id), message_id"
_ADD = """
    INSERT INTO screens (parent_id, message_id, turn, question, shown_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET turn = excluded.turn, question = excluded.question
"""
_FIND = _SELECT + "WHERE parent_id = ? AND turn = ? AND question = ?" + _ORDER
_WITH_BUTTONS = _SELECT + "WHERE parent_id = ? AND turn < ? AND question IS NOT NULL" + _ORDER
_DROP_BUTTONS = "UPDATE screens SET question = NULL WHERE parent_id = ? AND message_id = ?"
_PIN = """
    INSERT INTO screens (parent_id, message_id, turn, question, pinned, shown_at) VALUES (?, ?, ?, NULL, 1, ?)
    ON CONFLICT DO UPDATE SET pinned = 1
"""
_UNPIN = "UPDATE screens SET pinned = 0 WHERE parent_id = ? AND message_id = ?"
_DROP_IF_NEITHER = "DELETE FROM screens WHERE parent_id = ? AND message_id = ? AND question IS NULL AND pinned = 0"
_PINNED = _SELECT + "WHERE parent_id = ? AND pinned = 1" + _ORDER
_PINNED_BEFORE = _SELECT + "WHERE pinned = 1 AND shown_at < ? ORDER BY shown_at, parent_id LIMIT ?"
_PRUNE = "DELETE FROM screens WHERE pinned = 0 AND shown_at < ?"


class SqliteScreens:
    """The table `screens`."""

    __slots__ = ("_db",)

    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(self, parent_id: int, message_id: str, *, turn: int, question: str, at: datetime) -> None:
        """A message with buttons was shown."""
        self._db.execute(_ADD, (parent_id, message_id, turn, question, to_ms(at)))

    def find(self, parent_id: int, *, turn: int, question: str) -> ScreenMessage | None:
        """The message of a question, the latest if it was delivered twice."""
        found = self._all(_FIND, parent_id, turn, question)
        return found[-1] if found else None

    def with_buttons(self, parent_id: int, *, before_turn: int) -> tuple[ScreenMessage, ...]:
        """The messages of earlier turns that still have buttons, oldest first."""
        return self._all(_WITH_BUTTONS, parent_id, before_turn)

    def drop_buttons(self, parent_id: int, message_id: str) -> None:
        """The buttons of a message are gone, or about to go."""
        self._change(_DROP_BUTTONS, parent_id, message_id)

    def pin(self, parent_id: int, message_id: str, *, turn: int, at: datetime) -> None:
        """A message was pinned."""
        self._db.execute(_PIN, (parent_id, message_id, turn, to_ms(at)))

    def unpin(self, parent_id: int, message_id: str) -> None:
        """A message is pinned no longer, or about to be."""
        self._change(_UNPIN, parent_id, message_id)

    def pinned(self, parent_id: int) -> tuple[ScreenMessage, ...]:
        """What is pinned, oldest first."""
        return self._all(_PINNED, parent_id)

    def pinned_before(self, moment: datetime, *, limit: int) -> tuple[ScreenMessage, ...]:
        """What was shown before a moment and is still pinned."""
        return self._all(_PINNED_BEFORE, to_ms(moment), limit)

    def prune(self, *, before: datetime) -> int:
        """Forget messages shown before a moment that are not pinned; say how many there were."""
        return self._db.execute(_PRUNE, (to_ms(before),)).rowcount

    def _all(self, sql: str, *values: Any) -> tuple[ScreenMessage, ...]:
        return tuple(
            ScreenMessage(parent_id, message_id, turn, question, bool(pinned), from_ms(shown_at))
            for parent_id, message_id, turn, question, pinned, shown_at in self._db.execute(sql, values).fetchall()
        )

    def _change(self, sql: str, parent_id: int, message_id: str) -> None:
        self._db.execute(sql, (parent_id, message_id))
        self._db.execute(_DROP_IF_NEITHER, (parent_id, message_id))
