"""The diary of one child as a conversation sees it, read from the store when it is asked for."""

from __future__ import annotations

from datetime import tzinfo

from bot.facts.level import Level
from bot.facts.value import from_json
from bot.store.records import Records
from bot.store.rows import Episode, Parent
from bot.talk.around import Entry


class StoredDiary:
    """Valid only inside the job that was given the records; moments come in the time zone of the turn."""

    def __init__(self, records: Records, parent: Parent, zone: tzinfo | None) -> None:
        self._records = records
        self._parent = parent
        self._zone = zone

    def count(self) -> int:
        """How many events there are."""
        child = self._parent.current_child
        return 0 if child is None else self._records.episodes.count(child)

    def page(self, *, offset: int, limit: int) -> tuple[Entry, ...]:
        """Some of them, newest first."""
        child = self._parent.current_child
        found = () if child is None else self._records.episodes.page(child, limit=limit, offset=offset)
        return tuple(self._entry(one) for one in found)

    def get(self, entry: int) -> Entry | None:
        """One of them."""
        found = self._records.episodes.get(self._parent.id, entry)
        return None if found is None else self._entry(found)

    def _entry(self, episode: Episode) -> Entry:
        summary = episode.summary
        return Entry(
            episode.id,
            episode.happened_at.astimezone(self._zone),
            None if episode.level is None else Level[episode.level],
            tuple(summary["reasons"]),
            {fact: from_json(value) for fact, value in summary["answers"].items()},
            tuple(summary["lines"]),
            tuple(summary.get("questions", ())),
        )
