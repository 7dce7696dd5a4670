"""What Telegram means when it refuses a call."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum

from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError


class Refusal(Enum):
    """What a refusal is about."""

    UNCHANGED = "unchanged"
    NO_SUCH_MESSAGE = "no_such_message"
    NO_SUCH_CHAT = "no_such_chat"
    BLOCKED = "blocked"
    MARKS = "marks"
    TOO_LONG = "too_long"
    BUTTONS = "buttons"
    OTHER = "other"


# Parts of what the server says, in small letters; of several that fit, the first counts.
_MEANINGS: tuple[tuple[str, Refusal], ...] = (
    ("message is not modified", Refusal.UNCHANGED),
    ("message to edit not found", Refusal.NO_SUCH_MESSAGE),
    ("message can't be edited", Refusal.NO_SUCH_MESSAGE),
    ("message to pin not found", Refusal.NO_SUCH_MESSAGE),
    ("message to unpin not found", Refusal.NO_SUCH_MESSAGE),
    ("message_id_invalid", Refusal.NO_SUCH_MESSAGE),
    ("message identifier", Refusal.NO_SUCH_MESSAGE),
    ("chat not found", Refusal.NO_SUCH_CHAT),
    ("user not found", Refusal.NO_SUCH_CHAT),
    ("peer_id_invalid", Refusal.NO_SUCH_CHAT),
    ("user is deactivated", Refusal.NO_SUCH_CHAT),
    ("parse entities", Refusal.MARKS),
    ("entity", Refusal.MARKS),
    ("too long", Refusal.TOO_LONG),
    ("button", Refusal.BUTTONS),
    ("keyboard", Refusal.BUTTONS),
    ("reply markup", Refusal.BUTTONS),
)


def meaning(error: TelegramError) -> Refusal:
    """What an error of the kind 400 or 403 is about; its words may quote a parent and go nowhere."""
    said = error.message.lower()
    found = next((what for part, what in _MEANINGS if part in said), Refusal.OTHER)
    if isinstance(error, Forbidden):
        return Refusal.NO_SUCH_CHAT if found is Refusal.NO_SUCH_CHAT else Refusal.BLOCKED
    return found if isinstance(error, BadRequest) else Refusal.OTHER


def nobody_there(error: TelegramError) -> bool:
    """Whether nothing can be sent to this chat until the parent writes again."""
    return meaning(error) in (Refusal.BLOCKED, Refusal.NO_SUCH_CHAT)


def pause_of(error: RetryAfter) -> timedelta:
    """How long Telegram asks us to wait; python-telegram-bot gives a span of time, or seconds where it was told so."""
    pause = error.retry_after
    return pause if isinstance(pause, timedelta) else timedelta(seconds=pause)
