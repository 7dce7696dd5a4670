"""Answers that a rule could not decide: a band that lies on both sides of a limit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from bot.facts.interval import Interval
from bot.facts.matcher import Within
from bot.facts.value import Number
from bot.script.conditions import Condition, FactIs, walk
from bot.script.document import Node, find
from bot.script.model import Dialog
from bot.script.problems import Place, Problems
from bot.script.rules import RuleBook
from bot.script.script import Script


def check_values(script: Script, nodes: Mapping[str, Node], problems: Problems) -> None:
    """Note every option that lies on both sides of a limit that a rule or a gate uses."""
    limits: dict[str, set[tuple[str, Interval]]] = {}
    for owner, condition in chain(_rule_conditions(script.book), _derived_conditions(script)):
        for part in walk(condition):
            if isinstance(part, FactIs) and isinstance(part.matcher, Within):
                limits.setdefault(part.fact, set()).add((owner, part.matcher.interval))
    for dialog in script.dialogs.values():
        for place, text, name, value in _bands(dialog, nodes[dialog.place.file]):
            for owner, limit in sorted(limits.get(name, ()), key=str):
                if value.interval.meets(limit) and not value.interval.inside(limit):
                    what = f"the answer '{text}' means {value.interval}: on both sides of '{limit}' in {owner}."
                    problems.add(place, what, "Make two answers of it, one on each side.")
                    break


def _bands(dialog: Dialog, node: Node) -> Iterator[tuple[Place, str, str, Number]]:
    """Every stretch of numbers that an option of a question stands for."""
    for question in dialog.questions.values():
        for kind, options in (("options", question.options), ("bands", question.bands)):
            for option in options:
                for name, value in option.sets.items():
                    if isinstance(value, Number):
                        place = find(node, ["questions", question.id, kind, option.id])
                        yield place, option.text, name, value


def _rule_conditions(book: RuleBook) -> Iterator[tuple[str, Condition]]:
    for rule in book.rules.values():
        for condition in (*(row.when for row in rule.levels), *rule.unless, *(row.when for row in rule.not_sure or ())):
            yield f"rule {rule.id}", condition
    for gate in book.gates.values():
        for condition in (*(row.when for row in gate.closed), *(row.when for row in gate.otherwise)):
            yield f"gate '{gate.id}'", condition


def _derived_conditions(script: Script) -> Iterator[tuple[str, Condition]]:
    for derived in script.vocabulary.derived.values():
        for condition in (*derived.count_of, *((derived.condition,) if derived.condition else ())):
            yield f"'{derived.id}'", condition
