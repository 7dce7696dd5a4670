"""The schema and its history."""

from pathlib import Path

import pytest
from sqlite_utils import Migrations
from store_helpers import add_family, is_here

from bot.store import migrations
from bot.store.database import open_for_writing
from bot.store.driver import Connection
from bot.store.key import Key
from bot.store.records import Records
from bot.store.sqlite_records import SqliteRecords


def schema(connection: Connection) -> list[object]:
    return list(connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall())


def test_a_second_opening_changes_nothing(path: Path, key: Key) -> None:
    first = open_for_writing(path, key)
    before = schema(first), first.execute("SELECT * FROM _sqlite_migrations").fetchall()
    salt = SqliteRecords(first).log_salt()
    first.close()
    second = open_for_writing(path, key)
    assert (schema(second), second.execute("SELECT * FROM _sqlite_migrations").fetchall()) == before
    assert SqliteRecords(second).log_salt() == salt
    second.close()


def test_migrating_what_is_up_to_date_takes_no_lock(connection: Connection, path: Path, key: Key) -> None:
    connection.execute("BEGIN IMMEDIATE")
    other = open_for_writing(path, key)
    migrations.migrate(other)
    other.close()
    connection.execute("ROLLBACK")


def test_each_step_is_recorded_under_its_name(connection: Connection) -> None:
    names = connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = 'steady'").fetchall()
    assert names == [(step.__name__,) for step in migrations.STEPS]


def test_the_log_salt_is_long_and_differs_between_databases(path: Path, key: Key) -> None:
    salts = set()
    for name in ("a.db", "b.db"):
        connection = open_for_writing(path.with_name(name), key)
        salts.add(SqliteRecords(connection).log_salt())
        connection.close()
    assert len(salts) == 2
    assert {len(salt) for salt in salts} == {32}


def test_a_step_that_fails_leaves_the_database_as_it_was(
    connection: Connection, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = Migrations("steady")
    for step in migrations.STEPS:
        later()(step)

    @later()
    def m901_works(db: object) -> None:
        connection.execute("CREATE TABLE half_way (id)")

    @later()
    def m902_fails(db: object) -> None:
        raise ValueError("not today")

    monkeypatch.setattr(migrations, "_migrations", later)
    monkeypatch.setattr(migrations, "_KNOWN", {*migrations._KNOWN, "m901_works", "m902_fails"})
    add_family(records, "1")
    before = schema(connection)
    with pytest.raises(ValueError, match="not today"):
        migrations.migrate(connection)
    assert schema(connection) == before
    assert not connection.in_transaction
    assert is_here(records, "1")


def test_every_table_checks_its_types(connection: Connection) -> None:
    loose = connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND NOT strict AND name NOT LIKE '%sqlite%'"
    ).fetchall()
    assert loose == []
