"""What is wrong with a script, said to the moderator who can mend it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    """One mistake: where it is, what is wrong and what to do."""

    place: Place
    what: str
    cure: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what} {self.cure}"


class ScriptError(SteadyError):
    """The script cannot be used; `problems` says why, sorted by file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: Sequence[Problem] = tuple(sorted(set(problems)))
        lines = [str(problem) for problem in self.problems]
        count = f"{len(lines)} thing{'s' if len(lines) != 1 else ''} to mend"
        super().__init__("\n".join([*lines, count]))


@dataclass(slots=True)
class Problems:
    """The problems found so far."""

    found: list[Problem] = field(default_factory=list)

    def add(self, place: Place, what: str, cure: str) -> None:
        """Note one mistake."""
        self.found.append(Problem(place, what, cure))

    def unknown(self, place: Place, kind: str, name: str, known: Iterable[str]) -> None:
        """Note a name that does not exist, with the nearest one that does."""
        self.add(place, f"there is no {kind} '{name}'.", did_you_mean(name, known))

    def raise_if_any(self) -> None:
        """Raise ScriptError when something was found."""
        if self.found:
            raise ScriptError(self.found)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Suggest the nearest known name, or list them when they are few."""
    names = sorted(set(known))
    near = get_close_matches(name, names, n=1, cutoff=0.6)
    if near:
        return f"Did you mean '{near[0]}'?"
    if not names:
        return "Take it out, or add it first."
    shown = ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")
    return f"Write one of: {shown}."
