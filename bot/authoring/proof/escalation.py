"""(c): every flag of URGENT or EMERGENCY is told in the very turn in which it is raised, shown on the real engine.

For every rule its own example child is put one answer before the flag; then the parent gives that answer. The claims
that hold after every turn (`bot.authoring.claims`) look at it as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time

from bot.authoring.chat import Chat, ChatError
from bot.authoring.claims import HeldEngine
from bot.authoring.conversations import is_over
from bot.authoring.persona import Persona
from bot.authoring.proof.finding import Finding, Property
from bot.authoring.proof.tellers import Asked, asked_in
from bot.facts.level import Level
from bot.facts.value import DaysOld, Value
from bot.script.rules import Example, Rule
from bot.script.script import Script
from bot.talk.effects import Escalate, FlagRaised
from bot.talk.flow import go_on, start_check
from bot.talk.session import Session, Stage
from bot.talk.turn import Turn
from bot.triage.assess import assess
from bot.triage.examples import child_of
from bot.triage.knowledge import Knowledge, Told

DIALOG = "danger_check"
TAPS = 12
"""More answers than from any question to its rule."""

MOST_EXAMPLES = 6


class Escalations:
    """Shows the deciding turn of each rule, and remembers for which there was none to show."""

    def __init__(self, script: Script, *, every_rule: bool = False) -> None:
        self.script = script
        self.every_rule = every_rule
        self.asked = 0
        self.not_shown: list[str] = []
        self._seen: set[str] = set()
        dialog = script.dialogs.get(DIALOG)
        self._asked_in: tuple[Asked, ...] = () if dialog is None else asked_in(script, dialog)
        self._engine: HeldEngine | None = None

    def findings(self) -> Iterator[Finding]:
        """Every rule that is raised in a turn that does not say so; and that there is no dialog to show it in."""
        if DIALOG not in self.script.dialogs:
            what = f"there is no dialog '{DIALOG}', which tells danger signs whatever else was edited. Put it back."
            yield Finding(Property.ESCALATION, what)
            return
        for rule in self.script.book.rules.values():
            if rule.highest >= Level.URGENT:
                fault = self._fault(rule)
                if fault is None:
                    self.not_shown.append(rule.id)
                elif fault:
                    yield Finding(Property.ESCALATION, f"{rule.id}: {fault}", rules=(rule.id,))

    def _fault(self, rule: Rule) -> str | None:
        """What is wrong with the deciding turn: "" for nothing, None where no example shows one."""
        for example in rule.fires_for[:MOST_EXAMPLES]:
            for one in reversed(self._asked_in):
                if example.level not in (None, rule.highest) or not one.one.facts & example.facts.keys():
                    continue
                key = one.key
                if key in self._seen and not self.every_rule:
                    return ""
                if not self._decides(rule, example, one):
                    continue
                self.asked += 1
                fault = self._decide(rule, example, one)
                if fault is not None:
                    self._seen.add(key)
                    return fault
        return None

    def _before(self, example: Example, last: Asked) -> dict[str, Told]:
        known = child_of(self.script.vocabulary, example)
        return {name: Told(one.value, known.now) for name, one in known.told.items() if name not in last.one.facts}

    def _decides(self, rule: Rule, example: Example, last: Asked) -> bool:
        """Whether the rule waits for this answer."""
        now = datetime.combine(example.today, time(12), UTC)
        child = Knowledge(self.script.vocabulary, self._before(example, last), now=now, today=example.today)
        return rule.id not in assess(self.script.book, child).raised

    def _decide(self, rule: Rule, example: Example, last: Asked) -> str | None:
        chat = Chat(self._held(), datetime.combine(example.today, time(12), UTC))
        self._begin(chat, self._before(example, last))
        persona = Persona(self.script, _dated(example), example.today)
        for _ in range(TAPS):
            if is_over(chat):
                return None
            try:
                persona.answer(chat)
            except ChatError as error:
                return str(error).splitlines()[0]
            raised = _raised(chat, rule)
            if raised is not None and raised >= Level.URGENT:
                said = [effect.level for effect in chat.effects if isinstance(effect, Escalate)]
                # Beside a list of emergencies that was answered by "yes" the advice was given a turn before.
                before = [effect.level for effect in chat.everything if isinstance(effect, Escalate)]
                told = max(said, default=None) or max(before, default=Level.REASSURE)
                return "" if told >= raised else f"raised as {raised.name}, and the turn does not say so"
        return None

    def _held(self) -> HeldEngine:
        if self._engine is None:
            self._engine = HeldEngine(self.script)
        return self._engine

    def _begin(self, chat: Chat, told: Mapping[str, Told]) -> None:
        chat.session = Session(stage=Stage.READY, consent=True)
        turn = Turn(self._held().tools, chat.session, chat.now)
        start_check(turn, DIALOG, {})
        turn.update(told=dict(told))
        go_on(turn)
        chat.adopt(turn, f"({DIALOG})")


def _raised(chat: Chat, rule: Rule) -> Level | None:
    """The level at which the last turn raised a rule."""
    levels = [effect.level for effect in chat.effects if isinstance(effect, FlagRaised) and effect.rule == rule.id]
    return max(levels, default=None)


def _dated(example: Example) -> dict[str, Value]:
    return {
        name: DaysOld(value.low, value.high, example.today) if isinstance(value, DaysOld) else value
        for name, value in example.facts.items()
    }
