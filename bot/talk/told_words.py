"""Answers of an earlier check in the everyday words of their questions, for somebody who was not there.

Signs that were asked about and not seen are left out; so is whatever is private (Always 10).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from bot.facts.value import NO, NOT_SURE, Choice, Many, NotSure, Number, Value
from bot.script.model import Checklist, Option, Question
from bot.script.read_value import on_day
from bot.script.script import Script
from bot.talk.advice import Voice
from bot.talk.past import PastAnswer
from bot.talk.wording import capital, print_value

ELSEWHERE = frozenset({"birth_date", "gestation_weeks", "temperature_c", "temperature_again_c", "temperature_method"})
"""Facts that a summary tells in places of their own."""


def answer_lines(voice: Voice, answers: Iterable[PastAnswer], day: date) -> list[str]:
    """What was told in a check, a line for each answer; the newest answer to a question counts."""
    by_question: dict[str, dict[str, Value]] = {}
    for one in answers:
        if _may_be_shown(voice.script, one.fact):
            by_question.setdefault(one.question, {})[one.fact] = one.value
    lines = [line for key, told in by_question.items() for line in _lines(voice, key, told, day)]
    return list(dict.fromkeys(lines))


def fact_words(script: Script, told: Mapping[str, Value], fact: str, day: date) -> str | None:
    """One fact in the words of the button that says it, or as it was typed; None where nothing is known of it."""
    value = told.get(fact)
    if value is None or value == NOT_SURE or not _may_be_shown(script, fact):
        return None
    for question in _questions(script, fact):
        option = _option(script, question, {fact: value}, day)
        if option is not None:
            return option.text
    if isinstance(value, Choice) and value.exact is None:
        # What is left over of a list is no answer.
        return None
    return print_value(script.vocabulary.facts[fact], value, day)


def _may_be_shown(script: Script, fact: str) -> bool:
    known = script.vocabulary.facts.get(fact)
    return known is not None and not known.private


def _lines(voice: Voice, key: str, told: Mapping[str, Value], day: date) -> Iterator[str]:
    dialog, _, name = key.partition(".")
    found = voice.script.dialogs.get(dialog)
    question = None if found is None else found.questions.get(name)
    checklist = None if found is None else found.checklists.get(name)
    if question is not None and not (question.facts & ELSEWHERE):
        yield from _of_question(voice, question, told, day)
    elif checklist is not None:
        yield from _of_checklist(voice, checklist, told)
    elif question is None:
        # Told by the menu or by emergency words, or by a question that is gone since: a sign is still a sign.
        yield from _signs(voice, told)


def _of_question(voice: Voice, question: Question, told: Mapping[str, Value], day: date) -> Iterator[str]:
    title = question.short or _asked(voice, question)
    between = " " if title.endswith("?") else ": "
    option = _option(voice.script, question, told, day)
    value = told.get(question.id)
    if option is not None:
        yield f"{title}{between}{option.text}"
    elif isinstance(value, NotSure):
        yield f"{title}{between}{question.not_sure or voice.script.button('not_sure')}"
    elif value is not None and value != NO:
        yield f"{title}{between}{capital(print_value(voice.script.vocabulary.facts[question.id], value, day))}"


def _asked(voice: Voice, question: Question) -> str:
    """The question itself, without what is said before and after it."""
    whole = " ".join(voice.say(question.ask, summary="").split())
    asked = whole[: whole.rfind("?") + 1] or whole
    return capital(asked[max(asked.rfind(mark, 0, -1) for mark in ".?:") + 1 :].strip())


def _option(script: Script, question: Question, told: Mapping[str, Value], day: date) -> Option | None:
    """The button behind the answer: the one that sets just these values, and says nothing private besides."""
    facts = script.vocabulary.facts
    for one in (*question.options, *question.bands):
        if any(name not in facts or facts[name].private for name in one.sets):
            continue
        sets = {name: on_day(value, day) for name, value in one.sets.items()}
        if question.id in sets and all(told.get(name) == value for name, value in sets.items() if name in told):
            return one
    return None


def _of_checklist(voice: Voice, checklist: Checklist, told: Mapping[str, Value]) -> Iterator[str]:
    facts = voice.script.vocabulary.facts
    for line in checklist.items:
        if not line.sets or any(name not in facts or facts[name].private for name in line.sets):
            continue
        values = [told.get(name) for name in line.sets]
        text = capital(voice.say(line.text))
        if all(isinstance(value, NotSure) for value in values):
            yield f"{voice.script.button('not_sure')}: {text}"
        elif all(name in told and _says(told[name], value) for name, value in line.sets.items()):
            yield text


def _signs(voice: Voice, told: Mapping[str, Value]) -> Iterator[str]:
    for fact, value in told.items():
        for dialog in voice.script.dialogs.values():
            for checklist in dialog.checklists.values():
                lines = [line for line in checklist.items if fact in line.sets and _says(value, line.sets[fact])]
                if lines:
                    yield capital(voice.say(lines[0].text))
                    break
            else:
                continue
            break


def _says(told: Value, line: Value) -> bool:
    """Whether an answer says what a line of a list says; "no" to a line leaves none of its values."""
    match told, line:
        case Choice(possible), Choice(meant):
            return bool(possible & meant)
        case Many(certain, possible), Many(_, meant):
            return bool((certain or possible) & meant)
        case Number(interval), Number(limits):
            return interval.meets(limits)
    return told == line


def _questions(script: Script, fact: str) -> Iterator[Question]:
    for dialog in script.dialogs.values():
        if fact in dialog.questions:
            yield dialog.questions[fact]
