"""Everything about a script but its wording, as one fingerprint: with the same one, only words were edited."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from bot.script.problems import Place
from bot.script.script import Script

WORDING: Mapping[str, frozenset[str]] = {
    "Option": frozenset({"text"}),
    "Question": frozenset({"ask", "short", "why", "hint", "not_sure"}),
    "Item": frozenset({"text"}),
    "Checklist": frozenset({"ask", "because", "none"}),
    "Say": frozenset({"text"}),
    "Dialog": frozenset({"title"}),
    "Step": frozenset({"text"}),
    "HowTo": frozenset({"title"}),
    "Rule": frozenset({"title", "because", "text", "approved", "fires_for", "quiet_for"}),
    "Closing": frozenset({"because"}),
    "AlwaysSaid": frozenset({"text"}),
    "Fact": frozenset({"about"}),
    "OutcomeText": frozenset({"text"}),
    "Menu": frozenset({"ask"}),
    "MenuEntry": frozenset({"text", "ask", "path"}),
}
"""The fields of each class that hold words for parents or notes for authors; sources and places never count."""

NOTES = frozenset({"place", "sources"})

_LIMITS = {"simple_check": bool}
"""Texts of which it matters whether there are any: "not sure" asks once more after such a check."""


def structure(script: Script) -> str:
    """The fingerprint: of facts, rules, gates, dialogs, how-tos, outcomes and the menu, without their words."""
    digest = hashlib.sha256()
    parts = (script.vocabulary, script.book, script.dialogs, script.howtos, script.outcomes, script.menu, script.local)
    for piece in _pieces(parts):
        digest.update(piece.encode())
        digest.update(b"\0")
    return digest.hexdigest()[:16]


def _pieces(value: Any) -> Iterator[str]:
    match value:
        case Place():
            return
        case Enum():
            yield str(value.name)
        case Mapping():
            for key in sorted(value):
                yield str(key)
                yield from _pieces(value[key])
        case tuple() | list():
            yield f"({len(value)}"
            for part in value:
                yield from _pieces(part)
        case frozenset():
            yield repr(sorted(map(str, value)))
        case _ if is_dataclass(value):
            yield type(value).__name__
            words = WORDING.get(type(value).__name__, frozenset())
            for field in fields(value):
                if field.name not in words and field.name not in NOTES:
                    held = getattr(value, field.name)
                    yield field.name
                    yield from _pieces(_LIMITS[field.name](held) if field.name in _LIMITS else held)
        case _:
            yield repr(value)
