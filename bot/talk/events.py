"""What reaches the conversation from outside."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Media(StrEnum):
    """Something that is not text."""

    PHOTO = "photo"
    VIDEO = "video"
    VOICE = "voice"
    STICKER = "sticker"
    FORWARDED = "forwarded"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Command:
    """A command such as /start; the name comes without the slash and in small letters."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button: the turn that showed it, its question and its option."""

    turn: int
    question: str
    option: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A text, perhaps empty; `message` is its id on the channel, where one can be changed later."""

    text: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class Edited:
    """The new text of a message that was typed before."""

    text: str
    message: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A photo, a voice message, a sticker, somebody else's message; with the words that came with it."""

    media: Media
    text: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """Something that the conversation wanted to bring up has come due; `kind` and `turn` are those of its reminder."""

    kind: str
    turn: int | None = None


Event = Command | Pressed | Typed | Edited | Sent | Due
