"""How many parents reached each step of a dialog, and left there: rounded, so that no small number can be learnt.

Exact numbers never leave this module. Each number is rounded down to a multiple of `LEAST`, and one below it is not
told at all: whatever is subtracted from whatever, no group of fewer than ten parents appears (docs/decisions:
counters without parents).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil

from bot.authoring.funnel.steps import step_words, steps_of
from bot.script.model import Dialog
from bot.script.script import Script
from bot.service.counting import CLOSED, EMERGENCY, ENDS, LEFT, RESULT, START
from bot.store.rows import StepCount

LEAST = 10
"""No number of parents below this is told, and every number is a multiple of it."""


def rounded(parents: int) -> int | None:
    """A number of parents as it may be told: rounded down to a multiple of ten; None where that is none."""
    return parents // LEAST * LEAST or None


@dataclass(frozen=True, slots=True)
class Step:
    """A step that at least ten parents reached.

    `left` and `went_on` are None where they are fewer than ten, or would tell how many those are.
    """

    key: str
    words: str
    reached: int
    went_on: int | None
    left: int | None

    @property
    def percent(self) -> str:
        """About how many of a hundred left there."""
        if self.left is None:
            return f"under {ceil(100 * LEAST / self.reached)}"
        return f"about {round(100 * self.left / self.reached)}"


@dataclass(frozen=True, slots=True)
class Funnel:
    """A dialog: how many parents began it, and how it ended for them.

    All numbers of parents are multiples of ten; `others` is how many steps fewer than ten parents reached.
    """

    dialog: str
    title: str
    began: int
    left: int | None
    emergency: int | None
    result: int | None
    steps: tuple[Step, ...]
    others: int


def funnels(script: Script, counts: Iterable[StepCount]) -> tuple[Funnel, ...]:
    """Every dialog that at least ten parents began, in the order of the script."""
    by_dialog: dict[str, Counter[tuple[str, str]]] = {}
    for one in counts:
        by_dialog.setdefault(one.dialog, Counter())[one.origin, one.step] += one.parents
    flows = [dialog for dialog in script.dialogs.values() if not dialog.part]
    found = (_funnel(script, dialog, by_dialog.get(dialog.id, Counter())) for dialog in flows)
    return tuple(one for one in found if one is not None)


def too_few(script: Script, shown: Iterable[Funnel]) -> tuple[str, ...]:
    """The dialogs that fewer than ten parents began, nobody included."""
    names = {one.dialog for one in shown}
    return tuple(one.id for one in script.dialogs.values() if not one.part and one.id not in names)


def _funnel(script: Script, dialog: Dialog, ways: Counter[tuple[str, str]]) -> Funnel | None:
    began = rounded(sum(number for (origin, _), number in ways.items() if origin == START))
    if began is None:
        return None
    ended = {end: sum(number for (_, step), number in ways.items() if step == end) for end in ENDS}
    reached = {step: sum(number for (_, to), number in ways.items() if to == step) for step in _steps(ways)}
    order = [*(step for step in steps_of(script, dialog) if step in reached)]
    order += sorted(set(reached) - set(order))
    steps = [one for step in order if (one := _step(script, step, reached[step], ways)) is not None]
    return Funnel(
        dialog.id,
        dialog.title,
        began,
        rounded(ended[LEFT] + ended[CLOSED]),
        rounded(ended[EMERGENCY]),
        rounded(ended[RESULT]),
        tuple(steps),
        len(order) - len(steps),
    )


def _steps(ways: Counter[tuple[str, str]]) -> Iterator[str]:
    return (step for step in dict.fromkeys(step for _, step in ways) if step not in ENDS)


def _step(script: Script, step: str, reached: int, ways: Counter[tuple[str, str]]) -> Step | None:
    left = ways[step, LEFT] + ways[step, CLOSED]
    shown, shown_left = rounded(reached), rounded(left)
    if shown is None:
        return None
    # Beside the number that reached a step, the number that went on tells how many left.
    went_on = None if shown_left is None else rounded(max(reached - left, 0))
    return Step(step, step_words(script, step), shown, went_on, shown_left)
