"""Where parents leave: counters for each way from step to step, which lead to nobody.

A counter holds the day on which the check began, a version, a dialog, two steps and a number. A parent is counted once
per step of a check, and in one check per dialog in `COUNTED_FOR`, which is as long as counters are kept: so their sums
are parents, not turns or checks.
What is needed for that lies in the parent's own session (docs/decisions: counters without parents).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import structlog

from bot.facts.level import Level
from bot.store.records import Records
from bot.talk.effects import CheckEnded, Effect, Escalate
from bot.talk.session import Check, Pending, Session

COUNTED_FOR = timedelta(days=90)
"""How long counters are kept, and how long a parent who was counted in a dialog is not counted there again."""

START, LEFT, EMERGENCY, RESULT, CLOSED = "(start)", "(left)", "(emergency)", "(result)", "(closed)"
"""What stands in the place of a step: before the first, and the four ways in which a check ends."""

ENDS = frozenset({LEFT, EMERGENCY, RESULT, CLOSED})

_STEPS = frozenset({Pending.POSITION, Pending.CONFIRM, Pending.STEP, Pending.URGENT, Pending.SEEN, Pending.DIARY})
"""What belongs to a check; all else that may be asked is a walk aside, after which it goes on."""


def counted(records: Records, before: Session, after: Session, effects: Sequence[Effect], now: datetime) -> Session:
    """Count what a turn moved; gives the session, which remembers it. A counter never costs a parent an answer."""
    try:
        return _Count(records, before, now.date()).turn(after, effects)
    except Exception as error:  # noqa: BLE001 (whatever is wrong with a counter, the turn must be kept)
        structlog.get_logger().error("not_counted", exc_info=error)
        return after


class _Count:
    def __init__(self, records: Records, before: Session, day: date) -> None:
        self._records = records
        self._before = before
        self._day = day

    def turn(self, after: Session, effects: Sequence[Effect]) -> Session:
        old, new = self._before.check, after.check
        same = old is not None and new is not None and old.number == new.number
        if old is not None and old.counted is not None and not same:
            self._ended(old, effects)
        if new is None:
            return after
        if not same and new.kept and self._due(after, new.dialog):
            new = replace(new, counted=())
            after = replace(after, counted={**after.counted, new.dialog: self._day.isoformat()})
        if same and old is not None and new.counted is not None and old.dialog != new.dialog:
            self._count(old, _step(self._before), CLOSED, self._before.script)
            new = replace(new, counted=None)
        if new.counted is not None:
            new = self._moved(new, after, _step(self._before) if same else START)
        return replace(after, check=new)

    def _due(self, session: Session, dialog: str) -> bool:
        last = session.counted.get(dialog)
        return last is None or self._day - date.fromisoformat(last) >= COUNTED_FOR

    def _moved(self, check: Check, after: Session, origin: str) -> Check:
        seen = check.counted or ()
        if check.ended:
            # What only a private answer ended is counted as any other result (Always 10).
            grave = [flag for flag in check.flags.values() if flag.level is Level.EMERGENCY]
            step = RESULT if grave and all(flag.private for flag in grave) else EMERGENCY
            if ENDS.intersection(seen):
                return check
        else:
            step = _step(after, "")
        if not step or step in seen:
            return check
        self._count(check, origin, step, after.script)
        return replace(check, counted=(*seen, step))

    def _ended(self, check: Check, effects: Sequence[Effect]) -> None:
        if ENDS.intersection(check.counted or ()):
            return
        told = any(isinstance(one, Escalate) and one.question == "outcome" for one in effects)
        whole = any(isinstance(one, CheckEnded) and one.number == check.number and not one.cut_short for one in effects)
        self._count(check, _step(self._before), RESULT if told or whole else LEFT, self._before.script)

    def _count(self, check: Check, origin: str, step: str, version: str) -> None:
        # All of a check counts on the day on which it began: no period has more leave a step than reach it.
        day = check.started.date()
        self._records.step_counts.count(day=day, version=version, dialog=check.dialog, origin=origin, step=step)


def _step(session: Session, otherwise: str = START) -> str:
    """Where a parent is in a check: the key of what is asked; on a walk aside the last step that was counted."""
    for prompt in session.prompts:
        if prompt.pending in _STEPS:
            return str(prompt.data.get("about", prompt.question))
    steps = () if session.check is None else session.check.counted or ()
    return next((one for one in reversed(steps) if one not in ENDS), otherwise)
