"""Conditions over facts, flags, levels and gates: total, three-valued, and without any code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from bot.facts.level import Level
from bot.facts.matcher import Matcher
from bot.facts.truth import Truth, all_of, any_of, at_least


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; no parts always hold."""

    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition


@dataclass(frozen=True, slots=True)
class Count:
    """`number` or more parts hold."""

    number: int
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class FactIs:
    """A fact matches."""

    fact: str
    matcher: Matcher


@dataclass(frozen=True, slots=True)
class FlagRaised:
    """A rule of a lower stratum is raised."""

    rule: str


@dataclass(frozen=True, slots=True)
class FlagsRaised:
    """`number` or more rules of lower strata are raised: those with a tag, or of a level or higher."""

    number: int
    tag: str | None = None
    level: Level | None = None
    besides: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LevelIs:
    """The level of the check so far is `level`, or higher where `or_higher`."""

    level: Level
    or_higher: bool


@dataclass(frozen=True, slots=True)
class GateIs:
    """A gate has this result."""

    gate: str
    result: str


Condition = All | AnyOf | Not | Count | FactIs | FlagRaised | FlagsRaised | LevelIs | GateIs
ALWAYS = All()


class View(Protocol):
    """What is known at a moment."""

    def fact(self, fact: str, matcher: Matcher) -> Truth:
        """Whether a fact matches."""

    def flag(self, rule: str) -> Truth:
        """Whether a rule is raised."""

    def flags(self, wanted: FlagsRaised) -> Truth:
        """Whether enough rules are raised."""

    def level(self, wanted: LevelIs) -> Truth:
        """Whether the level so far is the wanted one."""

    def gate(self, gate: str, result: str) -> Truth:
        """Whether a gate has this result."""


def evaluate(condition: Condition, view: View) -> Truth:
    """Say whether the condition holds, does not, or cannot be said."""
    match condition:
        case FactIs(fact, matcher):
            return view.fact(fact, matcher)
        case All(parts):
            return all_of(evaluate(part, view) for part in parts)
        case AnyOf(parts):
            return any_of(evaluate(part, view) for part in parts)
        case Not(part):
            return ~evaluate(part, view)
        case Count(number, parts):
            return at_least(number, (evaluate(part, view) for part in parts))
        case FlagRaised(rule):
            return view.flag(rule)
        case FlagsRaised():
            return view.flags(condition)
        case LevelIs():
            return view.level(condition)
        case GateIs(gate, result):
            return view.gate(gate, result)


def walk(condition: Condition) -> Iterator[Condition]:
    """Give the condition and every part of it."""
    yield condition
    match condition:
        case All(parts) | AnyOf(parts) | Count(_, parts):
            for part in parts:
                yield from walk(part)
        case Not(part):
            yield from walk(part)
        case _:
            pass


def facts_of(condition: Condition) -> frozenset[str]:
    """The facts that a condition names (derived facts by their own name)."""
    return frozenset(part.fact for part in walk(condition) if isinstance(part, FactIs))


def looks_at_flags(condition: Condition) -> bool:
    """Whether flags, the level or a gate decide as well as facts."""
    return any(isinstance(part, FlagRaised | FlagsRaised | LevelIs | GateIs) for part in walk(condition))
