"""All mutants, judged by two workers within a limit of time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from bot.authoring.mutants.dialog_mutants import dialog_mutants
from bot.authoring.mutants.judge import Judge, Judged
from bot.authoring.mutants.mutant import Mutant
from bot.authoring.mutants.report import MutantReport
from bot.authoring.mutants.table_mutants import table_mutants
from bot.script.load import load_places
from bot.script.script import Script

WORKERS = 2
LIMIT = 290.0
"""Seconds; what was not looked at then is told."""

PIECE = 40

Progress = Callable[[int, int], None]


def all_mutants(script: Script) -> tuple[Mutant, ...]:
    """Every mutant of a script, in the order of its files."""
    return (*table_mutants(script.vocabulary, script.book), *dialog_mutants(script))


def sample(mutants: Sequence[Mutant], number: int) -> tuple[Mutant, ...]:
    """`number` mutants, evenly spread and always the same ones."""
    step = max(len(mutants) // number, 1)
    return tuple(islice(mutants[::step], number))


def run_mutants(
    dialogs: Path, content: Path, *, progress: Progress = lambda _done, _of: None, number: int | None = None
) -> MutantReport:
    """Judge all mutants, or `number` of them."""
    started = time.monotonic()
    made = all_mutants(load_places(dialogs, content))
    count = len(made) if number is None else len(sample(made, number))
    pieces = [range(first, min(first + PIECE, count)) for first in range(0, count, PIECE)]
    judged: list[Judged] = []
    with ProcessPoolExecutor(WORKERS, get_context("spawn"), _begin, (dialogs, content, number)) as workers:
        waiting = [workers.submit(_piece, piece) for piece in _mixed(pieces)]
        for one in waiting:
            judged += one.result()
            progress(len(judged), count)
            if time.monotonic() - started > LIMIT:
                workers.shutdown(wait=False, cancel_futures=True)
                break
    return MutantReport(judged, count, time.monotonic() - started)


def _mixed(pieces: Sequence[range]) -> Iterator[range]:
    """Pieces from everywhere first: what is left out when the time is up is not one whole part."""
    for first in range(7):
        yield from pieces[first::7]


_JUDGES: list[tuple[Judge, tuple[Mutant, ...]]] = []


def _begin(dialogs: Path, content: Path, number: int | None) -> None:
    script = load_places(dialogs, content)
    made = all_mutants(script)
    _JUDGES.append((Judge(script, content), made if number is None else sample(made, number)))


def _piece(piece: range) -> list[Judged]:
    judge, made = _JUDGES[0]
    return [judge.judge(made[index]) for index in piece]
