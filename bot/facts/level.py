"""How soon a child needs help, and what to do about it."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Level(IntEnum):
    """How soon to get help (source: rules.md section 1); the order is the order of severity."""

    REASSURE = 0
    ROUTINE = 1
    SOON = 2
    URGENT = 3
    EMERGENCY = 4

    @property
    def lower(self) -> Level:
        """What an undecided level counts as by default: one lower, never below ROUTINE."""
        return Level(max(self.value - 1, Level.ROUTINE.value))


class Action(StrEnum):
    """What a level asks of the parent; more urgent actions come first in `ORDER`."""

    CALL = "call"
    GO = "go"
    HOSPITAL = "hospital"
    DOCTOR = "doctor"
    PHONE = "phone"
    PHONE_24H = "phone within 24 hours"


ORDER: tuple[Action, ...] = (
    Action.CALL,
    Action.GO,
    Action.HOSPITAL,
    Action.DOCTOR,
    Action.PHONE,
    Action.PHONE_24H,
)

ALLOWED: dict[Level, frozenset[Action]] = {
    Level.EMERGENCY: frozenset({Action.CALL, Action.GO}),
    Level.URGENT: frozenset({Action.HOSPITAL, Action.DOCTOR, Action.PHONE}),
    Level.SOON: frozenset({Action.PHONE_24H}),
    Level.ROUTINE: frozenset(),
    Level.REASSURE: frozenset(),
}


def default_action(level: Level) -> Action | None:
    """Give the action of a level that names none: an undecided EMERGENCY goes, an URGENT sees a doctor."""
    if level is Level.EMERGENCY:
        return Action.GO
    return Action.DOCTOR if level is Level.URGENT else None
