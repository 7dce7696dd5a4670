"""What a parent has told, as literals: of each fact the values that are still possible, or nothing, or "not sure"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from bot.authoring.proof.cells import SHIFTS, Limits, cells_of
from bot.authoring.proof.circuit import FALSE, TRUE, Circuit
from bot.facts.value import NOT_SURE, Choice, DaysOld, Many, NotSure, Number, Value
from bot.script.vocabulary import Fact, FactType, Vocabulary

BIRTH = "birth_date"
OLDEST = 1200


@dataclass(frozen=True, slots=True)
class Told:
    """One fact. `cells` are the values that are possible; none where nothing is told or the parent is not sure.

    For a fact of several options at once `certain` are those that are there for sure, and `cells` those that may be.
    `loose`: a band that a question could still narrow.
    """

    nothing: int
    not_sure: int
    cells: Mapping[str, int]
    values: Mapping[str, Value]
    certain: Mapping[str, int] | None = None
    loose: int = FALSE

    @property
    def literals(self) -> tuple[int, ...]:
        """Everything that can be said of it."""
        return (self.nothing, self.not_sure, *self.cells.values(), *(self.certain or {}).values())


@dataclass(frozen=True, slots=True)
class BirthTold:
    """The day of birth: `from_day[d]` holds where the child is d days old or more."""

    nothing: int
    not_sure: int
    from_day: Mapping[int, int]

    def since(self, day: int) -> int:
        """Whether an exactly known age is `day` days or more."""
        return TRUE if day <= 0 else self.from_day.get(day, FALSE)


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything that a parent has told."""

    facts: Mapping[str, Told]
    birth: BirthTold


def breakpoints(limits: Limits) -> tuple[int, ...]:
    """The days of life at which any of the three ages passes a limit."""
    found = {day + shift for day in limits.days for shift in (*SHIFTS, 28)}
    return tuple(sorted(day for day in found if 0 < day <= OLDEST))


def free_answers(circuit: Circuit, vocabulary: Vocabulary, limits: Limits) -> Answers:
    """Answers of which nothing is known: every fact is told exactly, is "not sure", or is not told."""
    facts = {
        name: _many(circuit, fact) if fact.type is FactType.MANY else _single(circuit, fact, limits)
        for name, fact in vocabulary.facts.items()
        if fact.type is not FactType.DATE
    }
    return Answers(facts, _birth(circuit, limits))


def _single(circuit: Circuit, fact: Fact, limits: Limits) -> Told:
    values = cells_of(fact, limits)
    told = Told(circuit.var(), circuit.var(), {name: circuit.var() for name in values}, values)
    circuit.exactly_one(told.literals)
    return told


def _many(circuit: Circuit, fact: Fact) -> Told:
    cells = {option: circuit.var() for option in fact.options}
    nothing, not_sure = circuit.var(), circuit.var()
    for cell in cells.values():
        circuit.require(-cell, -nothing)
        circuit.require(-cell, -not_sure)
    circuit.require(-nothing, -not_sure)
    circuit.require(nothing, not_sure, *cells.values())
    return Told(nothing, not_sure, cells, {}, certain=cells)


def _birth(circuit: Circuit, limits: Limits) -> BirthTold:
    nothing, not_sure = circuit.var(), circuit.var()
    circuit.require(-nothing, -not_sure)
    days = {day: circuit.var() for day in breakpoints(limits)}
    ordered = list(days.items())
    for (_, lower), (_, higher) in pairwise(ordered):
        circuit.require(-higher, lower)
    for literal in days.values():
        circuit.require(-literal, -nothing)
        circuit.require(-literal, -not_sure)
    return BirthTold(nothing, not_sure, days)


def days_told(birth: BirthTold, holds: set[int]) -> int:
    """The day of life that an assignment tells."""
    return max((day for day, literal in birth.from_day.items() if literal in holds), default=0)


def values_told(answers: Answers, holds: set[int]) -> dict[str, Value]:
    """What an assignment tells of each fact; the birth date as the day of life that the caller has to date."""
    found: dict[str, Value] = {}
    for name, told in answers.facts.items():
        if told.nothing in holds:
            continue
        possible = [cell for cell, literal in told.cells.items() if literal in holds]
        if told.not_sure in holds:
            found[name] = NOT_SURE
        elif told.certain is not None:
            sure = frozenset(cell for cell, literal in told.certain.items() if literal in holds)
            found[name] = Many(sure, frozenset(possible))
        elif len(possible) == 1:
            found[name] = told.values.get(possible[0], NOT_SURE)
        else:
            found[name] = _band(told, possible, loose=told.loose in holds)
    return found


def _band(told: Told, possible: list[str], *, loose: bool) -> Value:
    values = [told.values[name] for name in possible if name in told.values]
    numbers = [value for value in values if isinstance(value, Number)]
    if numbers:
        interval = numbers[0].interval
        for number in numbers[1:]:
            interval = interval.hull(number.interval)
        return Number(interval, settled=not loose)
    return Choice(frozenset(possible), settled=not loose)


def literals_for(answers: Answers, told: Mapping[str, Value]) -> list[int]:
    """The inputs that hold for exactly told values; `birth_date` as days of life. For tests and replays."""
    holds: list[int] = []
    for name, one in answers.facts.items():
        value = told.get(name)
        match value:
            case None:
                holds.append(one.nothing)
            case NotSure():
                holds.append(one.not_sure)
            case Many():
                holds += [one.cells[option] for option in value.possible]
            case _:
                holds += [one.cells[cell] for cell, meant in one.values.items() if meant == value]
    match told.get(BIRTH):
        case None:
            holds.append(answers.birth.nothing)
        case DaysOld(days, _, _):
            holds += [literal for day, literal in answers.birth.from_day.items() if days >= day]
        case _:
            holds.append(answers.birth.not_sure)
    return holds
