"""One turn at work: the session as it changes, and the effects that gather."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.facts.level import Level
from bot.facts.value import Value
from bot.script.script import Script
from bot.script.vocabulary import Scope
from bot.talk.advice import Voice
from bot.talk.around import NOTHING, Around
from bot.talk.effects import (
    AnswerKept,
    Ask,
    Button,
    CancelReminder,
    Effect,
    Escalate,
    FlagLowered,
    FlagRaised,
    Redraw,
    Say,
    Silence,
)
from bot.talk.emergency_numbers import EmergencyNumbers
from bot.talk.emergency_words import EmergencyWords
from bot.talk.library_words import LibraryWords
from bot.talk.moment import PRIVATE_FLAG, Moment, graver, highest
from bot.talk.reply_words import ReplyWords
from bot.talk.session import Check, Flag, Pending, Prompt, Session, tell
from bot.talk.withheld_words import WithheldWords
from bot.triage.assess import Raised

STICKY_FOR = timedelta(hours=24)
"""How long EMERGENCY and URGENT stay with a child across checks (Always 4)."""

PAUSE = timedelta(minutes=30)
"""After a pause of this length the danger signs are asked again (source: rules.md C-12)."""

REACHED = "reached"
"""The reminder that asks whether help was reached; nothing else of the emergency is kept with it."""

PRIVATE_RULE = PRIVATE_FLAG

CHANGED_UNTOLD = "changed untold"
"""Remembered in `said`: questions changed under the parent, who is still to be told (bot.talk.reconcile)."""

KEPT_FOR_NEXT_CHECK = frozenset({"temperature_c", "temperature_method"})
"""Measured facts that a check may take over from the one before while they are fresh; signs are asked anew."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What every turn of one script needs, made once."""

    script: Script
    words: EmergencyWords
    replies: ReplyWords
    numbers: EmergencyNumbers
    withheld: WithheldWords
    library: LibraryWords


