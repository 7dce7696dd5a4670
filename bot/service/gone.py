"""Parents who do not want to hear from us."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.store.records import Records


def mark_gone(records: Records, channel: str, address: str, now: datetime, reason: str = "blocked") -> None:
    """Give up what waits for a parent who has blocked us, and send nothing until they write again."""
    records.outbox.give_up_all(channel, address, at=now, reason=reason)
    parent = records.parents.find(channel, address)
    if parent is not None and parent.gone_at is None:
        records.parents.save(replace(parent, gone_at=now))
