"""The service: each event is one job on the store's writer, and its reply waits in the outbox."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.service.alerts import Alerts
from bot.service.conversation import Conversation
from bot.service.counting import COUNTED_FOR
from bot.service.message_json import Shown, load_message
from bot.service.publications import KEPT_ANYWAY, UNUSED_FOR
from bot.service.screen import unpin_old
from bot.service.session_state import rescued_session
from bot.service.turns import TurnResult, Turns
from bot.store.records import Records
from bot.store.rows import OutboxMessage
from bot.store.writer import Writer
from bot.talk.events import Event
from bot.talk.session import Session

Clock = Callable[[], datetime]

LEFT_AFTER = timedelta(hours=24)
"""A check with which nobody goes on for this long is over."""

STRANGER_FOR = timedelta(hours=48)
"""Who never agreed and has not written for this long is forgotten as a whole; what was pinned is not by then."""

UNKEPT_FOR = timedelta(hours=1)
"""A check before consent with which nobody goes on for this long is over, and what was said in it gone (Always 10)."""

SAID_FOR = timedelta(hours=24)
"""How long the words of a message that was taken by its channel are kept."""

TIDY_EVERY = timedelta(hours=1)
"""How often a tick tidies."""

KEPT_FOR = timedelta(days=2 * 365)
"""How long health answers are kept; the parent was told 24 months (content/phrases.yaml: start, privacy)."""

SENT_FOR = timedelta(days=30)
"""How long it is known that a message was sent."""

TAKEN_IN_FOR = timedelta(days=7)
"""How long the key of an event is known, and an event whose turn failed kept; Telegram offers one for 24 hours."""

_PAGE = 500
_ALL = 1_000_000
# A moment that SQLite's milliseconds can hold and that nothing is due after.
_ALWAYS_DUE = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that its channel has not taken yet."""

    id: int
    message: Shown


