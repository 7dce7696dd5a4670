"""A version beside what parents see now: what changes for them, and what that means for running checks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.authoring.changes.change import Changes
from bot.authoring.changes.compare import compare
from bot.authoring.changes.levels import Played, with_levels
from bot.authoring.changes.report import as_lines, level_lines
from bot.authoring.publishing.desk import Desk, Published
from bot.authoring.publishing.mid_check import MidCheck
from bot.authoring.publishing.moves import moves
from bot.authoring.publishing.told import running_told
from bot.errors import SteadyError
from bot.places import Places
from bot.script.edit_class import EditClass, gravest
from bot.script.load import Folder, load_script
from bot.script.script import Script
from bot.talk.position import question_key

NOBODY = Played()
"""No made-up parent was played."""


@dataclass(frozen=True, slots=True)
class Compared:
    """`edit_class` is None where nothing was published before.

    `changes` is None there too, and where the version that parents see cannot be read; `lost` says why. `hidden`
    questions are never named.
    """

    edit_class: EditClass | None
    changes: Changes | None = None
    played: Played = NOBODY
    lost: str = ""
    hidden: frozenset[str] = frozenset()

    @property
    def hot(self) -> bool:
        """Whether it may reach parents in the middle of a check."""
        return self.edit_class is None or self.edit_class.hot

    @property
    def looser(self) -> bool:
        """Whether some child gets less, or nobody can say."""
        if self.edit_class is None:
            return False
        if self.changes is None or not self.changes.proved:
            return not self.hot
        return lowered(self.changes) or any(one.kind is EditClass.LOOSER for one in self.changes.changes)

    def told(self, running: MidCheck) -> Iterator[str]:
        """What changes, and for how many it changes in the middle of a check."""
        if self.edit_class is None:
            yield "Nothing was published before: there is nothing to compare with."
        elif self.changes is None:
            yield f"What parents see now cannot be compared: {self.lost}"
            yield "Running checks cannot go on with it either; what changed is asked again."
        else:
            yield ""
            yield from as_lines(self.changes)
            yield from level_lines(self.changes, self.played)
            yield ""
            yield from running_told(running, self.changes.questions - self.hidden, hot=self.hot)


def compare_with_current(
    desk: Desk, published: Published, new: Folder, script: Script, places: Places | None
) -> Compared:
    """The version beside the current one; `script` is what the new files say.

    With `places` the chats and cases there are played with both versions where more than words differs.
    """
    if published.current is None:
        return Compared(None)
    try:
        old = desk.folder(published.current.hash)
        if old is None:
            return Compared(EditClass.STRUCTURAL, lost="its files are gone.")
        hidden = private_questions(script) | private_questions(load_script(old))
        changes, played = compare(old, new), NOBODY
        if places is not None:
            changes, played = with_levels(changes, old, new, places)
    except SteadyError as error:
        return Compared(EditClass.STRUCTURAL, lost=str(error))
    # Whoever is told a lower level gets less, whatever the comparison by itself has made of the edit.
    edit_class = gravest([changes.edit_class, *([EditClass.LOOSER] if lowered(changes) else [])])
    return Compared(edit_class, changes, played, hidden=hidden)


def lowered(changes: Changes) -> bool:
    """Whether a made-up parent is told a lower level than before, or none any more."""
    return any(one.old is not None and (one.new is None or one.new < one.old) for one in changes.levels)


def moves_to(desk: Desk, published: Published, new: Folder, compared: Compared) -> dict[str, EditClass]:
    """What the edit means for the checks of every version that somebody talks with, the current one among them."""
    current = published.current
    if current is None or compared.edit_class is None:
        return moves(desk, published.running.versions, new)
    others = (one for one in published.running.versions if one != current.hash)
    known = {} if current.hash == new.hash else {current.hash: compared.edit_class}
    return {**moves(desk, others, new), **known}


def private_questions(script: Script) -> frozenset[str]:
    """The keys of the questions and lists whose answers may be private: nobody is told that a parent is there."""
    facts = script.vocabulary.facts
    told: dict[str, set[str]] = {}
    for dialog in script.dialogs.values():
        for question in dialog.questions.values():
            sets = [*(one.sets for one in question.options), *(one.sets for one in question.bands)]
            told[question_key(dialog.id, question.id)] = {question.id, *(fact for one in sets for fact in one)}
        for checklist in dialog.checklists.values():
            told[question_key(dialog.id, checklist.id)] = {fact for item in checklist.items for fact in item.sets}
    return frozenset(key for key, names in told.items() if any(one in facts and facts[one].private for one in names))
