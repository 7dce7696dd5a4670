"""What is tidied on a parent's screen: buttons that were pressed go, an emergency advice stays pinned while it stands.

A channel whose messages can be changed notes them in `records.screens`; for all others nothing here does anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from bot.facts.level import Level
from bot.service.message_json import load_message
from bot.service.outgoing import TIDYING, URGENT
from bot.store.records import Records
from bot.store.rows import Parent, ScreenMessage
from bot.talk.effects import Ask
from bot.talk.events import Event, Pressed
from bot.talk.session import Session
from bot.talk.turn import STICKY_FOR

NO_ANSWER = frozenset({"back", "list_back", "done"})
"""Buttons that move about: they answer nothing."""


@dataclass(frozen=True, slots=True)
class Settle:
    """The buttons of a message go; with its text, the answer that was chosen is added below.

    Of a message that is not kept (before consent) the text is left out: who delivers may still know it.
    """

    message_id: str
    text: str | None = None
    progress: tuple[int, int] | None = None
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Pin:
    """A message is pinned."""

    message_id: str
    turn: int


@dataclass(frozen=True, slots=True)
class Unpin:
    """A message is pinned no longer."""

    message_id: str


Tidying = Settle | Pin | Unpin

_KINDS: Mapping[str, type[Tidying]] = {"settle": Settle, "pin": Pin, "unpin": Unpin}


def load_tidying(kind: str, data: Mapping[str, Any]) -> Tidying | None:
    """Read what `queue_tidying` wrote; None where this is a message."""
    match kind:
        case "settle":
            progress = data["progress"]
            return Settle(
                data["message_id"],
                data["text"],
                None if progress is None else (progress[0], progress[1]),
                data["answer"],
            )
        case "pin":
            return Pin(data["message_id"], data["turn"])
        case "unpin":
            return Unpin(data["message_id"])
    return None


def queue_tidying(records: Records, what: Tidying, parent: Parent, *, at: datetime, owned: bool) -> int:
    """Queue a change of the screen; one that is not `owned` is gone as soon as its channel has taken it."""
    [kind] = [name for name, one in _KINDS.items() if isinstance(what, one)]
    return records.outbox.queue(
        parent.channel,
        parent.external_id,
        parent_id=parent.id if owned else None,
        turn=None,
        # The number in an emergency is to be found at once.
        priority=URGENT if isinstance(what, Pin) else TIDYING,
        kind=kind,
        payload=asdict(what),
        at=at,
    )


def tidy_screen(
    records: Records, parent: Parent, before: Session, event: Event | None, after: Session, at: datetime
) -> None:
    """After a turn: what was asked before loses its buttons and shows its answer; advice that is over is unpinned."""
    owned = parent.consent_at is not None
    if after.turn != before.turn:
        asked = _asked(records, parent, before)
        for one in records.screens.with_buttons(parent.id, before_turn=after.turn):
            queue_tidying(records, _settled(one, asked, before, event, after), parent, at=at, owned=owned)
            records.screens.drop_buttons(parent.id, one.message_id)
    # A check before consent is forgotten once it is over, which makes nothing well: its advice stays its 24 hours.
    was, is_ = (None if one.check is None else one.check.number for one in (before, after))
    forgotten = not before.consent and was != is_
    if in_emergency(before, at) and not in_emergency(after, at) and not forgotten:
        for one in records.screens.pinned(parent.id):
            _unpin(records, one, parent, at, owned=owned)


def last_tidying(records: Records, parent: Parent, *, before_turn: int) -> list[Tidying]:
    """What is to change on the screen of a parent who is about to be forgotten; to be queued once that is done."""
    buttons: list[Tidying] = [
        Settle(one.message_id) for one in records.screens.with_buttons(parent.id, before_turn=before_turn)
    ]
    return [*buttons, *(Unpin(one.message_id) for one in records.screens.pinned(parent.id))]


def in_emergency(session: Session, at: datetime) -> bool:
    """Whether an advice of level EMERGENCY stands (Always 4): then it stays pinned."""
    check = session.check
    flags = [*session.recent.values(), *(() if check is None else (*check.flags.values(), *check.carried.values()))]
    return any(flag.level is Level.EMERGENCY and at - flag.at <= STICKY_FOR for flag in flags)


def unpin_old(records: Records, channel: str, now: datetime) -> None:
    """Unpin advice that was given too long ago to stand."""
    for one in records.screens.pinned_before(now - STICKY_FOR, limit=1000):
        parent = records.parents.get(one.parent_id)
        if parent is not None and parent.channel == channel:
            _unpin(records, one, parent, now, owned=parent.consent_at is not None)


def _unpin(records: Records, message: ScreenMessage, parent: Parent, at: datetime, *, owned: bool) -> None:
    queue_tidying(records, Unpin(message.message_id), parent, at=at, owned=owned)
    records.screens.unpin(parent.id, message.message_id)


def _asked(records: Records, parent: Parent, before: Session) -> dict[str, Ask]:
    """The questions of the turn before, as they were shown; of a parent without consent nothing is kept."""
    kept = records.outbox.of_turn(parent.id, before.turn)
    shown = [load_message(one.kind, one.payload) for one in kept if one.kind == "ask" and one.payload is not None]
    return {one.question: one for one in shown if isinstance(one, Ask)}


def _settled(
    message: ScreenMessage, asked: Mapping[str, Ask], before: Session, event: Event | None, after: Session
) -> Settle:
    question = message.question or ""
    answer = _answer(question, before, event, after) if message.turn == before.turn else None
    ask = asked.get(question) if message.turn == before.turn else None
    if ask is None:
        # Without consent nothing was kept. Of an advice, which is never written anew, nothing is known to the sender.
        return Settle(message.message_id, answer=None if before.consent else answer)
    if ask.private or answer is None:
        # A private answer stands in no other place than the check.
        return Settle(message.message_id)
    return Settle(message.message_id, ask.text, ask.progress, answer)


def _answer(question: str, before: Session, event: Event | None, after: Session) -> str | None:
    """What was pressed, in words; what was typed stands in the chat anyway."""
    if not isinstance(event, Pressed) or event.turn != before.turn or event.question != question:
        return None
    given = () if after.check is None else after.check.given
    known = 0 if before.check is None else len(before.check.given)
    if len(given) > known and given[-1].question == question:
        return given[-1].label or None
    if event.option in NO_ANSWER:
        return None
    return next((one.options.get(event.option) for one in before.prompts if one.question == question), None)
