"""(g): facts, rules, gates and answers mean what the sealed table says, but for the edits that are listed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.authoring.proof.cells import conditions_of
from bot.authoring.proof.circuit import FALSE
from bot.authoring.proof.edits import Edit, Kind
from bot.authoring.proof.finding import Finding, Property
from bot.authoring.proof.meant import answers_of, levels_of_lists, steps_of_howtos
from bot.authoring.proof.question import Asker, story
from bot.authoring.proof.seal import Seal
from bot.authoring.proof.verdict import CLOSED, LEVELS, RuleVerdict
from bot.authoring.proof.world import World
from bot.facts.level import Level
from bot.script.conditions import Condition, FactIs, walk
from bot.script.problems import Place
from bot.script.rules import Gate, Rule, RuleBook
from bot.script.script import Script
from bot.script.vocabulary import Derived, Fact, Vocabulary
from bot.triage.assess import assess
from bot.triage.examples import child_of
from bot.triage.gate import gate_state

NOWHERE = Place("", 0)


class Meant(Protocol):
    """Something with facts, rules and gates: a script, or a sealed table."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The facts."""

    @property
    def book(self) -> RuleBook:
        """The rules and gates."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A rule or gate that comes out differently for some child, and which way that goes.

    `of_action`: at the same level another action is asked for.
    """

    of: str
    kind: Kind
    what: str
    literals: tuple[int, ...]
    of_action: bool = False


def against_seal(
    asker: Asker, script: Script, now: World, sealed: World, seal: Seal, edits: Sequence[Edit]
) -> Iterator[Finding]:
    """Every difference that no edit explains, every edit that explains none, and every answer that changed."""
    changed = changed_parts(script.vocabulary, script.book, seal)
    found: dict[tuple[str, Kind], Difference] = {}
    for difference in (*rule_differences(asker, now, sealed), *gate_differences(asker, now, sealed)):
        for root in _roots(difference.of, changed, script, seal):
            found.setdefault((root, difference.kind), difference)
    for root, kind in plain_differences(script.vocabulary, script.book, seal, changed):
        found.setdefault((root, kind), Difference(root, kind, "counts for another time, or is kept differently", ()))
    listed = {(edit.of, edit.kind) for edit in edits}
    for (root, kind), difference in found.items():
        if (root, kind) not in listed:
            yield _finding(asker, now, root, difference)
    for edit in edits:
        yield from _edit(edit, found.keys(), script, seal)
    yield from answer_findings(script, seal)


def _finding(asker: Asker, now: World, root: str, difference: Difference) -> Finding:
    child = asker.child(now, difference.literals) if difference.literals else None
    cause = "" if root == difference.of else f", by the change of {root}"
    told = "" if child is None else f": {story(now, child)}"
    what = f"{difference.of} {difference.what} ({difference.kind.upper()} than sealed{cause}){told}"
    return Finding(Property.SEALED, what, child, rules=(difference.of,))


# What differs for some child.


def rule_differences(asker: Asker, now: World, sealed: World) -> Iterator[Difference]:
    """Every rule that is raised at another level, or asks for another action, for some child."""
    for name in dict.fromkeys([*sealed.verdict.rules, *now.verdict.rules]):
        new, old = now.verdict.rules.get(name), sealed.verdict.rules.get(name)
        seen: set[Kind] = set()
        for level in reversed(LEVELS):
            is_now, was = _raised(asker, new, level), _raised(asker, old, level)
            # A rule that only reassures takes a level away where it is new.
            more, less = (Kind.STRICTER, Kind.LOOSER) if level > Level.REASSURE else (Kind.LOOSER, Kind.STRICTER)
            for kind, literals, verb in (
                (more, (is_now, -was), "is newly raised"),
                (less, (-is_now, was), "is no longer raised"),
            ):
                if is_now != was and kind not in seen and asker.possible(*literals):
                    seen.add(kind)
                    yield Difference(name, kind, f"{verb} as {level.name} or above", literals)
        yield from _actions(asker, name, now, sealed)


def _raised(asker: Asker, rule: RuleVerdict | None, level: Level) -> int:
    """Whether a rule is raised at a level or above; for REASSURE whether it reassures and does no more."""
    if rule is None:
        return FALSE
    if level is Level.REASSURE:
        return asker.circuit.all([rule.raised[level], -rule.raised[Level.ROUTINE]])
    return rule.raised[level]


