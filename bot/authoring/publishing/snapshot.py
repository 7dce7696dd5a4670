"""A copy of the files, so that what is stored is what was looked at: an editor may save in the middle of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.authoring.suite import FOLDER
from bot.places import CONTENT, DIALOGS, Places


@contextmanager
def snapshot(places: Places) -> Iterator[Places]:
    """The dialogs, the content and the chats beside them as they are now, for as long as this lasts."""
    with TemporaryDirectory(prefix="steady-") as folder:
        copy = Places(Path(folder) / DIALOGS, Path(folder) / CONTENT)
        shutil.copytree(places.dialogs, copy.dialogs)
        shutil.copytree(places.content, copy.content)
        chats = places.dialogs.parent.joinpath(*FOLDER)
        if chats.is_dir():
            shutil.copytree(chats, Path(folder).joinpath(*FOLDER))
        yield copy
