"""A turn: one event, one transaction, never twice."""

from pathlib import Path

import pytest
from service_helpers import KEY, NOW, PARENT, SCRIPT, answers, breaks, everything, house

from bot.facts.level import Level
from bot.service.turns import Status
from bot.store.database import open_for_reading
from bot.talk.effects import Escalate, Redraw, Say, Silence
from bot.talk.events import Command, Pressed, Typed
from bot.talk.session import Session


def test_a_turn_saves_the_session_and_queues_what_is_to_be_said(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        result = home.send(Command("start"), answers(Say("hello")))
        assert result.status is Status.DONE
        assert len(result.messages) == 2
        saved = home.look(lambda records: records.sessions.load(home.parent().id))
        assert saved is not None
        assert (saved.turn, saved.script_version) == (1, SCRIPT)
        assert home.service.session(PARENT) == answers()(Session(), Command("start"), NOW)[0]
        assert home.shown() == ["hello", "question 1"]


def test_the_next_turn_goes_on_from_the_session_of_the_last(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        home.send(Command("start"))
        home.send(Pressed(1, "q", "yes"))
        assert [session.turn for session, _ in home.talk.seen] == [0, 1]
    with house(tmp_path) as home:
        home.send(Typed("hello again"), event_id="later")
        assert [session.turn for session, _ in home.talk.seen] == [2]


def test_an_event_that_comes_twice_is_answered_once(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        home.send(Command("start"), event_id="update-1")
        again = home.send(Command("start"), event_id="update-1")
        assert again.status is Status.DUPLICATE
        assert again.messages == ()
        assert len(home.talk.seen) == 1
        assert home.shown() == ["question 1"]


def test_the_same_event_is_known_after_a_restart(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        home.send(Command("start"), event_id="update-1")
    with house(tmp_path) as home:
        assert home.send(Command("start"), event_id="update-1").status is Status.DUPLICATE
        assert home.shown() == ["question 1"]


def test_nobody_who_never_wrote_has_a_session(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        assert home.service.session(PARENT) is None
        assert home.service.shown_last(PARENT) == ()


def test_an_emergency_leaves_before_what_is_urgent_and_that_before_the_rest(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        calls = Escalate("call", Level.EMERGENCY, None, 1, "emergency")
        today = Escalate("today", Level.URGENT, None, 1, "urgent")
        result = home.send(None, answers(Say("why"), today, calls))
        kept = home.look(lambda records: [records.outbox.get(one) for one in result.messages])
        # What stands in a turn with an emergency leaves with it, so that a turn keeps its order.
        assert [one.priority for one in kept if one is not None] == [0, 0, 0, 0]
        result = home.send(None, answers(today))
        kept = home.look(lambda records: [records.outbox.get(one) for one in result.messages])
        assert [one.priority for one in kept if one is not None] == [1, 1]
        result = home.send(None, answers(Say("why")))
        kept = home.look(lambda records: [records.outbox.get(one) for one in result.messages])
        assert [one.priority for one in kept if one is not None] == [2, 2]


def test_silence_is_no_message_and_a_redraw_is_one(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        home.consent()
        home.shown()
        assert home.send(None, lambda session, *_: (session, (Silence("nothing to say"),))).messages == ()
        home.send(None, lambda session, *_: (session, (Redraw(session.turn, "q", ()),)))
        assert [type(one).__name__ for one in home.service.shown_last(PARENT)] == ["Ask", "Redraw"]


def test_what_was_shown_last_can_be_shown_again_after_a_restart(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        home.consent()
        home.send(None, answers(Say("first")))
        home.shown()
    with house(tmp_path) as home:
        assert home.shown() == []
        assert [getattr(one, "text", None) for one in home.service.shown_last(PARENT)] == ["first", "question 2"]


def test_a_message_that_was_not_taken_still_waits_after_a_restart(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        home.send(Command("start"), answers(Say("hello")))
    with house(tmp_path) as home:
        assert home.shown() == ["hello", "question 1"]


def test_before_consent_neither_the_event_nor_the_answer_to_it_stays_on_the_disk(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        home.send(Typed("Hummelchen trembles"), answers(Say("You wrote of Igelchen")))
        home.shown()
        home.send(Typed("Hummelchen trembles again"), breaks)
        home.shown()
    connection = open_for_reading(tmp_path / "steady.db", KEY)
    kept = everything(connection)
    connection.close()
    assert "Hummelchen" not in kept
    assert "Igelchen" not in kept


def test_the_language_of_a_parent_is_kept_and_follows_a_change(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        home.service.handle(PARENT, "1", Command("start"), language="de").result()
        assert home.parent().language == "de"
        home.service.handle(PARENT, "2", Command("start"), language="sw").result()
        home.service.handle(PARENT, "3", Command("start")).result()
        assert home.parent().language == "sw"


@pytest.mark.parametrize("text", ["\ud83d", "\x00", "a" * 100_000, "'; DROP TABLE parents; --"], ids=repr)
def test_whatever_is_typed_can_be_taken_in(text: str, tmp_path: Path) -> None:
    with house(tmp_path) as home:
        home.consent()
        assert home.send(Typed(text), breaks).status is Status.FAILED
        [waiting] = home.look(lambda records: records.inbox.unfinished(limit=9))
        assert waiting.payload["event"]["text"] == text


def test_two_parents_do_not_meet(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        home.send(Command("start"))
        home.service.handle("other", "event", Command("start")).result()
        assert [session.turn for session, _ in home.talk.seen] == [0, 0]
        assert home.shown() == ["question 1"]
        assert home.service.next_waiting("other") is not None


def test_forgetting_says_whether_there_was_anybody(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        assert not home.service.forget(PARENT)
        home.send(Command("start"))
        assert home.service.forget(PARENT)
        assert home.service.session(PARENT) is None
