"""The single writer: shared commits, jobs that fail alone, commits that fail loudly."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from pathlib import Path
from typing import TypeVar

import pytest
from store_helpers import NOW, Spy, add_family, is_here

from bot.store import driver
from bot.store.database import open_for_reading, open_for_writing
from bot.store.errors import BrokenError, BusyError, ClosedError, StoreError
from bot.store.key import Key
from bot.store.records import Records
from bot.store.sqlite_records import SqliteRecords
from bot.store.writer import MOST_JOBS_IN_A_COMMIT, Writer

T = TypeVar("T")


def add(external_id: str) -> Callable[[Records], str]:
    def job(records: Records) -> str:
        add_family(records, external_id)
        return external_id

    return job


def add_and_raise(external_id: str) -> Callable[[Records], str]:
    def job(records: Records) -> str:
        add_family(records, external_id)
        raise LookupError(external_id)

    return job


def stored(path: Path, key: Key) -> set[str]:
    """Who is in the database, as another process sees it."""
    connection = open_for_reading(path, key)
    found = {parent.external_id for parent in SqliteRecords(connection).parents.page(limit=1000)}
    connection.close()
    return found


@pytest.fixture
def spy(path: Path, key: Key) -> Spy:
    return Spy(open_for_writing(path, key))


@pytest.fixture
def spied(spy: Spy) -> Iterator[Writer]:
    with Writer(spy) as writer:
        yield writer


def together(writer: Writer, *jobs: Callable[[Records], T]) -> list[Future[T]]:
    """Submit jobs so that they meet in one commit: while they queue up, the writer is held by another one."""
    held, let_go = threading.Event(), threading.Event()

    def hold(records: Records) -> None:
        held.set()
        let_go.wait()

    holding = writer.submit(hold)
    held.wait()
    futures = [writer.submit(job) for job in jobs]
    let_go.set()
    holding.result()
    return futures


def test_a_job_gives_back_its_result_and_is_committed(writer: Writer, path: Path, key: Key) -> None:
    assert writer.submit(add("1")).result() == "1"
    assert stored(path, key) == {"1"}


def test_a_future_resolves_only_after_the_commit(spied: Writer, spy: Spy, path: Path, key: Key) -> None:
    seen: list[tuple[str, set[str]]] = []
    future = spied.submit(add("1"))
    future.add_done_callback(lambda _: seen.append((spy.seen[-1], stored(path, key))))
    spied.submit(add("2")).result()
    assert seen[0][0] == "COMMIT"
    assert "1" in seen[0][1]


def test_jobs_that_meet_share_a_commit(spied: Writer, spy: Spy, path: Path, key: Key) -> None:
    spied.submit(add("first")).result()
    spy.seen.clear()
    futures = together(spied, *(add(str(number)) for number in range(50)))
    assert [future.result() for future in futures] == [str(number) for number in range(50)]
    assert spy.seen.count("COMMIT") == 2  # one is the holder's
    assert len(stored(path, key)) == 51


def test_a_commit_holds_only_so_many_jobs(spied: Writer, spy: Spy) -> None:
    futures = together(spied, *([lambda records: None] * (MOST_JOBS_IN_A_COMMIT + 1)))
    for future in futures:
        future.result()
    assert spy.seen.count("COMMIT") == 3


def test_jobs_run_in_the_order_in_which_they_came(writer: Writer) -> None:
    ran: list[int] = []
    futures = together(writer, *((lambda records, n=number: ran.append(n)) for number in range(600)))
    futures[-1].result()
    assert ran == list(range(600))


def test_a_job_that_raises_takes_back_its_own_writes_and_nobody_elses(
    spied: Writer, spy: Spy, path: Path, key: Key
) -> None:
    before, failing, after = together(spied, add("before"), add_and_raise("failing"), add("after"))
    assert before.result() == "before"
    assert after.result() == "after"
    with pytest.raises(LookupError, match="failing"):
        failing.result()
    assert stored(path, key) == {"before", "after"}
    assert spy.seen.count("COMMIT") == 2


def test_a_statement_that_sqlite_refuses_fails_its_job_alone(writer: Writer, path: Path, key: Key) -> None:
    one, again, other = together(writer, add("1"), add("1"), add("2"))
    assert (one.result(), other.result()) == ("1", "2")
    with pytest.raises(driver.Error, match="UNIQUE"):
        again.result()
    assert stored(path, key) == {"1", "2"}


def test_what_must_be_written_even_so_is_committed_instead_of_the_job(writer: Writer, path: Path, key: Key) -> None:
    def keep_the_event(records: Records, error: Exception) -> str:
        assert not is_here(records, "failing")
        records.inbox.receive("telegram", "7", at=NOW, sender="1", payload={"text": "help"})
        records.outbox.queue(
            "telegram", "1", parent_id=None, turn=None, priority=0, kind="safe_reply", payload={}, at=NOW
        )
        return f"saved after {error}"

    def look(records: Records) -> tuple[int, int]:
        return len(records.inbox.unfinished(limit=9)), records.outbox.waiting()

    future = writer.submit(add_and_raise("failing"), on_failure=keep_the_event)
    assert future.result() == "saved after failing"
    assert writer.submit(look).result() == (1, 1)
    assert stored(path, key) == set()


def test_on_failure_is_left_alone_when_all_goes_well(writer: Writer) -> None:
    def never(records: Records, error: Exception) -> str:
        raise AssertionError("nothing failed")

    assert writer.submit(add("1"), on_failure=never).result() == "1"


def test_if_that_fails_too_nothing_is_written_and_both_reasons_are_told(writer: Writer, path: Path, key: Key) -> None:
    def fail_too(records: Records, error: Exception) -> str:
        add_family(records, "second")
        raise ArithmeticError("also this")

    future = writer.submit(add_and_raise("first"), on_failure=fail_too)
    with pytest.raises(ArithmeticError, match="also this") as caught:
        future.result()
    assert isinstance(caught.value.__context__, LookupError)
    assert writer.submit(add("next")).result() == "next"
    assert stored(path, key) == {"next"}


def test_a_commit_that_fails_promises_nothing_and_stops_the_intake(
    spied: Writer, spy: Spy, path: Path, key: Key
) -> None:
    def fail_the_commit(records: Records) -> str:
        spy.fail_at["COMMIT"] = driver.Error("disk I/O error")
        return "never promised"

    assert spied.submit(add("before")).result() == "before"
    assert spied.broken is None
    # More than one commit holds, so that some are in it and some still wait behind it.
    futures = together(spied, fail_the_commit, *(add(str(number)) for number in range(300)))
    for future in futures:
        with pytest.raises(BrokenError):
            future.result()
    with pytest.raises(BrokenError) as caught:
        spied.submit(add("after"))
    line = str(caught.value)
    assert "\n" not in line
    assert "disk I/O error" in line
    assert "takes nothing more" in line
    assert str(spied.broken) == line
    spied.close()
    with pytest.raises(BrokenError):
        spied.submit(add("after"))
    assert stored(path, key) == {"before"}


def test_each_who_hears_of_a_failed_commit_gets_an_exception_of_their_own(spied: Writer, spy: Spy) -> None:
    spy.fail_at["COMMIT"] = driver.Error("disk I/O error")
    errors = [future.exception() for future in (*together_even_so(spied),)]
    assert len({id(error) for error in errors}) == len(errors) == 2


def together_even_so(writer: Writer) -> tuple[Future[str], Future[str]]:
    """Two jobs in one commit, one of which is the first of all."""
    held, let_go = threading.Event(), threading.Event()

    def hold(records: Records) -> str:
        held.set()
        let_go.wait()
        return "held"

    first = writer.submit(hold)
    held.wait()
    second = writer.submit(add("1"))
    let_go.set()
    return first, second


def test_a_full_disk_that_takes_the_whole_transaction_along_stops_the_intake(path: Path, key: Key) -> None:
    """SQLite rolls back everything then, also the jobs that went well before."""
    connection = open_for_writing(path, key)
    pages = connection.execute("PRAGMA page_count").fetchone()
    assert pages is not None
    connection.execute(f"PRAGMA max_page_count = {pages[0] + 20}")
    with Writer(connection) as writer:
        writer.submit(add("before")).result()

        def fill(records: Records) -> None:
            for number in range(1000):
                records.notes.set(f"{number}", "x" * 10_000)

        def keep(records: Records, error: Exception) -> None:
            add_family(records, "on failure")

        good = writer.submit(add("good"))
        bad = writer.submit(fill, on_failure=keep)
        with pytest.raises(BrokenError, match="full"):
            bad.result()
        with pytest.raises(BrokenError, match="full"):
            writer.submit(add("after")).result()
        confirmed = {"before"} if good.exception() else {"before", "good"}
    assert stored(path, key) == confirmed


def test_a_job_that_hides_a_lost_transaction_is_not_confirmed(path: Path, key: Key) -> None:
    connection = open_for_writing(path, key)
    pages = connection.execute("PRAGMA page_count").fetchone()
    assert pages is not None
    connection.execute(f"PRAGMA max_page_count = {pages[0] + 20}")
    with Writer(connection) as writer:

        def hide(records: Records) -> str:
            add_family(records, "hidden")
            with pytest.raises(driver.Error, match="full"):
                records.notes.set("much", "x" * 1_000_000)
            return "all is well"

        with pytest.raises(BrokenError):
            writer.submit(hide).result()
    assert stored(path, key) == set()


FULL_DISK = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.store.errors import StoreError
from bot.store.key import Key
from bot.store.writer import Writer

path = Path(sys.argv[1])
now = datetime(2026, 11, 22, tzinfo=UTC)
writer = Writer.open(path, Key("5a" * 32))
writer.submit(lambda records: records.parents.add("telegram", "before", at=now)).result()
log = path.with_name(path.name + "-wal").stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (log + 2000, log + 2000))
for number in range(3):
    try:
        writer.submit(lambda records: records.parents.add("telegram", f"after {number}", at=now)).result()
        print("confirmed", number)
    except StoreError as error:
        print(error)
writer.close()
"""


