"""The SAT solver behind the proof: the only place that knows which one it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from importlib.metadata import version
from typing import Any, ClassVar
from weakref import finalize

from bot.authoring.proof.circuit import Circuit
from bot.errors import SteadyError

NAME = "cadical153"
FOR_FEW = "minisat22"
"""Where few questions are asked of one circuit it is the faster one."""


class NoSolverError(SteadyError):
    """The proof was asked for, but the solver is not installed."""

    exit_status: ClassVar[int] = 2


class Solver:
    """An incremental solver over one circuit; gates that are added later are handed over before the next question."""

    def __init__(self, circuit: Circuit, name: str = NAME) -> None:
        try:
            solvers: Any = import_module("pysat.solvers")
        except ImportError:
            raise NoSolverError(
                "the proof needs a SAT solver, which is not installed.",
                cure="Install it with: pip install 'steady-bot[prove]'",
            ) from None
        self._circuit = circuit
        self._solver = solvers.Solver(name=name)
        # At the end of the program its own end would come too late.
        self._end = finalize(self, self._solver.delete)
        self._handed = 0
        self.queries = 0

    def holds(self, literals: Iterable[int]) -> set[int] | None:
        """An assignment in which all the literals hold, as the set of true variables, or None when there is none."""
        if not self.possible(literals):
            return None
        model: Sequence[int] = self._solver.get_model()
        return {literal for literal in model if literal > 0}

    def possible(self, literals: Iterable[int]) -> bool:
        """Whether there is an assignment in which all the literals hold."""
        clauses = self._circuit.clauses
        if self._handed < len(clauses):
            self._solver.append_formula(clauses[self._handed :])
            self._handed = len(clauses)
        self.queries += 1
        return bool(self._solver.solve(assumptions=list(literals)))

    def fewest(self, literals: Iterable[int], unusual: Sequence[int]) -> set[int] | None:
        """The same with few of the `unusual` literals: the shortest story. None when there is none at all."""
        wanted = list(literals)
        best = self.holds(wanted)
        if best is None:
            return None
        # Taken away one by one as long as it stays possible: not always the fewest, but none can be left out.
        fixed = [-literal for literal in unusual if literal not in best]
        for literal in unusual:
            if literal in best:
                found = self.holds([*wanted, *fixed, -literal])
                if found is not None:
                    best = found
                    fixed = [-one for one in unusual if one not in best]
        return best

    def close(self) -> None:
        """Free its memory."""
        self._end()


def solver_name() -> str:
    """The solver and its version."""
    return f"{NAME} and {FOR_FEW} of python-sat {version('python-sat')}"
