"""Numbers and ages for which a question has no answer, because its answers leave a gap between them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from bot.authoring.possible import all_conditions
from bot.facts.interval import Interval
from bot.facts.matcher import Within
from bot.facts.value import DaysOld, Number, Value
from bot.script.conditions import FactIs, walk
from bot.script.document import Node, find
from bot.script.load import Loaded
from bot.script.model import Option, Question
from bot.script.problems import Problem
from bot.script.script import Script


def check_ranges(loaded: Loaded) -> Iterator[Problem]:
    """Note every gap between two answers of a question.

    A single number that some rules count to one side and others to the other may be left out: any answer with it would
    lie on both sides of a limit, which `check_values` refuses.
    """
    contested = set() if loaded.script is None else _contested(loaded.script)
    wrong = {one.place.file for one in loaded.problems}
    for dialog in loaded.script.dialogs.values() if loaded.script is not None else ():
        if dialog.place.file not in wrong:
            for question in dialog.questions.values():
                for kind, options in (("options", question.options), ("bands", question.bands)):
                    yield from _gaps(question, kind, options, loaded.nodes[dialog.place.file], contested)


def _contested(script: Script) -> set[tuple[str, Decimal]]:
    """The numbers of facts that lie below one limit and above another one at the same place."""
    below: set[tuple[str, Decimal]] = set()
    above: set[tuple[str, Decimal]] = set()
    for condition in all_conditions(script):
        for part in walk(condition):
            if isinstance(part, FactIs) and isinstance(part.matcher, Within):
                one = part.matcher.interval
                if one.high is not None:
                    (below if one.high_in else above).add((part.fact, one.high))
                if one.low is not None:
                    (above if one.low_in else below).add((part.fact, one.low))
    return below & above


def _gaps(
    question: Question, kind: str, options: Sequence[Option], node: Node, contested: Collection[tuple[str, Decimal]]
) -> Iterator[Problem]:
    ranges = [(_range(option.sets.get(question.id)), option) for option in options]
    known = [(one, option) for one, option in ranges if one is not None]
    if any(option.then is not None for option in options) or len(known) < 2:
        return
    step = _step([one for one, _ in known])
    known.sort(key=lambda pair: Decimal("-Infinity") if pair[0].low is None else pair[0].low)
    reached, before = known[0]
    for one, option in known[1:]:
        gap = _between(reached, one, step)
        if gap is not None and (question.id, Decimal(gap.partition(" ")[0])) not in contested:
            what = f"no answer of '{question.id}' means {gap}, which lies between '{before.text}' and '{option.text}'."
            place = find(node, ["questions", question.id, kind, option.id])
            yield Problem(place, what, "Begin this answer where the one before ends.")
        reached, before = (one, option) if one.high is None or _ends_after(one, reached) else (reached, before)


def _range(value: Value | None) -> Interval | None:
    if isinstance(value, Number):
        return value.interval
    if isinstance(value, DaysOld):
        return Interval(Decimal(value.low), Decimal(value.high))
    return None


def _ends_after(one: Interval, other: Interval) -> bool:
    return other.high is not None and (one.high is None or one.high >= other.high)


def _step(ranges: Sequence[Interval]) -> Decimal:
    """How finely the answers count: by 1, or by 0.1 where one of them has a decimal."""
    ends = [end for one in ranges for end in (one.low, one.high) if end is not None]
    return Decimal(1) if all(end == end.to_integral_value() and "." not in str(end) for end in ends) else Decimal("0.1")


def _between(below: Interval, above: Interval, step: Decimal) -> str | None:
    """The numbers between two ranges that neither holds, as text; None where there are none."""
    if below.high is None or above.low is None:
        return None
    first = below.high + step if below.high_in else below.high
    last = above.low - step if above.low_in else above.low
    if first > last:
        return None
    return f"{first}" if first == last else f"{first} to {last}"
