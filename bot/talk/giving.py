"""An answer is stored, and what a correction takes away is lowered."""

from __future__ import annotations

from bot.facts.value import Number, Value
from bot.script.conditions import FactIs, walk
from bot.script.model import Question
from bot.script.read_value import on_day
from bot.talk import checklist as lists
from bot.talk import position
from bot.talk.moment import LIST_FLAG, base_facts
from bot.talk.session import Given, ListState
from bot.talk.turn import Turn

NEVER_LOWERED_BY_READING = frozenset({"F-01", "F-03", "F-08"})
"""Rules that a second reading never lowers (Always 4)."""


def give(turn: Turn, key: str, label: str, values: dict[str, Value]) -> None:
    """Store an answer, note it in the history, and lower what a correction takes away."""
    before = {name: told for name, told in turn.session.told.items() if name in values}
    correcting = turn.check.asked_again == key
    given = (*turn.check.given, Given(key, label, tuple(values), before))
    turn.keep_answers(key, values)
    turn.update(tries=0)
    turn.update_check(
        given=given,
        asked_again=None if correcting else turn.check.asked_again,
        replaced={} if correcting else turn.check.replaced,
        odd_reading=None,
    )
    if correcting:
        turn.update_check(ended=False)
        turn.lower_flags(_flags_on(turn, frozenset(values), key))


def _flags_on(turn: Turn, facts: frozenset[str], key: str) -> list[str]:
    """The raised flags that look at one of these facts, or that this very checklist raised."""
    found = []
    for rule in turn.check.flags:
        if rule.startswith(LIST_FLAG):
            if rule == f"{LIST_FLAG}{key}":
                found.append(rule)
        elif (rule in turn.script.book.rules and facts & facts_of_rule(turn, rule)) or (
            rule in turn.script.book.rules and turn.script.book.rules[rule].stratum > 1
        ):
            found.append(rule)
    return found


def facts_of_rule(turn: Turn, rule: str) -> frozenset[str]:
    """Every fact that can be asked and that a rule looks at."""
    return frozenset(
        base
        for row in turn.script.book.rules[rule].levels
        for part in walk(row.when)
        if isinstance(part, FactIs)
        for base in base_facts(turn.script, part.fact)
    )


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
            state = ListState(deferred=(position.LEFT,))
            turn.update_check(lists={**turn.check.lists, key: state})
            give(turn, key, one.text, {})
            return True
        if one.id == option:
            today = turn.now.date()
            give(turn, key, one.text, {name: on_day(value, today) for name, value in one.sets.items()})
            return True
    return False


def highest_reading(turn: Turn, fact: str, value: Value) -> Value:
    """The highest reading of a check counts (source: facts.yaml), unless that very answer is being corrected."""
    before = turn.moment.knowledge.answered(fact)
    if fact != "temperature_c" or not isinstance(before, Number) or not isinstance(value, Number):
        return value
    if before.exact is None or value.exact is None or before.exact <= value.exact:
        return value
    return before


def lowers_a_reading(turn: Turn, value: Value) -> Number | None:
    """The reading that a correction would take down although a rule says that no second reading may.

    Then the parent is asked whether the first was a slip of the finger or a reading of its own.
    """
    before = turn.check.replaced.get("temperature_c")
    raised = any(rule in turn.check.flags for rule in NEVER_LOWERED_BY_READING)
    if before is None or not raised or not isinstance(before.value, Number) or not isinstance(value, Number):
        return None
    if before.value.exact is None or value.exact is None or before.value.exact == value.exact:
        return None
    return before.value
