"""What was told before the running turn: earlier checks with their answers, and the questions kept for the doctor.

Nothing private stands in it: the answers and reasons of private facts and rules are left out by whoever makes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.facts.level import Level
from bot.facts.value import Value


@dataclass(frozen=True, slots=True)
class PastAnswer:
    """One answer of a check, under the key of its question."""

    question: str
    fact: str
    value: Value
    at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """The advice of a check: its level, when it was given, and the rules behind it that may be named."""

    level: Level
    at: datetime
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PastFlag:
    """A warning sign that a check raised, and whether it is private."""

    rule: str
    level: Level
    at: datetime
    private: bool


@dataclass(frozen=True, slots=True)
class PastCheck:
    """One check, running ones too; `told` is None where no advice was given, or none that may be named."""

    dialog: str
    started: datetime
    told: Told | None = None
    answers: tuple[PastAnswer, ...] = ()


def told_in(level: Level | None, ended: datetime | None, *, finished: bool, flags: Iterable[PastFlag]) -> Told | None:
    """The advice of a check that may be shown to somebody else; None where there is none.

    SOON and below are told at the end, so not in a check that was left. Advice that only a private reason made is not
    shown (Always 10). That a pattern is common is no advice: it stays with the parent.
    """
    if level is None or level < Level.ROUTINE or (level < Level.URGENT and not finished):
        return None
    behind = [flag for flag in flags if flag.level is level and not flag.private]
    if not behind:
        return None
    at = max(flag.at for flag in behind)
    if level < Level.URGENT and ended is not None:
        at = ended
    return Told(level, at, tuple(flag.rule for flag in behind))


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """A question that the parent wants to ask the doctor, in the parent's own words."""

    id: int
    text: str


class Past(Protocol):
    """The earlier checks of the child that is spoken of, and the parent's questions about it."""

    def checks(self, *, limit: int) -> tuple[PastCheck, ...]:
        """Some of the checks, newest first."""

    def questions(self) -> tuple[OwnQuestion, ...]:
        """The questions for the doctor, oldest first."""


@dataclass(frozen=True, slots=True)
class ListedPast:
    """A few checks, newest first, and questions; without any it is the past of somebody who is new."""

    kept: tuple[PastCheck, ...] = ()
    asked: tuple[OwnQuestion, ...] = ()

    def checks(self, *, limit: int) -> tuple[PastCheck, ...]:
        """Some of the checks, newest first."""
        return self.kept[:limit]

    def questions(self) -> tuple[OwnQuestion, ...]:
        """The questions for the doctor, oldest first."""
        return self.asked
