"""Earlier checks and the questions for the doctor as a conversation sees them, read from the store when asked for."""

from __future__ import annotations

from datetime import tzinfo

from bot.facts.level import Level
from bot.facts.value import from_json
from bot.store.records import Records
from bot.store.rows import Check, Parent
from bot.talk.past import OwnQuestion, PastAnswer, PastCheck, PastFlag, told_in

_PAGE = 50
"""So many of a parent's newest checks are looked through for those of one child."""


class StoredPast:
    """Valid only inside the job that was given the records; of one child alone, and nothing private (Always 10)."""

    def __init__(self, records: Records, parent: Parent, zone: tzinfo | None) -> None:
        self._records = records
        self._parent = parent
        self._zone = zone

    def checks(self, *, limit: int) -> tuple[PastCheck, ...]:
        """Some of the checks, newest first."""
        child = self._parent.current_child
        found = () if child is None else self._records.checks.of(self._parent.id, limit=_PAGE)
        return tuple(self._check(one) for one in [one for one in found if one.child_id == child][:limit])

    def questions(self) -> tuple[OwnQuestion, ...]:
        """The questions for the doctor, oldest first."""
        child = self._parent.current_child
        found = () if child is None else self._records.own_questions.of(child)
        return tuple(OwnQuestion(one.id, one.text) for one in found)

    def _check(self, check: Check) -> PastCheck:
        flags = [
            PastFlag(one.rule, Level[one.level], one.raised_at.astimezone(self._zone), one.private)
            for one in self._records.flags.of(check.id)
            if one.lowered_at is None
        ]
        answers = tuple(
            PastAnswer(one.question, one.fact, from_json(one.value), one.answered_at.astimezone(self._zone))
            for one in self._records.answers.of(check.id)
        )
        ended = None if check.ended_at is None else check.ended_at.astimezone(self._zone)
        level = None if check.level is None else Level[check.level]
        told = told_in(level, ended, finished=check.status == "finished", flags=flags)
        return PastCheck(check.dialog, check.started_at.astimezone(self._zone), told, answers)
