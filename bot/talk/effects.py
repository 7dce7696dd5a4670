"""What a turn wants done: messages, and records to keep. Data, not calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.facts.level import Action, Level
from bot.facts.value import Value


class Mark(StrEnum):
    """How a line of a checklist is marked."""

    NONE = "none"
    YES = "yes"
    NOT_SURE = "not_sure"


@dataclass(frozen=True, slots=True)
class Button:
    """One button; `danger` asks the channel for its warning colour, which never carries the meaning alone."""

    option: str
    text: str
    mark: Mark = Mark.NONE
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Say:
    """A message without a question."""

    text: str


@dataclass(frozen=True, slots=True)
class Ask:
    """A question: the buttons belong to (`turn`, `question`); `progress` is (number, about how many).

    The answer to a `private` one is not shown beside it.
    """

    text: str
    turn: int
    question: str
    buttons: tuple[Button, ...]
    progress: tuple[int, int] | None = None
    private: bool = False


@dataclass(frozen=True, slots=True)
class Redraw:
    """The buttons of a question that is already shown, changed in place; with a text, that too."""

    turn: int
    question: str
    buttons: tuple[Button, ...]
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file for the parent to keep: its name, and what stands in it."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class SendExport:
    """All that is stored about this parent, as a `Document` in this place; only who keeps it can write it.

    `note` is what the file has to say of the advice in it, such as that no doctor has checked it.
    """

    note: str


@dataclass(frozen=True, slots=True)
class Escalate:
    """Advice of level URGENT or EMERGENCY, always a new message; `private` keeps it from pins and previews."""

    text: str
    level: Level
    action: Action | None
    turn: int
    question: str
    buttons: tuple[Button, ...] = ()
    private: bool = False


@dataclass(frozen=True, slots=True)
class Silence:
    """Deliberately nothing, with the reason."""

    reason: str


@dataclass(frozen=True, slots=True)
class CheckStarted:
    """A check begins; `number` is its number for this parent."""

    number: int
    dialog: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AnswerKept:
    """An answer to be kept with the check (and with the child, where the fact is about the child)."""

    number: int
    question: str
    fact: str
    value: Value
    at: datetime
    of_child: bool
    private: bool


@dataclass(frozen=True, slots=True)
class FlagRaised:
    """A red flag is raised."""

    number: int
    rule: str
    level: Level
    action: Action | None
    at: datetime
    private: bool


@dataclass(frozen=True, slots=True)
class FlagLowered:
    """The parent corrected the answer that had raised a flag."""

    number: int
    rule: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CheckEnded:
    """A check is over; `cut_short` when the parent left it."""

    number: int
    level: Level | None
    action: Action | None
    at: datetime
    cut_short: bool


@dataclass(frozen=True, slots=True)
class EpisodeSaved:
    """One event for the diary: its level, its reasons without private ones, and the answers that describe it.

    `questions` are the keys of the questions behind the lines.
    """

    number: int
    at: datetime
    level: Level | None
    reasons: tuple[str, ...]
    answers: Mapping[str, Value] = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """The parent agreed that answers are kept."""

    at: datetime


@dataclass(frozen=True, slots=True)
class CountryChosen:
    """The country for the emergency number; None when it is not known."""

    country: str | None


@dataclass(frozen=True, slots=True)
class ForgetParent:
    """Everything about this parent is deleted."""


@dataclass(frozen=True, slots=True)
class Remind:
    """Bring something up at a moment, as the event `Due`, once; an earlier reminder of this kind is replaced.

    `turn` is the turn that wanted it.
    """

    kind: str
    at: datetime
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class CancelReminder:
    """What was to be brought up need not be any more."""

    kind: str


@dataclass(frozen=True, slots=True)
class EpisodeChanged:
    """The parent corrected an event of the diary: when it was, and what was said of it. Its level stays as told."""

    entry: int
    at: datetime
    answers: Mapping[str, Value]
    lines: tuple[str, ...]
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EpisodeDeleted:
    """The parent deleted an event of the diary."""

    entry: int


@dataclass(frozen=True, slots=True)
class ScriptChanged:
    """A check was taken over to another version: how many answers stayed, how many are asked again, if that is told."""

    old: str
    new: str
    kept: int
    asked_again: int
    at: datetime
    told: bool


@dataclass(frozen=True, slots=True)
class QuestionKept:
    """The parent wrote down a question for the doctor."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class QuestionDeleted:
    """The parent deleted a question for the doctor."""

    question: int


Message = Say | Ask | Redraw | Escalate | Document | Silence
Record = (
    CheckStarted
    | AnswerKept
    | FlagRaised
    | FlagLowered
    | CheckEnded
    | EpisodeSaved
    | ConsentGiven
    | CountryChosen
    | EpisodeChanged
    | EpisodeDeleted
    | QuestionKept
    | QuestionDeleted
    | SendExport
    | ForgetParent
    | Remind
    | CancelReminder
    | ScriptChanged
)
Effect = Message | Record
