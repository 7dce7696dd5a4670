"""Updates on their way to the bot: kept until they are confirmed, and offered again until then."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]

# Left out of "all kinds", as Telegram does.
_ONLY_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_PARTS_WITH_CHAT = ("message", "edited_message", "my_chat_member", "channel_post", "edited_channel_post")


class Updates:
    """The queue of updates; `changed` is called after each change."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self.waiting: list[Json] = []
        self.all: dict[int, Json] = {}
        self.confirmed: set[int] = set()
        self.allowed: list[str] | None = None
        self._next = 1_000

    def add(self, **content: Any) -> int:
        """Queue an update with the next number, unless the bot did not ask for its kind."""
        number = self._next
        self._next += 1
        [kind] = content
        wanted = kind in self.allowed if self.allowed else kind not in _ONLY_ON_REQUEST
        if wanted:
            self.add_raw({"update_id": number, **content})
        return number

    def add_raw(self, update: Json) -> None:
        """Queue anything."""
        # As it is now: the message of an old button changes later.
        update = copy.deepcopy(update)
        self.all[update["update_id"]] = update
        self.waiting.append(update)
        self._changed()

    def offer_again(self, number: int) -> None:
        """Queue an update that was confirmed."""
        self.confirmed.discard(number)
        self.waiting.insert(0, self.all[number])
        self._changed()

    def confirm_before(self, offset: int) -> None:
        """Forget all with a lower number."""
        for one in [one for one in self.waiting if one["update_id"] < offset]:
            self.confirm(one)

    def confirm(self, update: Json) -> None:
        """Forget one."""
        if update in self.waiting:
            self.waiting.remove(update)
        self.confirmed.add(update["update_id"])
        self._changed()

    def only_last(self, count: int) -> None:
        """Forget all but the last ones, as a negative offset does."""
        for one in self.waiting[:-count]:
            self.confirm(one)


def chat_of(update: Json) -> int | None:
    """The chat to which an update belongs; those of one chat are offered one after the other."""
    for part in _PARTS_WITH_CHAT:
        if isinstance(update.get(part), dict):
            return int(update[part].get("chat", {}).get("id", 0))
    query = update.get("callback_query")
    return int(query["from"]["id"]) if isinstance(query, dict) else None
