"""Mistakes in rules, gates and facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.authoring.mutants.condition_mutants import shifted_ages, short, wrong_conditions
from bot.authoring.mutants.mutant import Area, Mutant
from bot.facts.age import AgeLimit
from bot.facts.level import Level
from bot.script.conditions import ALWAYS
from bot.script.rules import Closing, Gate, LevelRow, NotSureRow, Rule, RuleBook
from bot.script.vocabulary import Derived, Fact, Vocabulary


def rule_mutants(rule: Rule) -> Iterator[Mutant]:
    """A rule dropped, a level lowered, a row, a condition, an exception or a tag that is a little wrong."""
    if not rule.levels:
        return

    def made(kind: str, before: str, after: str, changed: Rule) -> Mutant:
        return Mutant(Area.RULE, rule.id, kind, rule.place, before, after, changed)

    yield made("drops the rule", rule.id, "nothing", replace(rule, levels=()))
    for index, row in enumerate(rule.levels):
        rest = rule.levels[:index], rule.levels[index + 1 :]
        if len(rule.levels) > 1:
            yield made(
                "drops a row", f"{row.level.name}, {short(row.when)}", "nothing", replace(rule, levels=sum(rest, ()))
            )
        if row.level > Level.REASSURE:
            lower = LevelRow(Level(row.level - 1), None, row.when)
            changed = replace(rule, levels=(*rest[0], lower, *rest[1]))
            yield made("lowers a level", row.level.name, lower.level.name, changed)
        for wrong in wrong_conditions(row.when):
            levels = (*rest[0], replace(row, when=wrong.condition), *rest[1])
            yield made(wrong.kind, wrong.before, wrong.after, replace(rule, levels=levels))
    yield from _not_sure(rule)
    for condition in rule.unless:
        rest_unless = tuple(one for one in rule.unless if one is not condition)
        yield made("drops an exception", short(condition), "nothing", replace(rule, unless=rest_unless))
    for tag in sorted(rule.tags):
        yield made("drops a tag", tag, "nothing", replace(rule, tags=rule.tags - {tag}))
    if rule.private:
        yield made("no longer private", "private", "shown", replace(rule, private=False))


def _not_sure(rule: Rule) -> Iterator[Mutant]:
    def made(kind: str, before: str, after: str, changed: Rule) -> Mutant:
        return Mutant(Area.RULE, rule.id, kind, rule.place, before, after, changed)

    if rule.not_sure is None:
        if rule.highest > Level.REASSURE:
            yield made(
                "not sure as no", "one level lower", "as no", replace(rule, not_sure=(NotSureRow(None, ALWAYS),))
            )
    else:
        yield made("not sure one level lower", "as written", "the usual", replace(rule, not_sure=None))
        for index, counted in enumerate(rule.not_sure):
            rest_rows = (*rule.not_sure[:index], *rule.not_sure[index + 1 :])
            if rest_rows:
                told = "as no" if counted.level is None else counted.level.name
                yield made("drops a row of not_sure", told, "nothing", replace(rule, not_sure=rest_rows))


def gate_mutants(gate: Gate) -> Iterator[Mutant]:
    """A reason dropped, or a condition of a gate that is a little wrong."""

    def made(kind: str, before: str, after: str, changed: Gate) -> Mutant:
        return Mutant(Area.GATE, gate.id, kind, gate.place, before, after, changed)

    for index, closing in enumerate(gate.closed):
        rest = gate.closed[:index], gate.closed[index + 1 :]
        yield made("drops a reason", closing.because, "nothing", replace(gate, closed=sum(rest, ())))
        for wrong in wrong_conditions(closing.when):
            changed = Closing(closing.id, wrong.condition, closing.because)
            yield made(wrong.kind, wrong.before, wrong.after, replace(gate, closed=(*rest[0], changed, *rest[1])))
    for index, opening in enumerate(gate.otherwise):
        before, after = gate.otherwise[:index], gate.otherwise[index + 1 :]
        if len(gate.otherwise) > 1:
            yield made("drops a result", opening.result, "nothing", replace(gate, otherwise=(*before, *after)))
        for wrong in wrong_conditions(opening.when):
            one = replace(opening, when=wrong.condition)
            yield made(wrong.kind, wrong.before, wrong.after, replace(gate, otherwise=(*before, one, *after)))


def fact_mutants(vocabulary: Vocabulary) -> Iterator[Mutant]:
    """When a fact makes sense, whether not knowing it does harm, how long it counts, how it is computed."""
    for fact in vocabulary.facts.values():
        yield from _of_fact(fact)
    for derived in vocabulary.derived.values():
        yield from _of_derived(derived)


def _of_fact(fact: Fact) -> Iterator[Mutant]:
    def made(kind: str, before: str, after: str, changed: Fact) -> Mutant:
        return Mutant(Area.FACT, fact.id, kind, fact.place, before, after, changed)

    if fact.harmless is not True:
        yield made("not sure does no harm", str(fact.harmless), "always", replace(fact, harmless=True))
    if isinstance(fact.harmless, AgeLimit):
        for limit in shifted_ages(fact.harmless):
            yield made("shifts an age", str(fact.harmless), str(limit), replace(fact, harmless=limit))
    if fact.ages is not None:
        for limit in shifted_ages(fact.ages):
            yield made("shifts an age", str(fact.ages), str(limit), replace(fact, ages=limit))
    if fact.ask_if is not None:
        for wrong in wrong_conditions(fact.ask_if):
            yield made(wrong.kind, wrong.before, wrong.after, replace(fact, ask_if=wrong.condition))
    if fact.valid_for is not None:
        longer = fact.valid_for * 2
        yield made("goes stale later", str(fact.valid_for), str(longer), replace(fact, valid_for=longer))
    if fact.private:
        yield made("no longer private", "private", "shown", replace(fact, private=False))


def _of_derived(derived: Derived) -> Iterator[Mutant]:
    def made(kind: str, before: str, after: str, changed: Derived) -> Mutant:
        return Mutant(Area.FACT, derived.id, kind, derived.place, before, after, changed)

    if derived.condition is not None:
        for wrong in wrong_conditions(derived.condition):
            yield made(wrong.kind, wrong.before, wrong.after, replace(derived, condition=wrong.condition))
    for index, part in enumerate(derived.count_of):
        rest = derived.count_of[:index], derived.count_of[index + 1 :]
        yield made("drops a part", short(part), "nothing", replace(derived, count_of=sum(rest, ())))
        for wrong in wrong_conditions(part):
            parts = (*rest[0], wrong.condition, *rest[1])
            yield made(wrong.kind, wrong.before, wrong.after, replace(derived, count_of=parts))


def table_mutants(vocabulary: Vocabulary, book: RuleBook) -> Iterator[Mutant]:
    """Every mistake in the tables."""
    for rule in book.rules.values():
        yield from rule_mutants(rule)
    for gate in book.gates.values():
        yield from gate_mutants(gate)
    yield from fact_mutants(vocabulary)
