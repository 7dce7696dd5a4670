"""A conversation that does what a test wants, and a service with it on a real store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from bot.service.service import Service
from bot.service.turns import TurnResult
from bot.store.driver import Connection
from bot.store.key import Key
from bot.store.records import Records
from bot.store.rows import Parent
from bot.store.visit import read_once
from bot.store.writer import Writer
from bot.talk.around import NOTHING, Around
from bot.talk.effects import Ask, Button, ConsentGiven, Effect, Say
from bot.talk.events import Command, Event
from bot.talk.session import Check, Pending, Prompt, Session, Stage

NOW = datetime(2026, 11, 22, 3, 15, tzinfo=UTC)
KEY = Key("5a" * 32)
SCRIPT = "script-1"
PARENT = "4711"

T = TypeVar("T")

Step = Callable[[Session, Event, datetime], tuple[Session, tuple[Effect, ...]]]


class BrokenStepError(Exception):
    """The conversation breaks in the middle of a turn."""


def answers(*effects: Effect, **changes: Any) -> Step:
    """A step that makes these effects, asks something, and changes the session."""

    def step(session: Session, _: Event, now: datetime) -> tuple[Session, tuple[Effect, ...]]:
        turn = session.turn + 1
        ask = Ask(f"question {turn}", turn, "q", (Button("yes", "Yes"),))
        prompt = Prompt(Pending.POSITION, "q", {"yes": "Yes"})
        after = replace(session, turn=turn, prompts=(prompt,), seen_at=now, script=SCRIPT, **changes)
        return after, (*effects, ask)

    return step


def breaks(session: Session, event: Event, now: datetime) -> tuple[Session, tuple[Effect, ...]]:
    """A step that raises."""
    raise BrokenStepError("a message that may quote a parent")


def silent(session: Session, event: Event, now: datetime) -> tuple[Session, tuple[Effect, ...]]:
    """A step that changes nothing."""
    return session, ()


@dataclass
class StubConversation:
    """Takes the steps that a test has laid out, and notes what it was given."""

    steps: list[Step] = field(default_factory=list)
    seen: list[tuple[Session, Event]] = field(default_factory=list)
    around: Around = NOTHING

    def step(
        self, session: Session, event: Event, now: datetime, around: Around = NOTHING
    ) -> tuple[Session, tuple[Effect, ...]]:
        self.seen.append((session, event))
        self.around = around
        return (self.steps.pop(0) if self.steps else answers())(session, event, now)

    def failure(self, session: Session, now: datetime) -> tuple[Session, tuple[Effect, ...]]:
        return answers(Say(f"call 112, {len(session.recent)} flags"))(session, Command("failure"), now)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        self.now += timedelta(**time)


class House:
    """A service on a store, and a look behind it."""

    def __init__(self, folder: Path, writer: Writer) -> None:
        self.path = folder / "steady.db"
        self.writer = writer
        self.talk = StubConversation()
        self.clock = Clock()
        self.service = Service(self.talk, writer, "test", self.clock)
        self._events = count(1)

    def send(self, event: Event | None = None, *steps: Step, event_id: str | None = None) -> TurnResult:
        """Let a parent do something, and the conversation answer with a step."""
        self.talk.steps += steps
        name = event_id or f"event-{next(self._events)}"
        return self.service.handle(PARENT, name, event or Command("start")).result()

    def consent(self) -> None:
        """Let the parent agree."""
        self.send(None, answers(ConsentGiven(self.clock()), consent=True, stage=Stage.READY))

    def look(self, job: Callable[[Records], T]) -> T:
        """Read something from the file, as another process would."""
        return read_once(self.path, KEY, job)

    def parent(self) -> Parent:
        """The only parent."""
        found = self.look(lambda records: records.parents.find("test", PARENT))
        assert found is not None
        return found

    def shown(self) -> list[str]:
        """Take all that waits for the parent."""
        texts = []
        while (waiting := self.service.next_waiting(PARENT)) is not None:
            texts.append(getattr(waiting.message, "text", "-"))
            self.service.sent(waiting.id)
        return texts


@contextmanager
def house(folder: Path) -> Iterator[House]:
    """A house whose store is closed at the end."""
    with Writer.open(folder / "steady.db", KEY) as writer:
        yield House(folder, writer)


def running(number: int, **more: Any) -> Check:
    """A check under way."""
    return Check(number, "danger_check", NOW, **more)


def everything(connection: Connection) -> str:
    """All that stands in all tables."""
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
    return "\n".join(
        str(connection.execute(f"SELECT * FROM {name}").fetchall()) for name in names if not name.startswith("sqlite_")
    )
