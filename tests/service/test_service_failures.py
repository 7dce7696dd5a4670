"""A conversation that breaks: the parent gets the safe reply, the answer waits, the operator is told."""

import io
import json
from pathlib import Path

import pytest
from service_helpers import NOW, PARENT, House, answers, breaks, house, running

from bot.facts.level import Action, Level
from bot.service.turns import LAST_WORDS, MOST_ATTEMPTS, Status
from bot.store.records import Records
from bot.talk.effects import CheckStarted, Effect, FlagRaised
from bot.talk.events import Command, Pressed, Typed
from bot.talk.session import Session
from bot.telemetry import set_up_logs


@pytest.fixture
def log() -> io.StringIO:
    stream = io.StringIO()
    set_up_logs(stream=stream, readable=False)
    return stream


def waiting(home: House) -> int:
    return home.look(lambda records: len(records.inbox.unfinished(limit=9)))


def test_the_safe_reply_comes_in_place_of_the_turn_and_nothing_of_the_turn_stays(
    tmp_path: Path, log: io.StringIO
) -> None:
    with house(tmp_path) as home:
        home.consent()
        home.shown()
        assert home.send(Typed("38.2"), breaks).status is Status.FAILED
        assert home.shown() == ["call 112, 0 flags", "question 2"]


def test_the_answer_waits_with_its_payload(tmp_path: Path, log: io.StringIO) -> None:
    with house(tmp_path) as home:
        home.consent()
        home.send(Typed("38.2"), breaks, event_id="update-7")
        [row] = home.look(lambda records: records.inbox.unfinished(limit=9))
        assert (row.event_id, row.sender, row.attempts) == ("update-7", PARENT, 1)
        assert row.payload["event"] == {"kind": "typed", "text": "38.2", "message": ""}


def test_the_operator_learns_where_it_broke_and_nothing_that_the_parent_said(tmp_path: Path, log: io.StringIO) -> None:
    with house(tmp_path) as home:
        home.consent()
        home.send(Typed("Hummelchen is blue"), breaks)
    told = json.loads(log.getvalue())
    assert (told["event"], told["error"], told["channel"], told["turn"]) == (
        "turn_failed",
        "BrokenStepError",
        "test",
        1,
    )
    assert any("service_helpers.py" in line for line in told["trace"])
    assert "Hummelchen" not in log.getvalue()
    assert "quote" not in log.getvalue()
    assert PARENT not in told["parent"]


def test_a_broken_event_that_comes_again_is_not_answered_again(tmp_path: Path, log: io.StringIO) -> None:
    with house(tmp_path) as home:
        home.consent()
        home.send(Typed("38.2"), breaks, event_id="update-7")
        home.shown()
        assert home.send(Typed("38.2"), event_id="update-7").status is Status.DUPLICATE
        assert home.shown() == []


def test_after_a_restart_the_turn_is_done_as_if_it_had_not_broken(tmp_path: Path, log: io.StringIO) -> None:
    with house(tmp_path) as home:
        home.consent()
        home.send(Pressed(1, "q", "yes"), breaks)
        home.shown()
    with house(tmp_path) as home:
        assert home.service.replay() == 1
        [(session, event)] = home.talk.seen
        assert session.turn == 2
        assert session.prompt is not None
        assert session.prompt.question == "q"
        assert event == Pressed(2, "q", "yes")
        assert home.shown() == ["question 3"]
        assert waiting(home) == 0
        assert home.service.replay() == 0


def test_a_button_that_was_old_when_it_was_pressed_stays_old(tmp_path: Path, log: io.StringIO) -> None:
    with house(tmp_path) as home:
        home.consent()
        home.send()
        home.send(Pressed(1, "q", "yes"), breaks)
        home.service.replay()
        assert home.talk.seen[-1][1] == Pressed(1, "q", "yes")


def test_an_answer_that_the_parent_has_gone_past_is_dropped(tmp_path: Path, log: io.StringIO) -> None:
    with house(tmp_path) as home:
        home.consent()
        home.send(Typed("38.2"), breaks)
        home.send(Typed("37.0"))
        home.shown()
        seen = len(home.talk.seen)
        home.service.replay()
        assert len(home.talk.seen) == seen
        assert home.shown() == []
        assert waiting(home) == 0


def test_what_breaks_every_time_is_not_tried_for_ever_and_says_nothing_more(tmp_path: Path, log: io.StringIO) -> None:
    with house(tmp_path) as home:
        home.consent()
        home.send(Typed("38.2"), breaks)
        home.shown()
        home.talk.steps = [breaks] * 9
        for _ in range(9):
            home.service.replay()
        assert len(home.talk.steps) == 9 - (MOST_ATTEMPTS - 1)
        assert home.shown() == []
        assert waiting(home) == 1


def test_events_of_another_channel_are_left_to_it(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        home.writer.submit(
            lambda records: records.inbox.receive("telegram", "1", at=NOW, sender="1", payload={"event": {}})
        ).result()
        assert home.service.replay() == 0
        assert waiting(home) == 1


def test_a_session_that_cannot_be_read_costs_its_place_but_no_advice(tmp_path: Path, log: io.StringIO) -> None:
    with house(tmp_path) as home:
        home.consent()
        home.send(
            None,
            answers(
                CheckStarted(2, "danger_check", NOW),
                FlagRaised(2, "E-02", Level.EMERGENCY, Action.CALL, NOW, private=False),
                check=running(2),
            ),
        )
        home.shown()
        parent = home.parent()

        def spoil(records: Records) -> None:
            records.sessions.save(parent.id, state='{"turn": 2}', turn=2, script_version="x", at=NOW)

        home.writer.submit(spoil).result()
        assert home.send(Command("start")).status is Status.FAILED
        assert home.shown() == ["call 112, 1 flags", "question 3"]
        session = home.service.session(PARENT)
        assert session is not None
        assert session.consent
        assert session.recent["E-02"].level is Level.EMERGENCY
        assert home.send(Command("start")).status is Status.DONE


def test_even_where_the_safe_reply_breaks_the_parent_is_told_to_call(tmp_path: Path, log: io.StringIO) -> None:
    with house(tmp_path) as home:

        def no_failure(session: Session, now: object) -> tuple[Session, tuple[Effect, ...]]:
            raise RuntimeError

        home.talk.failure = no_failure  # type: ignore[method-assign]
        assert home.send(Command("start"), breaks).status is Status.FAILED
        assert home.shown() == [LAST_WORDS]
