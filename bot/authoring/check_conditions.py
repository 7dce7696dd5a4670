"""Conditions that decide nothing: those that can never hold, that always hold, and cases for which nothing is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.authoring.possible import Possible, TooMany
from bot.facts.truth import Truth
from bot.script.conditions import ALWAYS, All, Condition, Not
from bot.script.document import find
from bot.script.foundation import GATES, RULES
from bot.script.load import Loaded
from bot.script.model import Kind, PlanItem
from bot.script.problems import Problem
from bot.script.rules import Gate, Rule

_ASKED = (Kind.ASK, Kind.CHECKLIST, Kind.DO, Kind.GATE)
"""Steps that are taken as well where it cannot be said whether their condition holds."""


def check_conditions(loaded: Loaded) -> Iterator[Problem]:
    """Note every condition of a plan, a rule or a gate that makes no difference, and every gap in a gate or a rule."""
    if loaded.script is None or not loaded.founded:
        return
    script = loaded.script
    wrong = {one.place.file for one in loaded.problems}
    search = _Search(Possible.of(script))
    for dialog in script.dialogs.values():
        if dialog.place.file not in wrong:
            for item in dialog.plan:
                yield from _of_step(item, search)
    for rule in script.book.rules.values():
        yield from _of_rule(rule, loaded, search)
    for gate in script.book.gates.values():
        yield from _of_gate(gate, loaded, search)


@dataclass(slots=True)
class _Search:
    possible: Possible

    def can(self, condition: Condition, *truths: Truth) -> bool:
        """Whether a condition can have one of these truths; yes where that cannot be said in time."""
        try:
            return self.possible.find(condition, truths) is not None
        except TooMany:
            return True


def _of_step(item: PlanItem, search: _Search) -> Iterator[Problem]:
    if item.when == ALWAYS:
        return
    step = f"{item.kind.value} {item.target}".strip()
    passes = (Truth.TRUE, Truth.UNSURE) if item.kind in _ASKED else (Truth.TRUE,)
    if not search.can(item.when, *passes):
        what = f"the condition of '{step}' can never hold, so no parent sees it."
        yield Problem(item.place, what, "Change the condition, or take the step out.")
    elif not search.can(item.when, *(truth for truth in (Truth.FALSE, Truth.UNSURE) if truth not in passes)):
        yield Problem(item.place, f"the condition of '{step}' always holds.", "Change it, or take 'when' out.")


def _of_rule(rule: Rule, loaded: Loaded, search: _Search) -> Iterator[Problem]:
    for number, row in enumerate(rule.levels):
        place = find(loaded.nodes[RULES], ["rules", rule.id, "levels", number, "when"])
        if row.when == ALWAYS or not search.can(row.when, Truth.FALSE):
            yield Problem(
                place, f"rule {rule.id} holds for every child.", "Say in 'when' for whom it holds.", ("rule", rule.id)
            )
        elif not search.can(row.when, Truth.TRUE):
            what = f"rule {rule.id} can never be {row.level.name}: its condition cannot hold."
            yield Problem(place, what, "Change the condition, or take the level out.", ("rule", rule.id))
    rows = rule.not_sure or ()
    if rows and search.can(All(tuple(Not(row.when) for row in rows)), Truth.TRUE):
        place = find(loaded.nodes[RULES], ["rules", rule.id, "not_sure"])
        what = f"'not_sure' of {rule.id} says nothing for some answers."
        yield Problem(place, what, "Add a last line '{level: ROUTINE, when: {}}' or the like.")


def _of_gate(gate: Gate, loaded: Loaded, search: _Search) -> Iterator[Problem]:
    written = [("closed", number, row.id, row.when) for number, row in enumerate(gate.closed)]
    written += [("otherwise", number, row.id, row.when) for number, row in enumerate(gate.otherwise)]
    for name, number, row_id, when in written:
        if when != ALWAYS and not search.can(when, Truth.TRUE):
            place = find(loaded.nodes[GATES], ["gates", gate.id, name, number, "when"])
            what = f"the condition of '{row_id}' in gate '{gate.id}' can never hold."
            yield Problem(place, what, "Change the condition, or take the line out.")
    if search.can(All(tuple(Not(when) for when in _rows(gate))), Truth.TRUE):
        what = f"gate '{gate.id}' says nothing for some children."
        cure = "Add a last line under 'otherwise' without a condition: 'when: {}'."
        yield Problem(find(loaded.nodes[GATES], ["gates", gate.id, "otherwise"]), what, cure)


def _rows(gate: Gate) -> Iterator[Condition]:
    yield from (row.when for row in gate.closed)
    yield from (row.when for row in gate.otherwise)
