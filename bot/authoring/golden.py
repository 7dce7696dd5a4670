"""The golden chats of this checkout, each read and run once for all that look at them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot.authoring.conversations import Ran, run
from bot.authoring.read_conversations import read_conversations
from bot.authoring.suite import find_chats
from bot.authoring.trail import Trail, traced
from bot.places import find_places
from bot.script.load import load_places
from bot.talk.engine import Engine


@cache
def _bench() -> tuple[Engine, Trail]:
    places = find_places()
    script, trail = traced(load_places(places.dialogs, places.content))
    return Engine(script), trail


def engine() -> Engine:
    """The engine over the scripts of this checkout."""
    return _bench()[0]


def files() -> list[Path]:
    """Every file of golden chats; those under `cases` are for `steady simulate`."""
    return find_chats(find_places())


@cache
def chats(path: Path) -> tuple[Ran, ...]:
    """The chats of one file; raises ScriptError with the mistakes in it."""
    one_engine, trail = _bench()
    found = read_conversations(path.read_text(encoding="utf-8"), path.name, one_engine.script)
    return tuple(run(one_engine, one, trail) for one in found)


def everyone() -> list[Ran]:
    """All golden chats."""
    return [one for path in files() for one in chats(path)]
