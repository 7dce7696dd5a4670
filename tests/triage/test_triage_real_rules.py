"""The real rules: more answers unsay no flag, worse ones lower no level, and what is not wanted raises none.

The children are those of the examples beside the rules, with a few answers changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from triage_helpers import real

from bot.facts.level import ALLOWED, Level
from bot.facts.matcher import Within
from bot.facts.truth import Truth
from bot.facts.value import NO, NO_SUCH, NOT_SURE, YES, Born, Choice, DaysOld, Many, Number, Value
from bot.script.conditions import Condition, FactIs, walk
from bot.script.rules import Example
from bot.script.vocabulary import FactType
from bot.triage.assess import Assessment, assess, wanted
from bot.triage.examples import child_of
from bot.triage.knowledge import Knowledge, Told

FACTS, BOOK = real()
RULES = list(BOOK.rules.values())
EXAMPLES = [example for rule in RULES for example in (*rule.fires_for, *rule.quiet_for)]
NAMES = sorted(FACTS.facts)
DAYS_OLD = [
    0,
    1,
    2,
    3,
    7,
    8,
    13,
    14,
    15,
    20,
    21,
    27,
    28,
    34,
    35,
    55,
    60,
    61,
    62,
    91,
    92,
    93,
    122,
    153,
    183,
    274,
    365,
    700,
]
QUICK = settings(max_examples=80)

KINDER = {"jaundice_seen", "fit_seen_by_doctor", "named_by_doctor"}
"""Here "yes" says that a doctor has looked, which is meant to lower a level."""

WORSE: dict[str, list[list[str]]] = {
    "feeding": [["normal"], ["reduced"], ["less_than_half"], ["none"]],
    "wet_nappies": [["normal"], ["fewer"], ["none_8h"], ["none_12h"]],
    "colour": [["normal"], ["pale"], ["very_pale"], ["blue", "grey", "mottled"]],
    "breathing": [["normal"], ["stopped", "pause", "gasping", "grunting", "struggling", "noisy"]],
    "vomiting": [["none"], ["some"], ["repeated"], ["green", "blood"]],
}
"""From harmless to worst, as the traffic lights of NICE NG143 have them."""


def conditions() -> Iterator[Condition]:
    for rule in RULES:
        yield from (row.when for row in rule.levels)
        yield from rule.unless
        yield from (row.when for row in rule.not_sure or ())
    for derived in FACTS.derived.values():
        yield from derived.count_of
        if derived.condition is not None:
            yield derived.condition


def limits() -> dict[str, set[Decimal]]:
    """The limits of each number, with a number on each side."""
    found: dict[str, set[Decimal]] = {}
    step = Decimal("0.1")
    for part in (part for condition in conditions() for part in walk(condition)):
        if isinstance(part, FactIs) and isinstance(part.matcher, Within):
            ends = (part.matcher.interval.low, part.matcher.interval.high)
            found.setdefault(part.fact, set()).update(
                end + by for end in ends if end is not None for by in (-step, 0, step)
            )
    return found


LIMITS = limits()


def answers(name: str, today: date) -> st.SearchStrategy[Value]:
    """Everything that a parent may answer about one fact."""
    fact = FACTS.facts[name]
    told: st.SearchStrategy[Value]
    match fact.type:
        case FactType.YES_NO:
            told = st.sampled_from([YES, NO])
        case FactType.CHOICE:
            told = st.sampled_from([Choice.of(option) for option in fact.options])
        case FactType.MANY:
            told = st.sets(st.sampled_from(fact.options), min_size=1, max_size=3).map(lambda some: Many.of(*some))
        case FactType.NUMBER:
            numbers = sorted(number for number in LIMITS.get(name, {Decimal(1)}) if number >= 0)
            told = st.sampled_from([NO_SUCH, *map(Number.of, numbers)])
        case _:
            ages = st.sampled_from(DAYS_OLD)
            told = st.builds(
                lambda days, exact: Born(today - timedelta(days=days)) if exact else DaysOld(days, days + 10, today),
                ages,
                st.booleans(),
            )
    return told | st.just(NOT_SURE)


@dataclass(frozen=True, repr=False)
class Child:
    """What was told about one child, and the day."""

    told: dict[str, Value]
    knowledge: Knowledge

    def __repr__(self) -> str:
        unusual = {name: one for name, one in self.told.items() if one != FACTS.facts[name].usual}
        return f"<child with {unusual}, not asked: {sorted(self.unasked)}>"

    @classmethod
    def of(cls, example: Example) -> "Child":
        knowledge = child_of(FACTS, example)
        return cls({name: one.value for name, one in knowledge.told.items()}, knowledge)

    def telling(self, **more: Value) -> "Child":
        return self._with(self.told | more)

    def without(self, *names: str) -> "Child":
        return self._with({name: one for name, one in self.told.items() if name not in names})

    def _with(self, told: dict[str, Value]) -> "Child":
        now = self.knowledge.now
        kept = {name: Told(one, now) for name, one in told.items()}
        return Child(told, Knowledge(FACTS, kept, now=now, today=self.knowledge.today))

    @property
    def unasked(self) -> set[str]:
        return {name for name in NAMES if name not in self.told and self.knowledge.askable(name)}

    def assess(self, *, closing: bool = False) -> Assessment:
        known = self.knowledge
        if closing:
            known = Knowledge(FACTS, known.told, now=known.now, today=known.today, closing=True)
        return assess(BOOK, known)


@st.composite
def children(draw: st.DrawFn, *, unasked: int = 0) -> Child:
    """A child of an example, with up to three other answers; of up to `unasked` facts nothing was asked."""
    child = Child.of(draw(st.sampled_from(EXAMPLES)))
    for name in draw(st.lists(st.sampled_from(NAMES), max_size=3)):
        child = child.telling(**{name: draw(answers(name, child.knowledge.today))})
    return child.without(*draw(st.lists(st.sampled_from(NAMES), max_size=unasked, unique=True)))


def level(found: Assessment) -> Level:
    return found.level or Level.REASSURE


def worse(name: str, value: Value | None) -> list[Value]:
    """Answers that are worse than this one, or less sure than a harmless one."""
    fact = FACTS.facts[name]
    if value is None or name in KINDER or value == NOT_SURE:
        return []
    if name in WORSE and isinstance(value, Choice):
        ranks = {option: rank for rank, options in enumerate(WORSE[name]) for option in options}
        found: list[Value] = [Choice.of(option) for option, rank in ranks.items() if rank > ranks[value.exact or ""]]
        return [*found, NOT_SURE] if ranks[value.exact or ""] == 0 else found
    if fact.type is FactType.YES_NO and fact.usual in (YES, NO) and value == fact.usual:
        return [NOT_SURE, NO if value == YES else YES]
    return []


@QUICK
@given(children(), st.data())
def test_a_worse_answer_never_lowers_the_level(child: Child, data: st.DataObject) -> None:
    better = [name for name, value in child.told.items() if worse(name, value) and child.knowledge.askable(name)]
    name = data.draw(st.sampled_from(sorted(better)))
    after = child.telling(**{name: data.draw(st.sampled_from(worse(name, child.told[name])))})
    # An answer may open other questions; they would be asked before anything is said.
    assume(after.unasked <= child.unasked)

    assert level(after.assess(closing=True)) >= level(child.assess(closing=True))


@pytest.mark.parametrize("name", sorted(KINDER))
def test_only_what_says_that_a_doctor_has_looked_may_lower_a_level(name: str) -> None:
    assert FACTS.facts[name].type is FactType.YES_NO
    assert FACTS.facts[name].usual == NO


@QUICK
@given(children(unasked=40), st.data())
def test_an_answer_never_turns_what_was_decided(child: Child, data: st.DataObject) -> None:
    """Nor is a rule raised before its time: while a question could decide it, it is open."""
    assume(child.unasked)
    name = data.draw(st.sampled_from(sorted(child.unasked)))
    before = child.assess()
    after = child.telling(**{name: data.draw(answers(name, child.knowledge.today))}).assess()

    for rule in RULES:
        if not rule.unless and not _counts(rule.id):
            truth = before.truths[rule.id]
            assert truth is Truth.OPEN or after.truths[rule.id] is truth, rule.id


def _counts(rule: str) -> bool:
    """Whether a rule looks at rules with exceptions: such a flag may still go."""
    return BOOK.rules[rule].stratum > 1


@QUICK
@given(children(unasked=40), st.sampled_from([Level.ROUTINE, Level.SOON, Level.URGENT, Level.EMERGENCY]), st.data())
def test_what_is_not_wanted_cannot_raise_the_level(child: Child, threshold: Level, data: st.DataObject) -> None:
    before = child.assess()
    rest = child.unasked - wanted(BOOK, child.knowledge, before, threshold)
    assume(rest)
    name = data.draw(st.sampled_from(sorted(rest)))
    after = child.telling(**{name: data.draw(answers(name, child.knowledge.today))}).assess()

    assert level(after) < threshold or level(after) <= level(before)


@QUICK
@given(children(unasked=40), st.sampled_from([Level.ROUTINE, Level.SOON, Level.URGENT, Level.EMERGENCY]))
def test_something_is_wanted_whenever_a_level_could_still_be_reached(child: Child, threshold: Level) -> None:
    found = child.assess()

    assert found.could_reach(threshold) is bool(wanted(BOOK, child.knowledge, found, threshold))


@QUICK
@given(children(unasked=40), st.data())
def test_flags_that_were_raised_stay_raised_whatever_is_answered(child: Child, data: st.DataObject) -> None:
    before = child.assess()
    for name in data.draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4)):
        child = child.telling(**{name: data.draw(answers(name, child.knowledge.today))})
    after = assess(BOOK, child.knowledge, before.raised)

    for rule, raised in before.raised.items():
        assert after.raised[rule].level >= raised.level, rule


@QUICK
@given(children(unasked=40))
def test_at_the_end_nothing_is_open(child: Child) -> None:
    found = child.assess(closing=True)

    assert not found.open_levels
    assert Truth.OPEN not in found.truths.values()


@QUICK
@given(children())
def test_a_child_with_a_level_has_a_reason(child: Child) -> None:
    found = child.assess(closing=True)

    assert (found.level is None) is (not found.raised)
    for rule, raised in found.raised.items():
        assert raised.rule == rule
        assert raised.level <= BOOK.rules[rule].highest or not raised.sure
        assert raised.action in ALLOWED[raised.level] or (raised.action is None and raised.level < Level.URGENT)


@QUICK
@given(children(unasked=40))
def test_a_sure_level_is_never_above_what_is_told(child: Child) -> None:
    found = child.assess()

    for rule, surely in found.sure_levels.items():
        assert surely <= found.raised[rule].level
        assert surely in {row.level for row in BOOK.rules[rule].levels}
