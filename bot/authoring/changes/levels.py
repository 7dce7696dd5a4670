"""Who of the made-up parents of the chats and cases is told another level: all are played with both versions."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

from bot.authoring.cases import Case, CaseError, read_cases
from bot.authoring.changes.change import Changes, LevelChange
from bot.authoring.conversation import Conversation
from bot.authoring.conversations import run
from bot.authoring.read_conversations import read_conversations
from bot.authoring.simulate import play
from bot.authoring.suite import CASES, FOLDER
from bot.facts.level import Action, Level
from bot.places import Places
from bot.script.edit_class import EditClass
from bot.script.load import Folder, load_script
from bot.script.problems import ScriptError
from bot.talk.engine import Engine

PIECE = 12
"""Chats or cases that one worker takes at a time."""

Progress = Callable[[int, int], None]
Pairs = Mapping[str, tuple[Case, Case] | tuple[Conversation, Conversation]]
"""Each chat or case by its name, as the old and as the new version reads it."""


def _silent(_done: int, _of: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a made-up parent is told in the end."""

    level: Level | None
    action: Action | None
    rules: tuple[str, ...]

    def __str__(self) -> str:
        """The level with its action."""
        level = "no level" if self.level is None else self.level.name
        return level if self.action is None else f"{level} ({self.action.value})"


@dataclass(frozen=True, slots=True)
class Played:
    """Who is told another level, of how many; `left_out` are files that one of the versions cannot read."""

    levels: tuple[LevelChange, ...] = ()
    number: int = 0
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    path: Path
    first: int
    last: int


def with_levels(
    changes: Changes, old: Folder, new: Folder, places: Places, progress: Progress = _silent
) -> tuple[Changes, Played]:
    """The changes with who is told another level; nobody is played where only words differ."""
    if all(one.kind is EditClass.WORDING for one in changes.changes):
        return changes, Played()
    played = play_both(old, new, places, progress)
    return replace(changes, levels=played.levels), played


def play_both(old: Folder, new: Folder, places: Places, progress: Progress = _silent) -> Played:
    """Play every chat and case beside the dialogs with both versions, on all processors."""
    folder = places.dialogs.parent.joinpath(*FOLDER)
    paths = sorted(folder.rglob("*.yaml"))
    bench = _Bench(old, new)
    pieces: list[_Piece] = []
    left_out: list[str] = []
    for path in paths:
        number = bench.count(path)
        if number is None:
            left_out.append(path.name)
        pieces += [_Piece(path, first, min(first + PIECE, number or 0)) for first in range(0, number or 0, PIECE)]
    total = sum(one.last - one.first for one in pieces)
    found: dict[int, Sequence[LevelChange]] = {}
    done = 0
    workers = min(os.cpu_count() or 1, max(len(pieces), 1))
    with ProcessPoolExecutor(workers, get_context("spawn"), _begin, (dict(old.files), dict(new.files))) as pool:
        waiting = {pool.submit(_piece, piece): number for number, piece in enumerate(pieces)}
        for one in as_completed(waiting):
            number = waiting[one]
            found[number] = one.result()
            done += pieces[number].last - pieces[number].first
            progress(done, total)
    levels = tuple(change for number in sorted(found) for change in found[number])
    return Played(levels, total, tuple(left_out))


class _Bench:
    """Both engines, and the chats and cases as each of them reads them."""

    def __init__(self, old: Folder, new: Folder) -> None:
        self.engines = (Engine(load_script(old)), Engine(load_script(new)))
        self._read: dict[Path, Pairs | None] = {}

    def count(self, path: Path) -> int | None:
        """How many stand in a file; None where one of the versions cannot read it."""
        both = self.pairs(path)
        return None if both is None else len(both)

    def pairs(self, path: Path) -> Pairs | None:
        """Each chat or case of a file, as each version reads it."""
        if path not in self._read:
            try:
                self._read[path] = self._pairs(path)
            except (CaseError, ScriptError):
                self._read[path] = None
        return self._read[path]

    def _pairs(self, path: Path) -> Pairs:
        if path.parent.name == CASES:
            cases = [read_cases(path, engine.script).cases for engine in self.engines]
            return {f"{path.stem}: {was.id}": (was, now) for was, now in zip(*cases, strict=True)}
        text = path.read_text(encoding="utf-8")
        chats = [read_conversations(text, path.name, engine.script) for engine in self.engines]
        return {f"{path.stem}: {was.chat}": (was, now) for was, now in zip(*chats, strict=True)}

    def play(self, path: Path, first: int, last: int) -> Iterator[LevelChange]:
        """Who of these is told another level."""
        pairs = self.pairs(path) or {}
        for name, pair in list(pairs.items())[first:last]:
            was, now = _told(self.engines[0], pair[0]), _told(self.engines[1], pair[1])
            if (was.level, was.action) != (now.level, now.action):
                rules = ", ".join(now.rules) or "nothing"
                yield LevelChange(name, was.level, now.level, f"{was} becomes {now} (raised: {rules})")


def _told(engine: Engine, one: Case | Conversation) -> Told:
    if isinstance(one, Case):
        played = play(engine, one)
        return Told(played.level, played.action, tuple(played.rules))
    result = run(engine, one).result
    return Told(result.level, result.action, tuple(result.rules))


_BENCHES: list[_Bench] = []


def _begin(old: Mapping[str, str], new: Mapping[str, str]) -> None:
    _BENCHES.append(_Bench(Folder(old), Folder(new)))


def _piece(piece: _Piece) -> Sequence[LevelChange]:
    return list(_BENCHES[0].play(piece.path, piece.first, piece.last))
