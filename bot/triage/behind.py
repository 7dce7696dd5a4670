"""The rules without which one rule cannot be decided: those whose flags it looks at, and those behind them."""

from __future__ import annotations

from collections.abc import Iterator

from bot.script.conditions import Condition, FlagRaised, FlagsRaised, walk
from bot.script.rules import Rule, RuleBook


def rules_behind(book: RuleBook, rule: Rule) -> tuple[Rule, ...]:
    """The rule and all that it looks at, in the order in which they are assessed.

    To `assess` these alone gives the rule what all rules together would give it.
    """
    found = {rule.id}
    ahead = [rule]
    while ahead:
        for name in set(_looked_at(book, ahead.pop())) - found:
            found.add(name)
            ahead.append(book.rules[name])
    return tuple(one for one in book.by_stratum if one.id in found)


def _looked_at(book: RuleBook, rule: Rule) -> Iterator[str]:
    for condition in _conditions(rule):
        for part in walk(condition):
            if isinstance(part, FlagRaised) and part.rule in book.rules:
                yield part.rule
            elif isinstance(part, FlagsRaised):
                yield from (
                    one.id
                    for one in book.rules.values()
                    if one.stratum < rule.stratum and (part.tag is None or part.tag in one.tags)
                )


def _conditions(rule: Rule) -> Iterator[Condition]:
    yield from (row.when for row in rule.levels)
    yield from rule.unless
    yield from (row.when for row in rule.not_sure or ())
