"""What comes by itself: after an emergency advice without an answer, once, whether help was reached."""

from pathlib import Path

import pytest
from service_helpers import KEY, Clock
from test_service_whole_chat import Family, engine

from bot.service.service import Service
from bot.store.visit import read_once
from bot.store.writer import Writer
from bot.talk.effects import Ask
from bot.talk.events import Command, Pressed
from bot.talk.session import Pending

ASKED = "Have you reached help"


@pytest.fixture
def family(tmp_path: Path) -> Family:
    """A parent who was just told to call."""
    family = Family(tmp_path)
    family.agrees()
    family.says("my baby is not breathing")
    assert "Call 999 now" in "\n".join(family.shown)
    family.shown.clear()
    return family


def later(family: Family, **time: float) -> None:
    """Let time pass, and the bot do what is due."""
    family.clock.pass_(**time)
    family.service.tick(family.clock())
    family.takes()


def test_the_question_comes_after_three_minutes_and_once(family: Family) -> None:
    later(family, minutes=2, seconds=59)
    assert family.shown == []
    later(family, seconds=1)
    assert [text for text in family.shown if ASKED in text] == family.shown != []
    family.shown.clear()
    later(family, hours=5)
    assert family.shown == []


@pytest.mark.parametrize("answer", ["calling", "cannot_reach"])
def test_an_answer_to_the_advice_takes_the_question_away(family: Family, answer: str) -> None:
    family.presses(answer)
    family.shown.clear()
    later(family, minutes=10)
    assert family.shown == []


def test_the_question_survives_a_restart(family: Family) -> None:
    family.writer.close()
    with Writer.open(family.path, KEY) as writer:
        clock = Clock()
        clock.pass_(minutes=4)
        service = Service(engine(), writer, "test", clock)
        service.tick(clock())
        waiting = service.next_waiting("4711")
        assert waiting is not None
        assert isinstance(waiting.message, Ask)
        assert ASKED in waiting.message.text


def test_both_the_buttons_of_the_question_and_those_of_the_advice_are_valid(family: Family) -> None:
    later(family, minutes=3)
    session = family.session
    assert {one.question for one in session.prompts} >= {"emergency", "reached"}
    family.does(Pressed(session.turn, "reached", "cannot_reach"))
    assert "Try 112 too" in family.shown[-1]


def test_before_consent_it_is_asked_too(tmp_path: Path) -> None:
    stranger = Family(tmp_path)
    stranger.says("my baby is not breathing")
    stranger.shown.clear()
    later(stranger, minutes=3)
    assert [text for text in stranger.shown if ASKED in text] == stranger.shown != []
    stranger.presses("cannot_reach")
    assert "Try " in stranger.shown[-1]


def test_urgent_advice_is_not_asked_about(tmp_path: Path) -> None:
    family = Family(tmp_path)
    family.agrees()
    family.menu("fever_screen")
    family.answers({"birth_date": "4 months", "temperature_c": "39.2"}, until=Pending.URGENT)
    assert any("seen by a doctor today" in text for text in family.shown)
    family.shown.clear()
    later(family, minutes=10)
    assert family.shown == []


def test_a_typed_no_means_that_nobody_was_reached(family: Family) -> None:
    later(family, minutes=3)
    family.says("no")
    assert "Try 112 too" in family.shown[-1]


def test_a_withdrawn_emergency_is_not_asked_about(family: Family) -> None:
    family.presses("not_happening")
    family.shown.clear()
    later(family, minutes=10)
    assert not any(ASKED in text for text in family.shown)


def test_nothing_is_asked_after_everything_was_deleted(family: Family) -> None:
    family.does(Command("delete"))
    family.presses("delete")
    family.shown.clear()
    later(family, minutes=10)
    assert family.shown == []


def test_the_question_in_the_middle_of_another_check_does_not_take_its_answers(family: Family) -> None:
    family.presses("to_menu")
    family.presses("fever")
    before = family.session.prompt
    later(family, minutes=3)
    assert any(ASKED in text for text in family.shown)
    assert family.session.prompt == before
    family.presses("calling")
    assert family.session.prompt is not None
    assert before is not None
    assert family.session.prompt.question == before.question


def test_a_done_reminder_is_gone_after_the_next_tidying(family: Family) -> None:
    later(family, minutes=3)
    later(family, hours=2)
    family.writer.close()
    exported = read_once(family.path, KEY, lambda records: records.export(records.parents.page(limit=1)[0].id))
    assert exported is not None
    assert exported["reminders"] == []


def test_a_question_that_cannot_be_asked_gives_way_to_the_emergency_line(
    family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("bot.talk.emergency.ask_reached", broken)
    later(family, minutes=3)
    assert "Call 999 now" in family.shown[0]
    family.shown.clear()
    later(family, minutes=3)
    assert family.shown == []
