"""What is kept of a turn: after consent, with its check, and nothing private."""

from datetime import date
from pathlib import Path
from typing import Any

from service_helpers import KEY, NOW, PARENT, SCRIPT, House, answers, everything, house, running

from bot.facts.level import Action, Level
from bot.facts.value import NOT_SURE, YES, Born, Value, to_json
from bot.service.turns import Status
from bot.store.database import open_for_reading
from bot.store.rows import Check, Flag
from bot.talk.effects import (
    AnswerKept,
    CheckEnded,
    CheckStarted,
    CountryChosen,
    EpisodeSaved,
    FlagLowered,
    FlagRaised,
    ForgetParent,
    Say,
)
from bot.talk.events import Command, Pressed
from bot.talk.session import Flag as RaisedFlag


def answer(number: int, fact: str, value: Value, *, of_child: bool = False, private: bool = False) -> AnswerKept:
    return AnswerKept(number, f"d.{fact}", fact, value, NOW, of_child=of_child, private=private)


def raised(number: int, rule: str, *, private: bool = False) -> FlagRaised:
    return FlagRaised(number, rule, Level.EMERGENCY, Action.CALL, NOW, private=private)


def begin(home: House, *effects: Any, **more: Any) -> None:
    """Consent, and begin check 2."""
    home.consent()
    home.send(None, answers(CheckStarted(2, "danger_check", NOW), *effects, check=running(2, **more)))


def checks(home: House) -> tuple[Check, ...]:
    return home.look(lambda records: records.checks.of(home.parent().id, limit=9))


def flags(home: House) -> tuple[Flag, ...]:
    return home.look(lambda records: records.flags.of(records.checks.of(home.parent().id, limit=1)[0].id))


