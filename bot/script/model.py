"""Dialogs and how-tos, as the engine uses them: immutable, checked, and free of YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.facts.level import Action, Level
from bot.facts.value import Value
from bot.script.conditions import ALWAYS, Condition
from bot.script.problems import Place


class Input(StrEnum):
    """What a parent may type at a question."""

    BIRTH_DATE = "birth_date"
    TEMPERATURE = "temperature"
    TEMPERATURE_AGAIN = "temperature_again"
    NUMBER = "number"
    HOURS = "hours"
    MINUTES = "minutes"
    PER_MINUTE = "per_minute"
    WEEKS = "weeks"


@dataclass(frozen=True, slots=True)
class Option:
    """One button and what it tells; with `then` it leaves the answer to that checklist or question."""

    id: str
    text: str
    sets: Mapping[str, Value]
    then: str | None = None
    renamed_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """Asks for one fact, by buttons, by typing, or both; `bands` are offered after three unclear answers."""

    id: str
    dialog: str
    ask: str
    place: Place
    short: str | None = None
    why: str | None = None
    hint: str | None = None
    not_sure: str | None = None
    input: Input | None = None
    options: tuple[Option, ...] = ()
    bands: tuple[Option, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def facts(self) -> frozenset[str]:
        """The fact itself, and all facts that an option sets besides."""
        return frozenset({self.id}).union(*(option.sets for option in self.options))


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checklist.

    With `then`, a tick leaves its facts to that other checklist or question; `denied` says what "none of these" means
    where it is not simply the opposite.
    """

    id: str
    text: str
    sets: Mapping[str, Value]
    then: str | None = None
    denied: Mapping[str, Value] = field(default_factory=dict)
    renamed_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checklist:
    """Asks for several signs in one message; with a `level`, every line is of that level or above.

    With `pick` the lines are parts of one answer, such as places of the body: they are marked at once, without "yes" or
    "none of these" before. With `after` it stands in no plan: it is shown once one of these rules has sent the parent
    to the hospital, to learn whether to call instead.
    """

    id: str
    dialog: str
    ask: str
    place: Place
    items: tuple[Item, ...]
    level: Level | None = None
    action: Action | None = None
    because: str | None = None
    simple_check: str | None = None
    none: str | None = None
    pick: bool = False
    after: frozenset[str] = frozenset()
    sources: tuple[str, ...] = ()
    renamed_from: tuple[str, ...] = ()

    @property
    def facts(self) -> frozenset[str]:
        """All facts that the lines tell."""
        return frozenset().union(*(item.sets for item in self.items))


@dataclass(frozen=True, slots=True)
class Say:
    """A text without a question."""

    id: str
    dialog: str
    text: str
    place: Place
    sources: tuple[str, ...] = ()


class Kind(StrEnum):
    """What a plan item does."""

    ASK = "ask"
    CHECKLIST = "checklist"
    DO = "do"
    SAY = "say"
    HOWTO = "howto"
    GATE = "gate"
    FINISH = "finish"


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One line of a plan, which becomes one state of the machine; `id` is the state's name.

    Below a FINISH that always comes there are texts alone, which are said after the result.

    `saves` and `instead_of_reassure` belong to FINISH: what it saves, and the text of this dialog that it says where
    the level is REASSURE.
    """

    id: str
    kind: Kind
    target: str
    place: Place
    when: Condition = ALWAYS
    saves: str | None = None
    instead_of_reassure: str | None = None


@dataclass(frozen=True, slots=True)
class Dialog:
    """One conversational flow; a `part` is used by other dialogs only and shows no outcome of its own."""

    id: str
    title: str
    place: Place
    plan: tuple[PlanItem, ...]
    part: bool = False
    request: bool = False
    questions: Mapping[str, Question] = field(default_factory=dict)
    checklists: Mapping[str, Checklist] = field(default_factory=dict)
    texts: Mapping[str, Say] = field(default_factory=dict)
    renamed_from: tuple[str, ...] = ()

    @property
    def after_the_result(self) -> tuple[PlanItem, ...]:
        """The texts below the `finish` that always comes: said after the result, each with its condition."""
        ends = (number for number, item in enumerate(self.plan) if item.kind is Kind.FINISH and item.when == ALWAYS)
        return self.plan[next(ends, len(self.plan)) + 1 :]

    @property
    def instead_of_reassure(self) -> Say | None:
        """What this dialog says where another would say that all seems well, however it ends; None: nothing else."""
        names = (item.instead_of_reassure for item in self.plan if item.instead_of_reassure is not None)
        return next((self.texts[name] for name in names), None)


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction; `only` names the results of the gate with which it is shown (empty: all)."""

    id: str
    text: str
    only: frozenset[str]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HowTo:
    """A sequence of instructions behind a gate."""

    id: str
    title: str
    gate: str
    steps: tuple[Step, ...]
    place: Place

    def steps_for(self, result: str) -> tuple[Step, ...]:
        """The steps that are shown with this result of the gate."""
        return tuple(step for step in self.steps if not step.only or result in step.only)
