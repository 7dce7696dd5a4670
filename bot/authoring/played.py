"""What came of a case that was played."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.authoring.cases import NONE, Case
from bot.authoring.chat import Chat
from bot.facts.level import Action, Level
from bot.talk.effects import Ask, Escalate, Say


class About(StrEnum):
    """What a difference is about."""

    LEVEL = "level"
    ACTION = "action"
    RULES = "rules"
    GATE = "gate"
    INPUT = "input"
    TEXT = "text"
    CHAT = "chat"


@dataclass(frozen=True, slots=True)
class Fault:
    """One difference between what came out and what the case expects."""

    about: About
    what: str

    def __str__(self) -> str:
        return self.what


ACTIONS = {Action.PHONE_24H: Action.PHONE}
"""Actions that the results of a case tell in one word."""


@dataclass(slots=True)
class Played:
    """The result of a case: `result_turn` is the turn in which it was told; `faults` are the differences found."""

    case: Case
    chat: Chat
    level: Level | None = None
    action: Action | None = None
    rules: tuple[str, ...] = ()
    gates: Mapping[str, str] = field(default_factory=dict)
    input: Mapping[str, Any] | None = None
    result_turn: int | None = None
    faults: list[Fault] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """Whether everything came out as expected."""
        return not self.faults

    @property
    def level_name(self) -> str:
        """The level, or NONE where no check was made."""
        return NONE if self.level is None else self.level.name

    @property
    def turns(self) -> int:
        """How often the parent pressed or typed something up to the result."""
        last = len(self.chat.lines) if self.result_turn is None else self.result_turn + 1
        return sum(line.event is not None for line in self.chat.lines[:last])

    @property
    def under(self) -> bool:
        """Whether the level is below the lowest that counts as correct."""
        wanted = [one for one in self.case.expected.levels if one is not None]
        return bool(wanted) and (self.level is None or self.level < min(wanted))

    @property
    def over(self) -> bool:
        """Whether the level is above the highest that counts as correct."""
        wanted = [one for one in self.case.expected.levels if one is not None]
        return bool(wanted) and self.level is not None and self.level > max(wanted)

    @property
    def told_emergency(self) -> bool:
        """Whether a message told of an EMERGENCY."""
        return any(
            isinstance(effect, Escalate) and effect.level is Level.EMERGENCY
            for line in self.chat.lines
            for effect in line.effects
        )

    def note(self, about: About, what: str) -> None:
        """Note a difference."""
        self.faults.append(Fault(about, what))

    def texts(self, first: int = 0) -> str:
        """All that was said from a turn on, without the labels of buttons."""
        return "\n".join(
            effect.text
            for line in self.chat.lines[first:]
            for effect in line.effects
            if isinstance(effect, Say | Ask | Escalate)
        )

    def json(self) -> dict[str, Any]:
        """The result as plain JSON."""
        last = len(self.chat.lines) if self.result_turn is None else self.result_turn + 1
        action = None if self.action is None else ACTIONS.get(self.action, self.action)
        return {
            "id": self.case.id,
            "level": self.level_name,
            "action": None if action is None else action.value,
            "rules": list(self.rules),
            "gates": dict(self.gates),
            "input": None if self.input is None else dict(self.input),
            "messages": [text for line in self.chat.lines[:last] for text in line.bot],
            "turns": [{"parent": line.parent, "bot": list(line.bot)} for line in self.chat.lines],
            "result_turn": self.result_turn,
        }
