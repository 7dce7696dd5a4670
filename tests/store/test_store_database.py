"""Opening the database."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from store_helpers import NOW, add_family, hashes, is_here

from bot.store import driver
from bot.store.database import open_for_reading, open_for_writing
from bot.store.driver import Connection
from bot.store.errors import BusyError, OpeningError, TooNewError, WrongKeyError
from bot.store.key import Key
from bot.store.records import Records
from bot.store.sqlite_records import SqliteRecords

WRONG = Key("a5" * 32)


@pytest.fixture
def crashed(connection: Connection, path: Path, tmp_path: Path) -> Path:
    """The files as they lie on the disk when a process is killed: the last commits are only in the log."""
    add_family(SqliteRecords(connection), "crashed")
    folder = tmp_path / "crashed"
    folder.mkdir()
    for file in path.parent.iterdir():
        shutil.copy(file, folder)
    assert (folder / "steady.db-wal").stat().st_size
    return folder / "steady.db"


def test_the_files_show_neither_what_they_are_nor_what_is_in_them(
    connection: Connection, records: Records, path: Path
) -> None:
    add_family(records, "4711000815", "Hummelchen")
    on_disk = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert len(on_disk) > 50_000
    for word in (b"SQLite format", b"sqlite", b"CREATE TABLE", b"parents", b"Hummelchen", b"4711000815"):
        assert word not in on_disk
    connection.close()
    assert b"Hummelchen" not in path.read_bytes()


def test_only_its_owner_may_read_the_database_and_its_log(connection: Connection, path: Path) -> None:
    modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
    assert modes == {"steady.db": 0o600, "steady.db-wal": 0o600, "steady.db-shm": 0o600}


@pytest.mark.parametrize("opening", [open_for_writing, open_for_reading])
def test_a_wrong_key_is_one_line_and_changes_no_byte(
    opening: object, crashed: Path, key: Key, capfd: pytest.CaptureFixture[str]
) -> None:
    assert callable(opening)
    # The -shm file holds no data, only where in the log what is; SQLite makes it anew.
    before = {name: hash_ for name, hash_ in hashes(crashed.parent).items() if not name.endswith("-shm")}
    with pytest.raises(WrongKeyError) as caught:
        opening(crashed, WRONG)
    assert "\n" not in str(caught.value)
    assert str(crashed) in str(caught.value)
    assert key.hex not in str(caught.value)
    assert capfd.readouterr() == ("", "")
    after = {name: hash_ for name, hash_ in hashes(crashed.parent).items() if not name.endswith("-shm")}
    assert after == before
    connection = open_for_writing(crashed, key)
    assert is_here(SqliteRecords(connection), "crashed")
    connection.close()


def test_without_a_key_the_file_cannot_be_read(crashed: Path) -> None:
    before = crashed.read_bytes()
    plain = sqlite3.connect(f"{crashed.as_uri()}?mode=ro", uri=True)
    with pytest.raises(sqlite3.DatabaseError, match="file is not a database"):
        plain.execute("SELECT * FROM sqlite_master")
    plain.close()
    assert crashed.read_bytes() == before


def test_what_was_committed_before_a_kill_is_there_after_it(crashed: Path, key: Key) -> None:
    connection = open_for_writing(crashed, key)
    assert is_here(SqliteRecords(connection), "crashed")
    connection.close()


def test_a_log_that_was_cut_off_in_mid_write_costs_nothing_that_was_committed_before(
    connection: Connection, records: Records, path: Path, key: Key, tmp_path: Path
) -> None:
    add_family(records, "before")
    log = path.with_name("steady.db-wal")
    whole = log.stat().st_size
    add_family(records, "torn")
    for cut in range(whole, log.stat().st_size, 997):
        folder = tmp_path / f"cut at {cut}"
        folder.mkdir()
        shutil.copy(path, folder)
        (folder / log.name).write_bytes(log.read_bytes()[:cut])
        after = open_for_writing(folder / path.name, key)
        assert is_here(SqliteRecords(after), "before")
        assert after.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        after.close()


def test_other_files_are_refused_and_left_alone(path: Path, key: Key) -> None:
    path.write_bytes(b"Dear diary, " * 1000)
    before = hashes(path.parent)
    with pytest.raises(WrongKeyError, match="not a database of Steady"):
        open_for_writing(path, key)
    assert hashes(path.parent) == before


def test_an_unencrypted_database_is_refused_and_left_alone(path: Path, key: Key) -> None:
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE parents (id)")
    plain.close()
    before = hashes(path.parent)
    with pytest.raises(WrongKeyError, match="unencrypted"):
        open_for_writing(path, key)
    with pytest.raises(WrongKeyError, match="unencrypted"):
        open_for_reading(path, key)
    assert hashes(path.parent) == before


def test_an_empty_file_becomes_a_database(path: Path, key: Key) -> None:
    """A first start that was killed at once leaves an empty file and a key."""
    path.touch()
    open_for_writing(path, key).close()
    assert path.stat().st_size


def test_a_missing_folder_is_not_made_because_a_volume_may_be_missing(tmp_path: Path, key: Key) -> None:
    with pytest.raises(OpeningError, match="this folder does not exist"):
        open_for_writing(tmp_path / "not mounted" / "steady.db", key)
    assert list(tmp_path.iterdir()) == []


def test_a_reader_makes_no_database(path: Path, key: Key) -> None:
    with pytest.raises(OpeningError, match="there is no database here"):
        open_for_reading(path, key)
    assert not path.exists()


@contextmanager
def nobody_special() -> Iterator[None]:
    """Tests may run as root, whom no mode of a file stops."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def open_up(folder: Path) -> None:
    """Let everybody through to a temporary folder, which only its owner may enter."""
    while folder.name.startswith("pytest-") is False:
        folder.chmod(0o755)
        folder = folder.parent
    folder.chmod(0o755)
    folder.parent.chmod(0o755)


