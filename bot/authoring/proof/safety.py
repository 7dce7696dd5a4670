"""The properties of the rules and gates themselves: (a) reassurance, (d) gates, (e) worse answers, (f) nothing dead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import attrgetter

from bot.authoring.proof.cells import conditions_of
from bot.authoring.proof.circuit import FALSE, TRUE
from bot.authoring.proof.finding import Finding, Property
from bot.authoring.proof.question import Asker, story
from bot.authoring.proof.reading import Pair
from bot.authoring.proof.tellers import asked_in
from bot.authoring.proof.verdict import CLOSED
from bot.authoring.proof.world import World
from bot.authoring.proof.worse import Exemption, steps
from bot.facts.level import Level
from bot.script.conditions import ALWAYS, FactIs, walk
from bot.script.model import Checklist, Kind, Question
from bot.script.rules import RuleBook
from bot.script.script import Script
from bot.talk.moment import base_facts

SERIOUS = (Level.EMERGENCY, Level.URGENT, Level.SOON, Level.ROUTINE)


def reassurance(asker: Asker, world: World, sealed: RuleBook) -> Iterator[Finding]:
    """(a): with a reassuring outcome no row of any rule is true, and none is open but those sealed to count as no."""
    calm = -world.verdict.level[Level.ROUTINE]
    for name, rule in world.book.rules.items():
        verdict = world.verdict.rules[name]
        left_open = name in sealed.rules and sealed.rules[name].not_sure is not None
        for row, pair in zip(rule.levels, verdict.rows, strict=True):
            if row.level < Level.ROUTINE:
                continue
            kept = TRUE if not rule.unless else -verdict.excepted
            if asker.possible(calm, pair.yes, kept):
                yield _told(
                    asker, world, Property.REASSURANCE, f"reassured although {name} holds", calm, pair.yes, kept
                )
            unsure = (-pair.yes, -pair.no)
            if not left_open and asker.possible(calm, *unsure, kept):
                yield _told(
                    asker, world, Property.REASSURANCE, f"reassured although {name} is open", calm, *unsure, kept
                )


def _told(asker: Asker, world: World, of: Property, what: str, *literals: int) -> Finding:
    child = asker.child(world, literals)
    told = "" if child is None else f": {story(world, child)}"
    return Finding(of, f"{what}{told}", child)


def gates(asker: Asker, script: Script, world: World) -> Iterator[Finding]:
    """(d): a gate is open only where every reason against it is surely absent; a how-to stands behind its own gate."""
    for gate, results in world.verdict.gates.items():
        for closing, pair in zip(script.book.gates[gate].closed, world.verdict.closings[gate], strict=True):
            if asker.possible(-results[CLOSED], -pair.no):
                what = f"gate {gate} is open although {closing.id} ({closing.because}) is not ruled out"
                yield _told(asker, world, Property.GATES, what, -results[CLOSED], -pair.no)
    yield from gates_stand_before(script)


def gates_stand_before(script: Script) -> Iterator[Finding]:
    """(d): in every plan the gate of a how-to stands before it, for the same children."""
    for dialog in script.dialogs.values():
        passed: dict[str, object] = {}
        for item in dialog.plan:
            if item.kind is Kind.GATE:
                passed.setdefault(item.target, item.when)
            if item.kind is Kind.HOWTO:
                gate = script.howtos[item.target].gate
                if gate not in passed or passed[gate] not in (ALWAYS, item.when):
                    what = f"dialog {dialog.id} shows {item.target} without gate {gate} before it ({item.place})"
                    yield Finding(Property.GATES, what, dialog=dialog.id)
    for howto in script.howtos.values():
        for step in howto.steps:
            if not step.only <= set(script.book.gates[howto.gate].results) - {CLOSED}:
                yield Finding(Property.GATES, f"step {howto.id}.{step.id} names a result that its gate never has")


def worse_answers(asker: Asker, world: World, exemptions: Mapping[str, tuple[Exemption, ...]]) -> Iterator[Finding]:
    """(e): a worse answer never lowers the level; the rest of the answers stays the same."""
    circuit = asker.circuit
    outcomes = [world.verdict.level[level] for level in SERIOUS]
    for fact, found in groupby(steps(world, exemptions), key=attrgetter("fact")):
        told, ways = world.answers.facts[fact], list(found)
        usual = ways[0].better
        better = circuit.cofactor(outcomes, {one: TRUE if one == usual else FALSE for one in told.literals})
        worse = circuit.any(
            circuit.all([way.worse, *(world.facts.condition(one).no for one in way.unless)]) for way in ways
        )
        falls = [circuit.all([one, -now, worse]) for one, now in zip(better, outcomes, strict=True)]
        if asker.possible(circuit.any(falls)):
            level, fall = next(pair for pair in zip(SERIOUS, falls, strict=True) if asker.possible(pair[1]))
            what = f"an answer about {fact} that is worse than the usual one loses {level.name}"
            yield _told(asker, world, Property.MONOTONE, what, fall)


def nothing_dead(asker: Asker, world: World) -> Iterator[Finding]:
    """(f): every level of a rule, every part of its conditions, every closing and result of a gate can happen."""
    seen: set[object] = set()
    for name, rule in world.book.rules.items():
        verdict = world.verdict.rules[name]
        for row, pair in zip(rule.levels, verdict.rows, strict=True):
            if not asker.possible(pair.yes):
                yield Finding(Property.NOTHING_DEAD, f"{name} can never be {row.level.name}: its condition never holds")
        parts = [part for row in rule.levels for part in walk(row.when)]
        for part in parts:
            if isinstance(part, FactIs) and part not in seen:
                seen.add(part)
                yield from _part(asker, name, part, world.facts.fact(part.fact, part.matcher))
    for gate, results in world.verdict.gates.items():
        for result, literal in results.items():
            if not asker.possible(literal):
                yield Finding(Property.NOTHING_DEAD, f"gate {gate} can never be {result}")
        for closing, pair in zip(world.book.gates[gate].closed, world.verdict.closings[gate], strict=True):
            if not asker.possible(pair.yes):
                yield Finding(Property.NOTHING_DEAD, f"gate {gate}: {closing.id} ({closing.because}) never closes it")


def _part(asker: Asker, rule: str, part: FactIs, pair: Pair) -> Iterator[Finding]:
    if not asker.possible(pair.yes):
        yield Finding(Property.NOTHING_DEAD, f"{rule}: the condition on {part.fact} never holds")
    if not asker.possible(pair.no):
        yield Finding(Property.NOTHING_DEAD, f"{rule}: the condition on {part.fact} always holds")


def nothing_unasked(script: Script) -> Iterator[Finding]:
    """(f): every question and list is asked in some dialog, and every fact of theirs is looked at."""
    dialogs = [dialog for dialog in script.dialogs.values() if not dialog.part]
    keys = {one.key for dialog in dialogs for one in asked_in(script, dialog)}
    keys |= _behind_gates(script)
    looked_at = set(script.local)
    conditions = [*conditions_of(script.vocabulary, script.book)]
    conditions += [item.when for dialog in script.dialogs.values() for item in dialog.plan]
    conditions += [
        text.when
        for texts in (script.outcomes.advice, script.outcomes.meanwhile, script.outcomes.safety_net)
        for text in texts
    ]
    for condition in conditions:
        looked_at |= {
            fact for part in walk(condition) if isinstance(part, FactIs) for fact in base_facts(script, part.fact)
        }
    for dialog in script.dialogs.values():
        asked: tuple[Question | Checklist, ...] = (*dialog.questions.values(), *dialog.checklists.values())
        for one in asked:
            key = f"{dialog.id}.{one.id}"
            # What is asked after the advice of a rule stands in no plan.
            if key not in keys and not (isinstance(one, Checklist) and one.after):
                yield Finding(Property.NOTHING_DEAD, f"no dialog ever asks {key} ({one.place})", dialog=dialog.id)
            elif idle := sorted(one.facts - looked_at):
                what = f"{key} tells {', '.join(idle)}, which nothing looks at ({one.place})"
                yield Finding(Property.NOTHING_DEAD, what, dialog=dialog.id)


def _behind_gates(script: Script) -> set[str]:
    """What stands behind a gate in a plan."""
    return {
        f"{dialog.id}.{item.target}"
        for dialog in script.dialogs.values()
        for item in dialog.plan
        if item.kind in (Kind.ASK, Kind.CHECKLIST)
    }
