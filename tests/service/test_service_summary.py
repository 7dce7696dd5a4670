"""The summary for the doctor through the whole service: of one child, from the store, and nothing private."""

from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from test_service_rights import log as log
from test_service_rights import saves_an_event
from test_service_whole_chat import ME, Family

from bot.facts.level import Level
from bot.facts.value import YES, to_json
from bot.service.session_state import save_session
from bot.store.records import Records
from bot.talk.events import Command
from bot.talk.session import Flag

CHILD_OF_OTHERS = "Will the other one walk?"


@pytest.fixture
def family(tmp_path: Path) -> Family:
    """A parent with a diary, at the menu, whose advice was more than a day ago."""
    family = Family(tmp_path)
    family.agrees()
    saves_an_event(family)
    family.clock.now += timedelta(hours=30)
    return family


def notes(family: Family) -> str:
    family.shown.clear()
    family.does(Command("summary"))
    return "\n".join(family.shown)


def test_the_notes_are_read_from_the_store(family: Family) -> None:
    shown = notes(family)
    assert "Notes for the doctor, 23 Nov 2026" in shown
    assert "Doing: Calm and awake" in shown
    assert "Age: " in shown


def test_another_child_of_the_same_parent_is_not_in_them(family: Family) -> None:
    def job(records: Records) -> None:
        parent = records.parents.find("test", ME)
        assert parent is not None
        at = family.clock()
        other = records.children.add(parent.id, "Otherling", birth_date=None, at=at)
        check = records.checks.start(parent.id, child_id=other.id, dialog="fever_screen", at=at, script_version="x")
        records.answers.add(
            check.id,
            question="temperature.temperature_c",
            fact="temperature_c",
            value={"low": "40.1", "high": "40.1", "low_in": True, "high_in": True, "settled": True},
            at=at,
            script_version="x",
        )
        records.flags.add(check.id, child_id=other.id, rule="F-03", level="URGENT", at=at, script_version="x")
        records.checks.set_level(check.id, level="URGENT")
        records.checks.end(check.id, status="finished", at=at)
        records.own_questions.add(parent.id, other.id, CHILD_OF_OTHERS, at=at)

    family.writer.submit(job).result()
    shown = notes(family)
    for word in ("Otherling", "40.1", "Fever", CHILD_OF_OTHERS):
        assert word not in shown


def test_a_private_answer_that_some_old_program_stored_is_not_in_them(family: Family) -> None:
    def job(records: Records) -> None:
        parent = records.parents.find("test", ME)
        assert parent is not None
        check = records.checks.of(parent.id, limit=1)[0]
        for fact in ("shaken", "withdrawal_exposure", "maternal_thyroid", "parent_may_harm"):
            records.answers.add(
                check.id, question="menu", fact=fact, value=to_json(YES), at=family.clock(), script_version="x"
            )
        records.flags.add(
            check.id,
            child_id=check.child_id,
            rule="E-12",
            level="EMERGENCY",
            at=family.clock(),
            script_version="x",
            private=True,
        )
        records.checks.set_level(check.id, level="EMERGENCY")

    family.writer.submit(job).result()
    shown = notes(family).partition("These are your notes")[0].lower()
    assert "notes for the doctor" in shown
    for word in ("shaken", "hurt", "thyroid", "medicine", "harm", "get help at once", "limit"):
        assert word not in shown


def test_questions_are_kept_exported_and_deleted_one_by_one_and_with_everything(family: Family) -> None:
    family.does(Command("summary"))
    family.presses("my_questions")
    family.says("Is it the cold?")
    family.says("Will it stop?")

    def kept(records: Records) -> list[str]:
        parent = records.parents.find("test", ME)
        found = None if parent is None else records.export(parent.id)
        return [] if found is None else [row["text"] for row in found["own_questions"]]

    assert family.writer.submit(kept).result() == ["Is it the cold?", "Will it stop?"]
    family.presses("delete_question")
    first = next(option for one in family.session.prompts for option in one.options if option.startswith("gone_"))
    family.presses(first)
    assert family.writer.submit(kept).result() == ["Will it stop?"]
    family.does(Command("delete"))
    family.presses("delete")
    assert family.writer.submit(kept).result() == []


def test_questions_are_forgotten_after_24_months(family: Family) -> None:
    family.does(Command("summary"))
    family.presses("my_questions")
    family.says("Is it the cold?")

    def number(records: Records) -> int:
        parent = records.parents.find("test", ME)
        assert parent is not None
        assert parent.current_child is not None
        return len(records.own_questions.of(parent.current_child))

    family.service.tidy(family.clock() + timedelta(days=700))
    assert family.writer.submit(number).result() == 1
    family.clock.now += timedelta(days=700)
    family.does(Command("help"))
    family.service.tidy(family.clock() + timedelta(days=31))
    assert family.writer.submit(number).result() == 0


def test_a_question_is_in_no_log(family: Family, log: StringIO) -> None:
    family.does(Command("summary"))
    family.presses("my_questions")
    family.says("Is it Kwashiorkor?")
    assert "Kwashiorkor" not in log.getvalue()


def test_nobody_deletes_the_question_of_another_parent(family: Family) -> None:
    def job(records: Records) -> bool:
        at = family.clock()
        other = records.parents.add("test", "somebody else", at=at)
        child = records.children.add(other.id, "Otherling", birth_date=None, at=at)
        question = records.own_questions.add(other.id, child.id, CHILD_OF_OTHERS, at=at)
        me = records.parents.find("test", ME)
        assert me is not None
        return records.own_questions.delete(me.id, question.id)

    assert family.writer.submit(job).result() is False
    family.does(Command("summary"))
    family.presses("my_questions")
    assert CHILD_OF_OTHERS not in "\n".join(family.shown)


def test_advice_of_the_last_day_comes_first_also_from_the_store(family: Family) -> None:
    session = family.session
    flag = Flag(Level.URGENT, None, sure=True, at=family.clock() - timedelta(hours=2))
    changed = replace(session, recent={"R-05": flag})

    def job(records: Records) -> None:
        parent = records.parents.find("test", ME)
        assert parent is not None
        save_session(records, parent, changed, family.clock())

    family.writer.submit(job).result()
    family.shown.clear()
    family.does(Command("summary"))
    assert "the answer was: see a doctor today" in family.shown[0]
