"""The shipped scripts with prepared edits."""

from __future__ import annotations

from functools import cache

from bot.authoring.changes.change import Changes
from bot.authoring.changes.compare import Loaded, compare_loaded, loaded
from bot.places import find_places
from bot.script.load import Folder, read_folder

Edit = tuple[str, str, str]
"""A file, a text that stands in it once, and what takes its place; without a text the file is new."""

LABEL_EDIT: Edit = ("dialogs/temperature.yaml", "Hotter than usual", "Warmer than usual")


@cache
def shipped() -> Folder:
    """The scripts as they are."""
    places = find_places(None)
    return read_folder(places.dialogs, places.content)


@cache
def shipped_loaded() -> Loaded:
    """The same, read."""
    return loaded(shipped())


def edited(*edits: Edit) -> Folder:
    """The scripts with some texts replaced."""
    files = dict(shipped().files)
    for path, before, after in edits:
        files.setdefault(path, "")
        if not before:
            files[path] += after
            continue
        assert files[path].count(before) == 1, f"{before!r} stands {files[path].count(before)} times in {path}"
        files[path] = files[path].replace(before, after)
    return Folder(files)


def cut(path: str, first: str, lines: int) -> Edit:
    """An edit that takes out so many lines from the one that begins so."""
    rows = shipped().files[path].splitlines(keepends=True)
    [start] = [number for number, row in enumerate(rows) if row.startswith(first)]
    return path, "".join(rows[start : start + lines]), ""


def changes(*edits: Edit) -> Changes:
    """What these edits change for a parent."""
    folder = edited(*edits)
    return compare_loaded(shipped(), folder, shipped_loaded(), loaded(folder))


def told(*edits: Edit) -> list[tuple[str, str]]:
    """The class and the sentence of each change."""
    return [(one.kind.value, one.what) for one in changes(*edits).changes]
