"""A short visit of another process (publish, backup, forget): one job, one transaction, and gone."""

from pathlib import Path
from typing import TypeVar

from bot.store import driver
from bot.store.database import open_for_reading, open_for_writing
from bot.store.driver import Connection
from bot.store.errors import BusyError, StoreError
from bot.store.key import Key
from bot.store.migrations import refuse_if_older
from bot.store.sqlite_records import SqliteRecords
from bot.store.writer import Job

T = TypeVar("T")


def write_once(path: Path, key: Key, job: Job[T]) -> T:
    """Run a job in a transaction of its own, beside a bot that may be running."""
    return _visit(open_for_writing(path, key), job, "BEGIN IMMEDIATE")


def read_once(path: Path, key: Key, job: Job[T]) -> T:
    """Run a job that only reads, on one consistent state of the database; one of an older program is refused."""
    connection = open_for_reading(path, key)
    try:
        refuse_if_older(connection)
    except StoreError:
        connection.close()
        raise
    return _visit(connection, job, "BEGIN")


def _visit(connection: Connection, job: Job[T], begin: str) -> T:
    try:
        try:
            connection.execute(begin)
        except driver.Error as error:
            if driver.code(error) != driver.BUSY:
                raise
            raise BusyError("another process holds the database, so nothing was written.", cure="Try again.") from None
        result = job(SqliteRecords(connection))
        connection.execute("COMMIT")
        return result
    finally:
        # Closing rolls back whatever was not committed.
        connection.close()
