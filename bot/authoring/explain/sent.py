"""What the store still knows about a message that was sent, as far as an operator may see it.

No name, no answer, no word of a parent: hashed ids, moments, the version, and the rules that were raised. Where
something in the check is kept from other eyes, not even the rules (Always 10).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.store.records import Records
from bot.store.rows import Alert, Check, Flag, OutboxMessage, Parent
from bot.telemetry import hashed

_SOME = 200
_STANDS_FOR = timedelta(hours=24)
"""How long a serious reason counts after its check (Always 4)."""

_ALERT = re.compile(r"alert[: ](\d+)", re.IGNORECASE)
_MESSAGE = re.compile(r"(?:message[: ])?#?(\d+)", re.IGNORECASE)
_TURN = re.compile(r"([0-9a-f]{16}):(\d+)", re.IGNORECASE)
_FILE = "document"
"""The kind of a message that holds a parent's own data."""


@dataclass(frozen=True, slots=True)
class Raised:
    """A rule that stood when the message was written; `new` where this very turn raised it."""

    rule: str
    level: str
    action: str | None
    new: bool


@dataclass(frozen=True, slots=True)
class InCheck:
    """The check that a message belongs to: what stood then, and the names of facts that were answered by then."""

    dialog: str
    started_at: datetime
    level: str | None
    action: str | None
    raised: tuple[Raised, ...]
    answered: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sent:
    """A message. `text` is None where its words are gone, or are not to be looked at; `secret` says the latter."""

    id: int
    kind: str
    parent: str | None
    turn: int | None
    queued_at: datetime
    sent_at: datetime | None
    version: str | None
    text: str | None
    secret: bool
    check: InCheck | None


def is_message(name: str) -> bool:
    """Whether a name means a message, an alert or a turn: 1234, message:1234, alert:12, 0f3a...:12."""
    return any(pattern.fullmatch(name) for pattern in (_ALERT, _MESSAGE, _TURN))


def find_sent(records: Records, name: str) -> tuple[Sent, ...]:
    """The message of a number, or those of a turn, also of the turn that caused an alert; empty where none is known."""
    if found := _MESSAGE.fullmatch(name):
        message = records.outbox.get(int(found[1]))
        return () if message is None else (_sent(records, message),)
    if found := _ALERT.fullmatch(name):
        alert = records.alerts.get(int(found[1]))
        return () if alert is None else tuple(_of_alert(records, alert))
    if found := _TURN.fullmatch(name):
        parent = _by_hash(records, found[1].lower())
        rows = () if parent is None else records.outbox.of_turn(parent.id, int(found[2]))
        return tuple(_sent(records, row) for row in rows)
    return ()


def _of_alert(records: Records, alert: Alert) -> Iterator[Sent]:
    """The messages of the turn in which an alert was raised; turns near its moment are looked at."""
    stored = records.sessions.load(alert.parent_id)
    for turn in range(stored.turn if stored is not None else 0, -1, -1):
        rows = records.outbox.of_turn(alert.parent_id, turn)
        if any(row.created_at == alert.raised_at for row in rows):
            yield from (_sent(records, row) for row in rows)
            return
        if rows and rows[-1].created_at < alert.raised_at:
            return


def _by_hash(records: Records, wanted: str) -> Parent | None:
    salt, after = records.log_salt(), 0
    while page := records.parents.page(after=after, limit=_SOME):
        for parent in page:
            if hashed(parent.external_id, salt) == wanted:
                return parent
        after = page[-1].id
    return None


def _sent(records: Records, message: OutboxMessage) -> Sent:
    parent = None if message.parent_id is None else records.parents.get(message.parent_id)
    check, hidden = None, False
    if parent is not None and message.turn is not None:
        hidden = _is_private(records, parent, message.created_at)
        check = _check(records, parent, message.created_at, hidden=hidden)
    payload = message.payload if isinstance(message.payload, dict) else {}
    secret = bool(payload.get("private")) or hidden or message.kind == _FILE
    text = payload.get("text")
    return Sent(
        message.id,
        message.kind,
        None if parent is None else hashed(parent.external_id, records.log_salt()),
        message.turn,
        message.created_at,
        message.sent_at,
        message.script_version,
        text if isinstance(text, str) and not secret and message.turn is not None else None,
        secret,
        check,
    )


def _check(records: Records, parent: Parent, at: datetime, *, hidden: bool) -> InCheck | None:
    """The check that was open at a moment, or ended in that very turn."""
    row = next((one for one in records.checks.of(parent.id, limit=_SOME) if _was_open(one, at)), None)
    if row is None:
        return None
    if hidden:
        return InCheck(row.dialog, row.started_at, None, None, (), frozenset())
    flags = [one for one in records.flags.of(row.id) if one.raised_at <= at]
    answered = frozenset(one.fact for one in records.answers.of(row.id) if one.answered_at <= at)
    return InCheck(row.dialog, row.started_at, row.level, row.action, tuple(_raised(flags, at)), answered)


def _is_private(records: Records, parent: Parent, at: datetime) -> bool:
    """Whether a private reason stood at a moment: in the check that was open, or that had ended not long before."""
    for row in records.checks.of(parent.id, limit=_SOME):
        recent = row.ended_at is None or at - row.ended_at <= _STANDS_FOR
        if row.started_at <= at and recent:
            if any(one.private and one.raised_at <= at for one in records.flags.of(row.id)):
                return True
        elif row.started_at <= at:
            return False
    return False


def _was_open(check: Check, at: datetime) -> bool:
    return check.started_at <= at and (check.ended_at is None or at <= check.ended_at)


def _raised(flags: Sequence[Flag], at: datetime) -> Iterator[Raised]:
    for one in flags:
        if one.lowered_at is None or one.lowered_at > at:
            yield Raised(one.rule, one.level, one.action, new=one.raised_at == at)
