"""The facts that dialogs, rules and personas share: their names, types, options and limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from bot.facts.age import AgeLimit
from bot.facts.value import Value
from bot.script.conditions import Condition
from bot.script.problems import Place, Problems

_OTHER_READERS = frozenset(["yes", "no", "on", "off", "true", "false", "none", "null"])
_OWN_WORDS = frozenset(["all", "any", "not", "count", "flag", "flags", "level", "gate", "is", "known", "today"])


def may_be_name(name: str) -> bool:
    """Whether a name is no word of the language, and none that other YAML readers turn into something else."""
    return name not in _OTHER_READERS and name not in _OWN_WORDS


def refuse_name(name: str, place: Place, problems: Problems) -> bool:
    """Note a word that cannot be a name; say whether the name may stand."""
    if not may_be_name(name):
        problems.add(place, f"'{name}' cannot be a name here.", "Take a name that says what it is about.")
        return False
    return True


class FactType(StrEnum):
    """What kind of answer a fact has."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    MANY = "many"
    NUMBER = "number"
    DATE = "date"
    AGE = "age"


class Scope(StrEnum):
    """How long an answer counts: for the child, for one check, for a short while, for one how-to."""

    CHILD = "child"
    CHECK = "check"
    NOW = "now"
    HOW_TO = "how_to"


class AgeFunction(StrEnum):
    """The named functions behind derived ages."""

    FROM_BIRTH = "age_from_birth"
    CORRECTED = "age_corrected"
    YOUNGER = "age_younger"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a parent can tell about the child or the event.

    Outside `ages`, or where `ask_if` does not hold, it is not asked and counts as `usual`.
    `harmless` tells whether "not sure" neither raises a level nor blocks reassurance (always, or at these ages).
    """

    id: str
    type: FactType
    scope: Scope
    place: Place
    options: tuple[str, ...] = ()
    unit: str = ""
    valid_for: timedelta | None = None
    usual: Value | None = None
    ages: AgeLimit | None = None
    ask_if: Condition | None = None
    harmless: AgeLimit | bool = False
    private: bool = False
    about: str = ""
    renamed_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Derived:
    """A fact that is computed and never asked: from a condition, by counting, or by a named function."""

    id: str
    type: FactType
    place: Place
    condition: Condition | None = None
    count_of: tuple[Condition, ...] = ()
    function: AgeFunction | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All facts by name."""

    facts: Mapping[str, Fact] = field(default_factory=dict)
    derived: Mapping[str, Derived] = field(default_factory=dict)

    def type_of(self, name: str) -> FactType | None:
        """The type of a fact, or None when there is no such fact."""
        if name in self.facts:
            return self.facts[name].type
        if name in self.derived:
            return self.derived[name].type
        return None

    def options_of(self, name: str) -> tuple[str, ...]:
        """The values that a fact can have; empty for numbers, dates and ages."""
        fact = self.facts.get(name)
        if self.type_of(name) is FactType.YES_NO:
            return ("yes", "no")
        return fact.options if fact is not None else ()

    def unit_of(self, name: str) -> str:
        """The unit of a number."""
        fact = self.facts.get(name)
        return fact.unit if fact is not None else ""

    def counted(self, name: str) -> bool:
        """Whether a fact is the number of conditions that hold."""
        derived = self.derived.get(name)
        return derived is not None and derived.type is FactType.NUMBER

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, asked or computed."""
        return (*self.facts, *self.derived)