def _actions(asker: Asker, name: str, now: World, sealed: World) -> Iterator[Difference]:
    """The same level, but another action: go instead of call."""
    for level in LEVELS:
        is_now, was = by_action(asker, name, now, level), by_action(asker, name, sealed, level)
        for action in is_now.keys() & was.keys():
            if is_now[action] != was[action] and is_now.keys() == was.keys():
                literals = (asker.circuit.differ(is_now[action], was[action]),)
                if asker.possible(*literals):
                    what = f"says another action for {level.name}"
                    yield Difference(name, Kind.LOOSER, what, literals, of_action=True)
                    return
        if is_now.keys() != was.keys() and is_now and was:
            yield Difference(name, Kind.LOOSER, f"says another action for {level.name}", (), of_action=True)
            return


def by_action(asker: Asker, name: str, world: World, level: Level) -> Mapping[str, int]:
    """For each action of a rule at a level, whether it is asked for."""
    rule = world.book.rules.get(name)
    if rule is None:
        return {}
    found: dict[str, list[int]] = {}
    for row, pair in zip(rule.levels, world.verdict.rules[name].rows, strict=True):
        if row.level is level:
            found.setdefault(str(row.action), []).append(pair.yes)
    return {action: asker.circuit.any(literals) for action, literals in found.items()}


def gate_differences(asker: Asker, now: World, sealed: World) -> Iterator[Difference]:
    """Every gate that has another result for some child."""
    for name in dict.fromkeys([*sealed.verdict.gates, *now.verdict.gates]):
        new, old = now.verdict.gates.get(name, {}), sealed.verdict.gates.get(name, {})
        for result in dict.fromkeys([*old, *new]):
            is_now, was = new.get(result, FALSE), old.get(result, FALSE)
            closing = result == CLOSED
            for kind, literals, verb in (
                (Kind.STRICTER if closing else Kind.LOOSER, (is_now, -was), "is newly"),
                (Kind.LOOSER if closing else Kind.STRICTER, (-is_now, was), "is no longer"),
            ):
                # That another result is no longer given is told by the one that is given instead.
                if is_now != was and (closing or verb == "is newly") and asker.possible(*literals):
                    yield Difference(name, kind, f"{verb} {result}", literals)


# Why it differs.


def changed_parts(vocabulary: Vocabulary, book: RuleBook, seal: Meant) -> frozenset[str]:
    """The rules, gates and facts that are written differently, wherever that shows."""
    found = [
        name
        for name in {*book.rules, *seal.book.rules}
        if _bare(book.rules.get(name)) != _bare(seal.book.rules.get(name))
    ]
    found += [
        name
        for name in {*book.gates, *seal.book.gates}
        if _open(book.gates.get(name)) != _open(seal.book.gates.get(name))
    ]
    both = (*conditions_of(vocabulary, book), *conditions_of(seal.vocabulary, seal.book))
    looked_at = {part.fact for condition in both for part in walk(condition) if isinstance(part, FactIs)}
    for ours, theirs in ((vocabulary.facts, seal.vocabulary.facts), (vocabulary.derived, seal.vocabulary.derived)):
        for name in {*ours, *theirs}:
            one, other = ours.get(name), theirs.get(name)
            # The questions that a dialog keeps to itself are facts that no rule and no gate looks at.
            if one is None or other is None:
                found += [name] if name in looked_at else []
            elif _bare_fact(one) != _bare_fact(other):
                found.append(name)
    return frozenset(found)


def _bare_fact(one: Fact | Derived) -> Fact | Derived:
    return (
        replace(one, place=NOWHERE, about="", renamed_from=()) if isinstance(one, Fact) else replace(one, place=NOWHERE)
    )


def _bare(rule: Rule | None) -> object:
    if rule is None:
        return None
    return (rule.levels, rule.unless, rule.not_sure, rule.stratum, rule.tags, rule.private)


def _open(gate: Gate | None) -> object:
    if gate is None:
        return None
    return ([(one.id, one.when) for one in gate.closed], [(one.id, one.result, one.when) for one in gate.otherwise])


def _roots(of: str, changed: frozenset[str], script: Meant, seal: Meant) -> list[str]:
    """Where a difference comes from: the rule or gate itself, else the facts it looks at; [] for a mere dependant."""
    if of in changed:
        return [of]
    books = ((script.vocabulary, script.book), (seal.vocabulary, seal.book))
    facts = set().union(*(_facts_behind(vocabulary, book, of) for vocabulary, book in books))
    found = sorted(facts & changed)
    if found or changed & {*script.book.rules, *seal.book.rules}:
        return found
    return sorted(changed) or [of]


