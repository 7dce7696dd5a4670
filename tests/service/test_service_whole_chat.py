"""Whole chats of the real conversation on a real store, and what is left of them in the file."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from service_helpers import KEY, Clock, everything

from bot.places import find_places
from bot.script.load import load_places
from bot.service.service import Service
from bot.store.database import open_for_reading
from bot.store.errors import WrongKeyError
from bot.store.key import Key
from bot.store.records import Records
from bot.store.visit import read_once
from bot.store.writer import Writer
from bot.talk.engine import Engine
from bot.talk.events import Command, Event, Pressed, Typed
from bot.talk.session import Pending, Session

ME = "4711"
HARMLESS = ("none", "no", "continue", "next", "not_sure", "yes")


@cache
def engine() -> Engine:
    places = find_places()
    return Engine(load_places(places.dialogs, places.content))


class Family:
    """A parent who answers what is asked, and harmlessly where nothing else is said."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "steady.db"
        self.writer = Writer.open(self.path, KEY)
        self.clock = Clock()
        self.service = Service(engine(), self.writer, "test", self.clock)
        self.shown: list[str] = []
        self._events = 0
        self.does(Command("start"))

    def does(self, event: Event) -> None:
        """Send an event and take what is answered."""
        self._events += 1
        self.service.handle(ME, str(self._events), event).result()
        self.takes()

    def takes(self) -> None:
        """Take all that waits."""
        while (waiting := self.service.next_waiting(ME)) is not None:
            self.shown.append(getattr(waiting.message, "text", ""))
            self.service.sent(waiting.id)

    @property
    def session(self) -> Session:
        found = self.service.session(ME)
        assert found is not None
        return found

    def presses(self, option: str) -> None:
        """Press a button of any question that is live."""
        prompt = next(one for one in self.session.prompts if option in one.options)
        self.does(Pressed(self.session.turn, prompt.question, option))

    def says(self, text: str) -> None:
        self.does(Typed(text))

    def agrees(self) -> None:
        self.presses("agree")
        self.says("Kenya")

    def answers(self, typed: Mapping[str, str], *, until: Pending = Pending.MENU) -> None:
        """Answer questions until something is reached; by name of the question what is to be typed there."""
        for _ in range(150):
            prompt = self.session.prompt
            assert prompt is not None
            if until in {one.pending for one in self.session.prompts}:
                return
            name = prompt.question.partition(".")[2]
            if name in typed and prompt.pending is Pending.POSITION:
                self.says(typed[name])
            else:
                self.presses(next(option for option in HARMLESS if option in prompt.options))
        pytest.fail(f"the chat never came to {until}")

    def menu(self, dialog: str) -> None:
        """Choose the first entry of the menu that starts a dialog."""
        self.presses(next(entry.id for entry in engine().script.menu.every if entry.start == dialog))

    def kept(self) -> str:
        """All that stands in all tables."""
        self.writer.close()
        connection = open_for_reading(self.path, KEY)
        text = everything(connection)
        connection.close()
        return text


@pytest.fixture
def family(tmp_path: Path) -> Family:
    return Family(tmp_path)


def test_after_a_chat_the_episode_its_answers_and_flags_are_in_the_file_and_only_the_key_opens_it(
    family: Family,
) -> None:
    family.agrees()
    family.menu("new_episode")
    family.answers({"birth_date": "6 weeks", "temperature_c": "37.0"})
    family.writer.close()

    def look(records: Records) -> tuple[int, int, set[str], str | None]:
        parent = records.parents.find("test", ME)
        assert parent is not None
        assert parent.current_child is not None
        [check] = records.checks.of(parent.id, limit=9)
        [episode] = records.episodes.page(parent.current_child, limit=9)
        assert episode.check_id == check.id
        assert episode.level == check.level
        answers = records.answers.of(check.id)
        flags = {flag.rule for flag in records.flags.of(check.id)}
        assert set(episode.summary["reasons"]) <= flags
        return len(answers), len(episode.summary["answers"]), flags, check.level

    answers, in_diary, flags, level = read_once(family.path, KEY, look)
    assert answers > 20
    assert in_diary > 10
    assert flags
    assert level in {"URGENT", "EMERGENCY"}
    assert b"SQLite" not in family.path.read_bytes()[:100]
    with pytest.raises(WrongKeyError):
        read_once(family.path, Key("00" * 32), look)


def test_an_emergency_is_the_next_message_and_stands_in_the_file(family: Family) -> None:
    family.agrees()
    family.menu("danger_check")
    family.shown.clear()
    family.presses("yes")
    assert "Call 999" in family.shown[0]
    family.writer.close()
    check = read_once(family.path, KEY, lambda records: records.checks.get(1))
    assert check is not None
    assert (check.status, check.level) == ("finished", "EMERGENCY")


def test_what_was_typed_is_nowhere_in_the_file_once_its_turn_is_done(family: Family) -> None:
    family.agrees()
    family.menu("fever_screen")
    family.says("Hummelchen is warm")
    family.answers({"birth_date": "6 weeks", "temperature_c": "38,2"}, until=Pending.EMERGENCY)
    family.says("Hummelchen is still warm")
    kept = family.kept()
    assert "F-01" in kept
    assert "Hummelchen" not in kept
    assert "38,2" not in kept


def test_a_check_before_consent_leaves_nothing_but_how_far_the_parent_came(family: Family) -> None:
    family.presses("emergency")
    family.presses("check_danger_signs")
    family.presses("yes")
    assert any("Call 112" in text for text in family.shown)
    # While it runs, the session must know what was answered.
    assert family.session.check is not None
    family.presses("to_menu")
    session = family.session
    assert (session.check, session.told, session.recent, session.consent) == (None, {}, {}, False)
    kept = family.kept()
    for table in ("EMERGENCY", "danger_check", "your baby"):
        assert table not in kept


def test_a_fear_of_harming_leaves_its_level_and_no_trace_of_itself(family: Family) -> None:
    family.agrees()
    family.shown.clear()
    family.says("I am going to hurt my baby")
    if family.session.prompt is not None and family.session.prompt.pending is Pending.WORD:
        family.presses("yes")
    about_it = list(family.shown)
    family.presses("to_menu")
    assert family.session.check is None
    kept = family.kept()
    assert "private" in kept
    assert "EMERGENCY" in kept
    assert "E-12" not in kept
    assert [text for text in about_it if json.dumps(text, ensure_ascii=False)[1:-1] in kept] == []


def test_deleting_everything_leaves_nothing_and_the_parent_can_begin_again(family: Family) -> None:
    family.agrees()
    family.menu("danger_check")
    family.answers({"birth_date": "6 weeks"})
    family.does(Command("delete"))
    goodbye = family.session.turn + 1
    family.presses("delete")
    assert family.service.session(ME) is None
    family.shown.clear()
    # The buttons of the goodbye work, although nothing is known of the parent any more.
    family.does(Pressed(goodbye, "consent", "disagree"))
    assert family.shown[0].startswith("That is all right. We keep nothing.")
    family.service.forget(ME)
    assert ME not in family.kept()
