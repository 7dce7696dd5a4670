"""A short visit of another process."""

from pathlib import Path

import pytest
from store_helpers import add_family, is_here

from bot.store import driver, migrations
from bot.store.database import open_for_writing
from bot.store.errors import BusyError, TooOldError
from bot.store.key import Key
from bot.store.records import Records
from bot.store.visit import read_once, write_once
from bot.store.writer import Writer


def test_a_visitor_writes_beside_a_running_bot(writer: Writer, path: Path, key: Key) -> None:
    writer.submit(lambda records: add_family(records, "bot")).result()
    write_once(path, key, lambda records: add_family(records, "visitor"))
    assert writer.submit(lambda records: is_here(records, "visitor")).result()
    assert read_once(path, key, lambda records: (is_here(records, "bot"), is_here(records, "visitor"))) == (
        True,
        True,
    )


def test_a_visitor_may_come_before_the_bot(path: Path, key: Key) -> None:
    write_once(path, key, lambda records: add_family(records, "visitor"))
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_visitor_who_fails_writes_nothing(path: Path, key: Key) -> None:
    def fail(records: Records) -> None:
        add_family(records, "visitor")
        raise LookupError

    with pytest.raises(LookupError):
        write_once(path, key, fail)
    assert not read_once(path, key, lambda records: is_here(records, "visitor"))


def test_a_visitor_who_only_reads_cannot_write(writer: Writer, path: Path, key: Key) -> None:
    with pytest.raises(driver.Error, match="readonly"):
        read_once(path, key, lambda records: add_family(records, "visitor"))


def test_a_visitor_who_finds_the_door_closed_is_told_so(path: Path, key: Key, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "BUSY_SECONDS", 0)
    holder = open_for_writing(path, key)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(BusyError, match="nothing was written"):
        write_once(path, key, lambda records: add_family(records, "visitor"))
    holder.close()


def test_a_visitor_cannot_read_what_an_older_program_has_left_out(
    path: Path, key: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_once(path, key, lambda records: add_family(records, "visitor"))
    monkeypatch.setattr(migrations, "_KNOWN", migrations._KNOWN | {"m999_from_tomorrow"})

    with pytest.raises(TooOldError, match="Start the bot once"):
        read_once(path, key, lambda records: is_here(records, "visitor"))
