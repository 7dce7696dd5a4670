"""One turn inside one job on the store: inbox, session, conversation, records, outbox."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

import structlog

from bot.people.export import export_of
from bot.service.alerts import Alerts
from bot.service.around import around
from bot.service.bookkeeper import Bookkeeper
from bot.service.conversation import Conversation
from bot.service.counting import counted
from bot.service.event_json import dump_event, load_event
from bot.service.outgoing import queue_messages
from bot.service.screen import Tidying, last_tidying, queue_tidying, tidy_screen
from bot.service.session_state import load_session, rescued_session, save_session
from bot.store.jsontext import Json
from bot.store.records import Records
from bot.store.rows import InboxEvent, Parent, Reminder
from bot.talk.effects import Effect, ForgetParent, Say, SendExport
from bot.talk.events import Command, Due, Event, Pressed
from bot.talk.session import Session
from bot.talk.session_json import dump, load
from bot.telemetry import hashed

MOST_ATTEMPTS = 3
"""An event whose turn failed this often is not tried again; it stays for the operator."""

_MOST_DUE = 100

LAST_WORDS = (
    "Something went wrong in this program, not with you. Trouble breathing, blue, limp, will not wake, or a fit? "
    "Call 112 or your own emergency number now. Do not wait for this chat."
)
"""What is said when not even the script's own words for a failure can be had."""


class Status(StrEnum):
    """What became of an event."""

    DONE = "done"
    DUPLICATE = "duplicate"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class TurnResult:
    """What became of an event, and the messages that were queued for it."""

    status: Status
    messages: tuple[int, ...] = ()