def test_consent_is_kept_with_the_text_that_was_agreed_to(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        home.send()
        assert home.parent().consent_at is None
        home.consent()
        assert (home.parent().consent_at, home.parent().consent_text_version) == (NOW, "script-1")


def test_the_country_is_kept(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        home.send(None, answers(CountryChosen("KE")))
        assert home.parent().country == "KE"


def test_a_child_is_added_with_the_first_check_and_not_before(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        home.consent()
        assert home.look(lambda records: records.children.of(home.parent().id)) == ()
        home.send(None, answers(CheckStarted(2, "danger_check", NOW), check=running(2)))
        [child] = home.look(lambda records: records.children.of(home.parent().id))
        assert child.nickname == "your baby"
        assert home.parent().current_child == child.id
        home.send(None, answers(CheckEnded(2, None, None, NOW, cut_short=True), check=None))
        home.send(None, answers(CheckStarted(4, "massage", NOW), check=running(4)))
        assert [check.child_id for check in checks(home)] == [child.id, child.id]


def test_a_check_before_consent_leaves_no_record(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        home.send(None, answers(check=running(1, kept=False)))
        home.send(None, answers(check=None))
        assert home.look(lambda records: records.children.of(home.parent().id)) == ()
        assert checks(home) == ()


def test_answers_and_flags_stand_with_their_check_corrections_included(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        begin(home, answer(2, "colour", YES), raised(2, "E-02"))
        home.send(None, answers(answer(2, "colour", NOT_SURE), FlagLowered(2, "E-02", NOW)))
        [check] = checks(home)
        kept = home.look(lambda records: records.answers.of(check.id))
        assert [(one.fact, one.value) for one in kept] == [("colour", to_json(YES)), ("colour", to_json(NOT_SURE))]
        [flag] = flags(home)
        assert (flag.rule, flag.level, flag.action, flag.lowered_at) == ("E-02", "EMERGENCY", "call", NOW)


def test_what_is_about_the_child_outlives_the_check(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        born = Born(date(2026, 10, 1))
        begin(home, answer(2, "birth_date", born, of_child=True), answer(2, "gestation_weeks", NOT_SURE, of_child=True))
        [child] = home.look(lambda records: records.children.of(home.parent().id))
        assert child.birth_date == born.on
        profile = home.look(lambda records: records.profiles.of(child.id))
        assert {one.fact: one.value for one in profile} == {
            "birth_date": to_json(born),
            "gestation_weeks": to_json(NOT_SURE),
        }
        home.send(None, answers(answer(2, "birth_date", NOT_SURE, of_child=True)))
        [child] = home.look(lambda records: records.children.of(home.parent().id))
        assert child.birth_date is None


def test_a_private_answer_never_reaches_a_table(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        begin(home, answer(2, "parent_may_harm", YES, private=True))
        [check] = checks(home)
        assert home.look(lambda records: records.answers.of(check.id)) == ()


def test_which_private_rule_was_raised_is_forgotten_with_the_check_and_its_level_is_not(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        begin(home, raised(2, "E-12", private=True), CheckEnded(2, Level.EMERGENCY, Action.CALL, NOW, cut_short=False))
        # The parent may still correct the answer.
        assert [flag.rule for flag in flags(home)] == ["E-12"]
        home.send(None, answers(check=None))
        assert [(flag.rule, flag.level) for flag in flags(home)] == [("private", "EMERGENCY")]


def test_a_new_check_lets_go_of_the_one_before(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        begin(home, raised(2, "E-12", private=True))
        home.send(None, answers(CheckStarted(3, "massage", NOW), answer(3, "colour", YES), check=running(3)))
        new, old = checks(home)
        assert home.look(lambda records: [flag.rule for flag in records.flags.of(old.id)]) == ["private"]
        assert home.look(lambda records: [one.fact for one in records.answers.of(new.id)]) == ["colour"]


def test_a_check_that_begins_and_ends_in_one_turn_lets_go_of_itself(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        home.consent()
        started, ended = CheckStarted(2, "x", NOW), CheckEnded(2, Level.SOON, None, NOW, cut_short=False)
        home.send(None, answers(started, raised(2, "E-12", private=True), ended))
        assert [flag.rule for flag in flags(home)] == ["private"]
        assert [(check.status, check.level) for check in checks(home)] == [("finished", "SOON")]


def test_a_check_ends_with_its_level_whether_finished_or_cut_short(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        begin(home)
        home.send(None, answers(CheckEnded(2, Level.URGENT, Action.DOCTOR, NOW, cut_short=True), check=None))
        [check] = checks(home)
        assert (check.status, check.level, check.action, check.ended_at) == ("cut_short", "URGENT", "doctor", NOW)


def test_a_check_under_way_already_shows_the_level_that_it_has_reached(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        urgent = RaisedFlag(Level.URGENT, Action.DOCTOR, sure=True, at=NOW)
        begin(home)
        assert checks(home)[0].level is None
        home.send(None, answers(check=running(2, flags={"F-02": urgent})))
        assert (checks(home)[0].level, checks(home)[0].action, checks(home)[0].status) == ("URGENT", "doctor", "open")


def test_an_episode_is_in_the_diary_with_its_reasons(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        begin(home, EpisodeSaved(2, NOW, Level.SOON, ("T-04",), {"state": YES}, ("• Awake",)))
        [check] = checks(home)
        assert check.child_id is not None
        child = check.child_id
        [episode] = home.look(lambda records: records.episodes.page(child, limit=9))
        assert (episode.check_id, episode.level, episode.day) == (check.id, "SOON", NOW.date())
        assert episode.summary == {
            "reasons": ["T-04"],
            "answers": {"state": to_json(YES)},
            "lines": ["• Awake"],
            "questions": [],
        }


def test_a_forgotten_parent_is_in_no_table_and_can_still_press_the_last_button(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        begin(home, answer(2, "colour", YES))
        home.shown()
        result = home.send(Pressed(2, "q", "delete"), answers(ForgetParent(), check=None, consent=False))
        assert result.status is Status.DONE
        assert home.shown() == ["question 3"]
        home.writer.submit(lambda records: None).result()
        connection = open_for_reading(home.path, KEY)
        kept = everything(connection)
        connection.close()
        assert PARENT not in kept
        assert "colour" not in kept
        home.send(Pressed(3, "q", "agree"))
        assert home.talk.seen[-1][0].turn == 3
        assert home.send(Command("start")).status is Status.DONE
        assert home.talk.seen[-1][0].turn == 4


def test_each_message_knows_which_version_said_it(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        home.consent()
        messages = home.send(None, answers(Say("hello"))).messages

        rows = home.look(lambda records: [records.outbox.get(one) for one in messages])
        assert [row and row.script_version for row in rows] == [SCRIPT, SCRIPT]
