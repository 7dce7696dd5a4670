"""What the file knows after an edit: both answers with their versions, which version spoke, and a note in numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest
from edit_kinds import edited, engine_for

from bot.places import find_places
from bot.script.load import load_places
from bot.service.service import Service
from bot.store.key import Key
from bot.store.records import Records
from bot.store.visit import read_once
from bot.store.writer import Writer
from bot.talk.around import NOTHING, Around
from bot.talk.effects import Effect
from bot.talk.engine import Engine
from bot.talk.events import Command, Event, Pressed, Typed
from bot.talk.session import Session

T = TypeVar("T")

KEY = Key("5a" * 32)
ME = "4711"
NOW = datetime(2026, 11, 22, 3, 15, tzinfo=UTC)
STATE = "episode.state"
HARMLESS = ("none", "no", "continue", "not_sure", "yes")


@cache
def engine() -> Engine:
    found = find_places()
    return Engine(load_places(found.dialogs, found.content))


@cache
def stricter() -> Engine:
    """The script with one answer less to the question about the state."""
    script = engine().script
    dialog = script.dialogs["episode"]
    question = dialog.questions["state"]
    fewer = replace(question, options=question.options[:-1])
    changed = replace(dialog, questions={**dialog.questions, "state": fewer})
    return engine_for(engine(), edited(script, dialogs={"episode": changed}))


class Published:
    """The conversation of whatever version was published last."""

    def __init__(self) -> None:
        self.engine = engine()

    def step(
        self, session: Session, event: Event, now: datetime, around: Around = NOTHING
    ) -> tuple[Session, tuple[Effect, ...]]:
        return self.engine.step(session, event, now, around)

    def failure(self, session: Session, now: datetime) -> tuple[Session, tuple[Effect, ...]]:
        return self.engine.failure(session, now)


class Home:
    """A parent in the middle of a check, on a real store."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "steady.db"
        self.writer = Writer.open(self.path, KEY)
        self.bot = Published()
        self.service = Service(self.bot, self.writer, "test", lambda: NOW)
        self._events = 0
        self.does(Command("start"))
        for option in ("agree", "not_sure", "over"):
            self.presses(option)
        while self.asked != STATE:
            prompt = self.session.prompt
            assert prompt is not None
            self.presses(next(option for option in HARMLESS if option in prompt.options))

    @property
    def session(self) -> Session:
        found = self.service.session(ME)
        assert found is not None
        return found

    @property
    def asked(self) -> str:
        return "" if self.session.prompt is None else self.session.prompt.question

    def does(self, event: Event) -> None:
        self._events += 1
        self.service.handle(ME, str(self._events), event).result()

    def presses(self, option: str) -> None:
        prompt = next(one for one in self.session.prompts if option in one.options)
        self.does(Pressed(self.session.turn, prompt.question, option))

    def look(self, read: Callable[[Records], T]) -> T:
        return read_once(self.path, KEY, read)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A parent who answered the question about the state, before it was edited."""
    found = Home(tmp_path)
    found.presses(engine().script.dialogs["episode"].questions["state"].options[0].id)
    found.bot.engine = stricter()
    found.does(Typed("hm"))
    return found


def test_both_answers_are_kept_each_with_the_version_that_asked(home: Home) -> None:
    assert home.asked == STATE
    home.presses(engine().script.dialogs["episode"].questions["state"].options[1].id)

    def answers(records: Records) -> list[tuple[str, str]]:
        parent = records.parents.find("test", ME)
        assert parent is not None
        [check, *_] = records.checks.of(parent.id, limit=1)
        return [(one.question, one.script_version) for one in records.answers.of(check.id) if one.fact == "state"]

    old, new = engine().script.hash, stricter().script.hash
    assert home.look(answers) == [(STATE, old), (STATE, new)]


def test_every_message_knows_the_version_that_spoke(home: Home) -> None:
    turn = home.session.turn

    def versions(records: Records) -> set[str | None]:
        parent = records.parents.find("test", ME)
        assert parent is not None
        return {one.script_version for one in records.outbox.of_turn(parent.id, turn)}

    assert home.look(versions) == {stricter().script.hash}
    assert home.session.script == stricter().script.hash


def test_the_audit_trail_has_numbers_by_the_day_and_nothing_of_whom(home: Home) -> None:
    [note] = home.look(lambda records: records.audit.latest(limit=9))

    assert (note.who, note.what) == ("bot", "check taken over to another version")
    assert note.at == NOW.replace(hour=0, minute=0)
    assert note.detail == {
        "from": engine().script.hash,
        "to": stricter().script.hash,
        "kept": len(home.session.told),
        "asked_again": 1,
        "told": True,
    }
    assert ME not in str(note)


def test_words_alone_leave_no_note(tmp_path: Path) -> None:
    found = Home(tmp_path)
    found.bot.engine = engine_for(engine(), replace(engine().script, hash="reworded"))
    found.does(Typed("hm"))

    assert found.look(lambda records: records.audit.latest(limit=9)) == ()
    assert found.session.script == "reworded"
