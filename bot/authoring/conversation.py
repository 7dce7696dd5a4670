"""A golden chat: what a parent knows or does, what must come out, and the transcript that was recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.facts.level import Action, Level
from bot.facts.value import Value
from bot.script.problems import Place
from bot.talk.events import Media

NEW, MENU = "new", "menu"
"""Where a chat may begin besides in a dialog: as a parent who has never been here, or at the menu."""


class Kind(StrEnum):
    """What a parent does in one turn of a chat by turns."""

    PRESS = "press"
    PRESS_EARLIER = "press_earlier"
    TYPE = "type"
    SEND = "send"
    COMMAND = "command"
    WAIT = "wait"
    UNTIL = "until"


@dataclass(frozen=True, slots=True)
class Claims:
    """What must be true after a turn: words said or not said, the level so far, and the question asked now."""

    says: tuple[str, ...] = ()
    never_says: tuple[str, ...] = ()
    level: Level | None = None
    asks: str | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that a parent does; `until` stands for all answers up to a question, which the persona gives.

    `of` names the question whose earlier button is pressed.
    """

    kind: Kind
    what: str
    claims: Claims
    place: Place
    span: timedelta = timedelta()
    media: Media = Media.OTHER
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """What must come out: `rules` are raised (at this level, where one is named), `quiet` are not."""

    level: Level | None = None
    action: Action | None = None
    rules: Mapping[str, Level | None] = field(default_factory=dict)
    quiet: tuple[str, ...] = ()
    gates: Mapping[str, str] = field(default_factory=dict)
    says: tuple[str, ...] = ()
    never_says: tuple[str, ...] = ()
    taps: int | None = None


class Extent(StrEnum):
    """How much of a chat its transcript shows in full."""

    USUAL = "usual"
    ALL = "all"
    END = "end"
    FROM = "from"


@dataclass(frozen=True, slots=True)
class Show:
    """Which turns stand in full; the others are one line each."""

    extent: Extent = Extent.USUAL
    first: int = 0


@dataclass(frozen=True, slots=True)
class Parent:
    """What the simulated parent knows; everything else has its usual value."""

    facts: Mapping[str, Value] = field(default_factory=dict)
    all_unknown: bool = False
    danger_unknown: bool = False


@dataclass(frozen=True, slots=True)
class Conversation:
    """One golden chat: by facts (a persona answers to the end) or, where there are deeds, by turns."""

    chat: str
    start: str
    at: datetime
    parent: Parent
    place: Place
    menu: str | None = None
    deeds: tuple[Deed, ...] = ()
    expected: Expected = Expected()
    show: Show = Show()
    transcript: str | None = None
    known_fault: str | None = None
    known: Mapping[str, Value] = field(default_factory=dict)
