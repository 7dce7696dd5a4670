"""The outbox in SQLite."""

from datetime import datetime
from typing import Any

from bot.store.driver import Connection
from bot.store.jsontext import Json, from_json_or_none, to_json_or_none
from bot.store.moments import from_ms, from_ms_or_none, to_ms
from bot.store.rows import OutboxMessage

_SELECT = """
    SELECT id, parent_id, channel, address, turn, priority, kind, payload, created_at, due_at, attempts,
        sent_at, message_id, failed_at, failure, script_version
    FROM outbox
"""
_GET = _SELECT + "WHERE id = ?"
_OF_TURN = _SELECT + "WHERE parent_id = ? AND turn = ? ORDER BY id"
# Each NULL test is spelt out in each place, because only then does SQLite use the index of the waiting ones.
_DUE = """
    SELECT id, parent_id, channel, address, turn, priority, kind, payload, created_at, due_at, attempts,
        sent_at, message_id, failed_at, failure, script_version
    FROM outbox AS this
    WHERE sent_at IS NULL AND failed_at IS NULL AND due_at <= ?1
        AND NOT EXISTS (
            SELECT 1 FROM outbox AS other
            WHERE other.channel = this.channel AND other.address = this.address
                AND other.sent_at IS NULL AND other.failed_at IS NULL
                AND (
                    (other.id < this.id AND other.priority <= this.priority)
                    OR (other.priority < this.priority AND other.due_at <= ?1)
                )
        )
    ORDER BY priority, id
    LIMIT ?2
"""
_BEHIND = (
    _SELECT
    + """
    WHERE channel = ? AND address = ? AND id > ? AND sent_at IS NULL AND failed_at IS NULL
    ORDER BY id
"""
)
_QUEUE = """
    INSERT INTO outbox (parent_id, channel, address, turn, priority, kind, payload, created_at, due_at, script_version)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    RETURNING id
"""
_NEXT_DUE = "SELECT min(due_at) FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL AND due_at > ?"
_WAITING = "SELECT count(*) FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL"
_SENT = "UPDATE outbox SET sent_at = ?, message_id = ? WHERE id = ? AND sent_at IS NULL AND failed_at IS NULL"
_RETRY = """
    UPDATE outbox SET due_at = ?, attempts = attempts + 1
    WHERE id = ? AND sent_at IS NULL AND failed_at IS NULL
"""
_GIVE_UP = "UPDATE outbox SET failed_at = ?, failure = ? WHERE id = ? AND sent_at IS NULL AND failed_at IS NULL"
_GIVE_UP_ALL = """
    UPDATE outbox SET failed_at = ?, failure = ?
    WHERE channel = ? AND address = ? AND sent_at IS NULL AND failed_at IS NULL
"""
_HOLD = """
    UPDATE outbox SET due_at = max(due_at, ?)
    WHERE channel = ? AND address = ? AND sent_at IS NULL AND failed_at IS NULL
"""
_DROP_OF_NOBODY = "DELETE FROM outbox WHERE id = ? AND parent_id IS NULL"
_DROP_ALL_OF_NOBODY = "DELETE FROM outbox WHERE channel = ? AND address = ? AND parent_id IS NULL"
# The tests are written as in the index `outbox_ended`, or SQLite would not use it.
_PURGE = """
    UPDATE outbox SET payload = NULL, failure = NULL
    WHERE id IN (
        SELECT id FROM outbox
        WHERE (payload IS NULL) = 0
            AND coalesce(sent_at, failed_at) IS NOT NULL AND coalesce(sent_at, failed_at) < ?
        LIMIT ?
    )
"""
_PURGE_OF = """
    UPDATE outbox SET payload = NULL, failure = NULL
    WHERE parent_id = ? AND turn < ? AND payload IS NOT NULL AND coalesce(sent_at, failed_at) IS NOT NULL
"""
_PRUNE = """
    DELETE FROM outbox
    WHERE id IN (
        SELECT id FROM outbox
        WHERE (payload IS NULL) IN (0, 1)
            AND coalesce(sent_at, failed_at) IS NOT NULL AND coalesce(sent_at, failed_at) < ?
        LIMIT ?
    )
"""


