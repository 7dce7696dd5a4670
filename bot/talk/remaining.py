"""About how many questions a check still has, for "question 3 of about 12"."""

from __future__ import annotations

from dataclasses import replace

from bot.script.machine import passes
from bot.script.model import Dialog, Kind, PlanItem
from bot.talk.moment import Moment, PlanView
from bot.talk.position import is_due, question_key
from bot.talk.session import Check
from bot.triage.knowledge import Told


def remaining(moment: Moment, check: Check) -> int:
    """Count the questions still to come if every answer were the usual one."""
    counter = _Counter(moment, check)
    counter.walk(moment.dialog)
    return counter.number


class _Counter:
    """Walks the plan once, taking the usual answer at each question that is due."""

    def __init__(self, moment: Moment, check: Check) -> None:
        self._wanted = moment.wanted
        self._check = check
        self._moment = moment
        self.number = 0

    def walk(self, dialog: Dialog) -> None:
        for item in dialog.plan:
            if not passes(item, PlanView(self._moment)):
                continue
            if item.kind is Kind.DO:
                self.walk(self._moment.script.dialogs[item.target])
            elif item.kind in (Kind.ASK, Kind.CHECKLIST) and is_due(self._moment, self._check, dialog, item):
                self.number += 1
                self._answer(dialog, item)

    def _answer(self, dialog: Dialog, item: PlanItem) -> None:
        """Go on as if the question had its usual answer; what is wanted stays as it was, which is near enough."""
        asked = dialog.questions if item.kind is Kind.ASK else dialog.checklists
        facts = asked[item.target].facts
        moment, vocabulary = self._moment, self._moment.script.vocabulary.facts
        usual = {
            name: Told(value, moment.now)
            for name in facts
            if name not in moment.knowledge.told and (value := vocabulary[name].usual) is not None
        }
        told = {**moment.knowledge.told, **usual}
        self._moment = moment.with_told(told, self._wanted - facts)
        if self._check.asked_again == question_key(dialog.id, item.target):
            self._check = _answered(self._check)


def _answered(check: Check) -> Check:
    return replace(check, asked_again=None)
