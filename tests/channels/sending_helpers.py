"""A sender on a real store, a Telegram that does what a test wants, and a clock that only a test moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar, cast

from telegram import Bot

from bot.channels.telegram.sender import Sender
from bot.channels.telegram.words import Words
from bot.facts.level import Action, Level
from bot.service.message_json import Shown
from bot.service.outgoing import queue_messages
from bot.store.jsontext import to_json
from bot.store.key import Key
from bot.store.records import Records
from bot.store.rows import OutboxMessage
from bot.store.writer import Writer
from bot.talk.effects import Ask, Button, Escalate
from bot.talk.session import Session
from bot.talk.session_json import dump

NOW = datetime(2026, 11, 22, 3, 15, tzinfo=UTC)
CHANNEL = "telegram"
YES_NO = (Button("yes", "Yes"), Button("no", "No"))

T = TypeVar("T")


def ask(text: str = "Is it?", *, turn: int = 1, question: str = "q", **more: Any) -> Ask:
    """A question with two buttons."""
    return Ask(text, turn, question, YES_NO, **more)


def call_now(text: str = "Call 112 now.", *, turn: int = 1, private: bool = False) -> Escalate:
    """An emergency advice."""
    return Escalate(text, Level.EMERGENCY, Action.CALL, turn, "emergency", YES_NO, private)


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a method."""

    method: str
    chat: int
    given: dict[str, Any]
    at: datetime

    @property
    def text(self) -> str:
        """The text that was sent, if any."""
        return str(self.given.get("text", ""))

    @property
    def data(self) -> list[str]:
        """What its buttons send."""
        markup = self.given.get("reply_markup")
        return [] if markup is None else [one.callback_data for row in markup.inline_keyboard for one in row]


@dataclass
class Clock:
    """Time for the store and for the rates."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def tick(self) -> float:
        """Seconds since some moment."""
        return (self.now - NOW).total_seconds()

    def pass_(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)


@dataclass(frozen=True, slots=True)
class Sent:
    """What Telegram says of a message that it took."""

    message_id: int


@dataclass
class StubBot:
    """Notes the calls; the next ones raise what a test has laid out for their method, where it has."""

    clock: Clock
    calls: list[Call] = field(default_factory=list)
    faults: dict[str, list[Exception | None]] = field(default_factory=dict)
    refuse: Callable[[Call], Exception | None] = lambda _: None
    last_id: int = 100

    def fail(self, method: str, *errors: Exception | None) -> None:
        """Let the next calls of a method raise; None is a call that goes well."""
        self.faults.setdefault(method, []).extend(errors)

    def texts(self, chat: int | None = None) -> list[str]:
        """What was sent."""
        sent = [one for one in self.calls if one.method == "send_message"]
        return [one.text for one in sent if chat is None or one.chat == chat]

    def methods(self) -> list[str]:
        """The methods in the order of their calls."""
        return [one.method for one in self.calls]

    def _take(self, method: str, chat: int, **given: Any) -> Sent:
        call = Call(method, chat, given, self.clock.now)
        self.calls.append(call)
        waiting = self.faults.get(method)
        error = waiting.pop(0) if waiting else self.refuse(call)
        if error is not None:
            raise error
        if method == "send_message":
            self.last_id += 1
        return Sent(self.last_id)

    async def send_message(self, chat_id: int, text: str, **given: Any) -> Sent:
        return self._take("send_message", chat_id, text=text, **given)

    async def send_document(self, chat_id: int, document: Any, **given: Any) -> Sent:
        return self._take("send_document", chat_id, document=document, **given)

    async def edit_message_text(self, text: str, *, chat_id: int, **given: Any) -> Sent:
        return self._take("edit_message_text", chat_id, text=text, **given)

    async def edit_message_reply_markup(self, *, chat_id: int, **given: Any) -> Sent:
        return self._take("edit_message_reply_markup", chat_id, **given)

    async def pin_chat_message(self, chat_id: int, message_id: int, **given: Any) -> Sent:
        return self._take("pin_chat_message", chat_id, message_id=message_id, **given)

    async def unpin_chat_message(self, chat_id: int, message_id: int) -> Sent:
        return self._take("unpin_chat_message", chat_id, message_id=message_id)


class Post:
    """A sender with all that it needs."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.clock = Clock()
        self.bot = StubBot(self.clock)
        self.sender = self.new_sender()

    def new_sender(self) -> Sender:
        """A sender that remembers nothing, as after a restart."""
        words = Words(progress="Question {number} of about {total}", answered="Your answer: {answer}", last="Call 112.")
        return Sender(cast("Bot", self.bot), self.writer, CHANNEL, self.clock, words=words, tick=self.clock.tick)

    def job(self, job: Callable[[Records], T]) -> T:
        """Something on the store."""
        return self.writer.submit(job).result()

    def parent(self, person: int = 1, *, consent: bool = True) -> int:
        """A parent."""

        def job(records: Records) -> int:
            found = records.parents.find(CHANNEL, str(person))
            if found is None:
                found = records.parents.add(CHANNEL, str(person), at=NOW)
                records.sessions.save(found.id, state=to_json(dump(Session())), turn=0, script_version="s", at=NOW)
            if consent:
                records.parents.save(replace(found, consent_at=NOW))
            return found.id

        return self.job(job)

    def queue(self, *messages: Shown, person: int = 1, turn: int = 1, owned: bool = True) -> tuple[int, ...]:
        """Queue the messages of one turn."""
        parent = self.parent(person) if owned else None
        return self.job(
            lambda records: queue_messages(
                records,
                messages,
                channel=CHANNEL,
                address=str(person),
                parent_id=parent,
                turn=turn,
                at=self.clock(),
                script_version="script-1",
            )
        )

    def row(self, message: int) -> OutboxMessage:
        """A message of the outbox."""
        found = self.job(lambda records: records.outbox.get(message))
        assert found is not None
        return found

    def waiting(self) -> int:
        """How many messages wait."""
        return self.job(lambda records: records.outbox.waiting())

    async def send(self) -> float:
        """Send all that may be sent now; the seconds until there may be more."""
        while True:
            before = len(self.bot.calls), self.waiting()
            wait = await self.sender.dispatch()
            await self.sender.settled()
            if (len(self.bot.calls), self.waiting()) == before:
                return wait

    async def send_all(self, *, longest: float = 600) -> None:
        """Let time pass until nothing waits any more."""
        end = self.clock.now + timedelta(seconds=longest)
        wait = await self.send()
        while self.waiting():
            assert self.clock.now < end, "it takes too long"
            self.clock.pass_(max(wait, 0.001))
            wait = await self.send()


@contextmanager
def post(folder: Path) -> Iterator[Post]:
    """A post office whose store is closed at the end."""
    with Writer.open(folder / "steady.db", Key("5a" * 32)) as writer:
        yield Post(writer)
