"""Killing the process at any instruction loses nothing that was promised."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from store_helpers import NOW

from bot.store.database import open_for_writing
from bot.store.key import Key
from bot.store.sqlite_records import SqliteRecords

# Tells the number of each job as soon as its future resolves, and never stops by itself.
CHILD = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.store.key import Key
from bot.store.writer import Writer

path, first, at_once = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
now = datetime(2026, 11, 22, 3, 15, tzinfo=UTC)
writer = Writer.open(path, Key("5a" * 32))

def submit(number):
    def job(records):
        parent = records.parents.find("telegram", "1") or records.parents.add("telegram", "1", at=now)
        assert records.inbox.receive("telegram", str(number), at=now, done=True)
        records.sessions.save(parent.id, state=str(number), turn=number, script_version="1", at=now)
        records.outbox.queue("telegram", "1", parent_id=parent.id, turn=number, priority=2, kind="ask",
                             payload=str(number), at=now)
    return writer.submit(job)

while True:
    futures = [submit(number) for number in range(first, first + at_once)]
    for future in futures:
        future.add_done_callback(lambda _, n=futures.index(future) + first: os.write(1, b"%d\\n" % n))
    futures[-1].result()
    first += at_once
"""

KILLS = 24


@pytest.mark.parametrize("at_once", [1, 40], ids=["one by one", "in groups"])
def test_what_a_future_has_promised_is_there_after_a_kill(at_once: int, path: Path, key: Key) -> None:
    promised = 0
    for kill in range(KILLS // 2):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(path), str(next_number(path, key)), str(at_once)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        # A different number of promises each time, so that each kill meets the writer elsewhere.
        for _ in range(1 + 7 * kill):
            promised = int(child.stdout.readline())
        os.kill(child.pid, signal.SIGKILL)
        # What it still managed to say before it died is promised as well.
        for line in child.stdout.read().splitlines(keepends=True):
            if line.endswith("\n"):
                promised = int(line)
        child.stdout.close()
        assert child.wait() == -signal.SIGKILL
        look_after_a_kill(path, key, promised)


def next_number(path: Path, key: Key) -> int:
    connection = open_for_writing(path, key)
    parent = SqliteRecords(connection).parents.find("telegram", "1")
    session = SqliteRecords(connection).sessions.load(parent.id) if parent else None
    connection.close()
    return session.turn + 1 if session else 1


def look_after_a_kill(path: Path, key: Key, promised: int) -> None:
    """All that was promised is there, and of each turn everything or nothing."""
    connection = open_for_writing(path, key)
    records = SqliteRecords(connection)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    parent = records.parents.find("telegram", "1")
    assert parent is not None
    session = records.sessions.load(parent.id)
    assert session is not None
    assert session.turn >= promised
    for number in range(1, session.turn + 1):
        assert not records.inbox.receive("telegram", str(number), at=NOW)
        assert [message.payload for message in records.outbox.of_turn(parent.id, number)] == [str(number)]
    assert records.outbox.waiting() == session.turn
    connection.close()
