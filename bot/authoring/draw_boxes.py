"""The words in the boxes of a picture: what a step asks or says, and what decides whether it comes."""

from __future__ import annotations

import re
from textwrap import wrap

from bot.authoring.condition_words import in_words
from bot.authoring.draw_picture import Box, Shape
from bot.facts.level import Level
from bot.script.model import Dialog, Kind, PlanItem
from bot.script.script import Script
from bot.script.vocabulary import Fact

WIDTH = 34
"""Letters in a line of a box."""

WIDE = 44
"""Letters in a line of a condition, whose box is pointed."""

MOST_LINES = 3
"""Lines of a question or text before it is cut with "..."."""

_BLANK = re.compile(r"\{([a-z_]+)\}")


def item_box(script: Script, dialog: Dialog, item: PlanItem) -> Box:
    """The box of one line of a plan."""
    shape = Shape(item.kind.value)
    level: Level | None = None
    lines: list[str] = []
    match item.kind:
        case Kind.ASK:
            lines = [*_cut(dialog.questions[item.target].ask), *_asked_if(script.vocabulary.facts[item.target], script)]
        case Kind.CHECKLIST:
            checklist = dialog.checklists[item.target]
            level = checklist.level
            parts = "parts" if checklist.pick else "signs"
            floor = "" if level is None else f", each {level.name} or above"
            lines = [*_cut(checklist.ask), *wrapped(f"List of {len(checklist.items)} {parts}{floor}")]
        case Kind.DO:
            lines = [script.dialogs[item.target].title]
        case Kind.SAY:
            lines = ["Says:", *_cut(dialog.texts[item.target].text)]
        case Kind.HOWTO:
            howto = script.howtos[item.target]
            lines = ["The result so far, then step by step:", f"{howto.title}, {len(howto.steps)} steps"]
        case Kind.GATE:
            lines = [f"Gate: {item.target.replace('_', ' ')}", "May it be shown?"]
        case Kind.FINISH:
            lines = ["The result"] if item.saves is None else ["The result", f"Saved as: {item.saves}"]
            if item.instead_of_reassure is not None:
                lines.append("Never reassures")
    return Box(item.id, shape, (*lines, f"[{item.id}]"), level)


def condition_box(script: Script, item: PlanItem) -> Box:
    """The box before a step that has a condition."""
    words = in_words(item.when, script.vocabulary)
    return Box(condition_key(item.id), Shape.CONDITION, tuple(wrapped(f"{words[:1].upper()}{words[1:]}?", WIDE)))


def condition_key(item: str) -> str:
    """The key of the box for the condition of a step."""
    return f"if {item}"


def wrapped(text: str, width: int = WIDTH) -> list[str]:
    """A text in lines of a box."""
    return wrap(text, width, break_long_words=False, break_on_hyphens=False)


def _cut(text: str) -> list[str]:
    """The first paragraph of a text, cut where it is long; placeholders as words."""
    first = " ".join(text.strip().partition("\n\n")[0].split())
    said = _BLANK.sub(lambda found: "the baby" if found[1] == "baby" else f"({found[1].replace('_', ' ')})", first)
    return _short(wrapped(f"{said[:1].upper()}{said[1:]}"))


def _short(lines: list[str]) -> list[str]:
    return lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1]} ..."]


def asked_if(fact: Fact, script: Script) -> str:
    """When the question makes sense at all (facts.yaml), in words; empty where it always does."""
    parts = [] if fact.ages is None else [f"age {fact.ages}"]
    if fact.ask_if is not None:
        parts.append(in_words(fact.ask_if, script.vocabulary))
    return " and ".join(parts)


def _asked_if(fact: Fact, script: Script) -> list[str]:
    words = asked_if(fact, script)
    return _short(wrapped(f"only if {words}")) if words else []
