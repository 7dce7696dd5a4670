"""Events as plain JSON, for the inbox."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.talk.events import Command, Due, Edited, Event, Media, Pressed, Sent, Typed


def dump_event(event: Event) -> dict[str, Any]:
    """The event as plain JSON; `load_event` gives it back unchanged."""
    match event:
        case Command(name, argument):
            return {"kind": "command", "name": name, "argument": argument}
        case Pressed(turn, question, option):
            return {"kind": "pressed", "turn": turn, "question": question, "option": option}
        case Typed(text, message):
            return {"kind": "typed", "text": text, "message": message}
        case Edited(text, message):
            return {"kind": "edited", "text": text, "message": message}
        case Sent(media, text):
            return {"kind": "sent", "media": media.value, "text": text}
        case Due(kind):
            return {"kind": "due", "of": kind}


def load_event(data: Mapping[str, Any]) -> Event:
    """Read an event written by `dump_event`; raises ValueError for anything else."""
    match data:
        case {"kind": "command", "name": name, "argument": argument}:
            return Command(name, argument)
        case {"kind": "pressed", "turn": turn, "question": question, "option": option}:
            return Pressed(turn, question, option)
        case {"kind": "typed", "text": text}:
            return Typed(text, data.get("message", ""))
        case {"kind": "edited", "text": text, "message": message}:
            return Edited(text, message)
        case {"kind": "sent", "media": media}:
            return Sent(Media(media), data.get("text", ""))
        case {"kind": "due", "of": kind}:
            return Due(kind)
    raise ValueError(f"no stored event: {sorted(data)}")
