"""What a turn needs of the conversation; `bot.talk.engine.Engine` is one."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.talk.around import Around
from bot.talk.effects import Effect
from bot.talk.events import Event
from bot.talk.session import Session


class Conversation(Protocol):
    """A session and an event in, a session and effects out."""

    def step(self, session: Session, event: Event, now: datetime, around: Around) -> tuple[Session, tuple[Effect, ...]]:
        """Take one event; `around` is what may be looked up besides the session."""

    def failure(self, session: Session, now: datetime) -> tuple[Session, tuple[Effect, ...]]:
        """The safe reply where `step` raised."""
