"""One moment of a check: what is known, which flags are raised, what is still worth asking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from bot.facts.level import ORDER, Action, Level
from bot.facts.matcher import Matcher
from bot.facts.truth import Truth
from bot.script.conditions import Condition, FactIs, FlagsRaised, GateIs, LevelIs, walk
from bot.script.model import Dialog, Kind
from bot.script.script import Script
from bot.talk.session import Check, Flag, Session
from bot.triage.assess import Assessment, Raised, assess, meets, wanted
from bot.triage.gate import GateState, gate_state, gate_wants
from bot.triage.knowledge import Knowledge, Told

LIST_FLAG = "list:"
"""Prefix of flags that a checklist raised by itself, before a line was named."""

WORD_FLAG = "word:"
"""Prefix of flags that emergency words raised."""


PRIVATE_FLAG = "private"
"""The name under which a private flag is remembered after its check: its level counts, its reason is gone."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a dialog with all that it does needs to know besides red flags: facts of its conditions, and gates."""

    facts: frozenset[str]
    gates: frozenset[str]


def needs_of(script: Script, dialog: Dialog) -> Needs:
    """Collect the facts that plan conditions look at, and the gates that the plan passes."""
    facts: set[str] = set()
    gates: set[str] = set()
    for item_dialog in _with_parts(script, dialog):
        for item in item_dialog.plan:
            if item.kind is Kind.GATE:
                gates.add(item.target)
            for part in walk(item.when):
                if isinstance(part, FactIs):
                    facts.update(base_facts(script, part.fact))
                if isinstance(part, GateIs):
                    gates.add(part.gate)
    return Needs(frozenset(facts), frozenset(gates))


def _with_parts(script: Script, dialog: Dialog) -> Iterator[Dialog]:
    yield dialog
    for item in dialog.plan:
        if item.kind is Kind.DO:
            yield from _with_parts(script, script.dialogs[item.target])


def base_facts(script: Script, name: str) -> frozenset[str]:
    """The facts that can be asked behind a name: itself, or what it is computed from."""
    derived = script.vocabulary.derived.get(name)
    if derived is None:
        return frozenset({name})
    if derived.function is not None:
        return frozenset({"birth_date", "gestation_weeks"})
    conditions: tuple[Condition, ...] = (
        *derived.count_of,
        *((derived.condition,) if derived.condition is not None else ()),
    )
    return frozenset().union(
        *(
            base_facts(script, part.fact)
            for condition in conditions
            for part in walk(condition)
            if isinstance(part, FactIs)
        )
    )


def highest(raised: Mapping[str, Raised]) -> Level | None:
    """The most severe level among flags."""
    return max((one.level for one in raised.values()), default=None)


def most_urgent(raised: Mapping[str, Raised]) -> Action | None:
    """The most urgent action of the most severe level among flags."""
    level = highest(raised)
    actions = {one.action for one in raised.values() if one.level is level}
    return next((action for action in ORDER if action in actions), None)


def graver(before: tuple[Level, Action | None], level: Level, action: Action | None) -> bool:
    """Whether a level is above the one before, or asks for something more urgent."""
    if level is not before[0]:
        return level > before[0]
    return _rank(action) < _rank(before[1])


def _rank(action: Action | None) -> int:
    return ORDER.index(action) if action in ORDER else len(ORDER)


