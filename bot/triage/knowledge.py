"""What is known about one child at one moment: told facts, those that are not asked, and those that are computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from bot.facts.age import Age, AgeLimit, Ages, ages
from bot.facts.interval import Interval
from bot.facts.matcher import Matcher, OneOf, Within, match, match_age
from bot.facts.truth import Truth, any_of, of
from bot.facts.value import NOT_SURE, NotSure, Value, is_exact
from bot.script.conditions import FlagsRaised, LevelIs, evaluate
from bot.script.vocabulary import AgeFunction, Derived, Fact, Vocabulary

BIRTH = "birth_date"
GESTATION = "gestation_weeks"


@dataclass(frozen=True, slots=True)
class Told:
    """An answer and when it was given."""

    value: Value
    at: datetime


class Knowledge:
    """Facts at one moment, as conditions see them; it never changes.

    With `closing`, a question that nobody asked counts as "not sure": nothing more will be asked.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        told: Mapping[str, Told],
        *,
        now: datetime,
        today: date,
        closing: bool = False,
    ) -> None:
        self.vocabulary = vocabulary
        self.told = told
        self.now = now
        self.today = today
        self._open = Truth.UNSURE if closing else Truth.OPEN
        self._closing = closing
        self._ages = self._compute_ages()
        self._askable: dict[str, bool] = {}
        self._derived: dict[tuple[str, bool], Truth] = {}
        # By identity, with the matcher itself, so that no other one can ever have its place.
        self._matched: dict[tuple[str, int, bool], tuple[Matcher, Truth]] = {}

    def value(self, name: str) -> Value | None:
        """What counts for a fact: the fresh answer, else the usual one where it is not to be asked, else None."""
        fact = self.vocabulary.facts[name]
        fresh = self.answered(name)
        if fresh is not None and (is_exact(fresh) or self.askable(name)):
            return fresh
        # Nobody will narrow a band of something that is not to be asked any more.
        if not self.askable(name):
            return NOT_SURE if fact.usual is None else fact.usual
        return None

    def answered(self, name: str) -> Value | None:
        """The parent's own answer, unless it is stale."""
        told = self.told.get(name)
        return None if told is None or self.stale(name) else told.value

    def stale(self, name: str) -> bool:
        """Whether an answer is older than it may be."""
        told = self.told.get(name)
        valid_for = self.vocabulary.facts[name].valid_for
        return told is not None and valid_for is not None and self.now - told.at > valid_for

    def askable(self, name: str) -> bool:
        """Whether it makes sense to ask, or cannot be said."""
        if name not in self._askable:
            fact = self.vocabulary.facts[name]
            in_range = fact.ages is None or self._at_age(fact.ages) is not Truth.FALSE
            self._askable[name] = in_range and (fact.ask_if is None or evaluate(fact.ask_if, self) is not Truth.FALSE)
        return self._askable[name]

    def harmless(self, fact: Fact) -> bool:
        """Whether "not sure" about this fact does no harm at this age."""
        if isinstance(fact.harmless, bool):
            return fact.harmless
        return self._at_age(fact.harmless) is Truth.TRUE

    def age(self, function: AgeFunction) -> Age | None:
        """One of the three ages; None before the birth date was asked."""
        if self._ages is None:
            return None
        match function:
            case AgeFunction.FROM_BIRTH:
                return self._ages.age
            case AgeFunction.CORRECTED:
                return self._ages.corrected
            case AgeFunction.YOUNGER:
                return self._ages.younger

    def fact(self, fact: str, matcher: Matcher, *, strict: bool = False) -> Truth:
        """Whether a fact matches; `strict` lets "not sure" count even where it is harmless (for gates)."""
        key = (fact, id(matcher), strict)
        known = self._matched.get(key)
        if known is None:
            known = (matcher, self._match(fact, matcher, strict=strict))
            self._matched[key] = known
        return known[1]

    def _match(self, fact: str, matcher: Matcher, *, strict: bool) -> Truth:
        if fact in self.vocabulary.derived:
            return self._computed(self.vocabulary.derived[fact], matcher, strict=strict)
        value = self.value(fact)
        if value is None:
            return self._unasked(self.vocabulary.facts[fact], matcher, strict=strict)
        truth = match(matcher, value)
        if isinstance(value, NotSure) and truth is Truth.UNSURE and not strict:
            return Truth.FALSE if self.harmless(self.vocabulary.facts[fact]) else truth
        return self._open if truth is Truth.OPEN else truth

    def _unasked(self, fact: Fact, matcher: Matcher, *, strict: bool) -> Truth:
        """Before the end it is open; at the end it counts as "not sure", which may be harmless."""
        asks_not_sure = isinstance(matcher, OneOf) and matcher.not_sure
        if self._closing and not strict and not asks_not_sure and self.harmless(fact):
            return Truth.FALSE
        return self._open

    def flag(self, rule: str) -> Truth:
        """Facts know no flags."""
        raise TypeError(f"a fact looks at flag {rule}")

    def flags(self, wanted: FlagsRaised) -> Truth:
        """Facts know no flags."""
        raise TypeError(f"a fact looks at flags {wanted}")

    def level(self, wanted: LevelIs) -> Truth:
        """Facts know no level."""
        raise TypeError(f"a fact looks at level {wanted}")

    def gate(self, gate: str, result: str) -> Truth:
        """Facts know no gates."""
        raise TypeError(f"a fact looks at gate {gate} {result}")

    def _compute_ages(self) -> Ages | None:
        if BIRTH not in self.vocabulary.facts or (born := self.answered(BIRTH)) is None:
            return ages(NOT_SURE, None, self.today) if self._closing else None
        gestation = self.answered(GESTATION)
        return ages(born, NOT_SURE if gestation is None and self._closing else gestation, self.today)

    def _at_age(self, limit: AgeLimit) -> Truth:
        return Truth.OPEN if self._ages is None else self._ages.age.matches(limit)

    def _computed(self, derived: Derived, matcher: Matcher, *, strict: bool) -> Truth:
        if derived.function is not None:
            age = self.age(derived.function)
            truth = Truth.OPEN if age is None else match_age(matcher, age)
            return self._open if truth is Truth.OPEN else truth
        view = _StrictView(self) if strict else self
        if derived.condition is not None:
            key = (derived.id, strict)
            if key not in self._derived:
                self._derived[key] = evaluate(derived.condition, view)
            return _as_yes_no(self._derived[key], matcher)
        return _counted([evaluate(part, view) for part in derived.count_of], matcher)


