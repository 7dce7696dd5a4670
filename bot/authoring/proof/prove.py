"""The whole proof: builds the circuit, asks for each property, plays what was found."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bot.authoring.proof.answers import free_answers
from bot.authoring.proof.cells import Limits, conditions_of, limits_of, told_numbers
from bot.authoring.proof.certificate import Certificate
from bot.authoring.proof.circuit import Circuit
from bot.authoring.proof.compare import against_seal
from bot.authoring.proof.completeness import Completeness, dialogs_with_level
from bot.authoring.proof.edits import Edit, read_edits
from bot.authoring.proof.ends import ends
from bot.authoring.proof.escalation import Escalations
from bot.authoring.proof.finding import Finding, Property
from bot.authoring.proof.question import Asker
from bot.authoring.proof.safety import gates, nothing_dead, nothing_unasked, reassurance, worse_answers
from bot.authoring.proof.seal import Seal, read_seal
from bot.authoring.proof.solver import solver_name
from bot.authoring.proof.witness import played
from bot.authoring.proof.world import World, joint_vocabulary, make_world
from bot.authoring.proof.worse import Exemption, read_exemptions
from bot.script.script import Script

MOST_PLAYED = 5
"""Counter-examples that are played as chats; the others are told in one line."""


class Prover:
    """One script against one seal; the parts can be asked for alone."""

    def __init__(self, script: Script, seal: Seal, content: Path) -> None:
        self.script = script
        self.seal = seal
        self.edits: tuple[Edit, ...] = read_edits(content, script.vocabulary)
        self.exemptions: dict[str, tuple[Exemption, ...]] = dict(read_exemptions(content, script.vocabulary))
        self.limits: Limits = limits_of(
            (script.vocabulary, [*conditions_of(script.vocabulary, script.book), *told_numbers(script)]),
            (seal.vocabulary, list(conditions_of(seal.vocabulary, seal.book))),
        )
        circuit = Circuit()
        both = joint_vocabulary([script.vocabulary, seal.vocabulary])
        answers = free_answers(circuit, both, self.limits)
        self.world: World = make_world(circuit, script.vocabulary, script.book, answers)
        self.sealed: World = make_world(circuit, seal.vocabulary, seal.book, answers)
        self.asker = Asker(circuit)
        self.completeness = Completeness(script, self.limits)
        self.escalations = Escalations(script)

    def sealed_findings(self) -> Iterator[Finding]:
        """(g), the fastest of all and the one that sees most mutants."""
        return against_seal(self.asker, self.script, self.world, self.sealed, self.seal, self.edits)

    def parts(self) -> dict[Property, Callable[[], Iterable[Finding]]]:
        """Every property and how it is asked for."""
        asker, script, world = self.asker, self.script, self.world
        return {
            Property.REASSURANCE: lambda: reassurance(asker, world, self.seal.book),
            Property.COMPLETE: self.completeness.findings,
            Property.ESCALATION: self.escalations.findings,
            Property.GATES: lambda: gates(asker, script, world),
            Property.MONOTONE: lambda: worse_answers(asker, world, self.exemptions),
            Property.NOTHING_DEAD: lambda: [*nothing_dead(asker, world), *nothing_unasked(script)],
            Property.SEALED: self.sealed_findings,
            Property.NO_DEAD_END: lambda: ends(script),
        }


def prove(script: Script, content: Path) -> Certificate:
    """Prove every property of a script; raises SealError without a sealed table and NoSolverError without a solver."""
    started = time.process_time()
    seal = read_seal(content)
    prover = Prover(script, seal, content)
    asked: dict[Property, int] = {}
    findings: list[Finding] = []
    for one, part in prover.parts().items():
        before = prover.asker.solver.queries + prover.completeness.asked + prover.escalations.asked
        findings += part()
        asked[one] = prover.asker.solver.queries + prover.completeness.asked + prover.escalations.asked - before
    shown = [played(script, one) if number < MOST_PLAYED else one for number, one in enumerate(findings)]
    return Certificate(
        script.hash,
        seal.fingerprint,
        seal.by,
        solver_name(),
        {
            "facts": len(script.vocabulary.facts),
            "rules": len(script.book.rules),
            "gates": len(script.book.gates),
            "dialogs that show a level": len(dialogs_with_level(script)),
            "edits since the seal": len(prover.edits),
            "gates of the circuit": len(prover.asker.circuit.gates),
        },
        asked,
        shown,
        time.process_time() - started,
    )
