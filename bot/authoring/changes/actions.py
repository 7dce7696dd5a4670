"""A rule that asks for another action at the same level: "go" where it said "call", or the reverse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.authoring.proof.circuit import FALSE
from bot.authoring.proof.compare import Difference, by_action
from bot.authoring.proof.edits import Kind
from bot.authoring.proof.question import Asker
from bot.authoring.proof.verdict import LEVELS
from bot.authoring.proof.world import World
from bot.facts.level import ORDER, Level, default_action


def action_differences(asker: Asker, new: World, old: World) -> Iterator[Difference]:
    """Every rule that asks some child for a more or a less urgent action, where its level stays as it was.

    Of several actions of one level the most urgent that holds counts; a level that answers "not sure" leave open has
    its usual one.
    """
    for name in new.book.rules.keys() & old.book.rules.keys():
        for level in LEVELS:
            now, before = _Asked(asker, name, new, level), _Asked(asker, name, old, level)
            seen: set[Kind] = set()
            for number, action in enumerate(ORDER):
                now_so, before_so = now.so_urgent(number), before.so_urgent(number)
                if now_so == before_so:
                    continue
                for kind, literals in (
                    (Kind.STRICTER, (now_so, -before_so)),
                    (Kind.LOOSER, (-now_so, before_so)),
                ):
                    if kind not in seen and asker.possible(now.exactly, before.exactly, *literals):
                        seen.add(kind)
                        verb = "newly" if kind is Kind.STRICTER else "no longer"
                        what = f"{verb} says “{action.value}” at {level.name}"
                        yield Difference(name, kind, what, (now.exactly, before.exactly, *literals), of_action=True)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a rule of one version asks for at one level."""

    asker: Asker
    name: str
    world: World
    level: Level

    @property
    def exactly(self) -> int:
        """Whether the rule is raised at this level and no higher one."""
        raised = self.world.verdict.rules[self.name].raised
        above = FALSE if self.level is Level.EMERGENCY else raised[Level(self.level + 1)]
        return self.asker.circuit.all([raised[self.level], -above])

    def so_urgent(self, number: int) -> int:
        """Whether an action is asked for that is at least as urgent as this one of the order."""
        circuit, wanted = self.asker.circuit, {str(one) for one in ORDER[: number + 1]}
        found = by_action(self.asker, self.name, self.world, self.level)
        rows = [literal for action, literal in found.items() if action in wanted]
        if str(default_action(self.level)) in wanted:
            rows.append(circuit.all([self.exactly, -circuit.any(found.values())]))
        return circuit.any(rows)
