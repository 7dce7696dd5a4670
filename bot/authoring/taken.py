"""One turn that was taken, with what stood before and after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.talk.effects import Ask, Effect, Escalate, ForgetParent, Say
from bot.talk.engine import Engine
from bot.talk.events import Event, Pressed
from bot.talk.session import Session


@dataclass(frozen=True, slots=True)
class Taken:
    """One turn that was taken."""

    engine: Engine
    before: Session
    event: Event
    after: Session
    effects: tuple[Effect, ...]
    now: datetime

    @property
    def same_check(self) -> bool:
        """Whether the check that was running still is."""
        before, after = self.before.check, self.after.check
        return before is not None and after is not None and after.number == before.number

    @property
    def texts(self) -> list[str]:
        """The messages."""
        return [effect.text for effect in self.effects if isinstance(effect, Say | Ask | Escalate)]

    def says(self, phrase: str) -> bool:
        """Whether one of the engine's own texts was said: its longest stretch without a placeholder."""
        part = max(self.engine.script.text(phrase).replace("{", "\0").split("\0"), key=len).split("}")[-1].strip()
        return any(part in text for text in self.texts)

    @property
    def own_button(self) -> str | None:
        """The option, when a button was pressed that was shown last."""
        event = self.event
        if not isinstance(event, Pressed) or event.turn != self.before.turn:
            return None
        shown = any(one.question == event.question and event.option in one.options for one in self.before.prompts)
        return event.option if shown else None

    @property
    def forgotten(self) -> bool:
        """Whether the parent had everything deleted."""
        return any(isinstance(effect, ForgetParent) for effect in self.effects)

    @property
    def escalated(self) -> bool:
        """Whether advice of URGENT or EMERGENCY was given."""
        return any(isinstance(effect, Escalate) for effect in self.effects)
