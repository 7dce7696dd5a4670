"""That nobody has checked this yet: said in some phrases until everything is approved, and then no more (Always 11).

What is always true stands in the phrases themselves: that no doctor or nurse reads the chat, and that it is no approved
medical device.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.script.document import Node, find
from bot.script.problems import Problems

PHRASE = "test_version"
FIELD = f"{{{PHRASE}}}"
SAY_IT = ("start", "about", "bot_description", "bot_short_description")
"""The phrases that have to say it, besides every outcome."""

_LINE = re.compile(rf"^(?:• )?{re.escape(FIELD)}(?:\n+|$)", re.MULTILINE)


def check_test_version(node: Node, phrases: Mapping[str, str], problems: Problems) -> None:
    """Note phrases that do not say it, or say it amid a line, which could not be left out."""
    for key, text in phrases.items():
        _, _, name = key.partition(".")
        place = find(node, ("texts", name))
        if name in SAY_IT and FIELD not in text:
            what = f"'{name}' does not say that this is a test version."
            problems.add(place, what, f"Write '{FIELD}' on a line of its own; it is left out once all is approved.")
        elif text.count(FIELD) != len(_LINE.findall(text)):
            what = f"'{FIELD}' stands beside other words, and could not be left out once all is approved."
            problems.add(place, what, "Give it a line of its own.")


def with_test_version(phrases: Mapping[str, str], *, approved: bool) -> Mapping[str, str]:
    """The phrases with the sentence in its places, or without its lines once everything is approved."""
    said = phrases.get(f"text.{PHRASE}", "")
    return {
        key: _LINE.sub("", text).strip() if approved else text.replace(FIELD, said) for key, text in phrases.items()
    }