class SqliteOutbox:
    """The table `outbox`."""

    __slots__ = ("_db",)

    def __init__(self, db: Connection) -> None:
        self._db = db

    def queue(
        self,
        channel: str,
        address: str,
        *,
        parent_id: int | None,
        turn: int | None,
        priority: int,
        kind: str,
        payload: Json,
        at: datetime,
        due_at: datetime | None = None,
        script_version: str | None = None,
    ) -> int:
        """Queue a message, due at once unless said otherwise; 0 is the most urgent priority."""
        created = to_ms(at)
        due = created if due_at is None else to_ms(due_at)
        text = to_json_or_none(payload)
        values = (parent_id, channel, address, turn, priority, kind, text, created, due, script_version)
        [(message,)] = self._db.execute(_QUEUE, values).fetchall()
        return int(message)

    def due(self, now: datetime, *, limit: int) -> tuple[OutboxMessage, ...]:
        """At most one message per address, the most urgent addresses first."""
        return tuple(map(_message, self._db.execute(_DUE, (to_ms(now), limit)).fetchall()))

    def behind(self, message: OutboxMessage) -> tuple[OutboxMessage, ...]:
        """What was queued for the same address later and waits, in order."""
        values = (message.channel, message.address, message.id)
        return tuple(map(_message, self._db.execute(_BEHIND, values).fetchall()))

    def next_due_at(self, *, after: datetime | None = None) -> datetime | None:
        """When the next message is due, of those due later than a moment; None if none waits."""
        [(due,)] = self._db.execute(_NEXT_DUE, (-1 if after is None else to_ms(after),)).fetchall()
        return from_ms_or_none(due)

    def sent(self, message: int, *, at: datetime, message_id: str | None = None) -> bool:
        """The channel has taken it."""
        return self._drop_of_nobody(message) or self._change(_SENT, to_ms(at), message_id, message)

    def retry(self, message: int, *, due_at: datetime) -> bool:
        """It failed or nobody knows; try again then."""
        return self._change(_RETRY, to_ms(due_at), message)

    def give_up(self, message: int, *, at: datetime, reason: str) -> bool:
        """It can never be delivered."""
        return self._drop_of_nobody(message) or self._change(_GIVE_UP, to_ms(at), reason, message)

    def give_up_all(self, channel: str, address: str, *, at: datetime, reason: str) -> int:
        """Nothing can be delivered to this address any more."""
        dropped = self._db.execute(_DROP_ALL_OF_NOBODY, (channel, address)).rowcount
        return dropped + self._db.execute(_GIVE_UP_ALL, (to_ms(at), reason, channel, address)).rowcount

    def hold(self, channel: str, address: str, *, until: datetime) -> int:
        """Let nothing that waits for this address be due before a moment."""
        return self._db.execute(_HOLD, (to_ms(until), channel, address)).rowcount

    def get(self, message: int) -> OutboxMessage | None:
        """One message."""
        row = self._db.execute(_GET, (message,)).fetchone()
        return None if row is None else _message(row)

    def of_turn(self, parent_id: int, turn: int) -> tuple[OutboxMessage, ...]:
        """The messages of a turn, in order."""
        return tuple(map(_message, self._db.execute(_OF_TURN, (parent_id, turn)).fetchall()))

    def waiting(self) -> int:
        """How many messages wait."""
        [(count,)] = self._db.execute(_WAITING).fetchall()
        return int(count)

    def purge(self, *, before: datetime, limit: int = 1000) -> int:
        """Forget what was said in messages sent or given up before a moment."""
        return self._db.execute(_PURGE, (to_ms(before), limit)).rowcount

    def purge_of(self, parent_id: int, *, before_turn: int) -> int:
        """Forget what messages of a parent said that were sent or given up, of the turns before one."""
        return self._db.execute(_PURGE_OF, (parent_id, before_turn)).rowcount

    def prune(self, *, before: datetime, limit: int = 1000) -> int:
        """Delete messages sent or given up before a moment."""
        return self._db.execute(_PRUNE, (to_ms(before), limit)).rowcount

    def _change(self, sql: str, *values: Any) -> bool:
        return self._db.execute(sql, values).rowcount > 0

    def _drop_of_nobody(self, message: int) -> bool:
        # An address without a parent is kept for the delivery and not a moment longer.
        return self._db.execute(_DROP_OF_NOBODY, (message,)).rowcount > 0


def _message(row: tuple[Any, ...]) -> OutboxMessage:
    (
        id_, parent_id, channel, address, turn, priority, kind, payload, created, due, attempts,
        sent, message_id, failed, failure, version,
    ) = row  # fmt: skip
    return OutboxMessage(
        id=id_,
        parent_id=parent_id,
        channel=channel,
        address=address,
        turn=turn,
        priority=priority,
        kind=kind,
        payload=from_json_or_none(payload),
        created_at=from_ms(created),
        due_at=from_ms(due),
        attempts=attempts,
        sent_at=from_ms_or_none(sent),
        message_id=message_id,
        failed_at=from_ms_or_none(failed),
        failure=failure,
        script_version=version,
    )
