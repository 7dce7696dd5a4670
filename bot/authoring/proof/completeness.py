"""(b): whoever goes through a dialog to its end is told at least the level that the child's facts raise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.authoring.proof.cells import Limits
from bot.authoring.proof.checked import Checked
from bot.authoring.proof.circuit import Circuit
from bot.authoring.proof.finding import Finding, Property
from bot.authoring.proof.question import Asker, child_of, story
from bot.authoring.proof.safety import SERIOUS
from bot.authoring.proof.solver import FOR_FEW
from bot.authoring.proof.tellers import signature
from bot.facts.level import Level
from bot.facts.value import Value
from bot.script.conditions import FactIs, walk
from bot.script.model import Dialog
from bot.script.script import Script
from bot.talk.moment import base_facts


def dialogs_with_level(script: Script) -> tuple[Dialog, ...]:
    """The dialogs that end by telling a level."""
    return tuple(dialog for dialog in script.dialogs.values() if not dialog.part)


def alike(script: Script) -> tuple[tuple[Dialog, ...], ...]:
    """Dialogs that ask the same under the same conditions, whatever the order: one proof holds for all of them."""
    groups: dict[object, list[Dialog]] = {}
    for dialog in dialogs_with_level(script):
        groups.setdefault(signature(script, dialog), []).append(dialog)
    return tuple(tuple(group) for group in groups.values())


class Completeness:
    """Asks one dialog after the other, and counts how often."""

    def __init__(self, script: Script, limits: Limits) -> None:
        self.script = script
        self.limits = limits
        self.asked = 0
        self.dialogs = 0

    def findings(self) -> Iterator[Finding]:
        """For each dialog the most serious level that somebody loses."""
        for group in alike(self.script):
            self.dialogs += len(group)
            found = self.lost(group[0])
            if found is not None:
                yield found

    def lost(self, dialog: Dialog) -> Finding | None:
        """The most serious level that somebody loses in this dialog, or None."""
        circuit = Circuit()
        checked = Checked(circuit, self.script, dialog, self.limits)
        asker = Asker(circuit, FOR_FEW)
        falls = {level: circuit.all(checked.falls_below(level)) for level in SERIOUS}
        try:
            if not asker.possible(circuit.any(falls.values())):
                return None
            level = next(level for level, fall in falls.items() if asker.possible(fall))
            holds = asker.solver.fewest([falls[level]], checked.true.unusual)
            return None if holds is None else self._finding(dialog, checked, level, holds)
        finally:
            self.asked += asker.solver.queries
            asker.solver.close()

    def _finding(self, dialog: Dialog, checked: Checked, level: Level, holds: set[int]) -> Finding:
        def is_true(literal: int) -> bool:
            return (literal in holds) if literal > 0 else (-literal not in holds)

        rules = tuple(rule for rule, one in checked.true.verdict.rules.items() if is_true(one.raised[level]))
        child = child_of(checked.true, holds)
        lost = [name for name in self._facts_of(rules) if self._untold(name, child, checked, holds)]
        why = f"; not asked, or told less: {', '.join(sorted(lost))}" if lost else ""
        what = (
            f"{dialog.id}: a child for whom {', '.join(rules)} gives {level.name} ends below it{why}: "
            f"{story(checked.true, child)}"
        )
        shown = {name: value for name, value in child.items() if name not in self.script.local}
        return Finding(Property.COMPLETE, what, shown, dialog.id, level.name, rules=rules)

    def _facts_of(self, rules: tuple[str, ...]) -> set[str]:
        return {
            fact
            for rule in rules
            for row in self.script.book.rules[rule].levels
            for part in walk(row.when)
            if isinstance(part, FactIs)
            for fact in base_facts(self.script, part.fact)
        }

    def _untold(self, name: str, child: Mapping[str, Value], checked: Checked, holds: set[int]) -> bool:
        told = child_of(checked.told, holds).get(name)
        sensible = checked.true.facts.sensible(name)
        makes_sense = (sensible in holds) if sensible > 0 else (-sensible not in holds)
        return makes_sense and told != child.get(name)
