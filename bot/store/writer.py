"""The single writer: one thread owns the connection, jobs queue up and share commits."""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from bot.store import driver
from bot.store.database import open_for_writing
from bot.store.driver import Connection
from bot.store.errors import BrokenError, BusyError, ClosedError, StoreError
from bot.store.key import Key
from bot.store.records import Records
from bot.store.sqlite_records import SqliteRecords

T = TypeVar("T")

Job = Callable[[Records], T]
OnFailure = Callable[[Records, Exception], T]

# More jobs in one commit gain next to nothing and make the first of them wait.
MOST_JOBS_IN_A_COMMIT = 256


@dataclass(frozen=True, slots=True)
class _Task(Generic[T]):
    job: Job[T]
    on_failure: OnFailure[T] | None
    future: Future[T]

    def run(self, connection: Connection, records: Records) -> Callable[[], None]:
        """Run in a savepoint of its own, and say what to tell the future once all is committed."""
        connection.execute("SAVEPOINT job")
        try:
            result = self._attempt(connection, records)
        except _TransactionLostError:
            raise
        except Exception as error:  # noqa: BLE001 (whatever a job raises belongs to its future)
            failure = error
            connection.execute("RELEASE job")
            return lambda: self.future.set_exception(failure)
        connection.execute("RELEASE job")
        return lambda: self.future.set_result(result)

    def _attempt(self, connection: Connection, records: Records) -> T:
        try:
            return self.job(records)
        except Exception as error:
            _roll_back(connection, error)
            if self.on_failure is None:
                raise
            try:
                return self.on_failure(records, error)
            except Exception as second:
                _roll_back(connection, second)
                raise


class _TransactionLostError(Exception):
    """SQLite gave up the whole transaction (a full disk does that), with the jobs that went well."""


class Writer:
    """Takes in jobs from any thread and commits them in the order in which they came.

    A future resolves after the commit that holds its job, never before. From asyncio:
    `await asyncio.wrap_future(writer.submit(job))`.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._records = SqliteRecords(connection)
        self._queue: queue.SimpleQueue[_Task[Any] | None] = queue.SimpleQueue()
        # Holds together "is it open?" and "into the queue", so that no job falls in behind the last one.
        self._door = threading.Lock()
        self._refuse: Callable[[], StoreError] | None = None
        self._failure: BaseException | None = None
        # A process that dies without closing loses nothing that a future has promised, so nobody need wait.
        self._thread = threading.Thread(target=self._run, name="store writer", daemon=True)
        self._thread.start()

    @classmethod
    def open(cls, path: Path, key: Key) -> Self:
        """Open the database and start writing to it."""
        return cls(open_for_writing(path, key))

    def submit(self, job: Job[T], *, on_failure: OnFailure[T] | None = None) -> Future[T]:
        """Queue a job.

        If it raises, what it wrote is rolled back, alone, and its future raises the same. With `on_failure`,
        that runs then in the same transaction, and its result is the future's.
        """
        task = _Task(job, on_failure, Future())
        with self._door:
            if self._refuse is not None:
                raise self._refuse()
            self._queue.put(task)
        return task.future

    @property
    def broken(self) -> BrokenError | None:
        """Why nothing more is taken in, if a commit has failed."""
        return None if self._failure is None else _broken(self._failure)

    def close(self) -> None:
        """Finish what is queued, move the log into the file, and close the database."""
        with self._door:
            if self._refuse is None:
                self._refuse = _closed
            # One for each call does no harm: the thread stops at the first.
            self._queue.put(None)
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _run(self) -> None:
        open_ = True
        while open_:
            batch, open_ = self._next_batch()
            try:
                self._commit(batch)
            except BaseException as error:  # noqa: BLE001 (a thread that dies in silence would hang every parent)
                self._break(error, batch)
                open_ = False
        self._close_connection()

    def _next_batch(self) -> tuple[list[_Task[Any]], bool]:
        """Wait for a job and take what else is there; False once the store is closing."""
        batch: list[_Task[Any]] = []
        task = self._queue.get()
        while task is not None:
            # A job whose caller has gone is not begun; one that has begun can no longer be cancelled.
            if task.future.set_running_or_notify_cancel():
                batch.append(task)
            if len(batch) == MOST_JOBS_IN_A_COMMIT:
                return batch, True
            try:
                task = self._queue.get_nowait()
            except queue.Empty:
                return batch, True
        return batch, False

    def _commit(self, batch: list[_Task[Any]]) -> None:
        if not batch:
            return
        try:
            # IMMEDIATE, because a transaction that reads first and then finds another writer cannot go on.
            self._connection.execute("BEGIN IMMEDIATE")
        except driver.Error as error:
            if driver.code(error) != driver.BUSY:
                raise
            for task in batch:
                task.future.set_exception(
                    BusyError("another process holds the database, so nothing was written.", cure="Try again.")
                )
            return
        tell = [task.run(self._connection, self._records) for task in batch]
        self._connection.execute("COMMIT")
        for tell_one in tell:
            tell_one()

    def _break(self, error: BaseException, batch: list[_Task[Any]]) -> None:
        failure = error.__cause__ or error
        with self._door:
            self._failure = failure
            self._refuse = lambda: _broken(failure)
        for task in batch:
            if not task.future.done():
                task.future.set_exception(_broken(failure))
        while True:
            try:
                left = self._queue.get_nowait()
            except queue.Empty:
                return
            if left is not None and left.future.set_running_or_notify_cancel():
                left.future.set_exception(_broken(failure))

    def _close_connection(self) -> None:
        try:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except driver.Error:
            # All is committed; the next opening finds the log and goes on from there.
            pass
        finally:
            self._connection.close()


def _broken(failure: BaseException) -> BrokenError:
    # Made anew for each who is told: an exception collects the traces of all who raise it.
    error = BrokenError(
        f"a commit failed ({failure}), so the store takes nothing more; what was confirmed is safe.",
        cure="Mend the disk (is it full?) and start the bot again.",
    )
    error.__cause__ = failure
    return error


def _closed() -> ClosedError:
    return ClosedError("the store is closed.")


def _roll_back(connection: Connection, error: Exception) -> None:
    if not connection.in_transaction:
        raise _TransactionLostError from error
    connection.execute("ROLLBACK TO job")
