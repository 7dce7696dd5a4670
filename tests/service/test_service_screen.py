"""What is tidied on a parent's screen."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from service_helpers import NOW, PARENT, House, Step, answers, house, running

from bot.facts.level import Action, Level
from bot.service.screen import Pin, Settle, Tidying, Unpin, in_emergency, load_tidying
from bot.store.records import Records
from bot.store.rows import OutboxMessage
from bot.talk.effects import Ask, Button, ConsentGiven, Effect, ForgetParent
from bot.talk.events import Command, Event, Pressed, Typed
from bot.talk.session import Flag, Given, Pending, Prompt, Session

EMERGENCY = Flag(Level.EMERGENCY, Action.CALL, sure=True, at=NOW)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path) as one:
        yield one


def asks(text: str = "Is it?", *, private: bool = False, **changes: Any) -> Step:
    """A step that asks one question with the buttons "Yes" and "Back"."""

    def step(session: Session, _: Event, now: datetime) -> tuple[Session, tuple[Effect, ...]]:
        turn = session.turn + 1
        options = {"yes": "Yes", "back": "Back"}
        ask = Ask(text, turn, "q", tuple(Button(*one) for one in options.items()), (3, 7), private)
        prompts = (Prompt(Pending.POSITION, "q", options),)
        return replace(session, turn=turn, prompts=prompts, seen_at=now, script="s", **changes), (ask,)

    return step


def write(home: House, job: Any) -> Any:
    return home.writer.submit(job).result()


def deliver(home: House, message_id: str) -> None:
    """Let the channel take all that waits; the last message with buttons gets an id."""

    def job(records: Records) -> None:
        parent = records.parents.find("test", PARENT)
        while due := records.outbox.due(home.clock() + timedelta(days=9), limit=9):
            for one in due:
                records.outbox.sent(one.id, at=home.clock(), message_id=message_id)
                if one.kind == "ask" and parent is not None:
                    records.screens.add(parent.id, message_id, turn=one.payload["turn"], question="q", at=home.clock())

    write(home, job)


def tidying(home: House) -> list[Tidying]:
    """What waits to be changed on the screen."""

    def job(records: Records) -> list[OutboxMessage]:
        found = []
        while due := records.outbox.due(home.clock() + timedelta(days=9), limit=9):
            for one in due:
                found.append(one)
                records.outbox.sent(one.id, at=home.clock())
        return found

    loaded = [load_tidying(one.kind, one.payload) for one in write(home, job)]
    return [one for one in loaded if one is not None]


def test_a_pressed_question_loses_its_buttons_and_shows_what_was_chosen(home: House) -> None:
    home.consent()
    home.send(None, asks("Is it?"))
    deliver(home, "100")
    home.send(Pressed(2, "q", "yes"), asks("And now?"))
    assert tidying(home) == [Settle("100", "Is it?", (3, 7), "Yes")]


def test_the_answer_is_told_in_the_words_that_the_check_keeps(home: House) -> None:
    home.consent()
    home.send(None, asks(check=running(1)))
    deliver(home, "100")
    told = running(1, given=(Given("q", "37.2 °C", (), {}),))
    home.send(Pressed(2, "q", "yes"), asks(check=told))
    assert [one.answer for one in tidying(home) if isinstance(one, Settle)] == ["37.2 °C"]


@pytest.mark.parametrize("event", [Typed("yes"), Command("menu"), Pressed(2, "q", "back"), Pressed(1, "q", "yes")])
def test_buttons_go_also_when_none_of_them_was_the_answer(home: House, event: Event) -> None:
    home.consent()
    home.send(None, asks())
    deliver(home, "100")
    home.send(event, asks())
    assert tidying(home) == [Settle("100")]


def test_a_private_answer_is_shown_nowhere(home: House) -> None:
    home.consent()
    home.send(None, asks(private=True))
    deliver(home, "100")
    home.send(Pressed(2, "q", "yes"), asks())
    assert tidying(home) == [Settle("100")]


def test_before_consent_the_buttons_go_and_no_text_is_kept_for_it(home: House) -> None:
    home.send(None, asks())
    deliver(home, "100")
    home.send(Pressed(1, "q", "yes"), asks())
    assert tidying(home) == [Settle("100", answer="Yes")]


def test_buttons_are_taken_away_once(home: House) -> None:
    home.consent()
    home.send(None, asks())
    deliver(home, "100")
    home.send(Pressed(2, "q", "yes"), asks())
    assert len(tidying(home)) == 1
    home.send(Pressed(3, "q", "yes"), asks())
    assert tidying(home) == []


def test_a_change_of_ticks_takes_no_buttons_away(home: House) -> None:
    home.consent()
    home.send(None, asks())
    deliver(home, "100")
    home.send(Pressed(2, "q", "yes"), lambda session, event, now: (session, ()))
    assert tidying(home) == []


def test_an_advice_stays_pinned_while_it_stands_and_no_longer(home: House) -> None:
    home.consent()
    parent = home.parent()
    write(home, lambda records: records.screens.pin(parent.id, "55", turn=1, at=NOW))
    home.send(None, answers(check=running(1, flags={"E-01": EMERGENCY})))
    assert tidying(home) == []
    home.send(None, answers(check=running(1)))
    assert tidying(home) == [Unpin("55")]
    home.send(None, answers(check=running(1)))
    assert tidying(home) == []


def test_consent_takes_no_advice_down_that_was_given_before_it(home: House) -> None:
    home.send(None, answers(check=running(1, flags={"E-01": EMERGENCY}, kept=False)))
    parent = home.parent()
    write(home, lambda records: records.screens.pin(parent.id, "55", turn=1, at=NOW))
    home.send(None, answers(ConsentGiven(NOW), consent=True, check=None))
    home.send(None, answers())
    assert not [one for one in tidying(home) if isinstance(one, Unpin)]


def test_a_pin_of_more_than_24_hours_is_taken_off_by_the_tidying(home: House) -> None:
    home.consent()
    parent = home.parent()
    write(home, lambda records: records.screens.pin(parent.id, "55", turn=1, at=NOW))
    tidying(home)
    home.service.tidy(NOW + timedelta(hours=24))
    assert tidying(home) == []
    home.service.tidy(NOW + timedelta(hours=24, seconds=1))
    assert tidying(home) == [Unpin("55")]


def test_the_screen_of_a_forgotten_parent_is_tidied_and_nothing_is_kept_for_it(home: House) -> None:
    home.consent()
    home.send(None, asks())
    deliver(home, "100")
    parent = home.parent()
    write(home, lambda records: records.screens.pin(parent.id, "55", turn=1, at=NOW))
    home.send(Pressed(2, "q", "yes"), answers(ForgetParent()))
    assert home.look(lambda records: records.parents.find("test", PARENT)) is None
    assert tidying(home) == [Settle("100"), Unpin("55")]
    assert home.look(lambda records: records.outbox.waiting()) == 0


@pytest.mark.parametrize("place", ["flags", "carried"])
def test_an_emergency_stands_for_24_hours_wherever_it_is_kept(place: str) -> None:
    session = Session(check=running(1, **{place: {"E-01": EMERGENCY}}))
    for one in (session, Session(recent={"E-01": EMERGENCY})):
        assert in_emergency(one, NOW + timedelta(hours=24))
        assert not in_emergency(one, NOW + timedelta(hours=24, seconds=1))
    assert not in_emergency(Session(recent={"F-07": replace(EMERGENCY, level=Level.URGENT)}), NOW)


def test_what_is_no_tidying_is_said_to_be_none() -> None:
    assert load_tidying("say", {"text": "hello"}) is None
    assert load_tidying("pin", {"message_id": "1", "turn": 2}) == Pin("1", 2)


def test_a_parent_who_had_blocked_us_and_writes_again_is_served_again(home: House) -> None:
    home.consent()
    parent = home.parent()
    write(home, lambda records: records.parents.save(replace(parent, gone_at=NOW)))
    home.send()
    assert home.parent().gone_at is None
