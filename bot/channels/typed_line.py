"""What a line that is typed into a terminal means as an event."""

from __future__ import annotations

import re

from bot.talk.events import Command, Event, Media, Sent, Typed

_COMMAND = re.compile(r"/([A-Za-z_]+)(?:\s+(.*))?", re.DOTALL)
_MEDIA = {f"[{media.value}]": Sent(media) for media in Media}


def read_line(line: str) -> Event:
    """The event of a line: `/start` and the like, `[photo]` and the like for what cannot be typed, else a text."""
    said = line.strip()
    if said in _MEDIA:
        return _MEDIA[said]
    command = _COMMAND.fullmatch(said)
    if command is not None:
        return Command(command[1].lower(), command[2] or "")
    return Typed(line)


def is_start(line: str) -> bool:
    """Whether a line asks for the first message."""
    return read_line(line) == Command("start")
