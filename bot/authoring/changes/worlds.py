"""Two versions over the answers of one parent: for which child they come out differently, and which way that goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bot.authoring.changes.actions import action_differences
from bot.authoring.changes.words import fact_told
from bot.authoring.condition_words import fact_in_words
from bot.authoring.proof.answers import BIRTH, Told, free_answers
from bot.authoring.proof.cells import Limits, conditions_of, covers, limits_of, told_numbers
from bot.authoring.proof.circuit import FALSE, TRUE, Circuit
from bot.authoring.proof.compare import Difference, gate_differences, rule_differences
from bot.authoring.proof.edits import Kind
from bot.authoring.proof.question import Asker, child_of
from bot.authoring.proof.reading import FactReader
from bot.authoring.proof.safety import SERIOUS
from bot.authoring.proof.verdict import CLOSED
from bot.authoring.proof.world import World, make_world, usual_literal
from bot.facts.level import Level
from bot.facts.value import NOT_SURE, NOT_SURE_TOO, Choice, Many, NoSuch, NotSure, Number, Value
from bot.script.conditions import Condition, looks_at_flags
from bot.script.script import Script
from bot.script.vocabulary import Fact, Vocabulary


@dataclass(frozen=True, slots=True)
class Example:
    """A child for whom something is different: in words, and the level before and after."""

    child: str
    old: Level
    new: Level

    @property
    def sentence(self) -> str:
        """Such as "For example age 10 days, temperature 37.9 °C: URGENT becomes EMERGENCY"."""
        levels = f"{self.new.name} as before" if self.old is self.new else f"{self.old.name} becomes {self.new.name}"
        return f"For example {self.child}: {levels}"


@dataclass(frozen=True, slots=True)
class Ways:
    """Which ways something goes: a child who gets more, and one who gets less; None where there is none."""

    more: Example | None
    less: Example | None


class Worlds:
    """The old and the new version in one circuit."""

    def __init__(self, old: Script, new: Script) -> None:
        self.scripts = (old, new)
        self._circuit = Circuit()
        self._joint = _joint(old.vocabulary, new.vocabulary)
        self._answers = free_answers(self._circuit, self._joint, _limits(old, new))
        self.old = make_world(self._circuit, old.vocabulary, old.book, self._answers)
        self.new = make_world(self._circuit, new.vocabulary, new.book, self._answers)
        self.asker = Asker(self._circuit)
        everything = FactReader(self._circuit, self._joint, self._answers)
        # Only to tell children: it knows the facts of both.
        self._both = World(new.book, self._answers, everything, self.new.verdict)

    # Rules and gates.

    def differences(self) -> Iterator[Difference]:
        """Every rule and gate that comes out differently for some child."""
        # Actions are compared below: a rule that is raised for more children says its action to more of them.
        yield from (one for one in rule_differences(self.asker, self.new, self.old) if not one.of_action)
        yield from action_differences(self.asker, self.new, self.old)
        yield from gate_differences(self.asker, self.new, self.old)

    def moves_a_level(self, difference: Difference) -> bool:
        """Whether a difference goes with another level, or another gate or action, for some child."""
        if difference.of_action or difference.of in self.new.book.gates or difference.of in self.old.book.gates:
            return True
        falls = difference.kind is Kind.LOOSER
        less, more = (self.new, self.old) if falls else (self.old, self.new)
        crossings = ([more.verdict.level[level], -less.verdict.level[level]] for level in SERIOUS)
        return any(self.asker.possible(*difference.literals, *crossing) for crossing in crossings)

    def example(self, literals: Sequence[int], *, falls: bool, at: Level | None = None) -> Example | None:
        """A child for whom all of it holds, rather one whose level falls (or rises) with it; None: there is none.

        Rather a child of whom all is told, and one that passes the level `at`.
        """
        less, more = (self.new, self.old) if falls else (self.old, self.new)
        for answered in (self._answered, []):
            for level in sorted(SERIOUS, key=lambda one: one is not at):
                crossing = [more.verdict.level[level], -less.verdict.level[level], *answered]
                if self.asker.possible(*literals, *crossing):
                    return self._told([*literals, *crossing], self.old, self.new)
        return self._told(literals, self.old, self.new)

    @property
    def _answered(self) -> list[int]:
        """That all is told: such a child can be shown."""
        return [-told.nothing for told in self._answers.facts.values()] + [-self._answers.birth.nothing]

    def _told(self, literals: Sequence[int], old: World, new: World) -> Example | None:
        return self._example(literals, old.verdict.level, new.verdict.level)

    def _example(
        self,
        literals: Sequence[int],
        old: Mapping[Level, int],
        new: Mapping[Level, int],
        besides: frozenset[str] = frozenset(),
    ) -> Example | None:
        """The shortest story, and the levels in it; the facts that are told `besides` are left out of it."""
        wanted = list(literals)
        holds = self._youngest([*wanted, *self._answered])
        holds = self._youngest(wanted) if holds is None else holds
        if holds is None:
            return None
        child = child_of(self._both, holds)
        return Example(self._in_words(child, besides), _level(old, holds), _level(new, holds))

    def _youngest(self, wanted: Sequence[int]) -> set[int] | None:
        """The child with the fewest unusual answers, and the youngest such, so that the same one comes each time."""
        unusual = self._both.unusual
        found = self.asker.solver.fewest(wanted, unusual)
        if found is None:
            return None
        fixed = [*wanted, *(-one for one in unusual if one not in found)]
        for _, literal in sorted(self._answers.birth.from_day.items()):
            younger = self.asker.solver.holds([*fixed, -literal])
            if younger is not None:
                return younger
        return found

    def _in_words(self, child: Mapping[str, Value], besides: frozenset[str]) -> str:
        """The age, and every answer that is not the usual one."""
        birth = child.get(BIRTH)
        parts = ["age not told" if birth is None else fact_told(BIRTH, birth, self._joint)]
        for name in (one for one in self._answers.facts if one not in besides):
            fact, value = self._joint.facts[name], child.get(name)
            if value is None:
                parts.append(f"{fact_in_words(name, self._joint)} not told")
            elif value != self._usual(fact):
                parts.append(fact_told(name, value, self._joint))
        return ", ".join(parts)

    def _usual(self, fact: Fact) -> Value | None:
        """What made-up parents answer, as one of the values that can be told apart."""
        told = self._answers.facts[fact.id]
        literal = usual_literal(told, fact)
        if literal == told.not_sure:
            return NOT_SURE
        cell = next((cell for cell, one in told.cells.items() if one == literal), None)
        if cell is None:
            return None
        return Many.of(cell) if told.certain is not None else told.values.get(cell)

    # Conditions of plans and texts.

    def passes(self, old: Condition, new: Condition) -> Ways | None:
        """Who passes a condition of a plan now and did not before, and the reverse; None: flags decide as well."""
        if looks_at_flags(old) or looks_at_flags(new):
            return None
        was, now = -self._open[0].condition(old).no, -self._open[1].condition(new).no
        return Ways(self._some(now, -was), self._some(was, -now))

    def holds(self, old: Condition, new: Condition) -> Ways | None:
        """The same of a text, which is only said where its condition holds for sure."""
        if looks_at_flags(old) or looks_at_flags(new):
            return None
        was, now = self.old.facts.condition(old).yes, self.new.facts.condition(new).yes
        return Ways(self._some(now, -was), self._some(was, -now))

    def sensible(self, fact: str) -> Ways:
        """Of whom a fact is asked now and was not before, and the reverse."""
        was, now = self.old.facts.sensible(fact), self.new.facts.sensible(fact)
        return Ways(self._some(now, -was), self._some(was, -now))

    @cached_property
    def _open(self) -> tuple[FactReader, FactReader]:
        """Facts as a plan sees them: what nobody asked is open."""
        old, new = (FactReader(self._circuit, one.vocabulary, self._answers, closing=False) for one in self.scripts)
        return old, new

    def _some(self, *literals: int) -> Example | None:
        return self._told(literals, self.old, self.new) if self.asker.possible(*literals) else None

    # Answers that tell something else.

    def answers(
        self, old: Mapping[str, Value], new: Mapping[str, Value], gone: frozenset[str] = frozenset()
    ) -> Ways | None:
        """What becomes of a parent who gives an answer that told `old` and tells `new` now; facts `gone` are not told.

        Both are held against the new rules. None where this cannot be decided.
        """
        world = self.new
        was, now = self._fixed(old), self._fixed({**dict.fromkeys(gone), **new})
        if was is None or now is None:
            return None
        besides = frozenset({*old, *new, *gone})
        levels = [world.verdict.level[level] for level in SERIOUS]
        gates = [-results[CLOSED] for results in world.verdict.gates.values()]
        before = self._circuit.cofactor([*levels, *gates], was)
        after = self._circuit.cofactor([*levels, *gates], now)
        # A gate that opens takes care away, as a level that falls does.
        care = len(levels)
        worse = [*zip(before[:care], after[:care], strict=True), *zip(after[care:], before[care:], strict=True)]

        def first(crossings: Sequence[tuple[int, int]]) -> Example | None:
            for one, other in crossings:
                if one != other and self.asker.possible(one, -other):
                    was_level, is_level = (dict(zip(SERIOUS, part, strict=False)) for part in (before, after))
                    return self._example([one, -other], was_level, is_level, besides)
            return None

        return Ways(first([(other, one) for one, other in worse]), first(worse))

    def _fixed(self, told: Mapping[str, Value | None]) -> dict[int, int] | None:
        """The literals of facts as an answer tells them (None: not told); None where one has no literals."""
        fixed: dict[int, int] = {}
        for name, value in told.items():
            one = self._answers.facts.get(name)
            if one is None:
                return None
            cells = _cells(value, one)
            if cells is None:
                return None
            fixed[one.nothing] = TRUE if value is None else FALSE
            fixed[one.not_sure] = TRUE if isinstance(value, NotSure) else FALSE
            fixed |= {literal: TRUE if cell in cells else FALSE for cell, literal in one.cells.items()}
        return fixed


def _level(reached: Mapping[Level, int], holds: set[int]) -> Level:
    """The highest level that is reached in an assignment."""

    def is_true(literal: int) -> bool:
        return literal in holds if literal > 0 else -literal not in holds

    return next((one for one in SERIOUS if is_true(reached[one])), Level.REASSURE)


def _cells(value: Value | None, told: Told) -> frozenset[str] | None:
    match value:
        case None | NotSure():
            return frozenset()
        case Choice(possible) if NOT_SURE_TOO not in possible and possible <= told.cells.keys():
            return possible
        case Many(certain, possible) if certain == possible and possible <= told.cells.keys():
            return possible
        case Number(interval):
            return frozenset(cell for cell, number in told.values.items() if covers(interval, number)) or None
        case NoSuch():
            return frozenset(cell for cell, number in told.values.items() if isinstance(number, NoSuch)) or None
        case _:
            return None


def _limits(old: Script, new: Script) -> Limits:
    return limits_of(
        *(
            (
                one.vocabulary,
                [
                    *conditions_of(one.vocabulary, one.book),
                    *told_numbers(one),
                    *(item.when for dialog in one.dialogs.values() for item in dialog.plan),
                    *(text.when for text in (*one.outcomes.meanwhile, *one.outcomes.advice, *one.outcomes.safety_net)),
                ],
            )
            for one in (old, new)
        )
    )


def _joint(old: Vocabulary, new: Vocabulary) -> Vocabulary:
    """All facts of both, each with the options of both."""
    facts = {**old.facts, **new.facts}
    for name in old.facts.keys() & new.facts.keys():
        options = tuple(dict.fromkeys([*old.options_of(name), *new.options_of(name)]))
        facts[name] = replace(new.facts[name], options=options)
    return Vocabulary(facts, {**old.derived, **new.derived})
