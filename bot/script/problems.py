"""What is wrong with a script, said to the moderator who can mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from bot.errors import SteadyError


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a script file."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake: where it is, what is wrong and what to do.

    `about` is the kind and the name of the thing that does not exist, where that is the mistake.
    """

    place: Place
    what: str
    cure: str
    about: tuple[str, str] | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return f"{self.place}: {self.what} {self.cure}"


class ScriptError(SteadyError):
    """The script cannot be used; `problems` says why, sorted by file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = once_each(problems)
        lines = [str(problem) for problem in self.problems]
        count = f"{len(lines)} thing{'s' if len(lines) != 1 else ''} to mend"
        super().__init__("\n".join([*lines, count]))


def once_each(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems by file and line, each once, and what is wrong in many places at its first place."""
    return tuple(_first_of_many(sorted(set(problems))))


_MANY = 3


def _first_of_many(problems: Sequence[Problem]) -> Iterator[Problem]:
    """Tell what is wrong in many places once: mostly a single name that they all refer to is misspelt."""
    places = Counter((problem.what, problem.cure) for problem in problems)
    told: set[tuple[str, str]] = set()
    for problem in problems:
        number = places[problem.what, problem.cure]
        if number <= _MANY:
            yield problem
        elif (problem.what, problem.cure) not in told:
            told.add((problem.what, problem.cure))
            yield Problem(problem.place, problem.what, f"{problem.cure} (The same in {number - 1} other places.)")


@dataclass(slots=True)
class Problems:
    """The problems found so far."""

    found: list[Problem] = field(default_factory=list)

    def add(self, place: Place, what: str, cure: str, *, about: tuple[str, str] | None = None) -> None:
        """Note one mistake."""
        self.found.append(Problem(place, what, cure, about))

    def unknown(self, place: Place, kind: str, name: str, known: Iterable[str]) -> None:
        """Note a name that does not exist, with the nearest one that does."""
        self.found.append(unknown(place, kind, name, known))

    def files(self) -> frozenset[str]:
        """The files in which something was found."""
        return frozenset(problem.place.file for problem in self.found)

    def forget(self, file: str) -> None:
        """Drop what was found in one file."""
        self.found = [problem for problem in self.found if problem.place.file != file]

    def forget_absent(self, file: str, kind: str, names: Collection[str] | None) -> None:
        """Drop what other files are told about things of `file` that only seem to be absent (None: all of a kind)."""
        self.found = [
            problem
            for problem in self.found
            if problem.place.file == file
            or problem.about is None
            or problem.about[0] != kind
            or (names is not None and problem.about[1] not in names)
        ]

    def raise_if_any(self) -> None:
        """Raise ScriptError when something was found."""
        if self.found:
            raise ScriptError(self.found)


_FEW = 12
_LISTED_IN = {
    "fact": "content/facts.yaml",
    "rule": "content/red_flags.yaml",
    "tag": "content/red_flags.yaml",
    "gate": "content/gates.yaml",
}


def unknown(place: Place, kind: str, name: str, known: Iterable[str]) -> Problem:
    """A name that does not exist, with the nearest one that does."""
    cure = did_you_mean(name, known, listed_in=_LISTED_IN.get(kind))
    return Problem(place, f"there is no {kind} '{name}'.", cure, (kind, name))


def did_you_mean(name: str, known: Iterable[str], *, listed_in: str | None = None) -> str:
    """Suggest the nearest known name, or list them when they are few, or say where they are listed."""
    names = {known_name.lower().replace(" ", "_"): known_name for known_name in sorted(set(known))}
    written = name.lower().replace(" ", "_")
    near = get_close_matches(written, names, n=1, cutoff=0.7)
    # Two letters of a short name in each other's place look like another name altogether.
    near = near or [one for one in names if sorted(one) == sorted(written)]
    if near:
        return f"Did you mean '{names[near[0]]}'?"
    if not names:
        return "Take it out, or add it first."
    if len(names) == 1:
        return f"Write '{next(iter(names.values()))}'."
    if len(names) > _FEW and listed_in is not None:
        return f"All of them stand in {listed_in}."
    shown = ", ".join(list(names.values())[:_FEW]) + (", ..." if len(names) > _FEW else "")
    return f"Write one of: {shown}."