def test_a_folder_that_cannot_be_written_is_one_line(path: Path, key: Key) -> None:
    open_up(path.parent)
    path.parent.chmod(0o555)
    with nobody_special(), pytest.raises(OpeningError, match="cannot be written") as caught:
        open_for_writing(path, key)
    path.parent.chmod(0o755)
    assert "\n" not in str(caught.value)
    assert not path.exists()


def test_a_file_that_cannot_be_written_is_one_line(path: Path, key: Key) -> None:
    open_for_writing(path, key).close()
    open_up(path.parent)
    path.parent.chmod(0o777)
    path.chmod(0o444)
    with nobody_special(), pytest.raises(OpeningError, match="cannot be written"):
        open_for_writing(path, key)


def test_a_file_that_cannot_be_read_is_one_line(path: Path, key: Key) -> None:
    open_for_writing(path, key).close()
    open_up(path.parent)
    path.parent.chmod(0o777)
    path.chmod(0)
    with nobody_special(), pytest.raises(OpeningError, match="cannot be read: Permission denied"):
        open_for_reading(path, key)


def test_a_commit_survives_a_power_cut(connection: Connection) -> None:
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)


def test_nothing_is_laid_aside_unencrypted(connection: Connection) -> None:
    assert connection.execute("PRAGMA temp_store").fetchone() == (2,)


def test_deleted_bytes_are_overwritten(connection: Connection) -> None:
    assert connection.execute("PRAGMA secure_delete").fetchone() == (1,)


def test_rows_belong_to_rows_that_exist(records: Records) -> None:
    with pytest.raises(driver.Error, match="FOREIGN KEY"):
        records.children.add(4711, "Nobody's", birth_date=None, at=NOW)


def test_a_reader_sees_what_is_committed_and_changes_nothing(
    connection: Connection, records: Records, path: Path, key: Key
) -> None:
    add_family(records, "1")
    reader = open_for_reading(path, key)
    assert is_here(SqliteRecords(reader), "1")
    connection.execute("BEGIN IMMEDIATE")
    add_family(records, "2")
    assert not is_here(SqliteRecords(reader), "2")
    connection.execute("COMMIT")
    assert is_here(SqliteRecords(reader), "2")
    with pytest.raises(driver.Error, match="readonly"):
        add_family(SqliteRecords(reader), "3")
    reader.close()


def test_a_database_of_a_newer_program_is_refused_and_left_alone(path: Path, key: Key) -> None:
    connection = open_for_writing(path, key)
    connection.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('steady', 'm999_later', 'later')"
    )
    connection.close()
    before = hashes(path.parent)["steady.db"]
    for opening in (open_for_writing, open_for_reading):
        with pytest.raises(TooNewError, match="m999_later") as caught:
            opening(path, key)
        assert "\n" not in str(caught.value)
    assert hashes(path.parent)["steady.db"] == before


def test_a_database_that_another_process_holds_alone_is_one_line(
    path: Path, key: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "BUSY_SECONDS", 0)
    holder = open_for_writing(path, key)
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(BusyError, match="another process holds the database"):
        open_for_writing(path, key)
    holder.close()
