"""Whether the bot could talk from a version: the same reading and building as when it takes one up."""

from __future__ import annotations

from dataclasses import dataclass

from bot.script.load import Folder, look_at
from bot.script.script import Script
from bot.talk.engine import Engine


@dataclass(frozen=True, slots=True)
class Usable:
    """The script of a version, or why the bot could not talk from it."""

    script: Script | None
    reasons: tuple[str, ...] = ()


def look_whether_usable(folder: Folder) -> Usable:
    """Read the files and build the engine, as the running bot would."""
    loaded = look_at(folder)
    if loaded.problems or loaded.script is None:
        return Usable(None, tuple(str(one) for one in loaded.problems))
    try:
        Engine(loaded.script)
    except ValueError as error:
        # The words of parents and the emergency numbers are read by the engine itself.
        return Usable(None, (f"content/words.yaml or content/emergency_numbers.yaml cannot be used: {error}",))
    return Usable(loaded.script)
