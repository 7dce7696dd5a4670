"""How grave an edit of the script is for a parent."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class EditClass(StrEnum):
    """What an edit means for a parent, from the mildest to the gravest."""

    WORDING = "wording"
    """Other words, the same meaning: the same questions, answers, levels and gates for every child."""

    STRICTER = "stricter"
    """No child gets less: some get a higher level, a closed gate, or a sign that is asked or heard besides."""

    LOOSER = "looser"
    """Some child gets less: a lower level, a milder action, an open gate, a danger sign that is heard no more."""

    STRUCTURAL = "structural"
    """The way through a dialog changes, or nobody can say what the edit means for a child."""

    @property
    def gravity(self) -> int:
        """The place in the order from wording (0) to structural (3)."""
        return tuple(EditClass).index(self)

    @property
    def hot(self) -> bool:
        """Whether it may reach parents in the middle of a check; a looser or structural edit waits for the next one."""
        return self in (EditClass.WORDING, EditClass.STRICTER)


def gravest(classes: Iterable[EditClass]) -> EditClass:
    """The gravest of several; of none it is wording, which changes nothing."""
    return max(classes, key=lambda one: one.gravity, default=EditClass.WORDING)
