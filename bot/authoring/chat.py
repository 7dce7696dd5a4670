"""A simulated chat: a parent presses, types and waits; the session is saved and read again between all turns."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.authoring.chat_memory import ChatMemory
from bot.facts.level import Level
from bot.talk.around import NOTHING, Around
from bot.talk.effects import (
    Ask,
    Button,
    CancelReminder,
    Document,
    Effect,
    Escalate,
    ForgetParent,
    Redraw,
    Remind,
    Say,
    SendExport,
)
from bot.talk.engine import Engine
from bot.talk.events import Command, Due, Event, Media, Pressed, Sent, Typed
from bot.talk.moment import Moment
from bot.talk.session import Session
from bot.talk.session_json import dump, load
from bot.talk.turn import Turn

START = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
"""When simulated chats happen, unless they say otherwise."""


EXPORT = "(a file with all that is kept)"
"""How the export shows in a simulated chat, which keeps nothing."""


class ChatError(AssertionError):
    """The chat did not go as told: the message shows what the bot had said."""


@dataclass(frozen=True, slots=True)
class Line:
    """One turn: what the parent did, and what the bot answered.

    `event` is None where a dialog was started as if from the menu; `question` waited for the answer; `after` is the
    session that the turn left.
    """

    parent: str
    bot: tuple[str, ...]
    effects: tuple[Effect, ...]
    event: Event | None
    question: str | None
    after: Session
    at: datetime


@dataclass(slots=True)
class Chat:
    """A parent and the engine, without any channel."""

    engine: Engine
    now: datetime = START
    session: Session = field(default_factory=Session)
    lines: list[Line] = field(default_factory=list)
    buttons: dict[tuple[int, str], tuple[Button, ...]] = field(default_factory=dict)
    reminders: dict[str, datetime] = field(default_factory=dict)
    around: Around = NOTHING
    memory: ChatMemory = field(default_factory=ChatMemory)

    # What the parent does.

    def presses(self, label: str) -> Chat:
        """Press a button that is shown now, by its label or option."""
        turn, question, button = self._find(label)
        return self._take(Pressed(turn, question, button.option), f"[{button.text}]")

    def presses_old(self, turn: int, question: str, option: str) -> Chat:
        """Press a button of an earlier message."""
        return self._take(Pressed(turn, question, option), f"[old: {question} {option}]")

    def presses_earlier(self, label: str, of: str | None = None) -> Chat:
        """Press a button of an earlier message: the newest with this label, or that of the question named."""
        for (turn, question), buttons in reversed(self.buttons.items()):
            for button in buttons:
                found = turn < self.session.turn and label in (button.text, button.option)
                if found and of in (None, question):
                    return self._take(Pressed(turn, question, button.option), f"[{button.text}], of an older message")
        raise ChatError(f"no earlier message had a button {label!r}. The bot said:\n{self.text}")

    def types(self, text: str) -> Chat:
        """Type a text."""
        return self._take(Typed(text), text)

    def sends(self, media: Media) -> Chat:
        """Send something that is not text."""
        return self._take(Sent(media), f"<{media.value}>")

    def commands(self, name: str, argument: str = "") -> Chat:
        """Send a command."""
        return self._take(Command(name, argument), f"/{name} {argument}".rstrip())

    def waits(self, **span: float) -> Chat:
        """Let time pass; what falls due meanwhile comes by itself."""
        until = self.now + timedelta(**span)
        while self.reminders and min(self.reminders.values()) <= until:
            kind = min(self.reminders, key=self.reminders.__getitem__)
            self.now = max(self.now, self.reminders.pop(kind))
            self._take(Due(kind), "(no answer)")
        self.now = until
        return self

    # What the bot said.

    @property
    def said(self) -> tuple[str, ...]:
        """The messages of the last turn."""
        return self.lines[-1].bot if self.lines else ()

    @property
    def text(self) -> str:
        """The messages of the last turn in one text."""
        return "\n\n".join(self.said)

    @property
    def effects(self) -> tuple[Effect, ...]:
        """Everything that the last turn wanted done."""
        return self.lines[-1].effects if self.lines else ()

    @property
    def everything(self) -> tuple[Effect, ...]:
        """Everything that the whole chat wanted done."""
        return tuple(effect for line in self.lines for effect in line.effects)

    @property
    def asked(self) -> str | None:
        """The key of the question that waits for an answer."""
        return None if self.session.prompt is None else self.session.prompt.question

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the buttons that are shown."""
        return tuple(button.text for _, _, button in self._shown())

    @property
    def level(self) -> Level | None:
        """The level of the running check."""
        moment = self.moment
        return None if moment is None else moment.level

    @property
    def moment(self) -> Moment | None:
        """What is known in the running check."""
        check = self.session.check
        if check is None:
            return None
        return Moment.of(self.engine.script, self.session, check, self.now)

    @property
    def escalations(self) -> tuple[Escalate, ...]:
        """Every escalation of the whole chat."""
        return tuple(effect for effect in self.everything if isinstance(effect, Escalate))

    def says(self, part: str) -> Chat:
        """Hold the bot to having said something in its last turn."""
        if part.casefold() not in self.text.casefold():
            raise ChatError(f"the bot did not say {part!r}. It said:\n{self.text}")
        return self

    def asks(self, question: str) -> Chat:
        """Hold the bot to asking this question now."""
        if self.asked != question:
            raise ChatError(f"the bot asks {self.asked!r}, not {question!r}. It said:\n{self.text}")
        return self

    def transcript(self) -> str:
        """The whole chat, readable."""
        parts: list[str] = []
        for line in self.lines:
            parts.append(f"PARENT  {line.parent}")
            for text in line.bot:
                shown = text.replace("\n", "\n        ")
                parts.append(f"STEADY  {shown}")
        return "\n".join(parts)

    # Machinery.

    def _shown(self) -> Sequence[tuple[int, str, Button]]:
        turn = self.session.turn
        return [
            (turn, prompt.question, button)
            for prompt in self.session.prompts
            for button in self.buttons.get((turn, prompt.question), ())
        ]

    def _find(self, label: str) -> tuple[int, str, Button]:
        shown = self._shown()
        for turn, question, button in reversed(shown):
            if label in (button.text, button.option):
                return turn, question, button
        labels = [button.text for _, _, button in shown]
        raise ChatError(f"no button {label!r} is shown, only {labels}. The bot said:\n{self.text}")

    def adopt(self, turn: Turn, shown: str) -> None:
        """Take over a turn that was made without an event, such as a dialog started as if from the menu."""
        self.session, effects = turn.finish()
        self._note(effects, shown, None, None)

    def _take(self, event: Event, shown: str) -> Chat:
        question = event.question if isinstance(event, Pressed) else self.asked
        before = load(json.loads(json.dumps(dump(self.session))))
        after, effects = self.engine.step(before, event, self.now, self.around)
        self.session = after
        self._note(effects, shown, event, question)
        return self

    def _note(self, effects: tuple[Effect, ...], shown: str, event: Event | None, question: str | None) -> None:
        for effect in effects:
            if isinstance(effect, Ask | Escalate | Redraw) and effect.buttons:
                self.buttons[(effect.turn, effect.question)] = effect.buttons
            match effect:
                case Remind(kind, at):
                    self.reminders[kind] = at
                case CancelReminder(kind):
                    self.reminders.pop(kind, None)
                case ForgetParent():
                    self.reminders.clear()
            self.around = self.memory.after(self.around, effect)
        self.lines.append(Line(shown, tuple(texts(effects)), effects, event, question, self.session, self.now))


def texts(effects: Sequence[Effect]) -> list[str]:
    """The messages among effects, with the labels of their buttons."""
    found: list[str] = []
    for effect in effects:
        if isinstance(effect, Say):
            found.append(effect.text)
        elif isinstance(effect, Ask | Escalate):
            labels = "".join(f"\n[{button.text}]" for button in effect.buttons)
            found.append(f"{effect.text}{labels}")
        elif isinstance(effect, Redraw):
            text = "" if effect.text is None else f"{effect.text}\n"
            found.append(text + "\n".join(f"[{button.text}]" for button in effect.buttons))
        elif isinstance(effect, SendExport):
            found.append(EXPORT)
        elif isinstance(effect, Document):
            found.append(f"(the file {effect.name})")
    return found