def _facts_behind(vocabulary: Vocabulary, book: RuleBook, of: str) -> set[str]:
    """The facts that a rule or a gate looks at, asked or computed, and those behind them."""
    rule, gate = book.rules.get(of), book.gates.get(of)
    conditions: list[Condition] = []
    if rule is not None:
        conditions += [*(row.when for row in rule.levels), *rule.unless, *(row.when for row in rule.not_sure or ())]
    if gate is not None:
        conditions += [*(one.when for one in gate.closed), *(one.when for one in gate.otherwise)]
    found: set[str] = set()
    waiting = [part.fact for one in conditions for part in walk(one) if isinstance(part, FactIs)]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        derived, fact = vocabulary.derived.get(name), vocabulary.facts.get(name)
        inner = [*(derived.count_of if derived else ()), derived.condition if derived else None]
        inner.append(fact.ask_if if fact else None)
        waiting += [part.fact for one in inner if one is not None for part in walk(one) if isinstance(part, FactIs)]
    return found


def plain_differences(
    vocabulary: Vocabulary, book: RuleBook, seal: Meant, changed: frozenset[str]
) -> Iterator[tuple[str, Kind]]:
    """Facts that go stale at another time, or are kept or shown differently: no rule shows that."""
    for name in changed & vocabulary.facts.keys() & seal.vocabulary.facts.keys():
        one, other = vocabulary.facts[name], seal.vocabulary.facts[name]
        if one.valid_for != other.valid_for:
            shorter = one.valid_for is not None and (other.valid_for is None or one.valid_for < other.valid_for)
            yield name, Kind.STRICTER if shorter else Kind.LOOSER
        if (one.scope, one.private, one.type) != (other.scope, other.private, other.type):
            yield name, Kind.LOOSER
    for name in changed & book.rules.keys() & seal.book.rules.keys():
        if book.rules[name].private != seal.book.rules[name].private:
            yield name, Kind.LOOSER


# Edits and answers.


def _edit(edit: Edit, found: Collection[tuple[str, Kind]], script: Script, seal: Seal) -> Iterator[Finding]:
    if (edit.of, edit.kind) not in found:
        what = f"the edit of {edit.of} is listed as {edit.kind}, but nothing is {edit.kind} ({edit.place})"
        yield Finding(Property.SEALED, what)
        return
    ours = _levels(script.vocabulary, script.book, edit)
    theirs = _levels(seal.vocabulary, seal.book, edit)
    names = [edit.of] if edit.of in ours or edit.of in theirs else [*ours, *theirs]
    up = any(ours.get(name, -1) > theirs.get(name, -1) for name in names)
    down = any(ours.get(name, -1) < theirs.get(name, -1) for name in names)
    if not (up if edit.kind is Kind.STRICTER else down):
        what = f"the example child of the edit of {edit.of} does not show that it is {edit.kind} ({edit.place})"
        yield Finding(Property.SEALED, what)


def _levels(vocabulary: Vocabulary, book: RuleBook, edit: Edit) -> dict[str, int]:
    """The level of each rule for the example child; for a gate 1 where it is closed."""
    child = child_of(vocabulary, edit.child)
    assessment = assess(book, child)
    found = {rule: int(one.level) for rule, one in assessment.raised.items()}
    for gate in book.gates:
        found[gate] = int(gate_state(book, gate, child, assessment.level or Level.REASSURE).closed)
    return found


def answer_findings(script: Script, seal: Seal) -> Iterator[Finding]:
    """A text that was sealed tells something else now; a text that is new is wording and no finding."""
    now = answers_of(script)
    for name, current in now.items():
        for text, told in current.items():
            was = seal.answers.get(name, {}).get(text)
            if was is not None and was != told:
                what = f'{name}: the answer "{text}" now tells "{told}"; sealed was "{was}"'
                yield Finding(Property.SEALED, what, dialog=name.partition(".")[0])
    for name, texts in seal.answers.items():
        gone = [told for text, told in texts.items() if told not in now.get(name, {}).values()]
        if gone and name in now:
            yield Finding(
                Property.SEALED, f'{name}: no answer tells "{gone[0]}" any more', dialog=name.partition(".")[0]
            )
    tables: tuple[tuple[str, Mapping[str, str], Mapping[str, str]], ...] = (
        ("the list", levels_of_lists(script), seal.lists),
        ("the how-to step", steps_of_howtos(script), seal.howtos),
    )
    for what, ours, theirs in tables:
        for name, was in theirs.items():
            if ours.get(name) != was:
                yield Finding(Property.SEALED, f"{what} {name} has: {ours.get(name, 'nothing')}; sealed was: {was}")
