"""One planted mistake: what it changes, where, and the script that has it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from bot.script.machine import compile_dialog
from bot.script.model import Dialog, HowTo
from bot.script.problems import Place
from bot.script.rules import Gate, Rule, RuleBook
from bot.script.script import Script
from bot.script.vocabulary import Derived, Fact, Vocabulary

MOST_LETTERS = 60


class Area(StrEnum):
    """Which part of the script a mutant changes."""

    RULE = "rules"
    GATE = "gates"
    FACT = "facts"
    DIALOG = "dialogs"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A change of one rule, gate, fact, dialog or how-to; `made` is the changed one, None where it is dropped."""

    area: Area
    name: str
    kind: str
    place: Place
    before: str
    after: str
    made: Rule | Gate | Fact | Derived | Dialog | HowTo | None = None

    def __str__(self) -> str:
        return f"{self.place}: {self.name}, {self.kind}: {self.before} -> {self.after}"

    @property
    def brief(self) -> str:
        """The same in one line."""
        return f"{self.place}: {self.name}, {self.kind}: {_cut(self.before)} -> {_cut(self.after)}"

    def script(self, script: Script) -> Script:
        """The script with this mistake."""
        match self.made:
            case Dialog():
                dialogs = {**script.dialogs, self.name: self.made}
                machines = {**script.machines, self.name: compile_dialog(self.made)}
                return replace(script, dialogs=dialogs, machines=machines)
            case HowTo():
                return replace(script, howtos={**script.howtos, self.name: self.made})
            case Fact() | Derived():
                return replace(script, vocabulary=self.vocabulary(script.vocabulary))
            case _:
                return replace(script, book=self.book(script.book))

    def book(self, book: RuleBook) -> RuleBook:
        """The rules and gates with this mistake."""
        rules, gates = dict(book.rules), dict(book.gates)
        _put(rules if self.area is Area.RULE else gates, self.name, self.made)
        return replace(book, rules=rules, gates=gates)

    def vocabulary(self, vocabulary: Vocabulary) -> Vocabulary:
        """The facts with this mistake."""
        facts, derived = dict(vocabulary.facts), dict(vocabulary.derived)
        _put(derived if isinstance(self.made, Derived) else facts, self.name, self.made)
        return replace(vocabulary, facts=facts, derived=derived)


def _cut(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS]}..."


def _put(where: dict[str, Any], name: str, made: object) -> None:
    if made is None:
        del where[name]
    else:
        where[name] = made
