"""What a rule, a gate or a fact looks at: facts, and the flags of other rules."""

from __future__ import annotations

from collections.abc import Iterator

from bot.authoring.changes.table_words import named_in
from bot.script.conditions import Condition, FactIs, FlagRaised, FlagsRaised, GateIs, LevelIs, walk
from bot.script.rules import Gate, Rule
from bot.script.script import Script
from bot.script.vocabulary import Derived, Fact


def behind(script: Script, name: str) -> Iterator[str]:
    """The names of everything that is looked at directly; whoever counts flags or levels looks at all of them."""
    rules = script.book.rules
    for part in (part for condition in _conditions(script, name) for part in walk(condition)):
        match part:
            case FactIs(fact):
                yield fact
            case FlagRaised(rule):
                yield rule
            case GateIs(gate):
                yield gate
            case FlagsRaised(tag=tag):
                yield from (one.id for one in rules.values() if tag is None or tag in one.tags)
            case LevelIs():
                yield from rules
            case _:
                pass


def _conditions(script: Script, name: str) -> Iterator[Condition]:
    one = named_in(script, name)
    match one:
        case Rule():
            yield from (row.when for row in one.levels)
            yield from one.unless
            yield from (row.when for row in one.not_sure or ())
        case Gate():
            yield from (row.when for row in one.closed)
            yield from (row.when for row in one.otherwise)
        case Fact(ask_if=ask_if) if ask_if is not None:
            yield ask_if
        case Derived(condition=condition, count_of=count_of):
            yield from count_of
            if condition is not None:
                yield condition
        case _:
            pass
