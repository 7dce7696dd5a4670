"""What can be corrected in an event of the diary, and what its answers would mean now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.facts.level import Level
from bot.facts.value import NOT_SURE, Value
from bot.script.model import Question
from bot.script.read_value import on_day
from bot.script.vocabulary import Scope
from bot.talk.around import Entry
from bot.talk.check import DANGER_DIALOG
from bot.talk.moment import Moment, highest
from bot.talk.position import question_key
from bot.talk.turn import Turn
from bot.triage.knowledge import Told

MAX_LABEL = 40


def changeable(turn: Turn, entry: Entry) -> list[tuple[str, str]]:
    """The questions behind the lines of this event that are answered by buttons: their keys and those lines."""
    found: list[tuple[str, str]] = []
    for question in _questions(turn):
        labels = {one.text for one in question.options} | {question.not_sure or turn.script.button("not_sure")}
        line = next((line_of(question, label) for label in labels if line_of(question, label) in entry.lines), None)
        if line is None:
            line = _in_other_words(entry, question)
        if line is not None:
            found.append((question_key(question.dialog, question.id), line.removeprefix("• ")[:MAX_LABEL]))
    return found


def _in_other_words(entry: Entry, question: Question) -> str | None:
    """The line of a question whose words were edited since, where one of its buttons was the answer."""
    told = entry.answers.get(question.id)
    place = _place(entry, question)
    if place is None or told is None:
        return None
    by_button = told == NOT_SURE or any(one.sets.get(question.id) == told for one in question.options)
    return entry.lines[place] if by_button else None


def _place(entry: Entry, question: Question) -> int | None:
    """Which line of an event is of this question."""
    key = question_key(question.dialog, question.id)
    if key in entry.questions:
        return entry.questions.index(key)
    start = line_of(question, "")
    return next((number for number, one in enumerate(entry.lines) if one.startswith(start)), None)


def with_answer(turn: Turn, entry: Entry, question: Question, option: str) -> Entry | None:
    """The event with another answer to a question; None where the question has no such answer."""
    today = entry.at.date()
    if option == "not_sure":
        label, sets = question.not_sure or turn.script.button("not_sure"), {question.id: NOT_SURE}
        return _changed(entry, question, label, sets)
    for one in question.options:
        if one.id == option and one.sets:
            return _changed(entry, question, one.text, {name: on_day(value, today) for name, value in one.sets.items()})
    return None


def is_graver(turn: Turn, before: Entry, after: Entry) -> bool:
    """Whether the corrected answers would be graver advice than what was told, and than the answers before them.

    Judged by the present rules as of the moment of the event: once as it stands, once with all that nobody asked
    counted as "not sure", since an event holds no more questions that could still be asked.
    """
    told = before.level or Level.REASSURE
    return any(
        _level(turn, after, closing=closing) > max(told, Level.ROUTINE, _level(turn, before, closing=closing))
        for closing in (False, True)
    )


def _level(turn: Turn, entry: Entry, *, closing: bool) -> Level:
    facts = turn.script.vocabulary.facts
    told = {name: Told(value, entry.at) for name, value in entry.answers.items() if name in facts}
    child = {
        name: one
        for name, one in turn.session.told.items()
        if name in facts and facts[name].scope is Scope.CHILD and name not in told
    }
    moment = Moment(turn.script, {**child, **told}, {}, DANGER_DIALOG, entry.at, closing=closing)
    return highest(moment.own) or Level.REASSURE


def line_of(question: Question, label: str) -> str:
    """The line of the diary for an answer."""
    return f"• {question.short}: {label}"


def _changed(entry: Entry, question: Question, label: str, sets: Mapping[str, Value]) -> Entry:
    place = _place(entry, question)
    lines, questions = list(entry.lines), list(entry.questions)
    if place is None:
        lines.append(line_of(question, label))
        # An event of before the keys were kept has none of them.
        questions += [question_key(question.dialog, question.id)] if len(questions) == len(lines) - 1 else []
    else:
        lines[place] = line_of(question, label)
    answers = {**entry.answers, **sets}
    return replace(entry, answers=answers, lines=tuple(lines), questions=tuple(questions))


def _questions(turn: Turn) -> Iterator[Question]:
    facts = turn.script.vocabulary.facts
    for dialog in turn.script.dialogs.values():
        for question in dialog.questions.values():
            fact = facts.get(question.id)
            if fact is not None and not fact.private and question.short is not None and question.input is None:
                yield question
