"""What the bot keeps about itself: pauses, the audit trail, notes; and what another process writes."""

from datetime import timedelta
from pathlib import Path

import pytest
from store_helpers import NOW, add_family

from bot.store.database import open_for_writing
from bot.store.driver import Connection
from bot.store.key import Key
from bot.store.records import Records
from bot.store.sqlite_records import SqliteRecords

CONTENT = b"dialog: main\n" * 1000


def test_what_another_process_writes_is_noticed_and_what_we_write_is_not(
    connection: Connection, records: Records, path: Path, key: Key
) -> None:
    before = records.data_version()
    add_family(records)
    assert records.data_version() == before
    other = open_for_writing(path, key)
    SqliteRecords(other).scripts.publish("aaa", CONTENT, at=NOW, by="Ada")
    other.close()
    assert records.data_version() != before
    assert records.scripts.current_hash() == "aaa"


def test_a_dialog_stays_closed_until_it_is_opened(records: Records) -> None:
    records.pauses.pause("massage", at=NOW, by="Ada")
    records.pauses.pause("bath", at=NOW, by="Bo")
    records.pauses.pause("massage", at=NOW + timedelta(days=1), by="Bo")
    assert [(p.dialog, p.since, p.by) for p in records.pauses.all()] == [
        ("bath", NOW, "Bo"),
        ("massage", NOW, "Ada"),
    ]
    assert records.pauses.resume("massage")
    assert not records.pauses.resume("massage")
    assert [p.dialog for p in records.pauses.all()] == ["bath"]


def test_the_audit_trail_is_read_from_its_end(records: Records) -> None:
    records.audit.add("Ada", "publish", at=NOW, detail={"hash": "aaa"})
    records.audit.add("bot", "reconcile", at=NOW + timedelta(hours=1))
    assert [(e.who, e.what, e.at, e.detail) for e in records.audit.latest(limit=9)] == [
        ("bot", "reconcile", NOW + timedelta(hours=1), None),
        ("Ada", "publish", NOW, {"hash": "aaa"}),
    ]
    assert len(records.audit.latest(limit=1)) == 1


def test_a_note_is_kept_until_it_is_written_anew(records: Records) -> None:
    assert records.notes.get("offset") is None
    records.notes.set("offset", "17")
    records.notes.set("offset", "18")
    assert records.notes.get("offset") == "18"


def test_a_lost_salt_is_never_replaced_in_silence(records: Records, connection: Connection) -> None:
    connection.execute("DELETE FROM meta WHERE name = 'log_salt'")
    with pytest.raises(LookupError, match="salt"):
        records.log_salt()
