"""Delete everything, and everything in a file: over all tables, whatever is added later."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

from sqlcipher3 import dbapi2
from store_helpers import NOW, VERSION, add_family

from bot.store.database import set_up
from bot.store.driver import Connection
from bot.store.key import Key
from bot.store.migrations import migrate
from bot.store.records import Records
from bot.store.sqlite_records import OWNED, SHARED, SqliteRecords
from bot.store.visit import write_once


def fill(records: Records, external_id: str, word: str) -> int:
    """Put a parent into every table, with a word in each place that takes words."""
    parent, child = add_family(records, external_id, word)
    records.parents.save(replace(parent, current_child=child.id, consent_at=NOW, consent_text_version=word))
    records.profiles.set(child.id, "gestation_weeks", word, at=NOW, script_version=VERSION)
    records.sessions.save(parent.id, state=json.dumps([word]), turn=3, script_version=VERSION, at=NOW)
    check = records.checks.start(parent.id, child_id=child.id, dialog=word, at=NOW, script_version=VERSION)
    nameless = records.checks.start(parent.id, dialog=word, at=NOW, script_version=VERSION)
    for one in (check, nameless):
        records.answers.add(one.id, question=word, fact=word, value=word, at=NOW, script_version=VERSION)
        records.flags.add(one.id, child_id=one.child_id, rule=word, level="URGENT", at=NOW, script_version=VERSION)
    records.episodes.add(
        parent.id,
        child.id,
        check_id=check.id,
        happened_at=NOW,
        day=NOW.date(),
        at=NOW,
        summary={"note": word},
        script_version=VERSION,
    )
    records.own_questions.add(parent.id, child.id, word, at=NOW)
    for event, done in (("done", True), ("failed", False)):
        records.inbox.receive(
            "telegram", f"{event} {parent.id}", at=NOW, sender=external_id, payload={"text": word}, done=done
        )
    for parent_id in (parent.id, None):
        records.outbox.queue(
            "telegram",
            external_id,
            parent_id=parent_id,
            turn=3,
            priority=2,
            kind="say",
            payload={"text": word},
            at=NOW,
        )
    records.reminders.add(parent.id, kind=word, due_at=NOW, payload=word)
    records.alerts.add(parent.id, level="URGENT", age_band=word, at=NOW)
    records.screens.add(parent.id, "100", turn=3, question=word, at=NOW)
    return parent.id


def tables(connection: Connection) -> set[str]:
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {row[0] for row in rows if "sqlite_" not in row[0]}


def contents(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in sorted(tables(connection))}


def test_every_table_is_known_to_belong_to_a_parent_or_to_nobody(connection: Connection) -> None:
    assert set(OWNED) | SHARED == tables(connection)
    assert not set(OWNED) & SHARED


def test_the_parent_of_this_test_is_in_every_table(records: Records, connection: Connection) -> None:
    fill(records, "4711", "Hummelchen")
    for table, rows in contents(connection).items():
        assert bool(rows) == (table in OWNED or table == "meta"), table


def test_a_forgotten_parent_leaves_no_row_and_no_word_in_any_table(records: Records, connection: Connection) -> None:
    parent_id = fill(records, "4711", "Hummelchen")
    assert records.forget(parent_id)
    for table, rows in contents(connection).items():
        if table not in {"meta", "inbox"}:
            assert rows == [], table
        assert "Hummelchen" not in str(rows), table
        assert "4711" not in str(rows), table


def test_only_the_keys_of_events_stay_so_that_none_is_taken_in_twice(records: Records, connection: Connection) -> None:
    parent_id = fill(records, "4711", "Hummelchen")
    records.forget(parent_id)
    rows = connection.execute("SELECT sender, payload FROM inbox").fetchall()
    assert rows == [(None, None)] * 2
    assert records.inbox.unfinished(limit=9) == ()
    assert not records.inbox.receive("telegram", f"failed {parent_id}", at=NOW)


def test_forgetting_one_parent_touches_no_other(records: Records, connection: Connection) -> None:
    fill(records, "2", "Igelchen")
    alone = contents(connection)
    parent_id = fill(records, "4711", "Hummelchen")
    records.forget(parent_id)
    after = contents(connection)
    for table in OWNED:
        kept = [row for row in after[table] if table != "inbox" or f" {parent_id}" not in row[1]]
        assert kept == alone[table], table


def test_nobody_can_be_forgotten_twice(records: Records) -> None:
    parent_id = fill(records, "4711", "Hummelchen")
    assert records.forget(parent_id)
    assert not records.forget(parent_id)
    assert records.export(parent_id) is None


def test_the_last_word_still_reaches_a_forgotten_parent_and_is_then_gone_too(
    records: Records, connection: Connection
) -> None:
    parent_id = fill(records, "4711", "Hummelchen")
    records.forget(parent_id)
    goodbye = records.outbox.queue(
        "telegram", "4711", parent_id=None, turn=None, priority=1, kind="say", payload={"text": "bye"}, at=NOW
    )
    assert [message.id for message in records.outbox.due(NOW, limit=9)] == [goodbye]
    records.outbox.sent(goodbye, at=NOW)
    assert "4711" not in str(contents(connection))


def test_a_parent_who_comes_back_is_a_stranger(records: Records) -> None:
    first = fill(records, "4711", "Hummelchen")
    records.forget(first)
    again = records.parents.add("telegram", "4711", at=NOW)
    assert again.id > first
    assert records.children.of(again.id) == ()


def test_an_export_holds_all_that_was_stored_about_a_parent_and_nothing_else(
    records: Records, connection: Connection
) -> None:
    fill(records, "2", "Igelchen")
    parent_id = fill(records, "4711", "Hummelchen")
    export = records.export(parent_id)
    assert export is not None
    assert set(export) == set(OWNED)
    assert all(export.values())
    text = json.dumps(export)
    assert "Igelchen" not in text
    stored = sum(str(rows).count("Hummelchen") for rows in contents(connection).values())
    assert text.count("Hummelchen") == stored
    assert export["parents"][0]["created_at"] == NOW.isoformat()
    assert export["children"][0]["birth_date"] == NOW.date().isoformat()
    assert export["episodes"][0]["summary"] == {"note": "Hummelchen"}


def test_there_is_nothing_to_export_about_nobody(records: Records) -> None:
    assert records.export(1) is None


def test_forgotten_words_are_overwritten_and_not_only_unlinked(path: Path) -> None:
    """Shown on an unencrypted file, opened with our settings: whoever has the key finds nothing either."""
    connection = cast("Connection", dbapi2.connect(str(path), isolation_level=None))
    set_up(connection)
    migrate(connection)
    parent_id = fill(SqliteRecords(connection), "4711", "Hummelchen" * 1000)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"Hummelchen" in path.read_bytes()
    SqliteRecords(connection).forget(parent_id)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"Hummelchen" not in path.read_bytes()
    connection.close()


def test_another_process_can_forget_a_parent_beside_a_running_bot(
    records: Records, connection: Connection, path: Path, key: Key
) -> None:
    parent_id = fill(records, "4711", "Hummelchen")
    later = NOW + timedelta(seconds=1)
    assert write_once(path, key, lambda others: others.forget(parent_id))
    assert records.parents.get(parent_id) is None
    assert not records.outbox.sent(1, at=later)
