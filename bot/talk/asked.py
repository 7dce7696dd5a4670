"""Questions and checklists by the key under which they stand in buttons and in the history."""

from __future__ import annotations

from bot.script.model import Checklist, Question
from bot.talk.turn import Turn


def find_checklist(turn: Turn, key: str) -> Checklist | None:
    """The checklist with this key, if the script still has it."""
    dialog, _, name = key.partition(".")
    found = turn.script.dialogs.get(dialog)
    return found.checklists.get(name) if found is not None else None


def find_question(turn: Turn, key: str) -> Question | None:
    """The question with this key, if the script still has it."""
    dialog, _, name = key.partition(".")
    found = turn.script.dialogs.get(dialog)
    return found.questions.get(name) if found is not None else None
