"""What a channel is to deliver, and what becomes of it; all of it runs on the store's writer thread."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot.facts.level import Level
from bot.service.gone import mark_gone
from bot.service.message_json import Shown, load_message
from bot.service.outgoing import TIDYING, URGENT
from bot.service.screen import Pin, Settle, Tidying, Unpin, in_emergency, load_tidying, queue_tidying
from bot.service.session_state import rescued_session
from bot.service.turns import LAST_WORDS
from bot.store.records import Records
from bot.store.rows import OutboxMessage, Parent
from bot.talk.effects import Ask, Escalate, Redraw, Say

MOST_UNKEPT = 1000
"""Questions of parents without consent that are remembered, and only in this process."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message or a change of the screen that is to leave now.

    `message_id` is the message that is to be changed. `needless`: something later makes it so, or there is nothing
    left to change.
    """

    id: int
    address: str
    priority: int
    attempts: int
    what: Shown | Tidying
    message_id: str | None = None
    needless: bool = False

    @property
    def urgent(self) -> bool:
        """Whether it waits for nobody."""
        return self.priority <= URGENT

    @property
    def tidying(self) -> bool:
        """Whether it only tidies."""
        return self.priority >= TIDYING


@dataclass(frozen=True, slots=True)
class Round:
    """What is due, the most urgent first, and when something else will be."""

    deliveries: tuple[Delivery, ...]
    next_due: datetime | None


class Deliveries:
    """The outbox of one channel as its sender sees it."""

    def __init__(self, channel: str) -> None:
        self._channel = channel
        # Of parents without consent no text is kept; the last questions are remembered to show their answers.
        self._unkept: dict[tuple[str, str], Ask] = {}

    def due(self, records: Records, now: datetime, *, busy: Collection[str], limit: int) -> Round:
        """What is due at addresses that are not busy: one message for each."""
        rows = [one for one in records.outbox.due(now, limit=limit) if one.channel == self._channel]
        found = tuple(self._delivery(records, one) for one in rows if one.address not in busy)
        return Round(found, records.outbox.next_due_at(after=now))

    def sent(self, records: Records, one: Delivery, message_id: str | None, now: datetime) -> None:
        """The channel has taken it."""
        row = records.outbox.get(one.id)
        if not records.outbox.sent(one.id, at=now, message_id=message_id):
            return
        parent = records.parents.find(self._channel, one.address)
        if parent is None or row is None or one.needless:
            return
        if isinstance(one.what, Ask | Escalate) and message_id is not None:
            self._shown(records, parent, one.what, message_id, now)
        elif isinstance(one.what, Pin):
            self._pinned(records, parent, one.what, now)

    def only_sent(self, records: Records, error: Exception, one: Delivery, now: datetime) -> None:
        """The channel has taken it, and the rest could not be written down: at least it must not be sent again."""
        records.outbox.sent(one.id, at=now)
        structlog.get_logger().error("sent_not_noted", channel=self._channel, exc_info=error)

    def retry(self, records: Records, one: Delivery, due_at: datetime) -> None:
        """It failed or nobody knows."""
        records.outbox.retry(one.id, due_at=due_at)

    def hold(self, records: Records, address: str, until: datetime) -> None:
        """The chat was told to slow down."""
        records.outbox.hold(self._channel, address, until=until)

    def give_up(self, records: Records, one: Delivery, reason: str, now: datetime) -> None:
        """It can never be delivered."""
        records.outbox.give_up(one.id, at=now, reason=reason)

    def gone(self, records: Records, address: str, reason: str, now: datetime) -> None:
        """The parent has blocked us, or is no longer there: nothing more is sent until they write again."""
        mark_gone(records, self._channel, address, now, reason)

    def _delivery(self, records: Records, row: OutboxMessage) -> Delivery:
        try:
            what: Shown | Tidying = load_tidying(row.kind, row.payload) or load_message(row.kind, row.payload)
        except Exception as error:  # noqa: BLE001 (one message that nobody can read must not stop all others)
            structlog.get_logger().error("message_not_read", channel=self._channel, kind=row.kind, exc_info=error)
            return Delivery(row.id, row.address, row.priority, row.attempts, Say(LAST_WORDS))
        one = Delivery(row.id, row.address, row.priority, row.attempts, what)
        if isinstance(what, Settle):
            what = self._with_text(row.address, what)
            return replace(one, what=what, message_id=what.message_id)
        if isinstance(what, Pin | Unpin):
            # Of two advices in a row only the newer is pinned.
            newer = isinstance(what, Pin) and any(later.kind == row.kind for later in records.outbox.behind(row))
            return replace(one, message_id=what.message_id, needless=newer)
        return self._redraw(records, row, one, what) if isinstance(what, Redraw) else one

    def _with_text(self, address: str, what: Settle) -> Settle:
        ask = self._unkept.get((address, what.message_id))
        if what.text is not None or what.answer is None or ask is None or ask.private:
            return what
        return replace(what, text=ask.text, progress=ask.progress)

    def _redraw(self, records: Records, row: OutboxMessage, one: Delivery, what: Redraw) -> Delivery:
        """Of quick taps in a list only the last is shown, and none once the list was answered."""
        for later in records.outbox.behind(row):
            if later.kind == row.kind:
                other = load_message(later.kind, later.payload)
                if isinstance(other, Redraw) and (other.turn, other.question) == (what.turn, what.question):
                    return replace(one, needless=True)
        parent = records.parents.find(self._channel, row.address)
        shown = None if parent is None else records.screens.find(parent.id, turn=what.turn, question=what.question)
        if shown is not None:
            return replace(one, message_id=shown.message_id)
        if what.text is None:
            return replace(one, needless=True)
        # Nothing is left that could be changed, and a text must not be lost.
        return replace(one, what=Ask(what.text, what.turn, what.question, what.buttons))

    def _shown(self, records: Records, parent: Parent, message: Ask | Escalate, message_id: str, now: datetime) -> None:
        owned = parent.consent_at is not None
        if isinstance(message, Ask) and not owned:
            self._unkept[parent.external_id, message_id] = message
            for oldest in list(self._unkept)[:-MOST_UNKEPT]:
                del self._unkept[oldest]
        if message.buttons:
            stored = records.sessions.load(parent.id)
            if stored is not None and stored.turn > message.turn:
                # It was overtaken: its buttons are old as soon as they are there.
                queue_tidying(records, Settle(message_id), parent, at=now, owned=owned)
            else:
                records.screens.add(parent.id, message_id, turn=message.turn, question=message.question, at=now)
        if isinstance(message, Escalate) and message.level is Level.EMERGENCY and not message.private:
            queue_tidying(records, Pin(message_id, message.turn), parent, at=now, owned=owned)

    def _pinned(self, records: Records, parent: Parent, what: Pin, now: datetime) -> None:
        owned = parent.consent_at is not None
        for one in records.screens.pinned(parent.id):
            if one.message_id != what.message_id:
                queue_tidying(records, Unpin(one.message_id), parent, at=now, owned=owned)
                records.screens.unpin(parent.id, one.message_id)
        records.screens.pin(parent.id, what.message_id, turn=what.turn, at=now)
        if not in_emergency(rescued_session(records, parent, now), now):
            queue_tidying(records, Unpin(what.message_id), parent, at=now, owned=owned)
            records.screens.unpin(parent.id, what.message_id)
