"""The golden chats of this checkout, each read and run once for all that look at them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot.authoring.conversations import Ran, run
from bot.authoring.read_conversations import read_conversations
from bot.places import find_places
from bot.script.load import load_places
from bot.talk.engine import Engine


@cache
def engine() -> Engine:
    """The engine over the scripts of this checkout."""
    places = find_places()
    return Engine(load_places(places.dialogs, places.content))


def files() -> list[Path]:
    """Every file of golden chats; those under `cases` are for `steady simulate`."""
    found = (find_places().dialogs.parent / "tests" / "conversations").rglob("*.yaml")
    return sorted(path for path in found if path.parent.name != "cases")


@cache
def chats(path: Path) -> tuple[Ran, ...]:
    """The chats of one file; raises ScriptError with the mistakes in it."""
    found = read_conversations(path.read_text(encoding="utf-8"), path.name, engine().script)
    return tuple(run(engine(), one) for one in found)


def everyone() -> list[Ran]:
    """All golden chats."""
    return [one for path in files() for one in chats(path)]
