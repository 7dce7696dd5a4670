"""What the edit means for checks that are running: compared from each version that somebody still talks with."""

from __future__ import annotations

from collections.abc import Iterable

from bot.authoring.changes.compare import compare
from bot.authoring.publishing.desk import Desk
from bot.errors import SteadyError
from bot.script.edit_class import EditClass
from bot.script.load import Folder


def moves(desk: Desk, versions: Iterable[str], new: Folder) -> dict[str, EditClass]:
    """The class of the edit from each of these versions to the new one.

    A version that cannot be read any more counts as structural: nobody knows what the edit means.
    """
    return {one: _move(desk, one, new) for one in versions if one != new.hash}


def _move(desk: Desk, version: str, new: Folder) -> EditClass:
    try:
        old = desk.folder(version)
        return EditClass.STRUCTURAL if old is None else compare(old, new).edit_class
    except SteadyError:
        return EditClass.STRUCTURAL
