"""A Boolean circuit: shared AND gates over numbered literals, and the clauses that a solver needs of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

TRUE = 1
FALSE = -1


class Circuit:
    """Literals are numbers, a minus is "not"; equal gates are made once, so that equal conditions are one literal."""

    def __init__(self) -> None:
        self.clauses: list[list[int]] = [[TRUE]]
        self.gates: list[tuple[int, tuple[int, ...]]] = []
        self.size = TRUE
        self._inputs: dict[int, frozenset[int]] = {}
        self._known: dict[tuple[int, ...], int] = {}
        self._counts: dict[tuple[tuple[int, ...], int], int] = {}

    def var(self) -> int:
        """A new input."""
        self.size += 1
        return self.size

    def all(self, literals: Iterable[int]) -> int:
        """The literal that holds when all of them hold."""
        parts = set(literals)
        parts.discard(TRUE)
        if FALSE in parts or any(-part in parts for part in parts):
            return FALSE
        key = tuple(sorted(parts))
        if len(key) < 2:
            return key[0] if key else TRUE
        if key not in self._known:
            gate = self.var()
            self._known[key] = gate
            self.gates.append((gate, key))
            self._inputs[gate] = frozenset(map(abs, key))
            self.clauses += [[-gate, part] for part in key]
            self.clauses.append([gate, *(-part for part in key)])
        return self._known[key]

    def any(self, literals: Iterable[int]) -> int:
        """The literal that holds when one of them holds."""
        return -self.all(-literal for literal in literals)

    def choose(self, condition: int, yes: int, no: int) -> int:
        """`yes` where the condition holds, else `no`."""
        if yes == no:
            return yes
        return self.any([self.all([condition, yes]), self.all([-condition, no])])

    def differ(self, one: int, other: int) -> int:
        """Whether exactly one of them holds."""
        return self.any([self.all([one, -other]), self.all([-one, other])])

    def at_least(self, number: int, literals: Sequence[int]) -> int:
        """Whether `number` or more of the literals hold."""
        if number <= 0:
            return TRUE
        if number > len(literals):
            return FALSE
        if number == 1:
            return self.any(literals)
        key = (tuple(literals), number)
        if key not in self._counts:
            rest = literals[:-1]
            with_last = self.all([literals[-1], self.at_least(number - 1, rest)])
            self._counts[key] = self.any([with_last, self.at_least(number, rest)])
        return self._counts[key]

    def require(self, *literals: int) -> None:
        """Demand that one of the literals holds."""
        self.clauses.append(list(literals))

    def exactly_one(self, literals: Sequence[int]) -> None:
        """Demand that one of the literals holds, and no second one."""
        self.require(*literals)
        for index, one in enumerate(literals):
            for other in literals[index + 1 :]:
                self.require(-one, -other)

    def cofactor(self, literals: Sequence[int], fixed: Mapping[int, int]) -> list[int]:
        """The same literals with some inputs replaced, by constants for example; only what depends on them is new."""
        made = {key: value for one, other in fixed.items() for key, value in ((one, other), (-one, -other))}
        touched = set(fixed)
        last = max(map(abs, literals), default=0)
        for gate, parts in list(self.gates):
            if gate > last:
                break
            if not touched.isdisjoint(self._inputs[gate]):
                touched.add(gate)
                new = self.all([made.get(part, part) for part in parts])
                made[gate], made[-gate] = new, -new
        return [made.get(literal, literal) for literal in literals]

    def evaluate(self, inputs: Iterable[int]) -> set[int]:
        """The variables that hold when exactly these inputs hold; for tests, no solver takes part."""
        holds = {TRUE, *inputs}
        for gate, parts in self.gates:
            if all((part in holds) if part > 0 else (-part not in holds) for part in parts):
                holds.add(gate)
        return holds
