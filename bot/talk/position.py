"""Where a check stands: found by replaying the plan over the answers, never stored as truth."""

from __future__ import annotations

from dataclasses import dataclass

from bot.facts.level import Level
from bot.facts.value import Choice, NotSure, Number, Value, is_exact
from bot.script.machine import END, START, Position
from bot.script.model import Checklist, Dialog, Item, Kind, PlanItem, Question
from bot.script.script import Script
from bot.talk.moment import Moment, PlanView
from bot.talk.session import Check, ListState


@dataclass(frozen=True, slots=True)
class Spot:
    """A step that waits for the parent, or that is to be said now; None as `item` is the end of the dialog."""

    dialog: str
    item: PlanItem | None


def locate(moment: Moment, check: Check) -> Spot:
    """Replay the plan from the top and stop at the first step that is not done."""
    return _replay(moment, check, moment.dialog)


def _replay(moment: Moment, check: Check, dialog: Dialog) -> Spot:
    machine = moment.script.machines[dialog.id]
    position = Position(START, PlanView(moment))
    while True:
        machine.advance(position)
        if position.state == END:
            return Spot(dialog.id, None)
        item = machine.items[position.state]
        if item.kind is Kind.FINISH:
            return Spot(dialog.id, item)
        if item.kind is Kind.DO:
            inner = _replay(moment, check, moment.script.dialogs[item.target])
            if inner.item is not None and inner.item.kind is not Kind.FINISH:
                return inner
        elif is_due(moment, check, dialog, item):
            return Spot(dialog.id, item)


def is_due(moment: Moment, check: Check, dialog: Dialog, item: PlanItem) -> bool:
    """Whether a step of a plan is still to be taken."""
    match item.kind:
        case Kind.ASK:
            return question_due(moment, check, dialog.questions[item.target])
        case Kind.CHECKLIST:
            return bool(visible(moment, check, dialog.checklists[item.target]))
        case Kind.GATE:
            return moment.gate_state(item.target).closed
        case _:
            return said_key(dialog.id, item) not in check.said


def said_key(dialog: str, item: PlanItem) -> str:
    """The name under which a text or a how-to is remembered as seen."""
    return f"{dialog}.{item.id}"


def question_key(dialog: str, name: str) -> str:
    """The name of a question or checklist across dialogs, as it stands in buttons and in the history."""
    return f"{dialog}.{name}"


def question_due(moment: Moment, check: Check, question: Question) -> bool:
    """Whether a question makes sense, is unanswered, and is worth asking."""
    if check.asked_again == question_key(question.dialog, question.id):
        return True
    if not moment.knowledge.askable(question.id) or LEFT in left_to_others(check, question):
        return False
    answered = moment.knowledge.answered(question.id)
    if answered is not None and is_exact(answered):
        return False
    local = question.id in local_names(moment.script, question.dialog)
    return local or question.id in moment.wanted


LEFT = "*"
"""Among the deferred lines of a question: the whole answer is left to another one."""


def left_to_others(check: Check, question: Question) -> tuple[str, ...]:
    """What a question has left to other questions."""
    return check.lists.get(question_key(question.dialog, question.id), ListState()).deferred


def local_names(script: Script, dialog: str) -> frozenset[str]:
    """The questions that steer their own dialog and belong to no fact of the vocabulary's red flags."""
    return frozenset(name for name in script.dialogs[dialog].questions if name in script.local)


def visible(moment: Moment, check: Check, checklist: Checklist) -> tuple[Item, ...]:
    """The lines of a checklist that make sense, are not decided, and are worth asking.

    A list of emergencies is asked whole or not at all: after a pause a sign that does not go stale, such as a fit, may
    be new as well.
    """
    key = question_key(checklist.dialog, checklist.id)
    sensible = tuple(item for item in checklist.items if _makes_sense(moment, item))
    if check.asked_again == key:
        return sensible
    deferred = check.lists.get(key, ListState()).deferred
    open_lines = tuple(
        item
        for item in checklist.items
        if item.id not in deferred and any(_line_open(moment, item, fact) for fact in item.sets)
    )
    return sensible if open_lines and checklist.level is Level.EMERGENCY else open_lines


def _makes_sense(moment: Moment, item: Item) -> bool:
    return any(moment.knowledge.askable(fact) for fact in item.sets)


def _line_open(moment: Moment, item: Item, fact: str) -> bool:
    if fact not in moment.wanted or not moment.knowledge.askable(fact):
        return False
    answered = moment.knowledge.answered(fact)
    return answered is None or _narrows(item.sets[fact], answered)


def _narrows(told: Value, before: Value) -> bool:
    """Whether a line can tell more than a band that is known already."""
    if isinstance(before, NotSure) or is_exact(before):
        return False
    if isinstance(before, Choice) and isinstance(told, Choice):
        return bool(before.possible & told.possible) and not before.possible <= told.possible
    if isinstance(before, Number) and isinstance(told, Number):
        return before.interval.meets(told.interval) and not before.interval.inside(told.interval)
    return False
