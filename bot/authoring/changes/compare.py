"""What changes for a parent from one version of the script to another."""

from __future__ import annotations

from bot.authoring.changes.change import Change, Changes
from bot.script.edit_class import EditClass
from bot.script.load import Folder


def compare(old: Folder, new: Folder) -> Changes:
    """Every change between two versions that load; a file of which nothing finer is known is structural."""
    paths = sorted(old.files.keys() | new.files.keys())
    return Changes(tuple(_file(path, old, new) for path in paths if old.files.get(path) != new.files.get(path)))


def _file(path: str, old: Folder, new: Folder) -> Change:
    verb = "is new" if path not in old.files else "is gone" if path not in new.files else "is different"
    return Change(EditClass.STRUCTURAL, path, f"The file {path} {verb}.", path)
