"""`steady test`: the moderators' chats, run and judged, file by file and on all processors."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from multiprocessing import get_context
from pathlib import Path

from bot.authoring.conversations import Ran, run
from bot.authoring.coverage import NOTHING, Coverage, covered, everything
from bot.authoring.read_conversations import read_conversations
from bot.authoring.record import recorded
from bot.authoring.simulation import simulate
from bot.authoring.suggest import Suggestion, suggest
from bot.authoring.trail import Trail, traced
from bot.errors import SteadyError
from bot.places import Places
from bot.script.load import load_places, read_folder
from bot.script.problems import Place, Problem, ScriptError, did_you_mean
from bot.script.script import Script
from bot.talk.engine import Engine

FOLDER = ("tests", "conversations")
"""Where the chats of a script are, beside its dialogs."""

CASES = "cases"
SEARCHES = "searches"
"""The folder of the files for `steady simulate`."""

_ALONE = 3
"""So few files are not worth a second process."""


class SuiteError(SteadyError):
    """There are no chats to run."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One chat: in which ways it is not as claimed, and what a parent sees now against what was recorded."""

    claim: str
    place: Place
    faults: tuple[str, ...]
    difference: str
    known_fault: str | None
    transcript: str

    @classmethod
    def of(cls, ran: Ran) -> Judged:
        """What is kept of a chat that was run."""
        one = ran.conversation
        difference = ran.difference() if ran.changed else ""
        return cls(one.chat, one.place, ran.faults, difference, one.known_fault, ran.transcript)

    @property
    def mended(self) -> bool:
        """Whether it comes out as claimed though its fault is noted as known."""
        return self.known_fault is not None and not self.faults

    @property
    def failed(self) -> bool:
        """Whether somebody has to look at it."""
        return self.mended or bool(self.difference) or (bool(self.faults) and self.known_fault is None)

    def told(self) -> list[str]:
        """What somebody has to look at, in lines."""
        lines = [f"{self.place}: {self.claim}"]
        if self.known_fault is None:
            lines += [f"  {fault}" for fault in self.faults]
        if self.mended:
            lines.append("  it comes out as claimed now. Take the line 'known_fault' out.")
        if self.difference:
            lines += [f"  {row}".rstrip() for row in self.difference.splitlines()]
        return lines


@dataclass(frozen=True, slots=True)
class FileJudged:
    """One file of chats; `problems` are the mistakes in the file, with which none of its chats is run."""

    path: Path
    chats: tuple[Judged, ...] = ()
    problems: tuple[Problem, ...] = ()
    covered: Coverage = NOTHING


@dataclass(frozen=True, slots=True)
class Suite:
    """All files that were run; `whole` tells that none was left out."""

    files: tuple[FileJudged, ...]
    all: Coverage
    whole: bool = True

    @property
    def chats(self) -> list[Judged]:
        """Every chat."""
        return [chat for file in self.files for chat in file.chats]

    @property
    def failed(self) -> list[Judged]:
        """The chats that somebody has to look at."""
        return [chat for chat in self.chats if chat.failed]

    @property
    def problems(self) -> list[Problem]:
        """The mistakes in the files themselves."""
        return [problem for file in self.files for problem in file.problems]

    @property
    def uncovered(self) -> Coverage:
        """What no chat goes through."""
        rest = self.all
        for file in self.files:
            rest = rest - file.covered
        return rest

    def to_mend(self) -> list[str]:
        """One entry for each thing to mend, each in one or more lines."""
        return [str(one) for one in self.problems] + ["\n".join(one.told()) for one in self.failed]


def _bench(places: Places) -> tuple[Engine, Trail]:
    """The engine of this process and where it notes its ways."""
    return _engine(places, read_folder(places.dialogs, places.content).hash)


@lru_cache(maxsize=1)
def _engine(places: Places, _hash: str) -> tuple[Engine, Trail]:
    """Kept as long as the files stay as they are, since loading takes seconds."""
    script, trail = traced(load_places(places.dialogs, places.content))
    return Engine(script), trail


