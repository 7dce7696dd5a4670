"""The messages of a turn on their way into the outbox."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.facts.level import Level
from bot.service.message_json import Shown, dump_message, kind_of
from bot.store.records import Records
from bot.talk.effects import Ask, Document, Effect, Escalate, Redraw, Say


def queue_messages(
    records: Records,
    effects: Iterable[Effect],
    *,
    channel: str,
    address: str,
    parent_id: int | None,
    turn: int,
    at: datetime,
) -> tuple[int, ...]:
    """Queue what is to be shown, in order; a message of nobody is gone as soon as its channel has taken it."""
    return tuple(
        records.outbox.queue(
            channel,
            address,
            parent_id=parent_id,
            turn=turn,
            priority=_priority(effect),
            kind=kind_of(effect),
            payload=dump_message(effect),
            at=at,
        )
        for effect in effects
        if isinstance(effect, Say | Ask | Redraw | Escalate | Document)
    )


def _priority(message: Shown) -> int:
    """The place in the queue: emergencies first, then what is urgent, then the rest."""
    if isinstance(message, Escalate):
        return 0 if message.level is Level.EMERGENCY else 1
    return 2
