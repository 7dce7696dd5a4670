"""What a turn may look up in the store, besides its session."""

from __future__ import annotations

from datetime import datetime

from bot.diary.stored import StoredDiary
from bot.diary.stored_past import StoredPast
from bot.store.records import Records
from bot.store.rows import Parent
from bot.talk.around import Around


def around(records: Records, parent: Parent, now: datetime) -> Around:
    """Which dialogs are closed at this very moment; the diary and the past of the child that is spoken of."""
    closed = frozenset(one.dialog for one in records.pauses.all())
    return Around(closed, StoredDiary(records, parent, now.tzinfo), StoredPast(records, parent, now.tzinfo))
