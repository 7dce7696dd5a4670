"""What kind of text it is: a label, advice in an emergency, or any other text; each has limits of its own."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from bot.facts.level import Level
from bot.script.script import Script
from bot.script.text_ids import Text, texts_by_id

_LABELS = ("title", "short", "not_sure", "none", "label")
_OF_LABELS = ("options", "bands", "buttons", "chapters")

EMERGENCY_PHRASES = frozenset(
    {
        "card",
        "word_heard",
        "word_heard_private",
        "not_happening_reply",
        "calling_reply",
        "cannot_reach_reply",
        "reached_ask",
        "which_after_emergency",
        "stale_danger",
        "seen_no",
        "entry_graver",
        "failure",
    }
)
"""Phrases of the program that are read while a child may be in danger."""


class Kind(Enum):
    """Which limits hold: none of these for a label; for a reason of an emergency the grade alone."""

    LABEL = "a label"
    USUAL = "a text"
    EMERGENCY = "an EMERGENCY message"
    EMERGENCY_PART = "a part of an EMERGENCY message"


def kinds(script: Script) -> Mapping[str, tuple[Text, Kind]]:
    """Every text of the script by its id, with its kind."""
    return {name: (text, kind_of(script, text)) for name, text in texts_by_id(script).items()}


def kind_of(script: Script, text: Text) -> Kind:
    """The kind of one text."""
    path = text.path
    if _is_label(text):
        return Kind.LABEL
    if text.file == "content/outcomes.yaml":
        return Kind.EMERGENCY if _ends_in_emergency(script, str(path[0]), str(path[1])) else Kind.USUAL
    if text.file == "content/phrases.yaml":
        return Kind.EMERGENCY if path[-1] in EMERGENCY_PHRASES else Kind.USUAL
    if text.file == "content/red_flags.yaml":
        rule = script.book.rules[str(path[1])]
        return Kind.EMERGENCY_PART if rule.highest is Level.EMERGENCY else Kind.USUAL
    if path[0] == "checklists":
        lists = (one.checklists.get(str(path[1])) for one in script.dialogs.values() if one.place.file == text.file)
        if any(one is not None and one.level is Level.EMERGENCY for one in lists):
            return Kind.EMERGENCY_PART
    return Kind.USUAL


def _is_label(text: Text) -> bool:
    path = text.path
    last, above = str(path[-1]), str(path[-2]) if len(path) > 1 else ""
    if last in _LABELS or above in _OF_LABELS:
        return True
    if text.file == "content/menu.yaml":
        return last == "text"
    if text.file == "content/phrases.yaml":
        return last.startswith("command_")
    return len(path) > 2 and path[-3] == "items"


def _ends_in_emergency(script: Script, section: str, name: str) -> bool:
    if section == "meanwhile":
        return True
    if section == "levels":
        return name.startswith("emergency_")
    if section == "instead":
        mine = [one for one in script.outcomes.instead if one.id == name]
        rules = script.book.rules
        return any(rules[rule].highest is Level.EMERGENCY for one in mine for rule in one.rules if rule in rules)
    return False
