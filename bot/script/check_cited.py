"""Texts about a child's health that cite nothing.

In most files the shape already demands a source for each text. Phrases, the menu and what stands around withheld
passages and articles mostly lead through the chat, and need none: there a text needs a source when it says what can
be wrong with a child, or whom to call.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.script.check_texts import every_text
from bot.script.citations import PHRASES, sources_at
from bot.script.document import Mapped, Node, find
from bot.script.problems import Problems
from bot.script.script import Script

LEADING = (PHRASES, "content/menu.yaml", "content/withheld.yaml", "content/library.yaml")
"""Files in which only texts about health need a source."""

_HEALTH = re.compile(
    r"\{emergency_number\}|\b(doctors?|nurses?|hospital|ambulance|medicines?|fever|breath\w*|limp|blue|vomit\w*"
    r"|swallow\w*|unwell|danger signs?|symptoms?)\b",
    re.IGNORECASE,
)
_ABOUT_THE_GUIDE = re.compile(r"\bno (doctor|country)\b[^.\n]*[.\n]", re.IGNORECASE)
"""Such as "No doctor has checked it yet.", which is no advice."""

_BUTTON = ("label", "text", "title", "buttons", "chapters")
"""Names of texts that are read on a button, which leads to the text that has the source."""


def about_health(text: str) -> bool:
    """Whether a text says what can be wrong with a child, or whom to call."""
    return _HEALTH.search(_ABOUT_THE_GUIDE.sub("", text)) is not None


def check_cited(script: Script, nodes: Mapping[str, Node], problems: Problems) -> None:
    """Note every text about health that has no source, and every source of a phrase that is not there."""
    for file, path, text in every_text(script):
        if file not in nodes or not text.strip() or any(step in _BUTTON for step in path):
            continue
        if (file not in LEADING or about_health(text)) and not sources_at(nodes, file, path):
            what = f"'{path[-1]}' speaks of a child's health and names no source."
            cure = (
                f"Add '{path[-1]}: [...]' below 'sources:'." if file == PHRASES else "Add 'sources: [...]' beside it."
            )
            problems.add(find(nodes[file], path), what, cure)
    phrases = nodes.get(PHRASES)
    if isinstance(phrases, Mapped) and isinstance(listed := phrases.entries.get("sources"), Mapped):
        known = [name.removeprefix("text.") for name in script.phrases if name.startswith("text.")]
        for name, place in listed.keys.items():
            if name not in known:
                problems.unknown(place, "phrase", name, known)
