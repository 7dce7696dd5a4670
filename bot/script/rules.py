"""Red flags and gates, as the engine uses them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.facts.level import Action, Level
from bot.facts.value import Value
from bot.script.conditions import ALWAYS, Condition
from bot.script.problems import Place


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One way in which a rule holds, and what it then asks for."""

    level: Level
    action: Action | None
    when: Condition


@dataclass(frozen=True, slots=True)
class NotSureRow:
    """What an undecided rule counts as; None means that it does not count."""

    level: Level | None
    when: Condition


@dataclass(frozen=True, slots=True)
class Example:
    """A child for whom a rule must or must not be raised; `level` is the level meant, None the highest or any."""

    facts: Mapping[str, Value]
    level: Level | None
    today: date
    place: Place


@dataclass(frozen=True, slots=True)
class Rule:
    """A red flag: a condition over facts with one or several levels, of which the most severe that holds counts."""

    id: str
    title: str
    levels: tuple[LevelRow, ...]
    because: str
    sources: tuple[str, ...]
    place: Place
    unless: tuple[Condition, ...] = ()
    not_sure: tuple[NotSureRow, ...] | None = None
    stratum: int = 1
    tags: frozenset[str] = frozenset()
    private: bool = False
    text: str | None = None
    fires_for: tuple[Example, ...] = ()
    quiet_for: tuple[Example, ...] = ()
    renamed_from: tuple[str, ...] = ()

    @property
    def highest(self) -> Level:
        """The most severe level that the rule can have."""
        return max((row.level for row in self.levels), default=Level.REASSURE)


@dataclass(frozen=True, slots=True)
class Closing:
    """One reason that closes a gate."""

    id: str
    when: Condition
    because: str


@dataclass(frozen=True, slots=True)
class Opening:
    """A result of a gate that nothing closes."""

    id: str
    result: str
    when: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Gate:
    """Conditions that close a how-to; what cannot be said closes it as well."""

    id: str
    closed: tuple[Closing, ...]
    otherwise: tuple[Opening, ...]
    place: Place

    @property
    def results(self) -> tuple[str, ...]:
        """Every result that the gate can have."""
        return ("closed", *(opening.result for opening in self.otherwise))


MEDICINE = "medicine"
"""The topic of what is said to a parent who asks about a medicine; every other topic is a gate."""


@dataclass(frozen=True, slots=True)
class AlwaysSaid:
    """What is said with every showing of the how-tos behind these gates, and with every answer to such a request."""

    id: str
    topics: frozenset[str]
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules, in the order of their strata, all gates, and what is always said with them."""

    rules: Mapping[str, Rule] = field(default_factory=dict)
    gates: Mapping[str, Gate] = field(default_factory=dict)
    always_said: tuple[AlwaysSaid, ...] = ()

    @property
    def tags(self) -> frozenset[str]:
        """Every tag that a rule carries."""
        return frozenset(tag for rule in self.rules.values() for tag in rule.tags)

    @property
    def gate_results(self) -> Mapping[str, tuple[str, ...]]:
        """The results that each gate can have."""
        return {gate.id: gate.results for gate in self.gates.values()}

    @property
    def by_stratum(self) -> tuple[Rule, ...]:
        """The rules such that each looks only at flags of rules before it."""
        return tuple(sorted(self.rules.values(), key=lambda rule: rule.stratum))
