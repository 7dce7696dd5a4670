"""`steady ready`: everything that is to be mended before a script may go out, in one list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.authoring.check import check_folder, counted
from bot.authoring.proof.prove import prove
from bot.authoring.searches import searches_to_mend
from bot.authoring.suite import find_cases, run_cases, run_suite
from bot.places import Places
from bot.script.load import load_places, read_folder


@dataclass(frozen=True, slots=True)
class Stage:
    """One thing that is looked at: `to_mend` gives what it finds, each in one or more lines.

    `needed` stages have to pass before any later one is begun.
    """

    name: str
    to_mend: Callable[[Places], list[str]]
    needed: bool = False


def _check(places: Places) -> list[str]:
    checked = check_folder(read_folder(places.dialogs, places.content))
    return [*map(str, checked.problems), *checked.unseen]


def _finished(places: Places) -> list[str]:
    return [str(one) for one in check_folder(read_folder(places.dialogs, places.content)).unfinished]


def _proof(places: Places) -> list[str]:
    found = prove(load_places(places.dialogs, places.content), places.content).findings
    return [f"not safe for every child: {one.what} See all of it: steady check --prove" for one in found]


def _chats(places: Places) -> list[str]:
    return run_suite(places).to_mend()


def _cases(places: Places) -> list[str]:
    played = [run_cases(places, path) for path in find_cases(places)]
    return ["\n".join(lines) for passed, lines in played if not passed]


CHECK = Stage("Check", _check, needed=True)
FINISHED = Stage("Drafts and things to do", _finished)
PROOF = Stage("Proof", _proof)
CHATS = Stage("Chats", _chats)
CASES = Stage("Cases", _cases)
SEARCHES = Stage("Searches", searches_to_mend)

STAGES = (CHECK, FINISHED, PROOF, CHATS, CASES, SEARCHES)
"""What is looked at, in this order."""


def look(places: Places, stages: tuple[Stage, ...] | None = None) -> Iterator[tuple[Stage, list[str]]]:
    """Go through the stages, and give what each finds; a stage that is needed and fails is the last one."""
    for stage in STAGES if stages is None else stages:
        found = stage.to_mend(places)
        yield stage, found
        if found and stage.needed:
            return


def verdict(to_mend: list[str]) -> str:
    """The last line."""
    return f"{counted(len(to_mend), 'thing')} to mend" if to_mend else "Ready"
