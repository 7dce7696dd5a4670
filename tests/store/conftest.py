"""A key, a path, and the store in the two ways in which tests need it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.database import open_for_writing
from bot.store.driver import Connection
from bot.store.key import Key
from bot.store.records import Records
from bot.store.sqlite_records import SqliteRecords
from bot.store.writer import Writer


@pytest.fixture
def key() -> Key:
    return Key("5a" * 32)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the database is or will be."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder / "steady.db"


@pytest.fixture
def connection(path: Path, key: Key) -> Iterator[Connection]:
    """The database itself, for looking behind the records."""
    connection = open_for_writing(path, key)
    yield connection
    connection.close()


@pytest.fixture
def records(connection: Connection) -> Records:
    """The records without a writer: each statement commits by itself."""
    return SqliteRecords(connection)


@pytest.fixture
def writer(path: Path, key: Key) -> Iterator[Writer]:
    with Writer.open(path, key) as writer:
        yield writer
