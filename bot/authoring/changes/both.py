"""The two versions that are compared, and what is asked of them again and again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from bot.authoring.changes.words import named, same_words
from bot.authoring.changes.worlds import Worlds
from bot.authoring.proof.cells import conditions_of
from bot.authoring.proof.solver import NoSolverError
from bot.script.conditions import FactIs, walk
from bot.script.document import Node
from bot.script.model import Checklist, Dialog, Question
from bot.script.script import Script
from bot.talk.moment import base_facts


@dataclass(frozen=True)
class Both:
    """Two versions: the scripts, and the files as they were written.

    `names` are those of the old version that were declared to be called otherwise now.
    """

    old: Script
    new: Script
    old_nodes: Mapping[str, Node]
    new_nodes: Mapping[str, Node]
    names: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def worlds(self) -> Worlds | None:
        """Both in one circuit, made when the first change asks for it; None without a solver."""
        try:
            return Worlds(self.old, self.new)
        except NoSolverError:
            return None

    @cached_property
    def steering(self) -> frozenset[str]:
        """The facts on which it depends what is asked next."""
        found: set[str] = set()
        for script in (self.old, self.new):
            conditions = [item.when for dialog in script.dialogs.values() for item in dialog.plan]
            conditions += [fact.ask_if for fact in script.vocabulary.facts.values() if fact.ask_if is not None]
            found |= _facts_in(script, conditions)
        return frozenset(found)

    @cached_property
    def deciding(self) -> frozenset[str]:
        """The facts that a rule or a gate looks at, in either version."""
        return frozenset().union(
            *(_facts_in(script, conditions_of(script.vocabulary, script.book)) for script in (self.old, self.new))
        )

    def rules_about(self, facts: frozenset[str]) -> tuple[str, ...]:
        """The rules of the old version that look at one of these facts."""
        script = self.old
        return tuple(
            name
            for name, rule in script.book.rules.items()
            if _facts_in(script, [*(row.when for row in rule.levels), *rule.unless]) & facts
        )


def _facts_in(script: Script, conditions: Any) -> set[str]:
    return {
        fact
        for condition in conditions
        for part in walk(condition)
        if isinstance(part, FactIs)
        for fact in base_facts(script, part.fact)
    }


def tellers(script: Script, fact: str) -> Iterator[str]:
    """The keys of all questions and lists that tell a fact."""
    for dialog in script.dialogs.values():
        asked: tuple[Question | Checklist, ...] = (*dialog.questions.values(), *dialog.checklists.values())
        yield from (key(one) for one in asked if fact in one.facts)


def key(one: Question | Checklist) -> str:
    """The name of a question or a list across dialogs."""
    return f"{one.dialog}.{one.id}"


def heading(dialog: Dialog) -> str:
    """What the changes of a dialog stand under."""
    return f"{named(dialog.title)} ({dialog.place.file})"


def differing(old: Any, new: Any, *, apart_from: frozenset[str] = frozenset({"place"})) -> dict[str, tuple[Any, Any]]:
    """The fields of two objects of one kind that differ, each with its two values; blanks in texts do not count."""
    found: dict[str, tuple[Any, Any]] = {}
    for one in fields(old):
        if one.name in apart_from or one.name == "renamed_from":
            continue
        was, now = getattr(old, one.name), getattr(new, one.name)
        texts = isinstance(was, str | None) and isinstance(now, str | None)
        if not (same_words(was, now) if texts else was == now):
            found[one.name] = (was, now)
    return found
