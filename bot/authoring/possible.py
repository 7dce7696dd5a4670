"""Looking for a child and a moment for which a condition holds, or does not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from bot.facts.age import limit_days
from bot.facts.interval import Interval
from bot.facts.matcher import Matcher, OfAge, Within
from bot.facts.truth import Truth
from bot.facts.value import NO_SUCH, NOT_SURE, Choice, DaysOld, Many, Number, Value
from bot.script.conditions import Condition, FactIs, FlagsRaised, LevelIs, evaluate, walk
from bot.script.script import Script
from bot.script.vocabulary import Fact, FactType, Vocabulary
from bot.triage.assess import OpenFacts
from bot.triage.knowledge import BIRTH, GESTATION, Knowledge, Told

NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
MAX_TRIES = 4_000
_WEEKS = (40, 36, 33, 28, 24)
_AGES = (1, 5, 10, 20, 40, 75, 120, 250, 500)
_STEP = {0: Decimal(1), 1: Decimal("0.1")}
FIRST_SURE = (Truth.TRUE, Truth.FALSE)


class TooMany(Exception):  # noqa: N818 (nothing has gone wrong)
    """Nothing was found in the tries that are allowed."""


@dataclass(slots=True)
class _View:
    """What is known of facts, and what is supposed of flags, levels and gates; `open` are those not supposed yet."""

    knowledge: Knowledge
    supposed: Mapping[object, bool]
    open: set[object] = field(default_factory=set)

    def fact(self, fact: str, matcher: Matcher) -> Truth:
        return self.knowledge.fact(fact, matcher)

    def flag(self, rule: str) -> Truth:
        return self._of(("flag", rule))

    def flags(self, wanted: FlagsRaised) -> Truth:
        return self._of(wanted)

    def level(self, wanted: LevelIs) -> Truth:
        return self._of(wanted)

    def gate(self, gate: str, result: str) -> Truth:
        return self._of(("gate", gate, result))

    def _of(self, thing: object) -> Truth:
        if thing not in self.supposed:
            self.open.add(thing)
            return Truth.OPEN
        return Truth.TRUE if self.supposed[thing] else Truth.FALSE


@dataclass(slots=True)
class Possible:
    """Searches the answers to all facts behind a condition; each number and age on each side of every limit."""

    vocabulary: Vocabulary
    limits: Mapping[str, Collection[Matcher]]
    tries: int = 0

    @classmethod
    def of(cls, script: Script) -> Possible:
        """Over the facts of a script, with the limits that any of its conditions sets."""
        vocabulary = script.vocabulary
        limits: dict[str, set[Matcher]] = {}
        for condition in all_conditions(script):
            for part in walk(condition):
                if isinstance(part, FactIs):
                    limits.setdefault(part.fact, set()).add(part.matcher)
        return cls(vocabulary, limits)

    def find(self, condition: Condition, wanted: Collection[Truth] = (Truth.TRUE,)) -> dict[str, Value] | None:
        """Answers with which the condition has one of these truths; None where there are none.

        Raises TooMany where that cannot be said in time.
        """
        self.tries = 0
        return self._search(condition, frozenset(wanted), {}, {})

    def _search(
        self, condition: Condition, wanted: frozenset[Truth], told: dict[str, Told], supposed: dict[object, bool]
    ) -> dict[str, Value] | None:
        self.tries += 1
        if self.tries > MAX_TRIES:
            raise TooMany
        knowledge = Knowledge(self.vocabulary, told, now=NOW, today=NOW.date())
        view = _View(knowledge, supposed)
        truth = evaluate(condition, view)
        if truth is not Truth.OPEN:
            return {name: one.value for name, one in told.items()} if truth in wanted else None
        facts = sorted(OpenFacts(view, knowledge).of(condition))
        facts = [name for name in facts if name not in told]
        if facts:
            name = facts[0]
            for value in self._values(name):
                found = self._search(condition, wanted, {**told, name: Told(value, NOW)}, supposed)
                if found is not None:
                    return found
            return None
        for thing in sorted(view.open, key=str)[:1]:
            for holds in (False, True):
                found = self._search(condition, wanted, told, {**supposed, thing: holds})
                if found is not None:
                    return found
        return None

    def _values(self, name: str) -> Iterator[Value]:
        fact = self.vocabulary.facts[name]
        # The usual answer first: a parent who is told apart in as little as possible.
        if fact.usual is not None:
            yield fact.usual
        if name == BIRTH:
            yield from self._ages()
        elif name == GESTATION:
            yield from (Number.of(Decimal(weeks)) for weeks in _WEEKS)
        else:
            yield from self._answers(fact)
        yield NOT_SURE

    def _answers(self, fact: Fact) -> Iterator[Value]:
        options = self.vocabulary.options_of(fact.id)
        match fact.type:
            case FactType.YES_NO | FactType.CHOICE:
                yield from (Choice.of(option) for option in options)
            case FactType.MANY:
                yield from (Many.of(option) for option in options)
                yield Many.of(*options)
            case FactType.NUMBER:
                yield from (Number.of(number) for number in self._numbers(fact.id))
                yield NO_SUCH
            case _:
                pass

    def _numbers(self, name: str) -> list[Decimal]:
        found: set[Decimal] = set()
        for matcher in self.limits.get(name, ()):
            if isinstance(matcher, Within):
                found.update(_around(matcher.interval))
        return sorted(number for number in found if number >= 0) or [Decimal(1)]

    def _ages(self) -> Iterator[Value]:
        days = set(_AGES)
        for matchers in self.limits.values():
            for matcher in matchers:
                if isinstance(matcher, OfAge):
                    limit = limit_days(matcher.limit.number, matcher.limit.unit)
                    days.update((limit - 1, limit, limit + 1))
        yield from (DaysOld(day, day, NOW.date()) for day in sorted(days) if day >= 0)


def _around(interval: Interval) -> Iterator[Decimal]:
    for end in (interval.low, interval.high):
        if end is not None:
            step = _STEP.get(max(-int(end.as_tuple().exponent), 0), Decimal("0.1"))
            yield from (end - step, end, end + step)


def all_conditions(script: Script) -> Iterator[Condition]:
    """Every condition of a script: of plans, rules, gates and facts."""
    for dialog in script.dialogs.values():
        yield from (item.when for item in dialog.plan)
    for rule in script.book.rules.values():
        yield from (row.when for row in rule.levels)
        yield from (row.when for row in rule.not_sure or ())
        yield from rule.unless
    for gate in script.book.gates.values():
        yield from (row.when for row in gate.closed)
        yield from (row.when for row in gate.otherwise)
    yield from _own_conditions(script.vocabulary)


def _own_conditions(vocabulary: Vocabulary) -> Iterator[Condition]:
    for fact in vocabulary.facts.values():
        if fact.ask_if is not None:
            yield fact.ask_if
        if fact.ages is not None:
            yield FactIs(BIRTH, OfAge(fact.ages))
    for derived in vocabulary.derived.values():
        yield from derived.count_of
        if derived.condition is not None:
            yield derived.condition
