"""Facts, ages and conditions as pairs of literals: surely so, surely not; neither of them is "cannot be said".

A second, independent reading of what the script says: it shares the parsed conditions with the engine, and no code
that evaluates them. Everything is read as at the end of a check, where what nobody asked counts as "not sure".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.authoring.proof.answers import BIRTH, Answers, Told
from bot.authoring.proof.cells import NONE, covers, first_day
from bot.authoring.proof.circuit import FALSE, TRUE, Circuit
from bot.facts.age import AgeLimit, Side
from bot.facts.matcher import Known, Matcher, OfAge, OneOf, Only, Within
from bot.facts.value import NOT_SURE_TOO, Choice, Many, NoSuch, Number, Value
from bot.script.conditions import All, AnyOf, Condition, Count, FactIs, Not
from bot.script.vocabulary import AgeFunction, Derived, Fact, Vocabulary

GESTATION = "gestation_weeks"
UNKNOWN_WEEKS_YOUNGER = 4


class Pair(NamedTuple):
    """Whether something surely holds, and whether it surely does not."""

    yes: int
    no: int

    @property
    def opposite(self) -> Pair:
        """The same of "not"."""
        return Pair(self.no, self.yes)


ALWAYS, NEVER = Pair(TRUE, FALSE), Pair(FALSE, TRUE)
Leaf = Callable[[Condition], Pair]


def read_condition(circuit: Circuit, condition: Condition, leaf: Leaf) -> Pair:
    """Put a condition together from the pairs of its leaves."""
    match condition:
        case All(parts):
            found = [read_condition(circuit, part, leaf) for part in parts]
            return Pair(circuit.all(one.yes for one in found), circuit.any(one.no for one in found))
        case AnyOf(parts):
            found = [read_condition(circuit, part, leaf) for part in parts]
            return Pair(circuit.any(one.yes for one in found), circuit.all(one.no for one in found))
        case Not(part):
            return read_condition(circuit, part, leaf).opposite
        case Count(number, parts):
            return at_least(circuit, number, [read_condition(circuit, part, leaf) for part in parts])
        case _:
            return leaf(condition)


def at_least(circuit: Circuit, number: int, parts: Sequence[Pair]) -> Pair:
    """Whether `number` or more of the parts hold."""
    enough = circuit.at_least(number, [part.yes for part in parts])
    too_few = circuit.at_least(len(parts) - number + 1, [part.no for part in parts])
    return Pair(enough, too_few)


class FactReader:
    """Facts over the answers of one parent; `strict` is how gates see them, where "not sure" is never harmless.

    With `closing` what nobody asked counts as "not sure", else it is open. With `as_asked` an answer counts only where
    the question makes sense, as if it had not been told elsewhere.
    """

    def __init__(
        self,
        circuit: Circuit,
        vocabulary: Vocabulary,
        answers: Answers,
        *,
        closing: bool = True,
        as_asked: bool = False,
    ) -> None:
        self._closing = closing
        self._as_asked = as_asked
        self.circuit = circuit
        self.vocabulary = vocabulary
        self.answers = answers
        self._effective: dict[str, Told] = {}
        self._sensible: dict[str, int] = {}
        self._atoms: dict[tuple[str, Matcher, bool], Pair] = {}
        self._ages: dict[tuple[AgeFunction, AgeLimit], Pair] = {}

    def condition(self, condition: Condition, *, strict: bool = False) -> Pair:
        """A condition over facts alone."""

        def leaf(part: Condition) -> Pair:
            if not isinstance(part, FactIs):
                raise TypeError(f"a fact looks at {part}")
            return self.fact(part.fact, part.matcher, strict=strict)

        return read_condition(self.circuit, condition, leaf)

    def fact(self, name: str, matcher: Matcher, *, strict: bool = False) -> Pair:
        """Whether a fact matches."""
        key = (name, matcher, strict)
        if key not in self._atoms:
            derived = self.vocabulary.derived.get(name)
            fact = self.vocabulary.facts.get(name)
            if derived is not None:
                self._atoms[key] = self._derived(derived, matcher, strict=strict)
            elif fact is not None:
                self._atoms[key] = self._told(fact, matcher, strict=strict)
            else:
                raise KeyError(name)
        return self._atoms[key]

    def sensible(self, name: str) -> int:
        """Whether it makes sense to ask for a fact, or cannot be said."""
        if name not in self._sensible:
            fact = self.vocabulary.facts[name]
            parts = [] if fact.ages is None else [-self.age(AgeFunction.FROM_BIRTH, fact.ages).no]
            if fact.ask_if is not None:
                parts.append(-self.condition(fact.ask_if).no)
            self._sensible[name] = self.circuit.all(parts)
        return self._sensible[name]

    def effective(self, name: str) -> Told:
        """What counts: the answer, or what is usual where the question makes no sense."""
        if name not in self._effective:
            self._effective[name] = self._with_usual(name)
        return self._effective[name]

    def _with_usual(self, name: str) -> Told:
        circuit, told, fact = self.circuit, self.answers.facts[name], self.vocabulary.facts[name]
        sensible = self.sensible(name)
        if sensible == TRUE:
            return told
        missing = TRUE if self._as_asked else circuit.any([told.nothing, told.loose])
        usual = circuit.all([-sensible, missing])
        possible = {cell for cell in told.cells if fact.usual is not None and _says(fact.usual, cell, told)}
        unsure = TRUE if not possible else FALSE

        def mix(cell: str, literal: int, among: set[str]) -> int:
            return circuit.choose(usual, TRUE if cell in among else FALSE, literal)

        sure = fact.usual.certain if isinstance(fact.usual, Many) else frozenset[str]()
        certain = told.certain and {cell: mix(cell, one, set(sure)) for cell, one in told.certain.items()}
        return Told(
            circuit.all([told.nothing, -usual]),
            circuit.choose(usual, unsure, told.not_sure),
            {cell: mix(cell, literal, possible) for cell, literal in told.cells.items()},
            told.values,
            certain,
            circuit.all([told.loose, -usual]),
        )

    def _told(self, fact: Fact, matcher: Matcher, *, strict: bool) -> Pair:
        if fact.id == BIRTH:
            return self._birth(matcher)
        circuit, told = self.circuit, self.effective(fact.id)
        asks_not_sure = isinstance(matcher, OneOf) and matcher.not_sure
        known = circuit.all([-told.nothing, -told.not_sure])
        yes, no = self._match(matcher, told)
        yes, no = circuit.all([known, yes]), circuit.all([known, no])
        if asks_not_sure:
            return Pair(circuit.any([yes, told.not_sure]), no)
        if isinstance(matcher, Known):
            no = circuit.any([no, told.not_sure])
        if not strict:
            unknown = circuit.any([told.nothing if self._closing else FALSE, told.not_sure])
            no = circuit.any([no, circuit.all([unknown, self._harmless(fact)])])
        return Pair(yes, no)

    def _match(self, matcher: Matcher, told: Told) -> Pair:
        """How the values that are possible compare with the wanted ones."""
        circuit = self.circuit
        inside, outside = _split(matcher, told)
        only_inside = circuit.all(-one for one in outside)
        only_outside = circuit.all(-one for one in inside)
        if told.certain is None:
            return Pair(only_inside, only_outside)
        if isinstance(matcher, Only):
            stray = circuit.any(one for cell, one in told.certain.items() if cell not in matcher.options)
            return Pair(only_inside, stray)
        if isinstance(matcher, OneOf):
            sure = circuit.any(one for cell, one in told.certain.items() if cell in matcher.options)
            return Pair(circuit.any([sure, only_inside]) if matcher.options else FALSE, only_outside)
        return Pair(only_inside, only_outside)

    def _harmless(self, fact: Fact) -> int:
        if isinstance(fact.harmless, bool):
            return TRUE if fact.harmless else FALSE
        return self.age(AgeFunction.FROM_BIRTH, fact.harmless).yes

    def _birth(self, matcher: Matcher) -> Pair:
        birth = self.answers.birth
        known = self.circuit.all([-birth.nothing, -birth.not_sure])
        if isinstance(matcher, Known):
            return Pair(known, birth.not_sure)
        return Pair(birth.not_sure, known)

    # Ages.

    def age(self, function: AgeFunction, limit: AgeLimit) -> Pair:
        """Whether the child is on that side of a limit; an age on both sides counts as the younger."""
        key = (function, limit)
        if key not in self._ages:
            self._ages[key] = self._age(function, limit)
        return self._ages[key]

    def _age(self, function: AgeFunction, limit: AgeLimit) -> Pair:
        circuit, birth, day = self.circuit, self.answers.birth, first_day(limit)
        exact = circuit.all([-birth.nothing, -birth.not_sure])
        over = circuit.all([exact, self._all_shifts(function, day, over=True)])
        below = circuit.all([exact, self._all_shifts(function, day, over=False)])
        if limit.side is Side.FROM:
            return Pair(over, below)
        # An age that lies on both sides counts as the younger, once no question can narrow it.
        asked = TRUE
        if function is not AgeFunction.FROM_BIRTH:
            asked = circuit.all([-birth.nothing, -self.answers.facts[GESTATION].loose])
        return Pair(circuit.any([below, circuit.all([asked, -over])]), over)

    def _all_shifts(self, function: AgeFunction, day: int, *, over: bool) -> int:
        """Whether the child is `day` days old or more (or is younger) with all weeks at birth that are possible."""
        circuit, birth = self.circuit, self.answers.birth

        def holds(shift: int) -> int:
            return birth.since(day + shift) if over else -birth.since(day + shift)

        if function is AgeFunction.FROM_BIRTH:
            return holds(0)
        told = self.answers.facts[GESTATION]
        unsure = circuit.any([told.nothing, told.not_sure])
        each = [
            circuit.any([-literal, holds(_days_early(told.values[cell]))])
            for cell, literal in told.cells.items()
            if not isinstance(told.values[cell], NoSuch)
        ]
        unknown = holds(UNKNOWN_WEEKS_YOUNGER * 7 if function is AgeFunction.YOUNGER else 0)
        return circuit.choose(unsure, unknown, circuit.all(each))

    # Computed facts.

    def _derived(self, derived: Derived, matcher: Matcher, *, strict: bool) -> Pair:
        circuit = self.circuit
        if derived.function is not None:
            birth = self.answers.birth
            unknown = circuit.any([birth.nothing, birth.not_sure])
            match matcher:
                case OfAge(limit):
                    return self.age(derived.function, limit)
                case Known():
                    return Pair(-unknown, unknown)
                case _:
                    return Pair(unknown, -unknown)
        if derived.condition is not None:
            return self._yes_no(self.condition(derived.condition, strict=strict), matcher)
        parts = [self.condition(part, strict=strict) for part in derived.count_of]
        if not isinstance(matcher, Within):
            raise TypeError(f"{matcher} cannot be asked of a count")
        low, high = matcher.interval.low, matcher.interval.high
        above = ALWAYS if low is None else at_least(circuit, int(low) + (not matcher.interval.low_in), parts)
        over = NEVER if high is None else at_least(circuit, int(high) + matcher.interval.high_in, parts)
        return Pair(circuit.all([above.yes, over.no]), circuit.any([above.no, over.yes]))

    def _yes_no(self, pair: Pair, matcher: Matcher) -> Pair:
        circuit = self.circuit
        unsure = circuit.all([-pair.yes, -pair.no])
        if isinstance(matcher, Known):
            return Pair(-unsure, unsure)
        if not isinstance(matcher, OneOf):
            raise TypeError(f"{matcher} cannot be asked of a computed fact")
        parts = []
        if "yes" in matcher.options:
            parts.append(pair)
        if "no" in matcher.options:
            parts.append(pair.opposite)
        if matcher.not_sure:
            parts.append(Pair(unsure, -unsure))
        return Pair(circuit.any(one.yes for one in parts), circuit.all(one.no for one in parts))


def _split(matcher: Matcher, told: Told) -> tuple[list[int], list[int]]:
    """The literals of the cells that are wanted, and of those that are not."""
    inside: list[int] = []
    outside: list[int] = []
    for cell, literal in told.cells.items():
        (inside if _wants(matcher, cell, told.values.get(cell)) else outside).append(literal)
    return inside, outside


def _wants(matcher: Matcher, cell: str, value: Value | None) -> bool:
    match matcher:
        case Known():
            return cell != NOT_SURE_TOO
        case OneOf(options, not_sure, none):
            if cell == NONE and isinstance(value, NoSuch):
                return none
            return cell in options or (not_sure and cell == NOT_SURE_TOO)
        case Only(options):
            return cell in options
        case Within(interval):
            return value is not None and covers(interval, value)
        case OfAge():
            return False


def _says(usual: Value, cell: str, told: Told) -> bool:
    """Whether a value of the script includes a cell."""
    match usual:
        case Choice(possible, _) | Many(_, possible):
            return cell in possible
        case Number(interval, _):
            return cell in told.values and covers(interval, told.values[cell])
        case NoSuch():
            return cell == NONE and isinstance(told.values.get(cell), NoSuch)
        case _:
            return False


def _days_early(weeks: Value) -> int:
    """By how many days a birth was early; under 37 weeks is early (source: facts.yaml)."""
    week = weeks.exact if isinstance(weeks, Number) else None
    return 7 * (40 - int(week)) if week is not None and week < 37 else 0
