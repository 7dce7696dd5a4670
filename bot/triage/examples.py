"""The children that stand beside each rule: for whom it must be raised, and for whom it must stay quiet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time

from bot.facts.level import Level
from bot.facts.value import DaysOld, Value
from bot.script.problems import Problem
from bot.script.rules import Example, Rule, RuleBook
from bot.script.vocabulary import Vocabulary
from bot.triage.assess import Assessment, assess
from bot.triage.assess import wanted as wanted_facts
from bot.triage.behind import rules_behind
from bot.triage.knowledge import BIRTH, GESTATION, Knowledge, Told


@dataclass(frozen=True, slots=True)
class Wrong:
    """An example that did not come out as written; `got` is the level raised, or None.

    `wanted` is the level that it should have, or that it should stay below (None: stay quiet); `missing` are the facts
    without which the rule cannot be decided for this child.
    """

    rule: str
    example: Example
    fires: bool
    got: Level | None
    wanted: Level | None = None
    missing: frozenset[str] = frozenset()

    @property
    def problem(self) -> Problem:
        """What to tell the moderator."""
        if not self.fires:
            below = "be quiet" if self.wanted is None else f"stay below {self.wanted.name}"
            what = f"this child should {below} for {self.rule}, but is {_told(self.got)}."
        else:
            wanted = "" if self.wanted is None else f" as {self.wanted.name}"
            what = f"this child should raise {self.rule}{wanted}, but is {_told(self.got)}."
        cure = "Change the rule or the example."
        if self.missing:
            cure = f"{cure} The example does not say: {', '.join(sorted(self.missing))}."
        return Problem(self.example.place, what, cure)


def _told(level: Level | None) -> str:
    return "quiet" if level is None else f"raised as {level.name}"


def wrong_examples(vocabulary: Vocabulary, book: RuleBook) -> Iterator[Wrong]:
    """Run every example and give those that came out differently."""
    for rule in book.rules.values():
        behind = rules_behind(book, rule)
        for example in rule.fires_for:
            wanted = rule.highest if example.level is None else example.level
            child = child_of(vocabulary, example)
            found = assess(book, child, only=behind)
            got = _level(found, rule)
            if got is not wanted:
                yield Wrong(rule.id, example, True, got, wanted, _missing(book, child, found, rule))
        for example in rule.quiet_for:
            got = _level(assess(book, child_of(vocabulary, example), only=behind), rule)
            if got is not None and (example.level is None or got >= example.level):
                yield Wrong(rule.id, example, False, got, example.level)


def level_for(vocabulary: Vocabulary, book: RuleBook, rule: Rule, example: Example) -> Level | None:
    """The level that a rule gets for an example child, or None."""
    return _level(assess(book, child_of(vocabulary, example), only=rules_behind(book, rule)), rule)


def _level(found: Assessment, rule: Rule) -> Level | None:
    raised = found.raised.get(rule.id)
    return None if raised is None else raised.level


def _missing(book: RuleBook, child: Knowledge, found: Assessment, rule: Rule) -> frozenset[str]:
    """The facts that keep a rule from being decided."""
    levels = found.open_levels.get(rule.id)
    alone = Assessment(found.truths, open_levels={rule.id: levels} if levels else {})
    return wanted_facts(book, child, alone, Level.REASSURE)


def child_of(vocabulary: Vocabulary, example: Example) -> Knowledge:
    """What is known of an example child: what is listed, else what is usual; nothing where there is no usual value."""
    now = datetime.combine(example.today, time(12), UTC)
    told: dict[str, Told] = {}
    for name, fact in vocabulary.facts.items():
        value: Value | None = example.facts.get(name, fact.usual)
        if isinstance(value, DaysOld):
            value = DaysOld(value.low, value.high, example.today)
        if value is not None:
            told[name] = Told(value, now)
    known = Knowledge(vocabulary, told, now=now, today=example.today)
    senseless: set[str] = set()
    for name in [name for name in told if name not in example.facts]:
        fact = vocabulary.facts[name]
        if fact.ages is None and fact.ask_if is None:
            continue
        # What makes no sense to ask counts as usual, told or not, and whether to ask for a fact never depends on its
        # own value: so all can be seen with everything told, but for the two from which the ages come.
        of_age = name in (BIRTH, GESTATION)
        if not (_without(known, {name}) if of_age else known).askable(name):
            senseless.add(name)
            known = _without(known, {name}) if of_age else known
    return _without(known, senseless)


def _without(known: Knowledge, names: set[str]) -> Knowledge:
    told = {name: one for name, one in known.told.items() if name not in names}
    return Knowledge(known.vocabulary, told, now=known.now, today=known.today)
