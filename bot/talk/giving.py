"""An answer is stored, and what a correction takes away is lowered."""

from __future__ import annotations

from collections.abc import Mapping

from bot.facts.level import Level
from bot.facts.value import Number, Value
from bot.script.model import Question
from bot.script.read_value import on_day
from bot.talk import checklist as lists
from bot.talk import position
from bot.talk.moment import LIST_FLAG
from bot.talk.session import Given, ListState
from bot.talk.turn import Turn
from bot.triage.assess import assess
from bot.triage.knowledge import Knowledge, Told

READING = "temperature_c"

NEVER_LOWERED_BY_READING = frozenset({"F-01", "F-03", "F-08"})
"""Rules that a second reading never lowers (Always 4)."""


def give(
    turn: Turn, key: str, label: str, values: Mapping[str, Value], *, floor: bool = False, slip: bool = False
) -> None:
    """Store an answer, note it in the history, and lower what a correction takes away.

    `floor`: the checklist was answered by "yes", so that its own level stays. `slip`: the reading before was mistyped.
    """
    check, told = turn.check, turn.session.told
    before = {name: one for name, one in told.items() if name in values}
    correcting = key in check.replaced
    turn.keep_answers(key, values)
    turn.update(tries=0)
    turn.update_check(
        given=(*check.given, Given(key, label, tuple(values), before)),
        asked_again=None if check.asked_again == key else check.asked_again,
        replaced={other: old for other, old in check.replaced.items() if other != key},
        hints={other: said for other, said in check.hints.items() if other != key},
        odd_reading=None,
    )
    if correcting:
        waiting = {name: one for other, old in check.replaced.items() if other != key for name, one in old.items()}
        was = {**waiting, **told, **check.replaced[key]}
        now = {**waiting, **turn.session.told}
        kept = (NEVER_LOWERED_BY_READING if not slip else frozenset()) | ({f"{LIST_FLAG}{key}"} if floor else set())
        turn.lower_flags(name for name in fallen(turn, was, now, key) if name not in kept)


def fallen(turn: Turn, was: Mapping[str, Told], now: Mapping[str, Told], key: str) -> list[str]:
    """The flags that this correction takes away: those that the answers before it raise, and those after it do not.

    A flag that something else had raised, such as an answer that went stale since, stays (Always 4).
    """
    # A flag may also have been raised with what nobody had been asked taken as usual, or as not sure.
    raised = [_levels(turn, was), _levels(turn, with_usual(turn, was)), _levels(turn, was, closing=True)]
    still = _levels(turn, now)
    names = [f"{LIST_FLAG}{key}"]
    for name, flag in turn.check.flags.items():
        held = any(name in levels and levels[name] >= flag.level for levels in raised)
        if held and (name not in still or still[name] < flag.level):
            names.append(name)
    return names


def with_usual(turn: Turn, told: Mapping[str, Told]) -> dict[str, Told]:
    """The answers, and for every fact that was never asked the usual one."""
    facts = turn.script.vocabulary.facts.values()
    usual = {fact.id: Told(fact.usual, turn.now) for fact in facts if fact.usual is not None and fact.id not in told}
    return {**usual, **told}


def _levels(turn: Turn, told: Mapping[str, Told], *, closing: bool = False) -> dict[str, Level]:
    knowledge = Knowledge(turn.script.vocabulary, told, now=turn.now, today=turn.now.date(), closing=closing)
    return {name: one.level for name, one in assess(turn.script.book, knowledge).raised.items()}


def answer_option(turn: Turn, question: Question, option: str, *, bands: bool) -> bool:
    """Take a pressed option of a question; False when there is no such option."""
    key = position.question_key(question.dialog, question.id)
    if option == "not_sure":
        before = turn.moment.knowledge.answered(question.id)
        label = question.not_sure or turn.script.button("not_sure")
        give(turn, key, label, {question.id: lists.unsure(before)})
        return True
    for one in question.bands if bands else question.options:
        if one.id == option and one.then is not None:
            state = ListState(deferred=(position.LEFT,), meaning=turn.script.meanings[key])
            turn.update_check(lists={**turn.check.lists, key: state})
            give(turn, key, one.text, {})
            return True
        if one.id == option:
            today = turn.now.date()
            give(turn, key, one.text, {name: on_day(value, today) for name, value in one.sets.items()})
            return True
    return False


def give_typed(turn: Turn, question: Question, label: str, value: Value) -> Number | None:
    """Take a typed answer; instead gives the reading before, where the parent has to say first whether it was a slip.

    The highest reading of a check counts (source: facts.yaml), and no second one lowers F-01, F-03 or F-08.
    """
    key = position.question_key(question.dialog, question.id)
    slip = lowered_reading(turn, key, value) if question.id == READING else None
    if slip is None:
        give(turn, key, label, {question.id: highest_reading(turn, question.id, value)})
    return slip


def highest_reading(turn: Turn, fact: str, value: Value) -> Value:
    """The highest reading of a check counts, unless that very answer is being corrected."""
    before = turn.moment.knowledge.answered(fact)
    if fact != READING or not isinstance(before, Number) or not isinstance(value, Number):
        return value
    if before.exact is None or value.exact is None or before.exact <= value.exact:
        return value
    return before


def lowered_reading(turn: Turn, key: str, value: Value) -> Number | None:
    """The reading that a correction would take down although a rule says that no second reading may."""
    told = turn.check.replaced.get(key, {}).get(READING)
    raised = any(rule in turn.check.flags for rule in NEVER_LOWERED_BY_READING)
    if told is None or not raised or not isinstance(told.value, Number) or not isinstance(value, Number):
        return None
    before = told.value
    return None if before.exact is None or value.exact is None or before.exact == value.exact else before
