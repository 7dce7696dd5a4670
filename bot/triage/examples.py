"""The children that stand beside each rule: for whom it must be raised, and for whom it must stay quiet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time

from bot.facts.level import Level
from bot.facts.value import DaysOld, Value
from bot.script.rules import Example, Rule, RuleBook
from bot.script.vocabulary import Vocabulary
from bot.triage.assess import assess
from bot.triage.knowledge import Knowledge, Told


@dataclass(frozen=True, slots=True)
class Wrong:
    """An example that did not come out as written; `got` is the level raised, or None."""

    rule: str
    example: Example
    fires: bool
    got: Level | None


def wrong_examples(vocabulary: Vocabulary, book: RuleBook) -> Iterator[Wrong]:
    """Run every example and give those that came out differently."""
    for rule in book.rules.values():
        for example in rule.fires_for:
            got = level_for(vocabulary, book, rule, example)
            if got is not (rule.highest if example.level is None else example.level):
                yield Wrong(rule.id, example, True, got)
        for example in rule.quiet_for:
            got = level_for(vocabulary, book, rule, example)
            if got is not None and (example.level is None or got >= example.level):
                yield Wrong(rule.id, example, False, got)


def level_for(vocabulary: Vocabulary, book: RuleBook, rule: Rule, example: Example) -> Level | None:
    """The level that a rule gets for an example child, or None."""
    raised = assess(book, child_of(vocabulary, example)).raised.get(rule.id)
    return None if raised is None else raised.level


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
    for name in [name for name in told if name not in example.facts]:
        rest = {other: one for other, one in told.items() if other != name}
        if not Knowledge(vocabulary, rest, now=now, today=example.today).askable(name):
            del told[name]
    return Knowledge(vocabulary, told, now=now, today=example.today)
