"""Rules and gates as literals: who is raised at which level, and which how-to may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.authoring.proof.circuit import FALSE, TRUE
from bot.authoring.proof.reading import FactReader, Pair, at_least, read_condition
from bot.facts.level import Level
from bot.script.conditions import Condition, FactIs, FlagRaised, FlagsRaised, GateIs, LevelIs, looks_at_flags
from bot.script.rules import Gate, Rule, RuleBook

LEVELS = tuple(Level)
CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """One rule: `surely[L]` where it is raised for sure at L or above, `raised[L]` also by answers "not sure".

    `rows` are the conditions of its levels by themselves, `excepted` says that an exception takes it away.
    """

    surely: Mapping[Level, int]
    raised: Mapping[Level, int]
    rows: tuple[Pair, ...]
    excepted: int


@dataclass(slots=True)
class Verdict:
    """What the rules and gates say of one parent's answers at the end of a check."""

    rules: dict[str, RuleVerdict] = field(default_factory=dict)
    level: dict[Level, int] = field(default_factory=dict)
    gates: dict[str, dict[str, int]] = field(default_factory=dict)
    closings: dict[str, tuple[Pair, ...]] = field(default_factory=dict)


class VerdictReader:
    """Reads a rule book over the answers of one parent."""

    def __init__(self, book: RuleBook, facts: FactReader) -> None:
        self.book = book
        self.facts = facts
        self.circuit = facts.circuit
        self.verdict = Verdict()

    def read(self) -> Verdict:
        """All rules, in the order of their strata, then the level, then the gates."""
        found, circuit = self.verdict, self.circuit
        for rule in self.book.by_stratum:
            found.rules[rule.id] = self._rule(rule)
        for level in LEVELS:
            found.level[level] = circuit.any(one.raised[level] for one in found.rules.values())
        for gate in self.book.gates.values():
            self._gate(gate)
        return found

    def read_again(self, base: Verdict, changed: frozenset[str]) -> Verdict:
        """All rules; only the changed ones and those that look at flags are read, the others taken over."""
        found = self.verdict
        for rule in self.book.by_stratum:
            conditions = [*(row.when for row in rule.levels), *rule.unless, *(row.when for row in rule.not_sure or ())]
            afresh = rule.id in changed or any(looks_at_flags(one) for one in conditions)
            found.rules[rule.id] = self._rule(rule) if afresh else base.rules[rule.id]
        return found

    def read_gates(self, base: Verdict) -> Verdict:
        """The gates alone, with rules and level as they were."""
        self.verdict.rules, self.verdict.level = base.rules, base.level
        for gate in self.book.gates.values():
            self._gate(gate)
        return self.verdict

    def _rule(self, rule: Rule) -> RuleVerdict:
        circuit = self.circuit
        rows = tuple(self._condition(row.when, rule.stratum) for row in rule.levels)
        kept = -circuit.any(self._condition(condition, rule.stratum).yes for condition in rule.unless)
        unsure = [circuit.all([-row.yes, -row.no]) for row in rows]
        levels = [row.level for row in rule.levels]
        surely = {
            level: circuit.all(
                [kept, circuit.any(row.yes for row, of in zip(rows, levels, strict=True) if of >= level)]
            )
            for level in LEVELS
        }
        counted: dict[Level, list[int]] = {level: [] for level in LEVELS}
        for top in LEVELS:
            here = circuit.any(one for one, of in zip(unsure, levels, strict=True) if of is top)
            above = circuit.any(one for one, of in zip(unsure, levels, strict=True) if of > top)
            open_ = circuit.all([here, -above, -surely[top], kept])
            if open_ != FALSE:
                for level, literal in self._counted(rule, top).items():
                    counted[level].append(circuit.all([open_, literal]))
        raised = {level: circuit.any([surely[level], *counted[level]]) for level in LEVELS}
        return RuleVerdict(surely, raised, rows, -kept)

    def _counted(self, rule: Rule, top: Level) -> dict[Level, int]:
        """From which level on an undecided rule counts (source: rules.md, "Not sure")."""
        if rule.not_sure is None:
            lower = None if top is Level.REASSURE else max(Level.ROUTINE, Level(top - 1))
            return {level: TRUE if lower is not None and lower >= level else FALSE for level in LEVELS}
        before: list[int] = []
        found: dict[Level, list[int]] = {level: [] for level in LEVELS}
        for row in rule.not_sure:
            holds = self._condition(row.when, rule.stratum).yes
            first = self.circuit.all([holds, *(-one for one in before)])
            before.append(holds)
            for level in LEVELS:
                if row.level is not None and row.level >= level:
                    found[level].append(first)
        return {level: self.circuit.any(literals) for level, literals in found.items()}

    def _condition(self, condition: Condition, stratum: int) -> Pair:
        def leaf(part: Condition) -> Pair:
            match part:
                case FactIs(fact, matcher):
                    return self.facts.fact(fact, matcher)
                case FlagRaised(rule):
                    seen = self.verdict.rules.get(rule)
                    return Pair(FALSE, TRUE) if seen is None else _flag(seen, Level.REASSURE)
                case FlagsRaised():
                    return self._flags(part, stratum)
                case _:
                    raise TypeError(f"a rule cannot look at {part}")

        return read_condition(self.circuit, condition, leaf)

    def _flags(self, wanted: FlagsRaised, stratum: int) -> Pair:
        level = Level.REASSURE if wanted.level is None else wanted.level
        parts = [
            _flag(one, level)
            for rule, one in self.verdict.rules.items()
            if self.book.rules[rule].stratum < stratum
            and rule not in wanted.besides
            and (wanted.tag is None or wanted.tag in self.book.rules[rule].tags)
        ]
        return at_least(self.circuit, wanted.number, parts)

    # Gates.

    def _gate(self, gate: Gate) -> dict[str, int]:
        found = self.verdict.gates.get(gate.id)
        if found is not None:
            return found
        circuit = self.circuit
        closings = tuple(self._strict(closing.when) for closing in gate.closed)
        passed = circuit.all(one.no for one in closings)
        before = -passed
        results: dict[str, list[int]] = {result: [] for result in gate.results}
        results[CLOSED].append(-passed)
        for opening in gate.otherwise:
            may = -self._strict(opening.when).no
            results[opening.result].append(circuit.all([-before, may]))
            before = circuit.any([before, may])
        results[CLOSED].append(circuit.all([passed, -before]))
        found = {result: circuit.any(literals) for result, literals in results.items()}
        self.verdict.gates[gate.id] = found
        self.verdict.closings[gate.id] = closings
        return found

    def _strict(self, condition: Condition) -> Pair:
        def leaf(part: Condition) -> Pair:
            match part:
                case FactIs(fact, matcher):
                    return self.facts.fact(fact, matcher, strict=True)
                case LevelIs():
                    literal = self._level_is(part)
                    return Pair(literal, -literal)
                case GateIs(gate, result):
                    literal = self._gate(self.book.gates[gate])[result]
                    return Pair(literal, -literal)
                case _:
                    raise TypeError(f"a gate cannot look at {part}")

        return read_condition(self.circuit, condition, leaf)

    def _level_is(self, wanted: LevelIs) -> int:
        reached = TRUE if wanted.level is Level.REASSURE else self.verdict.level[wanted.level]
        if wanted.or_higher or wanted.level is Level.EMERGENCY:
            return reached
        return self.circuit.all([reached, -self.verdict.level[Level(wanted.level + 1)]])


def _flag(one: RuleVerdict, level: Level) -> Pair:
    return Pair(one.surely[level], -one.raised[level])
