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
    it for a parent who is being asked. `heading` is what it stands under: the title of the dialog, or the part of the
    content. A `danger` text is read in an EMERGENCY or an URGENT: with other words its approval is void.
    """

    kind: EditClass
    of: str
    what: str
    file: str
    questions: frozenset[str] = frozenset()
    heading: str = ""
    danger: bool = False


@dataclass(frozen=True, slots=True)
class LevelChange:
    """A case or a chat whose parent is told another level; `what` says it in words. None: no level is told."""

    name: str
    old: Level | None
    new: Level | None
    what: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that is different between two versions.

    `proved` tells whether a solver decided; without one, whatever is more than wording counts as structural.
    """

    changes: tuple[Change, ...] = ()
    levels: tuple[LevelChange, ...] = ()
    proved: bool = True

    @property
    def edit_class(self) -> EditClass:
        """The gravest class of all changes; wording where nothing changed."""
        return gravest(one.kind for one in self.changes)

    @property
    def questions(self) -> frozenset[str]:
        """The keys of all questions that change for a parent who is being asked."""
        return frozenset().union(*(one.questions for one in self.changes))

    def count(self, kind: EditClass) -> int:
        """How many changes are of a class."""
        return sum(one.kind is kind for one in self.changes)
