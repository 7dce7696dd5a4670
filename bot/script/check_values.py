"""Answers that a rule could not decide: a band that lies on both sides of a limit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from bot.facts.matcher import OneOf, Within
from bot.facts.value import Choice, Number
from bot.script.conditions import Condition, FactIs, walk
from bot.script.document import Node, find
from bot.script.model import Dialog
from bot.script.problems import Place, Problems
from bot.script.rules import RuleBook
from bot.script.script import Script


def check_values(script: Script, nodes: Mapping[str, Node], problems: Problems) -> None:
    """Note every option that lies on both sides of a limit that a rule or a gate uses."""
    limits: dict[str, set[tuple[str, Within | OneOf]]] = {}
    for owner, condition in chain(_rule_conditions(script.book), _derived_conditions(script)):
        for part in walk(condition):
            if isinstance(part, FactIs) and isinstance(part.matcher, Within | OneOf):
                limits.setdefault(part.fact, set()).add((owner, part.matcher))
    for dialog in script.dialogs.values():
        for place, text, name, value in _bands(dialog, nodes[dialog.place.file]):
            for owner, matcher in sorted(limits.get(name, ()), key=str):
                limit = _straddled(value, matcher)
                if limit is not None:
                    what = f"the answer '{text}' means {_said(value)}: on both sides of '{limit}' in {owner}."
                    problems.add(place, what, "Make two answers of it, one on each side.")
                    break


def _straddled(value: Number | Choice, matcher: Within | OneOf) -> str | None:
    """The limit that lies inside the value; None where the value lies on one side of it."""
    if isinstance(value, Number) and isinstance(matcher, Within):
        limit = matcher.interval
        return str(limit) if value.interval.meets(limit) and not value.interval.inside(limit) else None
    if isinstance(value, Choice) and value.settled and isinstance(matcher, OneOf):
        both = value.possible & matcher.options and value.possible - matcher.options
        return " or ".join(sorted(matcher.options)) if both else None
    return None


def _said(value: Number | Choice) -> str:
    return str(value.interval) if isinstance(value, Number) else " or ".join(sorted(value.possible))


def _bands(dialog: Dialog, node: Node) -> Iterator[tuple[Place, str, str, Number | Choice]]:
    """Every number and every value that an option of a question stands for."""
    for question in dialog.questions.values():
        for kind, options in (("options", question.options), ("bands", question.bands)):
            for option in options:
                for name, value in option.sets.items():
                    if isinstance(value, Number | Choice):
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
