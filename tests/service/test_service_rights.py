"""What a parent may do with all that is kept: see it, take it away as a file, correct it, have it deleted."""

import json
import logging
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import structlog
from service_helpers import KEY, everything
from test_service_whole_chat import ME, Family, engine

from bot.people.export import NAMES
from bot.service.message_json import load_message
from bot.service.service import Service
from bot.store.database import open_for_reading
from bot.store.records import Records
from bot.store.sqlite_records import OWNED
from bot.talk.effects import Document
from bot.talk.events import Command
from bot.talk.session import Pending
from bot.telemetry import CAPPED_LOGGERS, hashed, set_up_logs

ALERT_CHAT = "-100200"
HARMLESS = ("none", "no", "continue", "calm_awake", "arms", "not_sure", "yes")


@pytest.fixture
def family(tmp_path: Path) -> Family:
    """A parent with a diary, an emergency that waits for an answer, an alert, and an event whose turn failed."""
    family = Family(tmp_path)
    family.service = Service(engine(), family.writer, "test", family.clock, alert_chat=ALERT_CHAT)
    family.agrees()
    saves_an_event(family)
    family.does(Command("summary"))
    if family.session.prompt is not None and family.session.prompt.pending is Pending.SEEN:
        family.presses("no")
    family.presses("my_questions")
    family.says("Is it the cold?")
    family.says("my baby is not breathing")

    def fails(records: Records) -> None:
        records.inbox.receive("test", "failed", at=family.clock(), sender=ME, payload={"event": "what I wrote"})

    family.writer.submit(fails).result()
    return family


def saves_an_event(family: Family) -> None:
    """A whole check about shaking."""
    family.presses("over")
    for _ in range(60):
        prompt = family.session.prompt
        assert prompt is not None
        if prompt.pending is Pending.MENU:
            return
        if prompt.question.endswith("birth_date"):
            family.says("5 months")
        else:
            family.presses(next(one for one in (*HARMLESS, *prompt.options) if one in prompt.options))
    raise AssertionError(family.shown)


@pytest.fixture
def log() -> Iterator[StringIO]:
    """All that is logged, in every detail."""
    out, root = StringIO(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    capped = {name: logging.getLogger(name).level for name in CAPPED_LOGGERS}
    set_up_logs("DEBUG", stream=out)
    yield out
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in capped.items():
        logging.getLogger(name).setLevel(before)


def export(family: Family) -> dict[str, Any]:
    """The file that a parent gets."""
    family.does(Command("export"))

    def job(records: Records) -> list[Document]:
        rows = [records.outbox.get(number) for number in range(1, 400)]
        found = [load_message(one.kind, one.payload) for one in rows if one is not None and one.payload is not None]
        return [one for one in found if isinstance(one, Document)]

    [document] = family.writer.submit(job).result()
    assert document.name == "steady-2026-11-22.json"
    content = json.loads(document.text)
    assert isinstance(content, dict)
    return content


def test_every_table_with_something_about_a_parent_is_in_the_export_under_a_readable_name() -> None:
    assert set(NAMES) == set(OWNED)
    assert len(set(NAMES.values())) == len(NAMES)


def test_the_export_holds_every_row_and_every_column(family: Family) -> None:
    parent = family.writer.submit(lambda records: records.parents.find("test", ME)).result()
    assert parent is not None
    stored = family.writer.submit(lambda records: records.export(parent.id)).result()
    assert stored is not None
    # Screens are noted by a channel that numbers its messages, which this one does not.
    assert {table for table, rows in stored.items() if not rows} == {"screens"}
    content = export(family)
    for table, rows in stored.items():
        shown = content[NAMES[table]]
        if table in ("outbox", "sessions"):
            # Messages and session went on with the very turn that asked for the export.
            assert shown, table
            assert set(shown[0]) == set(rows[0])
        else:
            assert shown == rows, table


def test_moments_are_iso_text_and_the_chat_notes_are_no_text_in_a_text(family: Family) -> None:
    content = export(family)
    assert content["about_you"][0]["created_at"] == "2026-11-22T03:15:00+00:00"
    assert content["diary"][0]["day"] == "2026-11-22"
    assert content["where_you_are_in_the_chat"][0]["state"]["consent"] is True
    assert content["diary"][0]["summary"]["answers"]["tremor"]


def test_after_delete_there_is_no_row_no_message_and_no_line_in_a_log(family: Family, log: StringIO) -> None:
    salt = family.writer.submit(lambda records: records.log_salt()).result()
    family.does(Command("history"))
    export(family)
    family.does(Command("delete"))
    family.presses("delete")
    family.clock.pass_(minutes=10)
    family.service.tick(family.clock())
    family.takes()
    family.writer.close()
    connection = open_for_reading(family.path, KEY)
    for table in OWNED:
        rows = connection.execute(f"SELECT * FROM {table}").fetchall()
        if table == "inbox":
            # The key of an event alone is about nobody.
            rows = [row for row in rows if row[2] is not None or row[3] is not None]
        assert rows == [], table
    left = everything(connection)
    connection.close()
    for trace in (ME, hashed(ME, salt), "what I wrote", "not breathing"):
        assert trace not in left
        assert trace not in log.getvalue()


def test_delete_takes_two_steps_and_can_be_left(family: Family) -> None:
    family.does(Command("delete"))
    family.presses("keep")
    assert "Nothing was deleted" in "".join(family.shown)
    assert family.writer.submit(lambda records: records.parents.find("test", ME)).result() is not None


def test_what_a_parent_corrects_in_the_diary_is_stored(family: Family) -> None:
    family.presses("to_menu")
    family.does(Command("history"))
    for option in ("entry_1", "change_entry", "when", "day_3"):
        family.presses(option)
    kept = family.writer.submit(lambda records: records.episodes.page(1, limit=9)).result()
    assert [one.day.isoformat() for one in kept] == ["2026-11-19"]
    assert kept[0].summary["reasons"]


def test_what_a_parent_deletes_in_the_diary_is_gone(family: Family) -> None:
    family.presses("to_menu")
    family.does(Command("history"))
    for option in ("entry_1", "delete_entry", "delete_now"):
        family.presses(option)
    assert family.writer.submit(lambda records: records.episodes.count(1)).result() == 0


def test_no_button_opens_the_diary_of_another_family(family: Family) -> None:
    def job(records: Records) -> int:
        other = records.parents.add("test", "somebody else", at=family.clock())
        child = records.children.add(other.id, "Mia", birth_date=None, at=family.clock())
        summary: dict[str, Any] = {"reasons": [], "answers": {}, "lines": ["• a secret"]}
        return records.episodes.add(
            other.id,
            child.id,
            happened_at=family.clock(),
            day=family.clock().date(),
            at=family.clock(),
            summary=summary,
            script_version="s",
        ).id

    foreign = family.writer.submit(job).result()
    family.presses("to_menu")
    family.does(Command("history"))
    assert foreign not in {int(o.removeprefix("entry_")) for o in family.session.prompts[0].options if "entry_" in o}


def test_before_consent_an_emergency_leaves_nothing_but_the_way_to_deliver_it(tmp_path: Path) -> None:
    family = Family(tmp_path)
    family.says("my baby is not breathing")
    assert "Call 112 now" in "".join(family.shown)

    def job(records: Records) -> dict[str, Any]:
        parent = records.parents.find("test", ME)
        assert parent is not None
        return records.export(parent.id) or {}

    stored = family.writer.submit(job).result()
    assert {table for table, rows in stored.items() if rows} == {"parents", "sessions", "reminders"}
    assert [one["payload"] for one in stored["reminders"]] == [None]
