"""Where one parent is: answers, raised flags, and what was asked last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.facts.level import Action, Level
from bot.facts.value import Value
from bot.talk.effects import Mark
from bot.triage.assess import Raised
from bot.triage.knowledge import Told


class Stage(StrEnum):
    """How far the parent has come before the first check."""

    NEW = "new"
    COUNTRY = "country"
    READY = "ready"


class Pending(StrEnum):
    """What the last question was about, where it was not simply the next step of a dialog."""

    POSITION = "position"
    CONSENT = "consent"
    COUNTRY = "country"
    MENU = "menu"
    CARD = "card"
    WORD = "word"
    EMERGENCY = "emergency"
    URGENT = "urgent"
    RESUME = "resume"
    SEEN = "seen"
    CHANGE = "change"
    DELETE = "delete"
    STALE_DANGER = "stale_danger"
    CONFIRM = "confirm"
    STEP = "step"
    REACHED = "reached"
    CLOSED = "closed"
    HISTORY = "history"
    EPISODE = "episode"
    DIARY = "diary"
    MAY_I = "may_i"
    LIBRARY = "library"
    REVIEW = "review"
    SUMMARY = "summary"
    OWN_QUESTION = "own_question"


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question that is waiting for an answer: its key, its buttons, and what else it needs to be understood."""

    pending: Pending
    question: str
    options: Mapping[str, str]
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Flag:
    """A raised flag; it stays until the answers behind it are corrected."""

    level: Level
    action: Action | None
    sure: bool
    at: datetime
    private: bool = False

    def raised(self, rule: str) -> Raised:
        """The flag as the rules see it."""
        return Raised(rule, self.level, self.action, self.sure)


@dataclass(frozen=True, slots=True)
class Given:
    """One answer in the order in which answers were given: the question, what was chosen, and the facts before it."""

    question: str
    label: str
    facts: tuple[str, ...]
    before: Mapping[str, Told]


@dataclass(frozen=True, slots=True)
class ListState:
    """How far a checklist has come: `stage` main, which or unsure; marks by line; lines left to other questions.

    `meaning` is the fingerprint of the checklist of which this is told (bot.script.meaning).
    """

    stage: str = "main"
    marks: Mapping[str, Mark] = field(default_factory=dict)
    checked: bool = False
    deferred: tuple[str, ...] = ()
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One run from the danger signs to an outcome.

    `entry` is the menu entry that began it. `kept` is False before consent: then nothing of it is recorded.
    `flags` were raised here; `carried` are serious ones of an earlier check that the parent has not acted on, and
    `seen_due` says that this is still to be asked. `said` holds texts, gates and how-to steps that the parent has seen.
    `asked_again` names a question that is asked whatever is known; `replaced` holds, for each question that was taken
    back and not answered anew, what was answered before. `announced` is the URGENT advice that was last given.
    `unreviewed`: the script was edited under this check, and the parent has not looked at the answers since; `hints`
    are what was said before to questions that an edit has changed. `counted` are the steps that the service has counted
    this parent at (bot.service.counting), None where this check is not counted; the conversation never looks at it.
    """

    number: int
    dialog: str
    started: datetime
    entry: str | None = None
    kept: bool = True
    flags: Mapping[str, Flag] = field(default_factory=dict)
    carried: Mapping[str, Flag] = field(default_factory=dict)
    seen_due: bool = False
    given: tuple[Given, ...] = ()
    lists: Mapping[str, ListState] = field(default_factory=dict)
    said: frozenset[str] = frozenset()
    steps: Mapping[str, int] = field(default_factory=dict)
    asked_again: str | None = None
    replaced: Mapping[str, Mapping[str, Told]] = field(default_factory=dict)
    announced: tuple[Level, Action | None] | None = None
    ended: bool = False
    odd_reading: str | None = None
    unreviewed: bool = False
    hints: Mapping[str, str] = field(default_factory=dict)
    counted: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """Everything that the next turn needs; immutable, and plain JSON between turns.

    `script` and `structure` are the hash of the script of the last turn and its fingerprint without the words;
    `meanings` say of each answer which question told it and what that meant, as "question|fingerprint|of the fact".
    `answered_by` is the message that was typed as the last answer, by its id on the channel. `counted` says on which
    day this parent was counted in a dialog last, so that the counters count parents.
    """

    turn: int = 0
    stage: Stage = Stage.NEW
    consent: bool = False
    country: str | None = None
    nickname: str | None = None
    told: Mapping[str, Told] = field(default_factory=dict)
    meanings: Mapping[str, str] = field(default_factory=dict)
    check: Check | None = None
    recent: Mapping[str, Flag] = field(default_factory=dict)
    prompts: tuple[Prompt, ...] = ()
    tries: int = 0
    seen_at: datetime | None = None
    script: str = ""
    structure: str = ""
    answered_by: str = ""
    counted: Mapping[str, str] = field(default_factory=dict)

    @property
    def prompt(self) -> Prompt | None:
        """The question that a typed answer is for: the last one shown."""
        return self.prompts[-1] if self.prompts else None


def tell(told: Mapping[str, Told], values: Mapping[str, Value], now: datetime) -> dict[str, Told]:
    """The answers with some more."""
    return {**told, **{fact: Told(value, now) for fact, value in values.items()}}
