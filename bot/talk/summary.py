"""What the parent said, in a few lines, to be read back and kept in the diary."""

from __future__ import annotations

from bot.talk.asked import find_checklist, find_question
from bot.talk.turn import Turn

MAX_SUMMARY = 6


def summary_lines(turn: Turn) -> list[str]:
    """What the parent said, in at most six lines, the newest answer to each question."""
    return list(summary(turn).values())


def summary(turn: Turn) -> dict[str, str]:
    """The same lines by the keys of their questions."""
    lines: dict[str, str] = {}
    for one in turn.check.given:
        question = find_question(turn, one.question)
        checklist = find_checklist(turn, one.question)
        if question is not None and any(
            turn.script.vocabulary.facts[fact].private for fact in one.facts if fact in turn.script.vocabulary.facts
        ):
            continue
        if question is not None and question.short is not None:
            lines[one.question] = f"• {question.short}: {one.label}"
        elif checklist is not None and one.label:
            lines[one.question] = f"• {one.label}"
    return dict(list(lines.items())[-MAX_SUMMARY:])
