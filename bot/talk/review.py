"""What the parent has told, read back before anything reassuring: the script was edited during this check.

A reassuring end is never the direct result of an edit (Always 4 and 5; research page flow_engines.md, R6). ROUTINE
tells that it can wait, so that it is read back as well.
"""

from __future__ import annotations

from bot.facts.level import Level
from bot.facts.value import NOT_SURE
from bot.script.model import Checklist, Item, Question
from bot.talk.asked import find_checklist, find_question
from bot.talk.moment import highest
from bot.talk.session import Given, Pending
from bot.talk.turn import Turn

LOWEST_TOLD_AT_ONCE = Level.SOON
"""Below this an end says that there is time, or that nothing was found."""

MAX_LABEL = 80
MAX_ANSWERS = 36
"""So many lines of so many letters stay below one message of Telegram."""


def must_review(turn: Turn) -> bool:
    """Whether the answers have to be read back before this check may end as it would now."""
    if not turn.check.unreviewed:
        return False
    levels = (turn.moment.level, highest(turn.moment.closing().own))
    return max((one for one in levels if one is not None), default=Level.REASSURE) < LOWEST_TOLD_AT_ONCE


def show_review(turn: Turn) -> None:
    """Read the answers back, and wait for the parent to say that they are right."""
    answers = "\n".join(f"• {line}" for line in review_lines(turn)[:MAX_ANSWERS] or [turn.phrase("review_not_shown")])
    buttons = [turn.button("that_is_right"), turn.button("change_answer"), turn.button("emergency", danger=True)]
    turn.ask(Pending.REVIEW, "review", turn.phrase("review", answers=answers), buttons)


def review_lines(turn: Turn) -> list[str]:
    """Every answer of this check that others may see, the newest to each question, in the order of the questions."""
    lines: dict[str, str] = {}
    for given in turn.check.given:
        question, checklist = find_question(turn, given.question), find_checklist(turn, given.question)
        if _is_private(turn, given):
            continue
        if question is not None:
            lines[given.question] = f"{_title(turn, question)}: {given.label}"[:MAX_LABEL]
        elif checklist is not None:
            lines[given.question] = _list_line(turn, checklist, given)
    return list(lines.values())


def list_answer(turn: Turn, checklist: Checklist, given: Given) -> str:
    """What was said to a checklist: the signs that are there, that it is not sure, or none of them."""
    if given.label:
        return given.label
    unsure = [line for line in checklist.items if _is_unsure(turn, line, given)]
    if not unsure:
        return checklist.none or turn.script.button("none_of_these")
    named = "; ".join(turn.voice.say(line.text) for line in unsure)
    not_sure = turn.script.button("not_sure")
    return not_sure if len(unsure) == len(checklist.items) else f"{not_sure}: {named}"


def _is_unsure(turn: Turn, line: Item, given: Given) -> bool:
    """Whether "not sure" was said to a line, and not merely what "none of these" leaves open."""
    told = turn.session.told
    return any(
        fact in told and fact in given.facts and told[fact].value == NOT_SURE and line.denied.get(fact) != NOT_SURE
        for fact in line.sets
    )


def _title(turn: Turn, question: Question) -> str:
    return question.short or turn.script.dialogs[question.dialog].title


def _list_line(turn: Turn, checklist: Checklist, given: Given) -> str:
    asked = turn.voice.say(checklist.ask).splitlines()[0][:MAX_LABEL]
    return f"{asked} {list_answer(turn, checklist, given)}"[: 2 * MAX_LABEL]


def _is_private(turn: Turn, given: Given) -> bool:
    facts = turn.script.vocabulary.facts
    return any(fact in facts and facts[fact].private for fact in given.facts)
