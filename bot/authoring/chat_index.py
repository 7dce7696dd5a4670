"""The chats of a script, read but not run: to look something up in them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.authoring.conversation import Conversation
from bot.authoring.read_conversations import read_conversations
from bot.authoring.suite import FOLDER, find_chats
from bot.places import Places
from bot.script.problems import Place, ScriptError
from bot.script.script import Script


@dataclass(frozen=True, slots=True)
class Listed:
    """A chat, and where it stands as seen from the folder of the script."""

    conversation: Conversation
    place: Place


def list_chats(places: Places, script: Script) -> list[Listed]:
    """Every chat; a file with a mistake is left out, since `steady test` tells of it."""
    root = places.dialogs.parent
    if not root.joinpath(*FOLDER).is_dir():
        return []
    return [one for path in find_chats(places) for one in _of_file(path, root, script)]


def _of_file(path: Path, root: Path, script: Script) -> list[Listed]:
    try:
        found = read_conversations(path.read_text(encoding="utf-8"), path.name, script)
    except ScriptError:
        return []
    shown = path.relative_to(root).as_posix()
    return [Listed(one, Place(shown, one.place.line)) for one in found]
