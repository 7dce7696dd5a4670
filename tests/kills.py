"""Whole chats with a process that is killed again and again, and what must be true of them.

`python -m tests.kills 150` kills it so often by polling and by webhook, and tells where; or name one of the two.
"""

from __future__ import annotations

import asyncio
import re
import signal
import sys
from collections import Counter
from dataclasses import dataclass, field
from difflib import ndiff
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.store.key import load_key
from bot.store.records import Records
from bot.store.visit import read_once
from tests.answering import Answering
from tests.fake_telegram import Call, FakeTelegram, Message, drop
from tests.steady_process import BY_WEBHOOK, POLLING, Steady

ENTRY = "over"
_TIME = re.compile(r"\b\d\d:\d\d\b")
TYPED = {"child.birth_date": "5 months", "temperature.temperature_c": "36.9"}


@dataclass(frozen=True, slots=True)
class Moment:
    """Where the process dies next: before or after a call or a commit, counted from its start."""

    what: str
    number: int


def moments() -> list[Moment]:
    """All kinds of moments in turn; the numbers grow at a pace that is no multiple of a turn."""
    kinds = ("before a call", "after a call", "before a commit", "after a commit")
    return [
        Moment(kinds[one % 4], 1 + (one * 5) % 13 if "call" in kinds[one % 4] else 2 + (one * 7) % 29)
        for one in range(100_000)
    ]


@dataclass
class Kills:
    """Kills the process at one moment after the other, and starts it again."""

    steady: Steady
    most: int = 0
    done: Counter[str] = field(default_factory=Counter)
    stopping: bool = False
    _calls: int = 0
    _moment: Moment | None = None

    def __post_init__(self) -> None:
        self._moments = iter(moments())
        self.steady.telegram.before = partial(self._at, "before a call")
        self.steady.telegram.after = partial(self._at, "after a call")

    async def run(self) -> None:
        """Start again and again; the last process stays until it is told to stop."""
        while True:
            self._moment = next(self._moments) if self.done.total() < self.most else None
            self._calls = 0
            die = None
            if self._moment is not None and "commit" in self._moment.what:
                die = (self._moment.what.split()[0], self._moment.number)
            await self.steady.start(ready=False, die=die)
            while (status := self.steady.status) is None:  # noqa: ASYNC110 (it is another process)
                await asyncio.sleep(0.02)
            if self.stopping and status == 0:
                return
            assert status == -signal.SIGKILL, self.steady.said
            if die is not None:
                self.done[f"{die[0]} a commit"] += 1

    async def _at(self, what: str, call: Call) -> None:
        if what == "before a call":
            self._calls += 1
        if self._moment is None or what != self._moment.what or self._calls < self._moment.number:
            return
        self._moment = None
        self.steady.signal(signal.SIGKILL)
        self.done[f"{what}: {call.method}"] += 1
        if what == "before a call":
            self.steady.telegram.meddle(call.method, drop())


def seen(messages: list[Message]) -> list[str]:
    """What a parent has read, in order; without the time of day and the answer that is noted below a question."""
    return [_TIME.sub("00:00", one.text.split("\n\nYour answer:")[0]) for one in messages]


def without_repeats(messages: list[str]) -> tuple[list[str], int]:
    """The messages without those that come twice in a row, and how many of these there were."""
    once = [one for place, one in enumerate(messages) if place == 0 or messages[place - 1] != one]
    return once, len(messages) - len(once)


def kept(records: Records, person: int) -> tuple[int, int, list[str], list[tuple[str, str | None]], int]:
    """What the database holds about a family: episodes, answers, flags, checks, and messages that wait."""
    parent = records.parents.find("telegram", str(person))
    assert parent is not None
    assert parent.current_child is not None
    checks = records.checks.of(parent.id, limit=9)
    answers = [answer.question for check in checks for answer in records.answers.of(check.id)]
    flags = sorted(flag.rule for check in checks for flag in records.flags.of(check.id))
    return (
        records.episodes.count(parent.current_child),
        len(answers),
        flags,
        [(check.dialog, check.level) for check in checks],
        records.outbox.waiting(),
    )


async def sweep(way: str, most: int, folder: Path) -> tuple[Counter[str], int, int]:
    """Kill so often; where that was, in how many chats, and how many messages came twice. Raises AssertionError."""
    async with FakeTelegram() as telegram:
        steady = Steady(telegram, folder, way=way)
        kills = Kills(steady)
        running = asyncio.create_task(kills.run())
        people = count(7_000_001)
        model = Answering(steady, next(people), typed=TYPED)
        await model.chats(ENTRY)
        expected = seen(model.parent.messages)
        assert without_repeats(expected)[1] == 0

        kills.most = most
        steady.signal(signal.SIGKILL)
        families: list[Answering] = []
        repeats = 0
        while kills.done.total() < most:
            before = Counter(kills.done)
            families.append(Answering(steady, next(people), typed=TYPED))
            await families[-1].chats(ENTRY)
            read, twice = without_repeats(seen(families[-1].parent.messages))
            assert read == expected, "\n".join(ndiff(expected, read))
            here = kills.done - before
            assert twice <= here["after a call: sendMessage"] + here["before a commit"], (twice, here)
            repeats += twice
        kills.stopping = True
        steady.signal(signal.SIGTERM)
        await running

        look = partial(read_once, folder / "data" / "steady.db", load_key(folder / "config" / "steady.key"))
        wanted = look(partial(kept, person=model.parent.id))
        assert wanted[0] == 1
        for family in families:
            assert look(partial(kept, person=family.parent.id)) == wanted
        assert [one for one in telegram.refused if "not modified" not in one] == []
        return kills.done, len(families), repeats


def main() -> None:
    """Sweep, and tell."""
    most = int(sys.argv[1])
    for way in sys.argv[2:] or (POLLING, BY_WEBHOOK):
        with TemporaryDirectory() as folder:
            done, chats, repeats = asyncio.run(sweep(way, most, Path(folder)))
        sys.stdout.write(f"{way}: {done.total()} kills in {chats} chats, {repeats} messages came twice\n")
        for what, number in sorted(done.items()):
            sys.stdout.write(f"  {number:4} {what}\n")


if __name__ == "__main__":
    main()
