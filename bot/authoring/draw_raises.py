"""Which red flags an answer can raise: read from the conditions of the rules; rather one too many than one too few."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.authoring.draw_answers import Answers
from bot.facts.level import Level
from bot.facts.matcher import Known, Matcher, OneOf, Within, match
from bot.facts.truth import Truth
from bot.script import conditions as c
from bot.script.conditions import Condition
from bot.script.rules import Rule
from bot.script.script import Script
from bot.talk.moment import base_facts

BIRTH = "birth_date"


@dataclass(slots=True)
class Raises:
    """For one question or checklist: the levels to which an answer can bring each rule.

    An answer counts where it can decide a part of a condition, together with whatever else is known: itself, through a
    computed fact, by making a fact be asked no more (then its usual value counts), by "not sure", or by a flag that
    another rule looks at (not where `flags` is False).
    """

    script: Script
    answers: Answers
    flags: bool = True
    levels: dict[str, frozenset[Level]] = field(default_factory=dict)

    @classmethod
    def of(cls, script: Script, answers: Answers, *, flags: bool = True) -> Raises:
        """Go through all rules, those that others look at first."""
        one = cls(script, answers, flags)
        for rule in script.book.by_stratum:
            found = frozenset(one._rule(rule))
            if found:
                one.levels[rule.id] = found
        return one

    def rules(self, level: Level) -> tuple[str, ...]:
        """The rules whose highest level by such an answer is this one."""
        return tuple(sorted(rule for rule, levels in self.levels.items() if max(levels) is level))

    def _rule(self, rule: Rule) -> Iterator[Level]:
        for row in rule.levels:
            if self._decides(row.when, Truth.TRUE):
                yield row.level
            if self._leaves_unsure(row.when):
                if rule.not_sure is None:
                    yield from () if row.level is Level.REASSURE else (row.level.lower,)
                else:
                    yield from (one.level for one in rule.not_sure if one.level is not None)
        for one in rule.not_sure or ():
            # What an undecided level counts as may be decided by another answer than the one that left it undecided.
            if one.level is not None and self._decides(one.when, Truth.TRUE):
                yield one.level

    def _decides(self, condition: Condition, truth: Truth) -> bool:
        """Whether an answer can bring some part of the condition to what makes the whole this truth."""
        match condition:
            case c.FactIs(fact, matcher):
                return self._fact(fact, matcher, truth)
            case c.All(parts) | c.AnyOf(parts) | c.Count(_, parts):
                return any(self._decides(part, truth) for part in parts)
            case c.Not(part):
                return self._decides(part, ~truth)
            case c.FlagRaised(rule):
                return self.flags and truth is Truth.TRUE and rule in self.levels
            case c.FlagsRaised():
                return self.flags and truth is Truth.TRUE and any(self._looked_at(condition))
            case _:
                return False

    def _fact(self, fact: str, matcher: Matcher, truth: Truth) -> bool:
        derived = self.script.vocabulary.derived.get(fact)
        if derived is None:
            return self.answers.can_make(fact, matcher, truth) or self._no_more_asked(fact, matcher, truth)
        if derived.function is not None:
            return bool(base_facts(self.script, fact) & self.answers.facts)
        if derived.condition is not None:
            return any(self._decides(derived.condition, one) for one in _of_yes_no(matcher, truth))
        return any(self._decides(part, _more(matcher, truth)) for part in derived.count_of)

    def _no_more_asked(self, name: str, matcher: Matcher, truth: Truth) -> bool:
        """Whether an answer can make that a fact makes no sense any more, and its usual value counts."""
        fact = self.script.vocabulary.facts[name]
        if fact.usual is None or match(matcher, fact.usual) is not truth:
            return False
        by_age = fact.ages is not None and BIRTH in self.answers.facts
        return by_age or (fact.ask_if is not None and self._decides(fact.ask_if, Truth.FALSE))

    def _leaves_unsure(self, condition: Condition) -> bool:
        return any(
            self.script.vocabulary.facts[name].harmless is not True
            for part in c.walk(condition)
            if isinstance(part, c.FactIs)
            for name in base_facts(self.script, part.fact)
            if self.answers.can_leave_unsure(name)
        )

    def _looked_at(self, wanted: c.FlagsRaised) -> Iterator[bool]:
        for rule, levels in self.levels.items():
            tagged = wanted.tag is None or wanted.tag in self.script.book.rules[rule].tags
            reaches = wanted.level is None or max(levels) >= wanted.level
            yield tagged and reaches and rule not in wanted.besides


def _of_yes_no(matcher: Matcher, truth: Truth) -> Iterable[Truth]:
    """What the condition behind a computed fact has to be."""
    if isinstance(matcher, Known):
        return (Truth.TRUE, Truth.FALSE)
    if not isinstance(matcher, OneOf):
        return ()
    wanted = [Truth.TRUE] * ("yes" in matcher.options) + [Truth.FALSE] * ("no" in matcher.options)
    return [one if truth is Truth.TRUE else ~one for one in wanted]


def _more(matcher: Matcher, truth: Truth) -> Truth:
    """Whether more or fewer parts have to hold for a count."""
    upwards = isinstance(matcher, Within) and matcher.interval.low is not None
    return truth if upwards else ~truth
