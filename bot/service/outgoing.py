"""The messages of a turn on their way into the outbox."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.facts.level import Level
from bot.service.message_json import Shown, dump_message, kind_of
from bot.store.records import Records
from bot.talk.effects import Ask, Document, Effect, Escalate, Redraw, Say

EMERGENCY, URGENT, USUAL, TIDYING = range(4)
"""Places in the queue. Tidying is what changes nothing that a parent must read; everything may pass it."""


def queue_messages(
    records: Records,
    effects: Iterable[Effect],
    *,
    channel: str,
    address: str,
    parent_id: int | None,
    turn: int,
    at: datetime,
    script_version: str,
) -> tuple[int, ...]:
    """Queue what is to be shown, in order; a message of nobody is gone as soon as its channel has taken it."""
    shown = [effect for effect in effects if isinstance(effect, Say | Ask | Redraw | Escalate | Document)]
    # As urgent as the most urgent among them, so that a turn keeps its order and what helps meanwhile does not wait.
    priority = min(map(_priority, shown), default=USUAL)
    return tuple(
        records.outbox.queue(
            channel,
            address,
            parent_id=parent_id,
            turn=turn,
            priority=priority,
            kind=kind_of(message),
            payload=dump_message(message),
            at=at,
            script_version=script_version,
        )
        for message in shown
    )


def _priority(message: Shown) -> int:
    """Emergencies first, then what is urgent, then the rest."""
    if isinstance(message, Escalate):
        return EMERGENCY if message.level is Level.EMERGENCY else URGENT
    return USUAL