def find_chats(places: Places, wanted: Sequence[str] = ()) -> list[Path]:
    """The files of chats beside the dialogs whose names hold one of these words; raises SuiteError for none."""
    folder = places.dialogs.parent.joinpath(*FOLDER)
    every = sorted(path for path in folder.rglob("*.yaml") if path.parent.name not in (CASES, SEARCHES))
    if not every:
        raise SuiteError("there are no chats to run here.", where=str(folder), cure="Put files of chats there.")
    found: list[Path] = []
    for word in wanted:
        matches = [Path(word)] if Path(word).is_file() else [path for path in every if word in path.stem]
        if not matches:
            cure = did_you_mean(word, [path.stem for path in every], listed_in=str(folder))
            raise SuiteError(f"no file of chats is called '{word}'.", cure=cure)
        found += [path for path in matches if path not in found]
    return found if wanted else every


def judge(places: Places, path: Path) -> FileJudged:
    """Run the chats of one file."""
    engine, trail = _bench(places)
    try:
        conversations = read_conversations(path.read_text(encoding="utf-8"), path.name, engine.script)
    except ScriptError as error:
        return FileJudged(path, problems=error.problems)
    found = [run(engine, one, trail) for one in conversations]
    return FileJudged(path, tuple(Judged.of(one) for one in found), (), covered(engine.script, found))


def run_suite(places: Places, wanted: Sequence[str] = ()) -> Suite:
    """Run the chats of these files, or all; raises ScriptError where the script itself has mistakes."""
    paths = find_chats(places, wanted)
    engine, _ = _bench(places)
    return Suite(tuple(_judge_all(places, paths)), everything(engine.script), whole=not wanted)


def find_cases(places: Places) -> list[Path]:
    """The files of cases beside the chats."""
    folder = places.dialogs.parent.joinpath(*FOLDER)
    return sorted(path for path in folder.rglob("*.yaml") if path.parent.name == CASES)


def run_cases(places: Places, path: Path) -> tuple[bool, list[str]]:
    """Play a file of cases: whether all came out as expected, and what is told of them."""
    lines: list[str] = []
    script = _bench(places)[0].script
    passed = simulate(script, path, only=(), results=None, out=StringIO(), say=lines.append)
    return passed, lines


def suggestions(places: Places, suite: Suite) -> Iterator[Suggestion]:
    """Chats for the ways that no chat takes."""
    engine, trail = _bench(places)
    return suggest(engine, trail, suite.uncovered.ways)


def _judge_all(places: Places, paths: Sequence[Path]) -> Iterable[FileJudged]:
    workers = min(os.cpu_count() or 1, len(paths))
    if workers < 2 or len(paths) <= _ALONE:
        return [judge(places, path) for path in paths]
    # A fresh process each: what was loaded here is not shared by halves.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        # The longest first, so that no processor waits for the other at the end.
        longest = sorted(paths, key=lambda path: -path.stat().st_size)
        done = {one.path: one for one in pool.map(judge, [places] * len(longest), longest)}
    return [done[path] for path in paths]


def record(places: Places, suite: Suite) -> int:
    """Write the transcripts anew where a parent sees something else now; say how many. Claims stay as they are."""
    script = _bench(places)[0].script
    return sum(record_file(script, file) for file in suite.files)


def record_file(script: Script, file: FileJudged) -> int:
    """The same for one file; none of it where a claim fails, so that a worse answer is not recorded in passing."""
    if any(chat.faults and chat.known_fault is None for chat in file.chats):
        return 0
    changed = [chat for chat in file.chats if chat.difference]
    for chat in changed:
        text = file.path.read_text(encoding="utf-8")
        now = read_conversations(text, file.path.name, script)
        [one] = [other for other in now if other.chat == chat.claim]
        file.path.write_text(recorded(text, one, chat.transcript), encoding="utf-8")
    return len(changed)
