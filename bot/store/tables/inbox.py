"""The inbox in SQLite."""

from datetime import datetime

from bot.store.driver import Connection
from bot.store.jsontext import Json, from_json_or_none, to_json_or_none
from bot.store.moments import from_ms, to_ms
from bot.store.rows import InboxEvent

_RECEIVE = """
    INSERT INTO inbox (channel, event_id, sender, payload, received_at, done_at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (channel, event_id) DO NOTHING
"""
_FINISH = "UPDATE inbox SET done_at = ?, sender = NULL, payload = NULL WHERE channel = ? AND event_id = ?"
_FAIL = "UPDATE inbox SET attempts = attempts + 1 WHERE channel = ? AND event_id = ? RETURNING attempts"
_UNFINISHED = """
    SELECT channel, event_id, sender, payload, received_at, attempts FROM inbox
    WHERE done_at IS NULL
    ORDER BY received_at, channel, event_id
    LIMIT ?
"""
_PRUNE = """
    DELETE FROM inbox
    WHERE (channel, event_id) IN (
        SELECT channel, event_id FROM inbox
        WHERE received_at < ? AND (done_at IS NOT NULL OR ?)
        ORDER BY received_at
        LIMIT ?
    )
"""


class SqliteInbox:
    """The table `inbox`."""

    __slots__ = ("_db",)

    def __init__(self, db: Connection) -> None:
        self._db = db

    def receive(
        self,
        channel: str,
        event_id: str,
        *,
        at: datetime,
        sender: str | None = None,
        payload: Json = None,
        done: bool = False,
    ) -> bool:
        """Take in an event; False if it is already here."""
        received = to_ms(at)
        values = (
            (channel, event_id, None, None, received, received)
            if done
            else (channel, event_id, sender, to_json_or_none(payload), received, None)
        )
        return self._db.execute(_RECEIVE, values).rowcount > 0

    def finish(self, channel: str, event_id: str, *, at: datetime) -> None:
        """The turn is done: forget what was sent and who sent it, keep the key."""
        self._db.execute(_FINISH, (to_ms(at), channel, event_id))

    def fail(self, channel: str, event_id: str) -> int:
        """Count a failed attempt, and say how many there were."""
        rows = self._db.execute(_FAIL, (channel, event_id)).fetchall()
        return int(rows[0][0]) if rows else 0

    def unfinished(self, *, limit: int) -> tuple[InboxEvent, ...]:
        """Events whose turn is not done, oldest first."""
        return tuple(
            InboxEvent(channel, event_id, sender, from_json_or_none(payload), from_ms(received), attempts)
            for channel, event_id, sender, payload, received, attempts in self._db.execute(
                _UNFINISHED, (limit,)
            ).fetchall()
        )

    def prune(self, *, before: datetime, unfinished_too: bool = False, limit: int = 1000) -> int:
        """Forget events taken in before a moment."""
        return self._db.execute(_PRUNE, (to_ms(before), int(unfinished_too), limit)).rowcount
