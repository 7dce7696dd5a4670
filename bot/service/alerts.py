"""Alerts: the people who run the bot learn that serious advice was given, and never to whom or why.

What such an alert is for and what it does not promise: docs/privacy.md. It is off unless there is a chat for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.facts.age import AgeLimit, Side, Unit, ages
from bot.facts.level import Level
from bot.facts.truth import Truth
from bot.facts.value import Born, DaysOld
from bot.service.message_json import dump_message, kind_of
from bot.store.records import Records
from bot.store.rows import Alert, Parent
from bot.talk.effects import Ask, Button, Effect, FlagRaised, Say
from bot.talk.session import Session
from bot.telemetry import hashed

REPEATED_EVERY = {Level.EMERGENCY: timedelta(minutes=5), Level.URGENT: timedelta(minutes=30)}
"""How long after an alert it is sent again, until somebody acknowledges it."""

COUNTED_FOR = timedelta(hours=24)
"""The span in which the alerts of one parent are counted."""

QUESTION, ACKNOWLEDGE = "alert", "acknowledge"
"""The question and the option of the button below an alert; in the place of the turn stands the alert's number."""

_PRIORITY = 1
_MOST_DUE = 100
_BANDS = (
    ("under 28 days", AgeLimit(Side.UNDER, 28, Unit.DAYS)),
    ("28 days to 3 months", AgeLimit(Side.UNDER, 3, Unit.MONTHS)),
    ("3 to 6 months", AgeLimit(Side.UNDER, 6, Unit.MONTHS)),
    ("6 to 12 months", AgeLimit(Side.UNDER, 12, Unit.MONTHS)),
    ("1 to 3 years", AgeLimit(Side.UNDER, 36, Unit.MONTHS)),
)


class Alerts:
    """The alerts about parents of one channel, and the chat that gets them; without a chat there are none."""

    def __init__(self, channel: str, chat: str | None) -> None:
        self._channel = channel
        self._chat = chat

    def take(
        self,
        records: Records,
        parent: Parent,
        before: Session,
        after: Session,
        effects: Iterable[Effect],
        at: datetime,
    ) -> None:
        """Raise an alert where this turn brought a check to URGENT or EMERGENCY for the first time."""
        level = risen(before, effects)
        if self._chat is None or level is None:
            return
        alert = records.alerts.add(parent.id, level=level.name, age_band=age_band(after, at), at=at)
        self._queue(records, self._chat, parent, alert, at)

    def due(self, records: Records, now: datetime) -> tuple[Alert, ...]:
        """The alerts that are to be sent again."""
        return () if self._chat is None else records.alerts.due(now, limit=_MOST_DUE, channel=self._channel)

    def repeat(self, records: Records, alert: Alert, now: datetime) -> None:
        """Send an alert again, unless the one before has not even left."""
        parent, present = records.parents.get(alert.parent_id), records.alerts.get(alert.id)
        if self._chat is None or parent is None or present is None or present.acknowledged_at is not None:
            return
        last = None if present.message is None else records.outbox.get(present.message)
        if last is not None and last.sent_at is None and last.failed_at is None:
            records.alerts.wait(alert.id, due_at=now + REPEATED_EVERY[Level[alert.level]])
        else:
            self._queue(records, self._chat, parent, present, now)

    def acknowledge(self, records: Records, alert: int, by: str, now: datetime) -> bool:
        """Stop the repeats; False where that was done before or the alert is gone."""
        if not records.alerts.acknowledge(alert, at=now):
            return False
        records.audit.add(by, "alert acknowledged", at=now, detail={"alert": alert})
        if self._chat is not None:
            done = Say(f"Alert {alert}: seen. It is not sent again.")
            self._send(records, self._chat, None, done, now)
        return True

    def notice(self, records: Records, text: str, now: datetime) -> None:
        """Tell the people who run the bot something about the bot itself, once; where there is no chat, nobody."""
        if self._chat is not None:
            self._send(records, self._chat, None, Say(text), now)

    def _queue(self, records: Records, chat: str, parent: Parent, alert: Alert, now: datetime) -> None:
        count = records.alerts.count(parent.id, since=now - COUNTED_FOR)
        who = hashed(parent.external_id, records.log_salt())
        ask = Ask(_text(alert, who, count), alert.id, QUESTION, (Button(ACKNOWLEDGE, "I have seen this"),))
        message = self._send(records, chat, parent.id, ask, now)
        records.alerts.sent(alert.id, message=message, due_at=now + REPEATED_EVERY[Level[alert.level]])

    def _send(self, records: Records, chat: str, parent_id: int | None, message: Ask | Say, now: datetime) -> int:
        # Without a turn: it is no message of the parent's chat. With the parent: it goes when the parent is deleted.
        return records.outbox.queue(
            self._channel,
            chat,
            parent_id=parent_id,
            turn=None,
            priority=_PRIORITY,
            kind=kind_of(message),
            payload=dump_message(message),
            at=now,
        )


def risen(before: Session, effects: Iterable[Effect]) -> Level | None:
    """The level that a check has come to in this turn, if it is URGENT or above and the check was below it.

    Private reasons raise no alert (Always 10), and before consent no flag is recorded at all.
    """
    raised = [one for one in effects if isinstance(one, FlagRaised) and one.level >= Level.URGENT and not one.private]
    if not raised:
        return None
    level, check = max(one.level for one in raised), before.check
    same = check is not None and any(one.number == check.number for one in raised)
    held = [one.level for one in check.flags.values() if not one.private] if check is not None and same else []
    return level if not held or level > max(held) else None


def age_band(session: Session, now: datetime) -> str:
    """The age in one of five bands, from the day of birth."""
    told = session.told.get("birth_date")
    if told is None or not isinstance(told.value, Born | DaysOld):
        return "not known"
    age = ages(told.value, None, now.date()).age
    return next((name for name, limit in _BANDS if age.matches(limit) is Truth.TRUE), "over 3 years")


def _text(alert: Alert, who: str, count: int) -> str:
    again = "" if alert.sent == 0 else f" (sent {alert.sent + 1} times)"
    times = "once" if count == 1 else f"{count} times"
    return "\n".join(
        (
            f"Alert {alert.id}{again}: {alert.level} advice was given.",
            f"Age: {alert.age_band}",
            f"Parent: {who}, {times} in 24 hours",
            f"Time: {alert.raised_at:%Y-%m-%d %H:%M} UTC",
        )
    )
