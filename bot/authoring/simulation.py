"""The command that plays a file of cases: lines for people, and an object for each case on demand."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

from bot.authoring.case_report import Summary, case_lines
from bot.authoring.cases import CaseError, CaseFile, read_cases
from bot.authoring.simulate import play_all
from bot.script.problems import did_you_mean
from bot.script.script import Script
from bot.talk.engine import Engine

STDOUT = Path("-")


def simulate(
    script: Script,
    cases: Path,
    *,
    only: Sequence[str],
    results: Path | None,
    out: TextIO,
    say: Callable[[str], None],
) -> bool:
    """Play the cases of a file, or those named in `only`; say whether all came out as expected.

    Each case is told as soon as it was played. `results` gets one JSON object a line; "-" is `out`. Raises CaseError
    when the file cannot be used, before anything was played.
    """
    file = read_cases(cases, script)
    _check_names(file, only, cases)
    summary = Summary()
    with ExitStack() as stack:
        target = None if results is None else out if results == STDOUT else stack.enter_context(_opened(results))
        for played in play_all(Engine(script), file, only):
            summary.add(played)
            if target is not None:
                target.write(json.dumps(played.json(), ensure_ascii=False) + "\n")
                target.flush()
            for line in case_lines(played):
                say(line)
    for line in ("", *summary.lines()):
        say(line)
    return summary.passed


def _check_names(file: CaseFile, only: Sequence[str], path: Path) -> None:
    known = [case.id for case in file.cases]
    for name in only:
        if name not in known:
            raise CaseError(
                f"there is no case '{name}'.", where=path.name, cure=did_you_mean(name, known, listed_in="this file")
            )


def _opened(path: Path) -> TextIO:
    try:
        return path.open("w", encoding="utf-8")
    except OSError as error:
        raise CaseError(
            f"this file cannot be written: {error.strerror}.", where=str(path), cure="Name another one after --json."
        ) from None
