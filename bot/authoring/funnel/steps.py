"""The steps of a dialog in their order, and in words."""

from __future__ import annotations

from collections.abc import Iterator

from bot.script.model import Dialog, Kind
from bot.script.script import Script
from bot.talk.wording import capital

MAX_WORDS = 60

_OF_THE_PROGRAM = {
    "seen": "Was the child seen since the last advice?",
    "diary_days": "The days that the diary has",
    "urgent": "Advice for today is told: go on with the questions?",
}
"""What the program asks by itself."""


def steps_of(script: Script, dialog: Dialog) -> Iterator[str]:
    """The keys of all that a dialog may ask, in the order of its plan; what the program asks by itself stands last."""
    yield "seen"
    yield from dict.fromkeys(_planned(script, dialog))
    yield from ("diary_days", "urgent")


def step_words(script: Script, step: str) -> str:
    """A step as a moderator knows it; one that is gone by its key."""
    if step in _OF_THE_PROGRAM:
        return _OF_THE_PROGRAM[step]
    room, _, name = step.partition(".")
    if room == "howto" and name in script.howtos:
        return _shortened(f"Steps: {script.howtos[name].title}")
    dialog = script.dialogs.get(room)
    if dialog is not None and name in dialog.questions:
        question = dialog.questions[name]
        return _shortened(question.short or f"{dialog.title}: {_asked(question.ask)}")
    if dialog is not None and name in dialog.checklists:
        return _shortened(f"{dialog.title}: {_asked(dialog.checklists[name].ask)}")
    return f"{step} (not in these dialogs)"


def _planned(script: Script, dialog: Dialog) -> Iterator[str]:
    for item in dialog.plan:
        if item.kind is Kind.DO:
            yield from _planned(script, script.dialogs[item.target])
        elif item.kind in (Kind.ASK, Kind.CHECKLIST):
            yield f"{dialog.id}.{item.target}"
        elif item.kind is Kind.HOWTO:
            yield f"howto.{item.target}"
    # Asked where a line of a list or a button leads to them, which is no place in the plan.
    yield from (f"{dialog.id}.{name}" for name in (*dialog.questions, *dialog.checklists))


def _asked(text: str) -> str:
    """The question itself, without what is said before and after it."""
    whole = " ".join(text.replace("{baby}", "the child").replace("{summary}", "").split())
    asked = whole[: whole.rfind("?") + 1] or whole
    return capital(asked[max(asked.rfind(mark, 0, -1) for mark in ".?:") + 1 :].strip())


def _shortened(text: str) -> str:
    return text if len(text) <= MAX_WORDS else f"{text[: MAX_WORDS - 4].rstrip()} ..."
