"""One script over all answers of one parent, ready to be asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.authoring.proof.answers import Answers, Told, free_answers
from bot.authoring.proof.cells import Limits
from bot.authoring.proof.circuit import Circuit
from bot.authoring.proof.reading import FactReader
from bot.authoring.proof.verdict import Verdict, VerdictReader
from bot.facts.value import NotSure, Number
from bot.script.rules import RuleBook
from bot.script.vocabulary import Fact, Vocabulary


@dataclass(frozen=True, slots=True)
class World:
    """Answers, and what the facts, rules and gates say of them."""

    book: RuleBook
    answers: Answers
    facts: FactReader
    verdict: Verdict

    @property
    def unusual(self) -> tuple[int, ...]:
        """The literals of answers that are not the usual ones: the fewer, the shorter the story."""
        found: list[int] = [self.answers.birth.nothing, self.answers.birth.not_sure]
        for name, told in self.answers.facts.items():
            usual = usual_literal(told, self.facts.vocabulary.facts[name])
            found += [literal for literal in told.literals if literal != usual]
        return tuple(dict.fromkeys(found))


def usual_literal(told: Told, fact: Fact) -> int:
    """The literal of the answer that a parent gives most often."""
    if told.certain is not None:
        return next(iter(told.cells.values()))
    if isinstance(fact.usual, NotSure):
        return told.not_sure
    for cell, value in told.values.items():
        if value == fact.usual:
            return told.cells[cell]
    if isinstance(fact.usual, Number) and fact.usual.exact is not None:
        wanted = fact.usual.exact
        near = {
            cell: abs(value.exact - wanted)
            for cell, value in told.values.items()
            if isinstance(value, Number) and value.exact is not None
        }
        return told.cells[min(near, key=near.__getitem__)]
    return next(iter(told.cells.values()), told.nothing)


def make_world(circuit: Circuit, vocabulary: Vocabulary, book: RuleBook, answers: Answers) -> World:
    """Read a rule book over given answers."""
    facts = FactReader(circuit, vocabulary, answers)
    return World(book, answers, facts, VerdictReader(book, facts).read())


def joint_vocabulary(vocabularies: Iterable[Vocabulary]) -> Vocabulary:
    """All facts of several vocabularies, with the options of each."""
    facts: dict[str, Fact] = {}
    for vocabulary in vocabularies:
        for name, fact in vocabulary.facts.items():
            before = facts.get(name, fact)
            facts[name] = before if set(fact.options) <= set(before.options) else fact
    return Vocabulary(facts)


def free_world(circuit: Circuit, vocabulary: Vocabulary, book: RuleBook, limits: Limits) -> World:
    """Read a rule book over answers of which nothing is known."""
    return make_world(circuit, vocabulary, book, free_answers(circuit, vocabulary, limits))