class Moment:
    """Knowledge, flags and wants at one moment; it never changes."""

    def __init__(
        self,
        script: Script,
        told: Mapping[str, Told],
        flags: Mapping[str, Flag],
        dialog: str,
        now: datetime,
        *,
        carried: Mapping[str, Flag] | None = None,
        closing: bool = False,
    ) -> None:
        self.script = script
        self.now = now
        self.flags = flags
        self.carried = carried or {}
        self.dialog = script.dialogs[dialog]
        self.knowledge = Knowledge(script.vocabulary, told, now=now, today=now.date(), closing=closing)

    @classmethod
    def of(cls, script: Script, session: Session, check: Check, now: datetime) -> Moment:
        """The moment of a check."""
        return cls(script, session.told, check.flags, check.dialog, now, carried=check.carried)

    def closing(self) -> Moment:
        """The same moment at the end of a check: what nobody asked counts as "not sure"."""
        told = self.knowledge.told
        return Moment(self.script, told, self.flags, self.dialog.id, self.now, carried=self.carried, closing=True)

    def with_told(self, told: Mapping[str, Told], wanted_facts: frozenset[str]) -> Moment:
        """A moment with other answers, of which it is known already what is worth asking."""
        moment = Moment(self.script, told, self.flags, self.dialog.id, self.now, carried=self.carried)
        moment.__dict__["wanted"] = wanted_facts
        return moment

    @cached_property
    def assessment(self) -> Assessment:
        """The rules over all that is known, with the flags raised before."""
        sticky = {rule: flag.raised(rule) for rule, flag in self.flags.items()}
        return assess(self.script.book, self.knowledge, sticky)

    @cached_property
    def own(self) -> Mapping[str, Raised]:
        """Every flag of this check: of rules, checklists and emergency words."""
        own = {rule: flag.raised(rule) for rule, flag in self.flags.items() if rule not in self.script.book.rules}
        return {**self.assessment.raised, **own}

    @cached_property
    def raised(self) -> Mapping[str, Raised]:
        """Every flag that counts now: those of this check, and serious ones of an earlier check."""
        raised = dict(self.own)
        for rule, flag in self.carried.items():
            if rule not in raised or raised[rule].level < flag.level:
                raised[rule] = flag.raised(rule)
        return raised

    @cached_property
    def level(self) -> Level | None:
        """The most severe level so far."""
        return highest(self.raised)

    @property
    def action(self) -> Action | None:
        """The most urgent action of the most severe level."""
        return most_urgent(self.raised)

    @cached_property
    def wanted(self) -> frozenset[str]:
        """The facts worth asking.

        They could raise the level or add a reason of SOON or above, decide a gate of this dialog, or steer its plan.
        """
        level = self.level
        own = highest(self.own)
        threshold = Level.ROUTINE if own is None or own is Level.REASSURE else Level.SOON
        needs = needs_of(self.script, self.dialog)
        gates = (gate_wants(self.script.book, gate, self.knowledge, level or Level.REASSURE) for gate in needs.gates)
        steering = {fact for fact in needs.facts if self.knowledge.answered(fact) is None}
        return wanted(self.script.book, self.knowledge, self.assessment, threshold).union(steering, *gates)

    def gate_state(self, gate: str) -> GateState:
        """What a gate allows now."""
        return gate_state(self.script.book, gate, self.knowledge, self.level or Level.REASSURE)

    # The view of plan conditions.

    def fact(self, fact: str, matcher: Matcher) -> Truth:
        """Whether a fact matches."""
        return self.knowledge.fact(fact, matcher)

    def flag(self, rule: str) -> Truth:
        """Whether a rule is raised."""
        return Truth.TRUE if rule in self.raised else self.assessment.truths[rule]

    def flags_raised(self, wanted_flags: FlagsRaised) -> Truth:
        """Whether enough rules are raised."""
        book = self.script.book.rules
        count = sum(
            1
            for rule, one in self.raised.items()
            if rule not in wanted_flags.besides
            and (wanted_flags.tag is None or (rule in book and wanted_flags.tag in book[rule].tags))
            and (wanted_flags.level is None or one.level >= wanted_flags.level)
        )
        return Truth.TRUE if count >= wanted_flags.number else Truth.FALSE

    def reached(self, wanted_level: LevelIs) -> Truth:
        """Whether the level so far is the wanted one."""
        return meets(self.level or Level.REASSURE, wanted_level)

    def gate(self, gate: str, result: str) -> Truth:
        """Whether a gate has this result."""
        return Truth.TRUE if self.gate_state(gate).result == result else Truth.FALSE


class PlanView:
    """A moment as plan conditions see it."""

    def __init__(self, moment: Moment) -> None:
        self._moment = moment

    def fact(self, fact: str, matcher: Matcher) -> Truth:
        """Whether a fact matches."""
        return self._moment.fact(fact, matcher)

    def flag(self, rule: str) -> Truth:
        """Whether a rule is raised."""
        return self._moment.flag(rule)

    def flags(self, wanted: FlagsRaised) -> Truth:
        """Whether enough rules are raised."""
        return self._moment.flags_raised(wanted)

    def level(self, wanted: LevelIs) -> Truth:
        """Whether the level so far is the wanted one."""
        return self._moment.reached(wanted)

    def gate(self, gate: str, result: str) -> Truth:
        """Whether a gate has this result."""
        return self._moment.gate(gate, result)
