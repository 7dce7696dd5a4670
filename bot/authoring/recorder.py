"""Saving a chat of the terminal as a golden chat."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.authoring.chat import Chat, ChatError
from bot.authoring.conversation import MENU, NEW
from bot.authoring.conversations import run, start
from bot.authoring.read_conversations import read_conversations
from bot.authoring.record import recorded
from bot.authoring.result import Result
from bot.authoring.write_facts import write_facts
from bot.errors import SteadyError
from bot.facts.value import Value
from bot.script.script import Script
from bot.talk.engine import Engine
from bot.talk.events import Command, Event, Pressed, Sent, Typed

WORTH_A_LINE = timedelta(minutes=5)
"""A pause that is shorter makes no difference to a chat."""

_PLAIN = re.compile(r"[A-Za-z0-9(/][^:#\n\"'{}\[\]&*!|>%@`]*")
_WORDS = ("yes", "no", "true", "false", "null", "on", "off")


class RecordError(SteadyError):
    """A chat cannot be saved here."""


@dataclass(slots=True)
class Recorder:
    """What a parent did and when; `dialog` and `known` tell how the chat began, if not as a new parent."""

    path: Path
    dialog: str | None = None
    known: Mapping[str, Value] = field(default_factory=dict)
    events: list[tuple[Event, datetime]] = field(default_factory=list)

    def check(self) -> None:
        """Raise RecordError where nothing could be saved, before anybody has typed a word."""
        if not self.path.parent.is_dir():
            raise RecordError("there is no such folder.", where=str(self.path.parent), cure="Name another file.")
        if self.path.suffix != ".yaml":
            raise RecordError("chats stand in files that end in .yaml.", where=str(self.path), cure="Name it so.")
        if self.path.exists() and not re.search(r"^chats:", self.path.read_text(encoding="utf-8"), re.MULTILINE):
            raise RecordError("this file holds one chat alone.", where=str(self.path), cure="Name another file.")

    def heard(self, event: Event, at: datetime) -> None:
        """Note one thing that the parent did."""
        self.events.append((event, at))

    def save(self, script: Script) -> bool:
        """Write the chat to the end of the file, with its transcript; False where nothing was said."""
        if self.dialog is None and self.events and self.events[0][0] == Command("start"):
            # Every chat of a new parent begins like this.
            self.events.pop(0)
        if not self.events:
            return False
        first = self.events[0][1]
        before = self.path.read_text(encoding="utf-8").rstrip("\n") if self.path.exists() else "chats:"
        claim = f"Say here what must come out (recorded {first:%Y-%m-%d %H:%M:%S})"
        while claim in before:
            claim += " once more"
        try:
            chat = self._chat(claim, first, Engine(script))
        except ChatError as error:
            what = "the chat cannot be repeated with the dialogs as they are now"
            raise RecordError(f"{what}: {error}", where=str(self.path), cure="Record it anew.") from None
        text = "\n".join([before, "", *(f"  {line}".rstrip() for line in chat), ""])
        [one] = [one for one in read_conversations(text, self.path.name, script) if one.chat == claim]
        ran = run(Engine(script), one)
        self.path.write_text(recorded(text, one, ran.transcript), encoding="utf-8")
        return True

    def _chat(self, claim: str, first: datetime, engine: Engine) -> list[str]:
        moment = first.replace(tzinfo=UTC)
        chat = Chat(engine, moment.replace(second=0, microsecond=0))
        lines = [f"- chat: {claim}"]
        if self.dialog is None:
            lines.append(f"  start: {NEW}")
        else:
            lines.append(f"  {'start' if self.dialog == MENU else 'dialog'}: {self.dialog}")
            if self.known:
                lines.append(f"  known: {write_facts(self.known)}")
        lines += [f"  at: {moment:%Y-%m-%d %H:%M}", "  turns:"]
        start(chat, self.dialog or NEW, self.known)
        before = first
        for event, at in self.events:
            if at - before >= WORTH_A_LINE:
                minutes = int((at - before).total_seconds() // 60)
                chat.waits(minutes=minutes)
                lines.append(f"    - wait: {minutes} minutes")
            before = at
            lines.append(f"    - {self._deed(chat, event)}")
        result = Result.of(chat)
        if result.level is not None:
            lines.append(f"  expect: {{level: {result.level.name}}}")
        return [*lines, "  show: all"]

    def _deed(self, chat: Chat, event: Event) -> str:
        match event:
            case Pressed(_, question, option):
                return self._pressed(chat, question, option)
            case Typed(text):
                chat.types(text)
                return f"type: {quoted(text)}"
            case Sent(media):
                chat.sends(media)
                return f"send: {media.value}"
            case Command(name, argument):
                chat.commands(name, argument)
                return f"command: {name} {argument}".rstrip()
        raise RecordError(f"{event} cannot be saved.")

    def _pressed(self, chat: Chat, question: str, option: str) -> str:
        """A button of the latest message: a terminal offers no older ones."""
        shown = chat.buttons.get((chat.session.turn, question), ())
        label = next((one.text for one in shown if one.option == option), option)
        # Two messages may have a button of the same text; what it stands for is then plainer.
        named = label if chat.labels.count(label) == 1 else option
        chat.presses(named)
        return f"press: {quoted(named)}"


def quoted(text: str) -> str:
    """The text as a value in a file of chats."""
    flat = " ".join(text.split())
    if _PLAIN.fullmatch(flat) and flat.lower() not in _WORDS:
        return flat
    return json.dumps(flat, ensure_ascii=False)