class Service:
    """Turns of one channel; safe to call from any thread.

    `alert_chat` is the address on this channel that is told of URGENT and EMERGENCY advice (docs/privacy.md).
    """

    def __init__(
        self, conversation: Conversation, writer: Writer, channel: str, clock: Clock, *, alert_chat: str | None = None
    ) -> None:
        self._alerts = Alerts(channel, alert_chat)
        self._turns = Turns(conversation, channel, self._alerts)
        self._writer = writer
        self._channel = channel
        self._clock = clock
        self._tidied_at: datetime | None = None

    def handle(self, sender: str, event_id: str, event: Event, *, language: str | None = None) -> Future[TurnResult]:
        """Do the turn of an event; the future resolves once all of it is on the disk."""
        now = self._clock()
        return self._writer.submit(
            partial(self._turns.take, sender=sender, event_id=event_id, event=event, now=now, language=language),
            on_failure=partial(self._turns.fail, sender=sender, event_id=event_id, event=event, now=now),
        )

    def replay(self) -> int:
        """Try again the events whose turn failed in an earlier process; say how many there were."""
        waiting = self._writer.submit(self._turns.waiting).result()
        for one in waiting:
            self._writer.submit(
                partial(self._turns.try_again, waiting=one, now=self._clock()),
                on_failure=partial(self._turns.fail_again, waiting=one),
            ).result()
        return len(waiting)

    def tick(self, now: datetime) -> None:
        """Do all that is due at a moment; to be called about every second, and again after a restart.

        Cheap where nothing is due. It waits for the store, so call it from a thread (`asyncio.to_thread`), and never
        from two at a time. At most once an hour it tidies too.
        """
        self.bring_up(now)
        if self._tidied_at is None or abs(now - self._tidied_at) >= TIDY_EVERY:
            self._tidied_at = now
            self.tidy(now)

    def bring_up(self, now: datetime) -> None:
        """Queue what is to be brought up by a moment, each thing once."""
        for reminder in self._writer.submit(partial(self._turns.due, now=now)).result():
            self._writer.submit(
                partial(self._turns.remind, reminder=reminder, now=now),
                on_failure=partial(self._turns.fail_to_remind, reminder=reminder, now=now),
            ).result()

        for alert in self._writer.submit(partial(self._alerts.due, now=now)).result():
            self._writer.submit(partial(self._alerts.repeat, alert=alert, now=now)).result()

    def acknowledge_alert(self, alert: int, *, by: str) -> bool:
        """Somebody in the alert chat has seen an alert: it is not sent again; False if it was seen before or is gone.

        The button below an alert says which: its turn is the alert's number, its question and option are `QUESTION`
        and `ACKNOWLEDGE` of bot.service.alerts. `by` goes into the audit trail.
        """
        now = self._clock()
        return self._writer.submit(partial(self._alerts.acknowledge, alert=alert, by=by, now=now)).result()

    def tidy(self, now: datetime) -> None:
        """End checks that were left, and forget what is kept for a time only."""
        after = 0
        while page := self._writer.submit(partial(_sessions, after=after)).result():
            for parent_id, updated_at, consented in page:
                left_for = now - updated_at
                if left_for > (KEPT_FOR if consented else STRANGER_FOR):
                    self._writer.submit(partial(_forget, parent_id=parent_id)).result()
                elif left_for > (LEFT_AFTER if consented else UNKEPT_FOR):
                    self._writer.submit(
                        partial(self._turns.leave_check, parent_id=parent_id, now=now),
                        on_failure=partial(self._turns.fail_to_leave, parent_id=parent_id),
                    ).result()
            after = page[-1][0]
        self._writer.submit(lambda records: _prune(records, self._channel, now)).result()

    def forget(self, sender: str) -> bool:
        """Delete everything about a parent; False if there was nobody."""

        def job(records: Records) -> bool:
            parent = records.parents.find(self._channel, sender)
            return parent is not None and records.forget(parent.id)

        return self._writer.submit(job).result()

    def session(self, sender: str) -> Session | None:
        """Where a parent is; None for somebody who never wrote."""
        now = self._clock()

        def job(records: Records) -> Session | None:
            parent = records.parents.find(self._channel, sender)
            if parent is None or records.sessions.load(parent.id) is None:
                return None
            return rescued_session(records, parent, now)

        return self._writer.submit(job).result()

    def shown_last(self, sender: str) -> tuple[Shown, ...]:
        """The messages of the latest turn, to be shown once more; empty where they are kept no longer."""

        def job(records: Records) -> tuple[OutboxMessage, ...]:
            parent = records.parents.find(self._channel, sender)
            stored = None if parent is None else records.sessions.load(parent.id)
            return () if stored is None else records.outbox.of_turn(stored.parent_id, stored.turn)

        kept = self._writer.submit(job).result()
        return tuple(load_message(one.kind, one.payload) for one in kept if one.payload is not None)

    def next_waiting(self, sender: str) -> Waiting | None:
        """The next message for one parent, where nothing holds it back: nobody else reads this channel."""

        def job(records: Records) -> OutboxMessage | None:
            due = records.outbox.due(_ALWAYS_DUE, limit=_ALL)
            mine = (one for one in due if one.channel == self._channel and one.address == sender)
            return next(mine, None)

        found = self._writer.submit(job).result()
        return None if found is None else Waiting(found.id, load_message(found.kind, found.payload))

    def sent(self, message: int) -> None:
        """A message has reached the parent."""
        now = self._clock()
        self._writer.submit(lambda records: records.outbox.sent(message, at=now)).result()


def _sessions(records: Records, after: int) -> list[tuple[int, datetime, bool]]:
    """Whose session it is, when it was last written, and whether that parent has agreed that it is kept."""
    found = []
    for one in records.sessions.page(after=after, limit=_PAGE):
        parent = records.parents.get(one.parent_id)
        found.append((one.parent_id, one.updated_at, parent is not None and parent.consent_at is not None))
    return found


def _forget(records: Records, parent_id: int) -> bool:
    return records.forget(parent_id)


def _prune(records: Records, channel: str, now: datetime) -> None:
    unpin_old(records, channel, now)
    records.screens.prune(before=now - SENT_FOR)
    records.checks.prune(before=now - KEPT_FOR)
    records.episodes.prune(before=now - KEPT_FOR)
    records.own_questions.prune(before=now - KEPT_FOR)
    records.outbox.purge(before=now - SAID_FOR)
    records.outbox.prune(before=now - SENT_FOR)
    # A reminder that is done tells that there was an emergency: it goes at the next tidying.
    records.reminders.prune(before=now)
    records.step_counts.prune(before=(now - COUNTED_FOR).date())
    records.alerts.prune(before=now - SENT_FOR)
    records.scripts.prune(before=now - UNUSED_FOR, latest=KEPT_ANYWAY)
    records.inbox.prune(before=now - TAKEN_IN_FOR, unfinished_too=True)
