"""What is kept for a time only is gone after it."""

import io
from datetime import timedelta
from pathlib import Path

from service_helpers import NOW, PARENT, House, answers, breaks, house, running

from bot.facts.level import Level
from bot.facts.value import YES
from bot.service.service import KEPT_FOR, LEFT_AFTER, SAID_FOR, STRANGER_FOR, TAKEN_IN_FOR, UNKEPT_FOR
from bot.store.rows import Check
from bot.talk.effects import CheckEnded, CheckStarted, EpisodeSaved, FlagRaised
from bot.talk.events import Command, Typed
from bot.talk.session import Session
from bot.telemetry import set_up_logs
from bot.triage.knowledge import Told

A_MOMENT = timedelta(minutes=1)


def session(home: House) -> Session:
    found = home.service.session(PARENT)
    assert found is not None
    return found


def leave(home: House) -> Check:
    """A check that nobody has gone on with."""
    home.consent()
    private = FlagRaised(2, "E-12", Level.EMERGENCY, None, NOW, private=True)
    home.send(None, answers(CheckStarted(2, "danger_check", NOW), private, check=running(2)))
    return home.look(lambda records: records.checks.of(home.parent().id, limit=1)[0])


def test_a_check_that_was_left_is_ended_without_a_word(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        check = leave(home)
        home.shown()
        home.service.tidy(NOW + LEFT_AFTER)
        assert session(home).check is not None
        home.talk.steps = [answers(CheckEnded(2, Level.EMERGENCY, None, NOW, cut_short=True), check=None)]
        home.service.tidy(NOW + LEFT_AFTER + A_MOMENT)
        assert home.talk.seen[-1][1] == Command("cancel")
        assert home.shown() == []
        ended = home.look(lambda records: records.checks.get(check.id))
        assert ended is not None
        assert (ended.status, ended.level) == ("interrupted", "EMERGENCY")
        assert [flag.rule for flag in home.look(lambda records: records.flags.of(check.id))] == ["private"]
        assert session(home).check is None


def test_who_never_agreed_is_forgotten_as_a_whole_two_days_after_the_last_message(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        home.send()
        home.service.tidy(NOW + STRANGER_FOR - A_MOMENT)
        assert home.look(lambda records: records.parents.find("test", PARENT)) is not None
        home.service.tidy(NOW + STRANGER_FOR + A_MOMENT)
        assert home.look(lambda records: records.parents.find("test", PARENT)) is None


def test_what_was_said_before_consent_is_gone_an_hour_after_the_parent_has_left(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        home.send(None, answers(told={"colour": Told(YES, NOW)}, check=running(1, kept=False)))
        home.talk.steps = [answers(told={}, check=None)]
        home.service.tidy(NOW + UNKEPT_FOR - A_MOMENT)
        assert session(home).check is not None
        home.service.tidy(NOW + UNKEPT_FOR + A_MOMENT)
        assert session(home).told == {}
        assert session(home).check is None


def test_a_parent_without_a_check_is_left_alone(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        home.consent()
        seen = len(home.talk.seen)
        home.service.tidy(NOW + LEFT_AFTER + A_MOMENT)
        assert len(home.talk.seen) == seen


def test_a_check_that_cannot_be_ended_stops_no_start(tmp_path: Path) -> None:
    log = io.StringIO()
    set_up_logs(stream=log, readable=False)
    with house(tmp_path) as home:
        leave(home)
        home.talk.steps = [breaks]
        home.service.tidy(NOW + LEFT_AFTER + A_MOMENT)
        assert session(home).check is not None
        assert "turn_failed" in log.getvalue()


def test_the_words_of_a_message_are_forgotten_a_day_after_it_was_taken(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        home.consent()
        home.send()
        home.shown()
        home.service.tidy(NOW + SAID_FOR)
        assert home.service.shown_last(PARENT)
        home.service.tidy(NOW + SAID_FOR + A_MOMENT)
        assert home.service.shown_last(PARENT) == ()


def test_an_event_whose_turn_failed_is_not_kept_for_ever(tmp_path: Path) -> None:
    set_up_logs(stream=io.StringIO())
    with house(tmp_path) as home:
        home.consent()
        home.send(Typed("38.2"), breaks)
        home.service.tidy(NOW + TAKEN_IN_FOR + A_MOMENT)
        assert home.look(lambda records: records.inbox.unfinished(limit=9)) == ()


def test_health_answers_are_gone_after_the_time_that_the_parent_was_told(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        home.consent()
        saved = EpisodeSaved(2, NOW, Level.SOON, ("R-05",), {}, ())
        ended = CheckEnded(2, Level.SOON, None, NOW, cut_short=False)
        home.send(None, answers(CheckStarted(2, "new_episode", NOW), check=running(2)))
        home.send(None, answers(saved, ended, check=None))
        parent = home.parent().id
        child = home.look(lambda records: records.children.of(parent)[0].id)
        home.service.tidy(NOW + KEPT_FOR - A_MOMENT)
        assert home.look(lambda records: records.episodes.count(child)) == 1
        # Somebody who still writes keeps the account, and nothing of two years ago.
        home.clock.now = NOW + KEPT_FOR + A_MOMENT
        home.send()
        home.service.tidy(home.clock())
        assert home.look(lambda records: records.episodes.count(child)) == 0
        assert home.look(lambda records: records.checks.of(parent, limit=9)) == ()


def test_a_parent_who_has_not_written_for_that_time_is_forgotten(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        home.consent()
        parent = home.parent().id
        home.service.tidy(NOW + KEPT_FOR - A_MOMENT)
        assert home.look(lambda records: records.parents.get(parent)) is not None
        home.service.tidy(NOW + KEPT_FOR + A_MOMENT)
        assert home.look(lambda records: records.parents.get(parent)) is None
