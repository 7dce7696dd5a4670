"""What a line that is typed into a terminal means as an event."""

from __future__ import annotations

import re

from bot.talk.events import Command, Event, Media, Sent, Typed

# On Telegram a command may name the bot that it is for.
_COMMAND = re.compile(r"/([A-Za-z][A-Za-z0-9_]*)(?:@[A-Za-z0-9_]+)?(?:\s+(.*))?", re.DOTALL)
_MEDIA = {f"[{media.value}]": Sent(media) for media in Media}


def read_line(line: str) -> Event:
    """The event of a line: `/start` and the like, `[photo]` and the like for what cannot be typed, else a text."""
    said = line.strip()
    if said in _MEDIA:
        return _MEDIA[said]
    return read_command(said) or Typed(line)


def read_command(text: str) -> Command | None:
    """The command that a text is: `/start` and the like."""
    found = _COMMAND.fullmatch(text.strip())
    return None if found is None else Command(found[1].lower(), found[2] or "")


def is_start(line: str) -> bool:
    """Whether a line asks for the first message."""
    return read_line(line) == Command("start")
