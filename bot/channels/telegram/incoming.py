"""What an update turned out to be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.talk.events import Event


class Reason(StrEnum):
    """Why nobody is answered."""

    KIND = "kind"
    UNPARSABLE = "unparsable"
    FROM_BOT = "from_bot"
    SERVICE_MESSAGE = "service_message"
    NO_SENDER = "no_sender"
    MEMBERSHIP = "membership"
    ALERT_CHAT = "alert_chat"


@dataclass(frozen=True, slots=True)
class FromParent:
    """Something that a parent did in the private chat; `query` is to be answered at once."""

    update: int
    sender: str
    event: Event
    language: str | None = None
    query: str | None = None

    @property
    def event_id(self) -> str:
        """The key under which the update is taken in once."""
        return str(self.update)


@dataclass(frozen=True, slots=True)
class FromGroup:
    """We are in a group, where no health answers belong."""

    update: int
    chat: int
    query: str | None = None


@dataclass(frozen=True, slots=True)
class FromAlertChat:
    """A button in the chat that is told of emergencies; `person` pressed it."""

    update: int
    query: str
    data: str
    person: int


@dataclass(frozen=True, slots=True)
class Blocked:
    """A parent who does not want to hear from us any more."""

    update: int
    sender: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """Nothing that anybody waits for; `update` is None where not even that could be read."""

    update: int | None
    reason: Reason
    query: str | None = None


Incoming = FromParent | FromGroup | FromAlertChat | Blocked | Ignored