class _StrictView:
    """Knowledge in which "not sure" counts even where it is harmless, also behind a computed fact."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self.flag, self.flags, self.level, self.gate = knowledge.flag, knowledge.flags, knowledge.level, knowledge.gate

    def fact(self, fact: str, matcher: Matcher) -> Truth:
        return self._knowledge.fact(fact, matcher, strict=True)


def _counted(truths: Sequence[Truth], matcher: Matcher) -> Truth:
    if not isinstance(matcher, Within):
        raise TypeError(f"{matcher} cannot be asked of a count")
    sure = sum(truth is Truth.TRUE for truth in truths)
    perhaps = sum(truth.unknown for truth in truths)
    counted = Interval(Decimal(sure), Decimal(sure + perhaps))
    return counted.within(matcher.interval, settled=Truth.OPEN not in truths)


def _as_yes_no(truth: Truth, matcher: Matcher) -> Truth:
    if not isinstance(matcher, OneOf):
        return truth if truth is Truth.OPEN else of(truth is not Truth.UNSURE)
    parts = []
    if "yes" in matcher.options:
        parts.append(truth)
    if "no" in matcher.options:
        parts.append(~truth)
    if matcher.not_sure:
        parts.append(Truth.OPEN if truth is Truth.OPEN else of(truth is Truth.UNSURE))
    return any_of(parts)