def test_a_real_disk_that_takes_no_more_confirms_nothing_and_loses_nothing(path: Path, key: Key) -> None:
    done = subprocess.run([sys.executable, "-c", FULL_DISK, str(path)], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert len(lines) == 3
    assert all(line.startswith("a commit failed (") for line in lines)
    assert stored(path, key) == {"before"}


def test_even_a_job_that_wants_to_end_the_program_leaves_nobody_waiting(writer: Writer) -> None:
    def leave(records: Records) -> None:
        raise SystemExit(3)

    for future in together(writer, leave, lambda records: None):
        with pytest.raises(BrokenError):
            future.result()


def test_another_process_that_holds_the_database_costs_a_retry_and_not_the_store(path: Path, key: Key) -> None:
    connection = open_for_writing(path, key)
    connection.execute("PRAGMA busy_timeout = 0")
    holder = open_for_writing(path, key)
    with Writer(connection) as writer:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(BusyError, match="nothing was written"):
            writer.submit(add("1")).result()
        holder.execute("ROLLBACK")
        assert writer.submit(add("1")).result() == "1"
        assert writer.broken is None
    holder.close()


def test_closing_finishes_what_is_queued_and_folds_the_log_into_the_file(path: Path, key: Key) -> None:
    writer = Writer.open(path, key)
    futures = [writer.submit(add(str(number))) for number in range(300)]
    writer.close()
    assert all(future.done() for future in futures)
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert len(stored(path, key)) == 300


def test_a_closed_store_takes_nothing_and_says_so(writer: Writer) -> None:
    writer.close()
    writer.close()
    with pytest.raises(ClosedError, match="the store is closed"):
        writer.submit(add("1"))
    assert writer.broken is None


def test_of_many_threads_that_submit_while_it_closes_each_gets_an_answer(path: Path, key: Key) -> None:
    writer = Writer.open(path, key)
    answers: list[str] = []
    start = threading.Barrier(9)

    def submit_until_closed(name: int) -> None:
        start.wait()
        for number in range(1_000_000):
            try:
                answers.append(writer.submit(add(f"{name} {number}")).result())
            except ClosedError:
                return

    threads = [threading.Thread(target=submit_until_closed, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    start.wait()
    writer.close()
    for thread in threads:
        thread.join()
    connection = open_for_reading(path, key)
    found = {parent.external_id for parent in SqliteRecords(connection).parents.page(limit=10_000_000)}
    connection.close()
    assert found == set(answers)


def test_a_job_that_was_cancelled_in_time_is_never_begun(writer: Writer, path: Path, key: Key) -> None:
    held, let_go = threading.Event(), threading.Event()

    def hold(records: Records) -> None:
        held.set()
        let_go.wait()

    writer.submit(hold)
    held.wait()
    given_up, wanted = writer.submit(add("given up")), writer.submit(add("wanted"))
    assert given_up.cancel()
    let_go.set()
    assert wanted.result() == "wanted"
    with pytest.raises(CancelledError):
        given_up.result()
    assert stored(path, key) == {"wanted"}


async def test_many_tasks_await_their_own_jobs(writer: Writer) -> None:
    results = await asyncio.gather(*(asyncio.wrap_future(writer.submit(add(str(n)))) for n in range(100)))
    assert results == [str(n) for n in range(100)]


async def test_an_awaited_job_raises_where_it_is_awaited(writer: Writer) -> None:
    with pytest.raises(LookupError):
        await asyncio.wrap_future(writer.submit(add_and_raise("1")))


def test_every_trouble_of_the_store_is_one_that_a_person_can_mend() -> None:
    assert all(issubclass(kind, StoreError) for kind in (BrokenError, BusyError, ClosedError))
