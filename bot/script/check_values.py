"""Answers that a rule could not decide: a band that lies on both sides of a limit."""

from __future__ import annotations

from collections.abc import Iterator

from bot.facts.interval import Interval
from bot.facts.matcher import Within
from bot.script.conditions import Condition, FactIs, walk
from bot.script.load_dialogs import numbers_set
from bot.script.problems import Problems
from bot.script.script import Script


def check_values(script: Script, problems: Problems) -> None:
    """Note every option that lies on both sides of a limit that a rule or a gate uses."""
    limits: dict[str, set[tuple[str, Interval]]] = {}
    for owner, condition in _conditions(script):
        for part in walk(condition):
            if isinstance(part, FactIs) and isinstance(part.matcher, Within):
                limits.setdefault(part.fact, set()).add((owner, part.matcher.interval))
    for dialog in script.dialogs.values():
        for question, option, name, value in numbers_set(dialog.questions.values()):
            for owner, limit in sorted(limits.get(name, ()), key=str):
                if value.interval.meets(limit) and not value.interval.inside(limit):
                    problems.add(
                        question.place,
                        f"the answer '{option.text}' means {value.interval}, which lies on both sides of "
                        f"'{limit}' in {owner}.",
                        "Make two answers of it, one on each side.",
                    )
                    break


def _conditions(script: Script) -> Iterator[tuple[str, Condition]]:
    for rule in script.book.rules.values():
        for row in rule.levels:
            yield rule.id, row.when
    for gate in script.book.gates.values():
        for closing in gate.closed:
            yield f"gate {gate.id}", closing.when
    for derived in script.vocabulary.derived.values():
        for condition in (*derived.count_of, *((derived.condition,) if derived.condition else ())):
            yield derived.id, condition
