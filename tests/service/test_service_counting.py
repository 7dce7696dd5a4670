"""Counting where parents leave: parents and not turns, nothing that leads to anybody, and never at a parent's cost."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from service_helpers import KEY, NOW, Clock, House
from service_helpers import house as house_in
from test_service_rights import log as log
from test_service_whole_chat import HARMLESS, engine

from bot.facts.level import Level
from bot.service.counting import CLOSED, COUNTED_FOR, EMERGENCY, LEFT, RESULT, START
from bot.service.service import Service
from bot.store.records import Records
from bot.store.rows import StepCount
from bot.store.writer import Writer
from bot.talk.effects import Effect
from bot.talk.events import Command, Event, Pressed, Typed
from bot.talk.session import Check, Flag, Pending, Prompt, Session


def asks(question: str, **changes: Any) -> Any:
    """A step that asks a question in a check; `changes` are of the check."""
    pending = changes.pop("pending", Pending.POSITION)
    effects: tuple[Effect, ...] = changes.pop("effects", ())

    def step(session: Session, _: Event, now: Any) -> tuple[Session, tuple[Effect, ...]]:
        turn = session.turn + 1
        check = session.check or Check(turn, "new_episode", now)
        prompt = Prompt(pending, question, {"yes": "Yes"})
        after = replace(
            session, turn=turn, consent=True, prompts=(prompt,), script="v1", check=replace(check, **changes)
        )
        return after, effects

    return step


def counters(writer: Writer) -> dict[tuple[str, str], int]:
    day = NOW.date()

    def job(records: Records) -> tuple[StepCount, ...]:
        return records.step_counts.between(day - timedelta(days=1000), day + timedelta(days=1000))

    found: dict[tuple[str, str], int] = {}
    for one in writer.submit(job).result():
        found[one.origin, one.step] = found.get((one.origin, one.step), 0) + one.parents
    return found


def without_records(house: House, *steps: Any) -> dict[tuple[str, str], int]:
    """The counters after these turns; the records of the checks themselves are no matter here."""
    for step in steps:
        house.send(None, step)
    return counters(house.writer)


def test_each_way_from_step_to_step_is_counted_once(house: House) -> None:
    found = without_records(
        house, asks("a.one", kept=True), asks("a.two"), asks("a.one"), asks("a.two"), asks("a.three")
    )
    assert found == {(START, "a.one"): 1, ("a.one", "a.two"): 1, ("a.two", "a.three"): 1}


def test_a_walk_aside_is_no_step_and_no_leaving(house: House) -> None:
    found = without_records(house, asks("a.one"), asks("history", pending=Pending.HISTORY), asks("a.two"))
    assert found == {(START, "a.one"): 1, ("a.one", "a.two"): 1}


def test_a_doubt_about_an_answer_belongs_to_its_question(house: House) -> None:
    def doubts(session: Session, event: Event, now: Any) -> tuple[Session, tuple[Effect, ...]]:
        after, effects = asks("confirm", pending=Pending.CONFIRM)(session, event, now)
        return replace(after, prompts=(replace(after.prompts[0], data={"about": "a.one"}),)), effects

    assert without_records(house, asks("a.one"), doubts, asks("a.two")) == {
        (START, "a.one"): 1,
        ("a.one", "a.two"): 1,
    }


def test_without_consent_nothing_is_counted(house: House) -> None:
    assert without_records(house, asks("a.one", kept=False), asks("a.two")) == {}


class Crowd:
    """Many made-up parents with the real conversation."""

    def __init__(self, folder: Path) -> None:
        path = folder / "crowd.db"
        self.path = path
        self.writer = Writer.open(path, KEY)
        self.clock = Clock()
        self.service = Service(engine(), self.writer, "test", self.clock)
        self._events = count(1)

    def does(self, who: str, event: Event) -> None:
        self.service.handle(who, f"event-{next(self._events)}", event).result()

    def presses(self, who: str, *options: str) -> None:
        for option in options:
            session = self.service.session(who)
            assert session is not None
            prompt = next(one for one in session.prompts if option in one.options)
            self.does(who, Pressed(session.turn, prompt.question, option))

    def agrees(self, who: str) -> None:
        self.does(who, Command("start"))
        self.presses(who, "agree", "not_sure")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with house_in(tmp_path) as found:
        yield found


@pytest.fixture
def people(tmp_path: Path) -> Iterator[Crowd]:
    crowd = Crowd(tmp_path)
    yield crowd
    crowd.writer.close()


def test_a_parent_who_comes_back_is_counted_once_in_ninety_days(people: Crowd) -> None:
    people.agrees("a")
    for _ in range(3):
        people.presses("a", "fever")
        people.does("a", Command("cancel"))
    begin = (START, "danger_signs.danger_signs")
    assert counters(people.writer)[begin] == 1
    people.presses("a", "vaccine")
    assert counters(people.writer)[begin] == 2, "another dialog counts by itself"
    people.clock.now += COUNTED_FOR
    people.does("a", Command("cancel"))
    people.presses("a", "fever")
    assert counters(people.writer)[begin] == 3


def test_who_leaves_is_counted_where_they_were(people: Crowd) -> None:
    for number in range(4):
        people.agrees(f"p{number}")
        people.presses(f"p{number}", "fever", "none")
    people.does("p0", Command("cancel"))
    people.does("p1", Command("menu"))
    people.clock.now += timedelta(hours=25)
    people.service.tidy(people.clock())
    found = counters(people.writer)
    assert found[START, "danger_signs.danger_signs"] == 4
    assert found["danger_signs.danger_signs", "warning_signs.warning_signs"] == 4
    assert found["warning_signs.warning_signs", LEFT] == 4, "two left, two stayed away for a day"


def test_an_emergency_and_a_result_are_no_leaving(people: Crowd) -> None:
    people.agrees("a")
    people.presses("a", "danger", "yes")
    assert counters(people.writer)["danger_signs.danger_signs", EMERGENCY] == 1
    people.does("a", Command("menu"))
    found = counters(people.writer)
    assert not any(step in (LEFT, RESULT) for _, step in found)


def test_a_check_that_comes_to_its_end_has_a_result(people: Crowd) -> None:
    people.agrees("a")
    people.presses("a", "more", "film")
    for _ in range(40):
        session = people.service.session("a")
        assert session is not None
        if session.check is None:
            break
        prompt = session.prompts[0]
        if prompt.question.endswith("birth_date"):
            people.does("a", Typed("5 months"))
        else:
            people.presses("a", next(one for one in (*HARMLESS, *prompt.options) if one in prompt.options))
    assert sum(number for (_, step), number in counters(people.writer).items() if step == RESULT) == 1


def test_all_of_a_check_counts_on_the_day_on_which_it_began(people: Crowd) -> None:
    people.agrees("a")
    people.presses("a", "fever")
    people.clock.now += timedelta(days=3)
    people.service.tidy(people.clock())

    def job(records: Records) -> tuple[StepCount, ...]:
        return records.step_counts.between(NOW.date(), NOW.date() + timedelta(days=1))

    assert [(one.origin, one.step) for one in people.writer.submit(job).result()] == [
        (START, "danger_signs.danger_signs"),
        ("danger_signs.danger_signs", LEFT),
    ]


def test_what_only_a_private_answer_ended_is_counted_as_any_result(house: House) -> None:
    private = {"E-12": Flag(Level.EMERGENCY, None, True, NOW, private=True)}
    found = without_records(
        house, asks("a.one"), asks("emergency", pending=Pending.EMERGENCY, ended=True, flags=private)
    )
    assert found == {(START, "a.one"): 1, ("a.one", RESULT): 1}


def test_a_dialog_that_was_closed_ends_there(house: House) -> None:
    found = without_records(house, asks("a.one"), asks("closed", pending=Pending.CLOSED, dialog="danger_check"))
    assert found == {(START, "a.one"): 1, ("a.one", CLOSED): 1}


def test_the_counters_hold_no_id_and_no_moment(people: Crowd) -> None:
    people.agrees("4711-ab")
    people.presses("4711-ab", "fever", "none")

    def job(records: Records) -> Any:
        return records.step_counts.between(NOW.date() - timedelta(days=9), NOW.date() + timedelta(days=9))

    rows = people.writer.submit(job).result()
    assert rows
    assert "4711" not in str(rows)
    assert {len(str(one.version)) for one in rows} == {len(engine().script.hash)}


def test_counters_stay_when_a_parent_is_deleted_and_what_the_session_remembered_goes(people: Crowd) -> None:
    people.agrees("a")
    people.presses("a", "fever")
    before = counters(people.writer)
    session = people.service.session("a")
    assert session is not None
    assert session.counted == {"fever_screen": NOW.date().isoformat()}
    assert people.service.forget("a")
    assert counters(people.writer) == before
    assert people.service.session("a") is None


def test_counters_are_forgotten_after_ninety_days(people: Crowd) -> None:
    people.agrees("a")
    people.presses("a", "fever")
    people.service.tidy(NOW + COUNTED_FOR)
    assert counters(people.writer)
    people.service.tidy(NOW + COUNTED_FOR + timedelta(days=1))
    assert counters(people.writer) == {}


def test_a_broken_counter_costs_no_parent_an_answer(
    house: House, log: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("the disk is odd")

    monkeypatch.setattr("bot.store.tables.step_counts.SqliteStepCounts.count", breaks)
    house.send(None, asks("a.one"))
    session = house.service.session("4711")
    assert session is not None
    assert session.turn == 1
    assert json.loads(log.getvalue().splitlines()[-1])["event"] == "not_counted"
