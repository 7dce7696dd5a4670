"""Whether a planted mistake is caught, and by what: the examples, the sealed table, the other proofs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from bot.authoring.mutants.mutant import Area, Mutant
from bot.authoring.proof.compare import (
    against_seal,
    answer_findings,
    changed_parts,
    gate_differences,
    plain_differences,
    rule_differences,
)
from bot.authoring.proof.completeness import Completeness, alike
from bot.authoring.proof.ends import ends
from bot.authoring.proof.finding import Finding
from bot.authoring.proof.prove import Prover
from bot.authoring.proof.reading import FactReader
from bot.authoring.proof.safety import gates_stand_before, nothing_unasked
from bot.authoring.proof.seal import Seal, read_seal
from bot.authoring.proof.tellers import Asked, asked_in, signature
from bot.authoring.proof.verdict import VerdictReader
from bot.authoring.proof.world import World, make_world
from bot.script.rules import Example, Rule, RuleBook
from bot.script.script import Script
from bot.triage.assess import assess
from bot.triage.behind import rules_behind
from bot.triage.examples import child_of
from bot.triage.knowledge import Knowledge

MOST_IN_ONE_CIRCUIT = 40


class By(StrEnum):
    """What caught a mutant, or why nothing had to."""

    EXAMPLES = "an example beside the rule"
    TABLE = "the sealed table"
    ANSWERS = "the sealed answers"
    STRUCTURE = "the look at plans and gates"
    COMPLETE = "the proof of completeness"
    SAME = "nothing: it is proved to change nothing for any child"
    QUESTIONS = "nothing: no child loses a level, only questions change"
    NOTHING = "nothing, and it changes a level or a gate"


@dataclass(frozen=True, slots=True)
class Judged:
    """A mutant and what came of it."""

    mutant: Mutant
    by: By
    why: str = ""

    @property
    def survives(self) -> bool:
        """Whether nothing caught it although it may matter."""
        return self.by in (By.QUESTIONS, By.NOTHING)


class Judge:
    """Judges mutants of one script, one after the other."""

    def __init__(self, script: Script, content: Path) -> None:
        self.script = script
        self.content = content
        self.seal: Seal = read_seal(content)
        self._children: dict[str, tuple[tuple[Example, bool, Knowledge], ...]] = {}
        self._begin()
        self._signatures = {signature(script, group[0]) for group in alike(script)}

    def _begin(self) -> None:
        self._prover = Prover(self.script, self.seal, self.content)
        self._made = 0

    def judge(self, mutant: Mutant) -> Judged:
        """What catches it."""
        match mutant.area:
            case Area.RULE:
                return self._rule(mutant)
            case Area.GATE:
                return self._gate(mutant)
            case Area.FACT:
                return self._fact(mutant)
            case Area.DIALOG:
                return self._dialog(mutant)

    # Rules.

    def _rule(self, mutant: Mutant) -> Judged:
        book = mutant.book(self.script.book)
        if self._example_fails(mutant, book):
            return Judged(mutant, By.EXAMPLES)
        base = self._prover.world
        verdict = VerdictReader(book, base.facts).read_again(base.verdict, frozenset({mutant.name}))
        return self._against(mutant, replace(base, book=book, verdict=verdict))

    def _example_fails(self, mutant: Mutant, book: RuleBook) -> bool:
        rule = self.script.book.rules[mutant.name]
        behind = rules_behind(book, book.rules[rule.id]) if rule.id in book.rules else ()
        for example, fires, child in self._examples(rule):
            raised = assess(book, child, only=behind).raised.get(rule.id)
            got = None if raised is None else raised.level
            wanted = rule.highest if example.level is None else example.level
            if got is not wanted if fires else got is not None and (example.level is None or got >= example.level):
                return True
        return False

    def _examples(self, rule: Rule) -> tuple[tuple[Example, bool, Knowledge], ...]:
        if rule.id not in self._children:
            self._children = {
                rule.id: tuple(
                    (example, fires, child_of(self.script.vocabulary, example))
                    for fires, examples in ((True, rule.fires_for), (False, rule.quiet_for))
                    for example in examples
                )
            }
        return self._children[rule.id]

    def _against(self, mutant: Mutant, now: World) -> Judged:
        """What is the same for every child is proved to be; else the sealed table and its edits must object."""
        prover = self._prover
        found = next(rule_differences(prover.asker, now, prover.world), None)
        if found is not None:
            return self._objects(mutant, now, f"{found.of} {found.what}")
        changed = changed_parts(now.facts.vocabulary, now.book, self.seal)
        if any(True for _ in plain_differences(now.facts.vocabulary, now.book, self.seal, changed)):
            return Judged(mutant, By.TABLE, "counts for another time, or is kept or shown differently")
        return Judged(mutant, By.SAME)

    def _objects(self, mutant: Mutant, now: World, what: str) -> Judged:
        """Whether the proof objects; a listed edit can let a second mistake in the same place pass."""
        prover = self._prover
        if not prover.edits:
            return Judged(mutant, By.TABLE, what)
        script = mutant.script(self.script)
        findings = against_seal(prover.asker, script, now, prover.sealed, self.seal, prover.edits)
        caught = next(findings, None) is not None
        return Judged(mutant, By.TABLE if caught else By.NOTHING, what)

    # Gates and facts.

    def _gate(self, mutant: Mutant) -> Judged:
        book, base, prover = mutant.book(self.script.book), self._prover.world, self._prover
        verdict = VerdictReader(book, base.facts).read_gates(base.verdict)
        now = replace(base, book=book, verdict=verdict)
        found = next(gate_differences(prover.asker, now, base), None)
        return Judged(mutant, By.SAME) if found is None else self._objects(mutant, now, f"{found.of} {found.what}")

    def _fact(self, mutant: Mutant) -> Judged:
        if self._made >= MOST_IN_ONE_CIRCUIT:
            self._begin()
        self._made += 1
        vocabulary, prover = mutant.vocabulary(self.script.vocabulary), self._prover
        now = make_world(prover.asker.circuit, vocabulary, self.script.book, prover.world.answers)
        judged = self._against(mutant, now)
        if judged.by is By.SAME:
            found = next(gate_differences(prover.asker, now, prover.world), None)
            if found is not None:
                return self._objects(mutant, now, f"{found.of} {found.what}")
        return judged

    # Dialogs.

    def _dialog(self, mutant: Mutant) -> Judged:
        script = mutant.script(self.script)
        for by, findings in self._looks(script):
            found = next(findings, None)
            if found is not None:
                return Judged(mutant, by, found.what)
        groups = [group for group in alike(script) if signature(script, group[0]) not in self._signatures]
        completeness = Completeness(script, self._prover.limits)
        for group in groups:
            if self._asks_no_less(script, group[0].id):
                continue
            lost = completeness.lost(group[0])
            if lost is not None:
                return Judged(mutant, By.COMPLETE, lost.what)
        return Judged(mutant, By.QUESTIONS if groups else By.SAME)

    def _asks_no_less(self, script: Script, dialog: str) -> bool:
        """Whether everything that was asked is asked still, of the same children at least, with the same answers."""
        now = {one.key: one for one in asked_in(script, script.dialogs[dialog])}
        before = {one.key: one for one in asked_in(self.script, self.script.dialogs[dialog])}
        if now.keys() != before.keys() or any(now[key].one != one.one for key, one in before.items()):
            return False
        asker, answers = self._prover.asker, self._prover.world.answers
        facts = FactReader(asker.circuit, self.script.vocabulary, answers, closing=False)

        def comes_to(one: Asked) -> int:
            ways = [[-facts.condition(when).no for when in way] for way in one.ways]
            return asker.circuit.any(asker.circuit.all(way) for way in ways)

        changed = [key for key, one in before.items() if one.ways != now[key].ways]
        return not any(asker.possible(comes_to(before[key]), -comes_to(now[key])) for key in changed)

    def _looks(self, script: Script) -> Iterator[tuple[By, Iterator[Finding]]]:
        yield By.ANSWERS, answer_findings(script, self.seal)
        yield By.STRUCTURE, gates_stand_before(script)
        yield By.STRUCTURE, ends(script)
        yield By.STRUCTURE, nothing_unasked(script)