class Turn:
    """The work on one event."""

    def __init__(self, tools: Tools, session: Session, now: datetime, around: Around = NOTHING) -> None:
        self.around = around
        self.tools = tools
        self.script = tools.script
        self.now = now
        self.session = session
        self.effects: list[Effect] = []
        self.number = session.turn + 1
        self._prompts: list[Prompt] = []
        # What the script that changed took away: questions that waited; and whether it made the level rise.
        self.dropped: tuple[Prompt, ...] = ()
        self.risen = False
        self._moment: Moment | None = None

    # What is known.

    @property
    def check(self) -> Check:
        """The running check; raises RuntimeError when there is none."""
        if self.session.check is None:
            raise RuntimeError("no check is running")
        return self.session.check

    @property
    def moment(self) -> Moment:
        """What is known and raised now in the running check."""
        if self._moment is None:
            self._moment = Moment.of(self.script, self.session, self.check, self.now)
        return self._moment

    @property
    def paused(self) -> bool:
        """Whether the parent was away from a running check so long that the danger signs come first again."""
        session = self.session
        away = session.seen_at is not None and self.now - session.seen_at >= PAUSE
        return away and session.check is not None and not session.check.ended

    @property
    def voice(self) -> Voice:
        """How texts are filled for this parent."""
        number = self.tools.numbers.number(self.session.country)
        return Voice(self.script, number, self.session.nickname, self.now)

    def phrase(self, name: str, **fields: str) -> str:
        """One of the engine's own texts, filled."""
        return self.voice.phrase(name, **fields)

    # Changing the session.

    def update(self, **changes: Any) -> None:
        """Change the session."""
        self.session = replace(self.session, **changes)
        self._moment = None

    def take_session(self, session: Session) -> None:
        """Go on with another session."""
        self.session = session
        self._moment = None

    def update_check(self, **changes: Any) -> None:
        """Change the running check."""
        self.update(check=replace(self.check, **changes))

    def keep_answers(self, question: str, values: Mapping[str, Value]) -> None:
        """Store answers in the session and, after consent, with the check."""
        known = self.script.meanings
        meanings = {name: f"{question}|{known.get(f'{question}/{name}', '')}|{known[name]}" for name in values}
        self.update(
            told=tell(self.session.told, values, self.now),
            meanings={**self.session.meanings, **meanings},
        )
        if not self.check.kept:
            return
        for name, value in values.items():
            fact = self.script.vocabulary.facts[name]
            self.effects.append(
                AnswerKept(
                    self.check.number,
                    question,
                    name,
                    value,
                    self.now,
                    of_child=fact.scope is Scope.CHILD and not fact.private,
                    private=fact.private,
                )
            )

    def forget_answers(self, facts: Iterable[str]) -> None:
        """Take answers back, so that they are asked again."""
        gone = frozenset(facts)
        self.update(told={name: told for name, told in self.session.told.items() if name not in gone})

    def settle_flags(self) -> None:
        """Store every flag that is raised now or has risen. Nothing here lowers a flag."""
        self.raise_rules(self.moment.own)

    def raise_rules(self, raised: Mapping[str, Raised]) -> bool:
        """Raise each flag that is new or has risen, in its level or in what it asks for; say whether one was."""
        risen: dict[str, Flag] = {}
        book = self.script.book.rules
        for rule, one in raised.items():
            before = self.check.flags.get(rule)
            if before is None or graver((before.level, before.action), one.level, one.action):
                private = rule in book and book[rule].private
                risen[rule] = Flag(one.level, one.action, one.sure, self.now, private)
        if risen:
            self.update_check(flags={**self.check.flags, **risen})
        for rule, flag in risen.items():
            self._note_raised(rule, flag)
        return bool(risen)

    def raise_flag(self, name: str, flag: Flag) -> None:
        """Raise a flag that is no rule: of a whole checklist, or of emergency words."""
        self.update_check(flags={**self.check.flags, name: flag})
        self._note_raised(name, flag)

    def _note_raised(self, name: str, flag: Flag) -> None:
        if self.check.kept:
            self.effects.append(FlagRaised(self.check.number, name, flag.level, flag.action, self.now, flag.private))

    def lower_flags(self, names: Iterable[str]) -> None:
        """Take flags away whose answers the parent corrected; those that still hold are raised again."""
        before = self.check.flags
        gone = [name for name in names if name in before]
        if not gone:
            return
        self.update_check(flags={rule: one for rule, one in before.items() if rule not in gone})
        still = self.moment.own
        if (highest(still) or Level.REASSURE) < Level.EMERGENCY:
            self.effects.append(CancelReminder(REACHED))
        if (highest(still) or Level.REASSURE) < Level.URGENT:
            # Should the level rise again, that is told again.
            self.update_check(announced=None)
        if self.check.kept:
            fell = [name for name in gone if name not in still or still[name].level < before[name].level]
            self.effects.extend(FlagLowered(self.check.number, name, self.now) for name in fell)

    # Speaking.

    @property
    def waiting(self) -> Prompt | None:
        """The last question that this turn has asked so far."""
        return self._prompts[-1] if self._prompts else None

    def say(self, text: str) -> None:
        """Say something without a question."""
        self.effects.append(Say(text))

    def ask(
        self,
        pending: Pending,
        question: str,
        text: str,
        buttons: Iterable[Button],
        *,
        progress: tuple[int, int] | None = None,
        private: bool = False,
        **data: Any,
    ) -> None:
        """Ask something; the buttons belong to this turn."""
        shown = tuple(buttons)
        self._expect(pending, question, shown, data)
        self.effects.append(Ask(text, self.number, question, shown, progress, private))

    def escalate(
        self, text: str, level: Level, question: str, pending: Pending, buttons: Iterable[Button], *, private: bool
    ) -> None:
        """Give advice of level URGENT or EMERGENCY in a message of its own."""
        shown = tuple(buttons)
        self._expect(pending, question, shown, {})
        action = self.moment.action if self.session.check is not None else None
        self.effects.append(Escalate(text, level, action, self.number, question, shown, private))

    def ask_beside(self, pending: Pending, question: str, text: str, buttons: Iterable[Button]) -> None:
        """Ask something that comes by itself: the turn stays, and with it all buttons that are already shown.

        In the middle of a check a typed answer is for the check; else it is for this.
        """
        shown = tuple(buttons)
        prompt = Prompt(pending, question, {button.option: button.text for button in shown})
        others = tuple(one for one in self.session.prompts if one.question != question)
        asking = self.session.check is not None and not self.check.ended
        self.update(prompts=(prompt, *others) if asking else (*others, prompt))
        self.effects.append(Ask(text, self.session.turn, question, shown))

    def redraw(self, question: str, buttons: Iterable[Button], text: str | None = None) -> None:
        """Change the buttons of a question in place, or its text too; the turn and the other questions stay."""
        shown = tuple(buttons)
        self.effects.append(Redraw(self.session.turn, question, shown, text))

    def take_back_messages(self) -> None:
        """Forget all that was to be shown in this turn: something more urgent is."""
        self.effects = [one for one in self.effects if not isinstance(one, Say | Ask | Escalate | Redraw | Silence)]
        self._prompts = []

    def _expect(self, pending: Pending, question: str, buttons: tuple[Button, ...], data: Mapping[str, Any]) -> None:
        if not buttons:
            return
        options = {button.option: button.text for button in buttons}
        self._prompts.append(Prompt(pending, question, options, data))

    def finish(self) -> tuple[Session, tuple[Effect, ...]]:
        """The session after the turn, and all effects."""
        script = self.script
        session = replace(self.session, seen_at=self.now, script=script.hash, structure=script.structure)
        if self._prompts:
            session = replace(session, turn=self.number, prompts=tuple(self._prompts))
        return session, tuple(self.effects)

    # Small things that many steps need.

    def button(self, name: str, *, option: str | None = None, danger: bool = False) -> Button:
        """One of the engine's own buttons."""
        return Button(option or name, self.script.button(name), danger=danger)
