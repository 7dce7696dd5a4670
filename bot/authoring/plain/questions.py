"""What holds for a question, besides the reading grade: one question a message, and few buttons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.authoring.plain.sentences import sentences
from bot.script.model import Checklist, Question
from bot.script.problems import Place
from bot.script.script import Script

MAX_BUTTONS = 4
"""Answers of a question, besides "Not sure" and "Back"."""

MORE_BUTTONS: Mapping[str, str] = {
    "state": "what the baby was doing: one place to look is faster than a question about a question",
    "body_parts": "where it shakes: parents point at one or several places of a body",
    "movement": "how it moves: the five kinds differ in danger, and none of them may be hidden behind another",
    "temperature_method": "how it was measured: the six ways there are; the limit of each differs",
    "vomiting": "the first line that fits counts, gravest first; no line may be left out",
    "skin": "the first line that fits counts, gravest first; no line may be left out",
}
"""Questions with more answers, and why."""

TWO_QUESTIONS: Mapping[str, str] = {
    "stops_when_held": "the same question for a spell that goes on and for one that is over",
    "temperature_again_c": "one answer, which also says that it was measured again",
    "arching_and_more": "the first asks whether a hand is free, and needs no answer",
    "soft_spot_and_more": "the first asks whether a hand is free, and needs no answer",
}
"""Questions whose text asks twice, and why."""


@dataclass(frozen=True, slots=True)
class Strayed:
    """A question that asks too much at once."""

    place: Place
    what: str
    cure: str


def strays_in_questions(script: Script) -> Iterator[Strayed]:
    """Questions with more answers than a tired parent reads, and messages with more than one question."""
    for dialog in script.dialogs.values():
        asked: list[Question | Checklist] = [*dialog.questions.values(), *dialog.checklists.values()]
        for one in asked:
            yield from _two_questions(one)
        for question in dialog.questions.values():
            if len(question.options) > MAX_BUTTONS and question.id not in MORE_BUTTONS:
                what = f"'{question.id}' has {len(question.options)} answers; {MAX_BUTTONS} is the limit."
                yield Strayed(question.place, what, "Ask in two steps, or make a checklist of it.")


def _two_questions(question: Question | Checklist) -> Iterator[Strayed]:
    asked = [one for one in sentences(question.ask) if one.text.endswith("?") and not one.listed]
    if len(asked) > 1 and question.id not in TWO_QUESTIONS:
        what = f"'{question.id}' asks {len(asked)} questions in one message."
        yield Strayed(question.place, what, "Ask one of them, or make two questions.")
