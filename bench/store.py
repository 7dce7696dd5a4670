"""Durable turns a second: one by one, grouped, through asyncio, with a full outbox. `python -m bench.store`."""

import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.store.key import Key
from bot.store.records import Records
from bot.store.writer import Writer

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
PARENTS = 1000
TURNS = 6000
# About what a session in the middle of a check weighs.
STATE = json.dumps({"dialog": "fever_screen", "answers": {f"question_{i}": ["no", i] for i in range(50)}})
TEXT = {"text": "Put your hand on the arm that trembles. Does it stop?" * 4, "buttons": ["Yes", "No"]}


def turn(number: int) -> Callable[[Records], int]:
    """What one usual turn reads and writes: key, parent, session, one answer, one message."""

    def job(records: Records) -> int:
        if not records.inbox.receive("telegram", str(number), at=NOW, done=True):
            return 0
        address = str(number % PARENTS)
        parent = records.parents.find("telegram", address)
        if parent is None:
            raise LookupError(address)
        session = records.sessions.load(parent.id)
        last = session.turn if session else 0
        records.answers.add(parent.id, question="feels_hot", fact="feels_hot", value="no", at=NOW, script_version="abc")
        records.sessions.save(parent.id, state=STATE, turn=last + 1, script_version="abc", at=NOW)
        records.outbox.queue(
            "telegram",
            address,
            parent_id=parent.id,
            turn=last + 1,
            priority=2,
            kind="ask",
            payload=TEXT,
            at=NOW,
        )
        return last + 1

    return job


def populate(records: Records) -> None:
    """Make the parents, each with an open check of the same id."""
    for number in range(PARENTS):
        parent = records.parents.add("telegram", str(number), at=NOW)
        records.checks.start(parent.id, dialog="fever_screen", at=NOW, script_version="abc")


@contextmanager
def fresh_writer() -> Iterator[Writer]:
    """A writer on a new database with its parents."""
    # Here and not in /tmp, which may be memory.
    with (
        tempfile.TemporaryDirectory(dir=Path.cwd()) as folder,
        Writer.open(Path(folder) / "bench.db", Key("ab" * 32)) as writer,
    ):
        writer.submit(populate).result()
        yield writer


def in_groups(writer: Writer, size: int) -> list[float]:
    """Submit `size` turns, wait for all, again; gives the seconds of each group."""
    seconds = []
    for first in range(0, TURNS, size):
        began = time.perf_counter()
        for future in [writer.submit(turn(number)) for number in range(first, min(first + size, TURNS))]:
            future.result()
        seconds.append(time.perf_counter() - began)
    return seconds


def by_tasks(writer: Writer, tasks: int) -> list[float]:
    """Let `tasks` asyncio tasks each await one turn after another; gives the seconds of each turn."""
    seconds = []

    async def work(first: int) -> None:
        for number in range(first, TURNS, tasks):
            began = time.perf_counter()
            await asyncio.wrap_future(writer.submit(turn(number)))
            seconds.append(time.perf_counter() - began)

    async def all_of_them() -> None:
        await asyncio.gather(*(work(first) for first in range(tasks)))

    asyncio.run(all_of_them())
    return seconds


def measure(table: Table, name: str, size: int, run: Callable[[Writer, int], list[float]]) -> None:
    """Add one line: turns a second and how long one waits."""
    with fresh_writer() as writer:
        began = time.perf_counter()
        seconds = run(writer, size)
        took = time.perf_counter() - began
    cuts = statistics.quantiles(seconds, n=100)
    table.add_row(name, f"{TURNS / took:,.0f}", f"{cuts[49] * 1000:.2f}", f"{cuts[98] * 1000:.2f}")


def measure_a_full_outbox(table: Table) -> None:
    """Add one line: what the sender's question costs when Telegram was away and 6,000 messages wait."""
    with fresh_writer() as writer:
        in_groups(writer, 256)
        seconds = []
        for _ in range(50):
            began = time.perf_counter()
            writer.submit(lambda records: records.outbox.due(NOW, limit=30)).result()
            seconds.append(time.perf_counter() - began)
    cuts = statistics.quantiles(seconds, n=100)
    rate = 1 / statistics.mean(seconds)
    name = f"30 due of {TURNS:,} waiting messages"
    table.add_row(name, f"{rate:,.0f}", f"{cuts[49] * 1000:.2f}", f"{cuts[98] * 1000:.2f}")


def main() -> None:
    """Measure and print."""
    table = Table("durable, encrypted", "a second", "p50 ms", "p99 ms", title="The store")
    for column in table.columns[1:]:
        column.justify = "right"
    measure(table, "turns, one by one", 1, in_groups)
    for size in (8, 32, 256):
        measure(table, f"turns, groups of {size}", size, in_groups)
    for tasks in (1, 16, 64, 256):
        measure(table, f"turns, {tasks} asyncio tasks", tasks, by_tasks)
    measure_a_full_outbox(table)
    Console().print(table)


if __name__ == "__main__":
    main()
