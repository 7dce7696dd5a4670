"""What is asked of the solver again and again: whether there is a child for whom all of this holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from bot.authoring.proof.answers import BIRTH, days_told, values_told
from bot.authoring.proof.circuit import FALSE, TRUE, Circuit
from bot.authoring.proof.meant import value_as_text
from bot.authoring.proof.solver import NAME, Solver
from bot.authoring.proof.world import World, usual_literal
from bot.facts.value import NOT_SURE, DaysOld, Value
from bot.script.load_examples import EXAMPLE_DAY


class Asker:
    """Asks the solver for children, and counts how often."""

    def __init__(self, circuit: Circuit, name: str = NAME) -> None:
        self.circuit = circuit
        self.solver = Solver(circuit, name)
        self.asked = 0

    def possible(self, *literals: int) -> bool:
        """Whether there is such a child."""
        self.asked += 1
        parts = [literal for literal in literals if literal != TRUE]
        if FALSE in parts:
            return False
        return self.solver.possible(parts)

    def child(self, world: World, literals: Iterable[int]) -> dict[str, Value] | None:
        """The child with the fewest unusual answers for whom all of it holds; None when there is none."""
        wanted = list(literals)
        # An answer can be shown in a chat; one that was skipped or went stale is the second choice.
        answered = [-told.nothing for told in world.answers.facts.values()]
        holds = self.solver.fewest([*wanted, *answered, -world.answers.birth.nothing], world.unusual)
        holds = self.solver.fewest(wanted, world.unusual) if holds is None else holds
        return None if holds is None else child_of(world, holds)


def child_of(world: World, holds: set[int], *, today: date = EXAMPLE_DAY) -> dict[str, Value]:
    """The answers of an assignment, the birth date as days of life."""
    found = values_told(world.answers, holds)
    birth = world.answers.birth
    if birth.not_sure in holds:
        return {BIRTH: NOT_SURE, **found}
    if birth.nothing in holds:
        return found
    days = days_told(birth, holds)
    return {BIRTH: DaysOld(days, days, today), **found}


def story(world: World, child: Mapping[str, Value]) -> str:
    """A child in one line: the age, and every answer that is not the usual one."""
    parts = []
    birth = child.get(BIRTH)
    parts.append("age not told" if birth is None else f"age {value_as_text(birth)}")
    for name, told in world.answers.facts.items():
        value = child.get(name)
        if value is None:
            parts.append(f"{name} not told")
            continue
        usual = usual_literal(told, world.facts.vocabulary.facts[name])
        cell = next((cell for cell, literal in told.cells.items() if literal == usual), None)
        same = value == NOT_SURE if usual == told.not_sure else cell is not None and told.values.get(cell) == value
        if not same:
            parts.append(f"{name} {value_as_text(value)}")
    return ", ".join(parts)