class Turns:
    """The work of a turn; runs on the store's writer thread and nowhere else."""

    def __init__(self, conversation: Conversation, channel: str, alerts: Alerts) -> None:
        self._alerts = alerts
        self._conversation = conversation
        self._channel = channel
        # A forgotten parent is stored nowhere, and yet may press the buttons of the last message.
        self._forgotten: dict[str, Session] = {}

    def take(
        self, records: Records, sender: str, event_id: str, event: Event, now: datetime, language: str | None
    ) -> TurnResult:
        """Take an event in and do its turn; an event that is already here does nothing."""
        if not records.inbox.receive(self._channel, event_id, at=now, done=True):
            return TurnResult(Status.DUPLICATE)
        parent = self._parent(records, sender, now, language)
        before = self._session(records, parent)
        after, effects = self._conversation.step(before, event, now, around(records, parent, now))
        return TurnResult(Status.DONE, self._finish(records, parent, before, event, after, effects, now))

    def fail(
        self, records: Records, error: Exception, sender: str, event_id: str, event: Event, now: datetime
    ) -> TurnResult:
        """What happens instead of a turn that raised: the safe reply; the event waits for another attempt."""
        parent = self._parent(records, sender, now, None)
        before = rescued_session(records, parent, now)
        after, effects = self._safe_reply(before, now)
        if parent.consent_at is None:
            # What is written before consent is not kept, not even for another attempt.
            records.inbox.receive(self._channel, event_id, at=now, done=True)
        else:
            waiting: Json = {"event": dump_event(event), "before": dump(before), "after": after.turn}
            records.inbox.receive(self._channel, event_id, at=now, sender=sender, payload=waiting)
            records.inbox.fail(self._channel, event_id)
        messages = self._finish(records, parent, before, event, after, effects, now)
        self._tell_operator(records, sender, before, error)
        return TurnResult(Status.FAILED, messages)

    def waiting(self, records: Records) -> tuple[InboxEvent, ...]:
        """The events of this channel whose turn failed and may be tried again."""
        return tuple(
            one
            for one in records.inbox.unfinished(limit=1000)
            if one.channel == self._channel and one.attempts < MOST_ATTEMPTS
        )

    def try_again(self, records: Records, waiting: InboxEvent, now: datetime) -> TurnResult:
        """Do a turn that failed, unless the parent has gone on since: then its answer belongs to nothing any more."""
        records.inbox.finish(waiting.channel, waiting.event_id, at=now)
        parent = None if waiting.sender is None else records.parents.find(self._channel, waiting.sender)
        if parent is None:
            return TurnResult(Status.DUPLICATE)
        present = self._session(records, parent)
        if present.turn != waiting.payload["after"]:
            return TurnResult(Status.DUPLICATE)
        before = load(waiting.payload["before"])
        event = load_event(waiting.payload["event"])
        if isinstance(event, Pressed) and event.turn == before.turn:
            event = replace(event, turn=present.turn)
        after, effects = self._conversation.step(
            replace(before, turn=present.turn), event, now, around(records, parent, now)
        )
        return TurnResult(Status.DONE, self._finish(records, parent, before, event, after, effects, now))

    def fail_again(self, records: Records, error: Exception, waiting: InboxEvent) -> TurnResult:
        """Count the attempt; the parent has had the safe reply."""
        records.inbox.fail(waiting.channel, waiting.event_id)
        self._tell_operator(records, waiting.sender or "", None, error)
        return TurnResult(Status.FAILED)

    def due(self, records: Records, now: datetime) -> tuple[Reminder, ...]:
        """What is to be brought up now with parents of this channel."""
        return records.reminders.due(now, limit=_MOST_DUE, channel=self._channel)

    def remind(self, records: Records, reminder: Reminder, now: datetime) -> None:
        """Bring something up; not what was answered or deleted meanwhile, nor with a parent who has blocked us."""
        parent = records.parents.get(reminder.parent_id)
        if not records.reminders.done(reminder.id, at=now) or parent is None or parent.gone_at is not None:
            return
        before = self._session(records, parent)
        event = Due(reminder.kind, reminder.turn)
        after, effects = self._conversation.step(before, event, now, around(records, parent, now))
        self._finish(records, parent, before, event, after, effects, now)

    def fail_to_remind(self, records: Records, error: Exception, reminder: Reminder, now: datetime) -> None:
        """What cannot be brought up gives way to the safe reply, which names the number; it is not tried again."""
        parent = records.parents.get(reminder.parent_id)
        if not records.reminders.done(reminder.id, at=now) or parent is None:
            return
        before = rescued_session(records, parent, now)
        after, effects = self._safe_reply(before, now)
        self._finish(records, parent, before, None, after, effects, now)
        self._tell_operator(records, parent.external_id, before, error)

    def leave_check(self, records: Records, parent_id: int, now: datetime) -> None:
        """End a check that nobody has gone on with; nothing is said, and the next message shows where we are."""
        parent = records.parents.get(parent_id)
        if parent is None or parent.channel != self._channel:
            # Another channel talks by another script, perhaps.
            return
        before = self._session(records, parent)
        if before.check is None:
            return
        after, effects = self._conversation.step(before, Command("cancel"), now, around(records, parent, now))
        after = counted(records, before, after, effects, now)
        Bookkeeper(records, parent, before, after.script).keep(effects, after, interrupted=True)
        save_session(records, parent, after, now)

    def fail_to_leave(self, records: Records, error: Exception, parent_id: int) -> None:
        """A check that could not be ended is tried again at the next tidying."""
        parent = records.parents.get(parent_id)
        self._tell_operator(records, "" if parent is None else parent.external_id, None, error)

    def _parent(self, records: Records, sender: str, now: datetime, language: str | None) -> Parent:
        parent = records.parents.find(self._channel, sender)
        if parent is None:
            return records.parents.add(self._channel, sender, at=now, language=language)
        # Who had blocked us and writes again is served again.
        present = replace(parent, language=language or parent.language, gone_at=None)
        if present != parent:
            records.parents.save(present)
        return present

    def _session(self, records: Records, parent: Parent) -> Session:
        forgotten = self._forgotten.pop(parent.external_id, None)
        if forgotten is not None and records.sessions.load(parent.id) is None:
            return forgotten
        return load_session(records, parent)

    def _safe_reply(self, before: Session, now: datetime) -> tuple[Session, tuple[Effect, ...]]:
        try:
            return self._conversation.failure(before, now)
        except Exception:  # noqa: BLE001 (the parent must get an answer whatever else is broken)
            return before, (Say(LAST_WORDS),)

    def _finish(
        self,
        records: Records,
        parent: Parent,
        before: Session,
        event: Event | None,
        after: Session,
        effects: tuple[Effect, ...],
        now: datetime,
    ) -> tuple[int, ...]:
        last: list[Tidying] = []
        effects = tuple(
            export_of(records, parent, now, note=effect.note) if isinstance(effect, SendExport) else effect
            for effect in effects
        )
        if any(isinstance(effect, ForgetParent) for effect in effects):
            last = last_tidying(records, parent, before_turn=after.turn)
            records.forget(parent.id)
            self._forgotten[parent.external_id] = after
            owner = None
        else:
            after = counted(records, before, after, effects, now)
            books = Bookkeeper(records, parent, before, after.script)
            books.keep(effects, after)
            self._alerts.take(records, parent, before, after, effects, now)
            save_session(records, parent, after, now)
            parent = books.parent
            # Without consent not even our own words are kept: they would tell what the parent has said.
            owner = None if parent.consent_at is None else parent.id
            tidy_screen(records, parent, before, event, after, now)
            # What was said until now may tell what was answered; the parent has it, and nobody else needs it.
            records.outbox.purge_of(parent.id, before_turn=after.turn)
        messages = queue_messages(
            records,
            effects,
            channel=self._channel,
            address=parent.external_id,
            parent_id=owner,
            turn=after.turn,
            at=now,
            script_version=after.script,
        )
        for what in last:
            queue_tidying(records, what, parent, at=now, owned=False)
        return messages

    def _tell_operator(self, records: Records, sender: str, before: Session | None, error: Exception) -> None:
        told: dict[str, Any] = {"channel": self._channel, "parent": hashed(sender, records.log_salt())}
        if before is not None:
            told |= {"turn": before.turn, "script": before.script}
        structlog.get_logger().error("turn_failed", exc_info=error, **told)
