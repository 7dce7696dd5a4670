"""Levels and actions, as the script writes them."""

from __future__ import annotations

from bot.facts.level import ALLOWED, Action, Level
from bot.script.document import Node, Scalar
from bot.script.problems import Problems, did_you_mean


def read_level(node: Node, problems: Problems) -> Level | None:
    """Read the name of a level; None after a mistake."""
    text = node.text if isinstance(node, Scalar) else ""
    if text not in Level.__members__:
        problems.unknown(node.place, "level", text, Level.__members__)
        return None
    return Level[text]


def read_action(node: Node | None, level: Level, problems: Problems) -> Action | None:
    """Read the action of a level; None where none is named, and after a mistake."""
    if node is None:
        return None
    text = node.text if isinstance(node, Scalar) else ""
    allowed = sorted(action.value for action in ALLOWED[level])
    if text in allowed:
        return Action(text)
    cure = did_you_mean(text, allowed) if allowed else "Take it out."
    problems.add(node.place, f"'{text}' cannot be the action of {level.name}.", cure)
    return None
