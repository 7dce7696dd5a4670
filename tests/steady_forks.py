"""Many starts of `steady run` in little time: a process that has imported everything, and forks a child for each start.

Each child is a process of its own, with a process id that can be killed, and opens the database anew. Only what is the
same at every start is shared: imported modules, and the script. A child may be told to die at one of its own commits.
"""

from __future__ import annotations

import atexit
import json
import os
import selectors
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).parent.parent

Death = tuple[str, int]
""" "before" or "after", and the number of the commit. """


@dataclass(frozen=True, slots=True)
class Files:
    """Where a child writes, and where its exit status will stand."""

    out: str
    err: str
    status: str


class Forks:
    """The process that forks."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.steady_forks"], cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def start(self, env: Mapping[str, str], files: Files, die: Death | None = None) -> int:
        """Start a child; its process id."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        wanted = {"env": dict(env), "files": asdict(files), "die": die}
        self._process.stdin.write(json.dumps(wanted).encode() + b"\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def close(self) -> None:
        """End it and its children."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()


@cache
def forks() -> Forks:
    """The one for all tests; it ends with them."""
    one = Forks()
    atexit.register(one.close)
    return one


class _Dying:
    """A connection that ends the process at one of its commits."""

    def __init__(self, connection: Any, when: str, number: int) -> None:
        self._connection = connection
        self._when = when
        self._left = number

    def execute(self, sql: str, *values: Any) -> Any:
        if sql != "COMMIT":
            return self._connection.execute(sql, *values)
        self._left -= 1
        if self._left == 0 and self._when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        done = self._connection.execute(sql, *values)
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def _child(env: dict[str, str], files: Files, die: Death | None) -> None:
    """Be `steady run`."""
    from bot import cli
    from bot.store.writer import Writer

    how = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    sources = os.open(os.devnull, os.O_RDONLY), os.open(files.out, how), os.open(files.err, how)
    for target, source in enumerate(sources):
        os.dup2(source, target)
    os.environ.clear()
    os.environ.update(env)
    sys.argv = ["steady", "run"]
    if die is not None:
        when, number = die
        usual = Writer.__init__

        def dying(self: Writer, connection: Any) -> None:
            usual(self, connection)
            self._connection = _Dying(connection, when, number)

        setattr(Writer, "__init__", dying)  # noqa: B010 (mypy takes no new method)
    cli.main()


def _prepare() -> None:
    """Do once what is the same at every start, without beginning any thread."""
    from bot import app
    from bot import cli as _cli  # noqa: F401 (so that no child has to)
    from bot.channels.telegram import poll, rates
    from bot.channels.telegram import run as _run  # noqa: F401 (the same)

    # Whole chats would take minutes at Telegram's rates.
    rates.CHAT_BURST = rates.IN_ALL = 1_000_000
    poll.CONFLICT_PAUSE_S = 0.05
    usual, shipped = app.make_engine, app.shipped_folder()
    ready = {(shipped.hash, True): usual(shipped, True)}
    vars(app).update(make_engine=lambda folder, test: ready.get((folder.hash, test)) or usual(folder, test))


def _serve() -> None:
    """Fork at every line, and note who has ended."""
    _prepare()
    ended, wake = os.pipe()
    for end in (ended, wake):
        os.set_blocking(end, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    children: dict[int, Path] = {}
    selector = selectors.DefaultSelector()
    selector.register(0, selectors.EVENT_READ)
    selector.register(ended, selectors.EVENT_READ)
    rest = b""
    while True:
        for key, _ in selector.select():
            read = os.read(key.fd, 65536)
            if key.fd == ended:
                continue
            if not read:
                for pid in children:
                    os.kill(pid, signal.SIGKILL)
                return
            *lines, rest = (rest + read).split(b"\n")
            for line in lines:
                wanted = json.loads(line)
                files = Files(**wanted["files"])
                pid = os.fork()
                if pid == 0:
                    signal.set_wakeup_fd(-1)
                    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                    try:
                        _child(wanted["env"], files, wanted["die"])
                    except SystemExit as end:
                        sys.stdout.flush()
                        sys.stderr.flush()
                        os._exit(end.code if isinstance(end.code, int) else 1)
                    os._exit(0)
                children[pid] = Path(files.status)
                os.write(1, b"%d\n" % pid)
        for pid in list(children):
            found, status = os.waitpid(pid, os.WNOHANG)
            if found:
                note = children.pop(pid)
                part = note.with_suffix(".part")
                part.write_text(str(os.waitstatus_to_exitcode(status)))
                part.rename(note)


if __name__ == "__main__":
    _serve()
