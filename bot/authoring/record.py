"""Writing a transcript into a file of golden chats; everything else in the file stays as the nurse wrote it."""

from __future__ import annotations

import re

from bot.authoring.conversation import Conversation

KEY = "transcript"


def recorded(text: str, conversation: Conversation, transcript: str) -> str:
    """The text of the file with this transcript for this chat, which was read from that very text."""
    lines = text.splitlines()
    first = conversation.place.line - 1
    indent = _indent_of_keys(lines[first])
    end = next((number for number in range(first + 1, len(lines)) if _before(lines[number], indent)), len(lines))
    key = next((number for number in range(first, end) if lines[number].startswith(f"{' ' * indent}{KEY}:")), None)
    if key is None:
        start = end
        while not lines[start - 1].strip():
            start -= 1
        stop = start
    else:
        start = key
        stop = next((number for number in range(key + 1, end) if _before(lines[number], indent + 1)), end)
        while not lines[stop - 1].strip():
            stop -= 1
    block = [f"{' ' * indent}{KEY}: |", *(f"{' ' * (indent + 2)}{row}".rstrip() for row in transcript.splitlines())]
    return "\n".join([*lines[:start], *block, *lines[stop:]]) + "\n"


def _indent_of_keys(line: str) -> int:
    found = re.match(r"[ -]*", line)
    return 0 if found is None else found.end()


def _before(line: str, indent: int) -> bool:
    """Whether a line stands further to the left, and so ends what was indented."""
    return bool(line.strip()) and len(line) - len(line.lstrip()) < indent
