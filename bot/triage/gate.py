"""Gates: whether a how-to may be shown now, and if not, why."""

from __future__ import annotations

from dataclasses import dataclass

from bot.facts.level import Level
from bot.facts.matcher import Matcher
from bot.facts.truth import Truth, of
from bot.script.conditions import FlagsRaised, GateIs, LevelIs, evaluate, walk
from bot.script.rules import Closing, Gate, RuleBook
from bot.triage.assess import OpenFacts, meets
from bot.triage.knowledge import Knowledge

CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class GateState:
    """The result of a gate and the reasons that closed it, sure ones first."""

    gate: str
    result: str
    reasons: tuple[Closing, ...] = ()

    @property
    def closed(self) -> bool:
        """Whether the how-to may not be shown."""
        return self.result == CLOSED


class _GateView:
    """Knowledge as gates see it: "not sure" counts everywhere, and the level so far is known."""

    def __init__(self, knowledge: Knowledge, book: RuleBook, level: Level) -> None:
        self._knowledge = knowledge
        self._book = book
        self._level = level

    def fact(self, fact: str, matcher: Matcher) -> Truth:
        return self._knowledge.fact(fact, matcher, strict=True)

    def flag(self, rule: str) -> Truth:
        raise TypeError(f"a gate looks at the level, not at flag {rule}")

    def flags(self, wanted: FlagsRaised) -> Truth:
        raise TypeError(f"a gate looks at the level, not at flags {wanted}")

    def level(self, wanted: LevelIs) -> Truth:
        return meets(self._level, wanted)

    def gate(self, gate: str, result: str) -> Truth:
        other = self._book.gates[gate]
        state = _state(other, self)
        if state.closed and any(evaluate(reason.when, self) is not Truth.OPEN for reason in state.reasons):
            # Answers to open questions will not open it any more.
            return of(result == CLOSED)
        if state.closed or any(evaluate(opening.when, self) is Truth.OPEN for opening in other.otherwise):
            return Truth.OPEN
        return of(result == state.result)


def gate_state(book: RuleBook, gate: str, knowledge: Knowledge, level: Level) -> GateState:
    """Say what a gate allows; a condition that cannot be said closes it (source: rules.md section 5)."""
    return _state(book.gates[gate], _GateView(knowledge, book, level))


def gate_wants(book: RuleBook, gate: str, knowledge: Knowledge, level: Level) -> frozenset[str]:
    """The unanswered facts that keep a gate from being decided; none where it is closed for sure."""
    view = _GateView(knowledge, book, level)
    closings = [closing.when for closing in book.gates[gate].closed]
    if any(evaluate(when, view) is Truth.TRUE for when in closings):
        return frozenset()
    found: set[str] = set()
    seeker = OpenFacts(view, knowledge)
    for when in (*closings, *(opening.when for opening in book.gates[gate].otherwise)):
        for part in walk(when):
            if isinstance(part, GateIs):
                found.update(gate_wants(book, part.gate, knowledge, level))
        found.update(seeker.of(when))
    return frozenset(found)


def _state(gate: Gate, view: _GateView) -> GateState:
    truths = [(closing, evaluate(closing.when, view)) for closing in gate.closed]
    sure = [closing for closing, truth in truths if truth is Truth.TRUE]
    perhaps = [closing for closing, truth in truths if truth.unknown]
    if sure or perhaps:
        return GateState(gate.id, CLOSED, (*sure, *perhaps))
    for opening in gate.otherwise:
        if evaluate(opening.when, view) is not Truth.FALSE:
            return GateState(gate.id, opening.result)
    return GateState(gate.id, CLOSED)
