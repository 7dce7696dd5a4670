"""What a parent can tell at a question or a checklist: the possible values of each fact, and what they can match."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.facts.matcher import Matcher, OneOf, Within, match
from bot.facts.truth import Truth
from bot.facts.value import NOT_SURE, NOT_SURE_TOO, Choice, Many, NotSure, Number, Value
from bot.script.model import Checklist, Question
from bot.script.read_value import opposite
from bot.script.vocabulary import Fact, Vocabulary

Asks = Question | Checklist


@dataclass(frozen=True, slots=True)
class Answers:
    """The facts that are told, each with its possible values; no values stand for any value, such as a typed number."""

    values: Mapping[str, tuple[Value, ...]]

    @property
    def facts(self) -> frozenset[str]:
        """The facts that an answer can tell."""
        return frozenset(self.values)

    def can_make(self, fact: str, matcher: Matcher, truth: Truth) -> bool:
        """Whether an answer can make this matcher true, or false; on the safe side where that is hard to say."""
        if fact not in self.values:
            return False
        values = self.values[fact]
        return not values or any(_can(matcher, value, truth) for value in values)

    def can_leave_unsure(self, fact: str) -> bool:
        """Whether a fact can be told without being told exactly: "not sure", or a band."""
        values = self.values.get(fact)
        return values is not None and (not values or any(_open(value) for value in values))


def answers_to(vocabulary: Vocabulary, asks: Asks) -> Answers:
    """Gather what can be answered; "not sure" is among the values of every fact."""
    found: defaultdict[str, list[Value]] = defaultdict(list)
    typed = set()
    if isinstance(asks, Question):
        for option in (*asks.options, *asks.bands):
            if option.then is None:
                for fact, value in option.sets.items():
                    found[fact].append(value)
        if asks.input is not None:
            typed.add(asks.id)
        found[asks.id].append(NOT_SURE)
    else:
        for fact, value in _lines(vocabulary.facts, asks):
            found[fact].append(value)
    return Answers({fact: () if fact in typed else tuple(values) for fact, values in found.items()})


def _lines(facts: Mapping[str, Fact], checklist: Checklist) -> Iterator[tuple[str, Value]]:
    for item in checklist.items:
        for fact, value in item.sets.items():
            if item.then is None:
                yield fact, value
                yield fact, NOT_SURE
            if not checklist.pick:
                yield fact, item.denied.get(fact) or opposite(facts[fact], value, None)


def _open(value: Value) -> bool:
    match value:
        case Choice(possible):
            return len(possible) > 1
        case Number(interval):
            return interval.exact is None
        case Many(certain, possible):
            return certain != possible
        case _:
            return isinstance(value, NotSure)


def _can(matcher: Matcher, value: Value, truth: Truth) -> bool:
    """Whether a value, or what an earlier answer narrows it to, makes the matcher true or false."""
    if isinstance(value, Choice):
        ones = [NOT_SURE if one == NOT_SURE_TOO else Choice.of(one) for one in value.possible]
        return any(match(matcher, one) is truth for one in ones)
    if isinstance(value, Number) and isinstance(matcher, Within):
        interval, wanted = value.interval, matcher.interval
        return interval.meets(wanted) if truth is Truth.TRUE else not interval.inside(wanted)
    if isinstance(value, Many) and isinstance(matcher, OneOf):
        return bool(value.possible & matcher.options) is (truth is Truth.TRUE) or len(value.possible) > 1
    if isinstance(value, Many):
        # Which other parts are marked is open.
        return True
    return match(matcher, value) is truth
