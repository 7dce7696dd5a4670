"""One change between two versions, and all of them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.facts.level import Level
from bot.script.edit_class import EditClass, gravest


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is different for a parent.

    `of` names what changed, such as `F-01` or `fever_screen.temperature_c`; `what` says it in a sentence that a nurse
    understands; `file` is where it stands; `questions` are the keys (`dialog.question`) of questions that change with
    it for a parent who is being asked.
    """

    kind: EditClass
    of: str
    what: str
    file: str
    questions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LevelChange:
    """A case or a recorded chat that ends at another level; `what` says it in words. None: no level was told."""

    name: str
    old: Level | None
    new: Level | None
    what: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that is different between two versions."""

    changes: tuple[Change, ...] = ()
    levels: tuple[LevelChange, ...] = ()

    @property
    def edit_class(self) -> EditClass:
        """The gravest class of all changes; wording where nothing changed."""
        return gravest(one.kind for one in self.changes)

    @property
    def questions(self) -> frozenset[str]:
        """The keys of all questions that change for a parent who is being asked."""
        return frozenset().union(*(one.questions for one in self.changes))
