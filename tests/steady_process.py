"""The real `steady run` as a process of its own, for tests."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.fake_telegram import TOKEN, FakeTelegram
from tests.steady_forks import CHECKOUT, Death, Files, forks

WEBHOOK = "https://steady.example/telegram"

POLLING, BY_WEBHOOK = "polling", "webhook"


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


async def eventually(condition: Callable[[], object], *, within: float = 60, why: Callable[[], str]) -> None:
    """Wait until a condition holds."""
    try:
        async with asyncio.timeout(within):
            while not condition():  # noqa: ASYNC110 (what it looks at is another process)
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise AssertionError(why()) from None


class Steady:
    """One installation: its folders, its settings, and the process that runs now.

    `cold` starts it as people do: `python -m bot run`, with Telegram's rates. Otherwise it is forked, which is quicker
    (tests/steady_forks.py).
    """

    def __init__(
        self,
        telegram: FakeTelegram,
        folder: Path,
        *,
        way: str = POLLING,
        cold: bool = False,
        settings: dict[str, str] | None = None,
    ) -> None:
        self.telegram = telegram
        self.folder = folder
        self.status_port = free_port()
        self.pid = 0
        self._cold = cold
        self._starts = count(1)
        self._files = Files(str(folder / "out"), str(folder / "err"), "")
        self._process: subprocess.Popen[bytes] | None = None
        self.env = {
            **{name: value for name, value in os.environ.items() if not name.startswith("STEADY_")},
            "STEADY_DATA_DIR": str(folder / "data"),
            "STEADY_CONFIG_DIR": str(folder / "config"),
            "STEADY_TELEGRAM_TOKEN": TOKEN,
            "STEADY_TELEGRAM_API": telegram.url,
            "STEADY_STATUS_LISTEN": f"127.0.0.1:{self.status_port}",
            **({} if way == POLLING else self._by_webhook()),
            **(settings or {}),
        }

    def _by_webhook(self) -> dict[str, str]:
        port = free_port()
        self.telegram.webhooks.proxy = f"http://127.0.0.1:{port}"
        return {"STEADY_WEBHOOK_URL": WEBHOOK, "STEADY_WEBHOOK_LISTEN": f"127.0.0.1:{port}"}

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.kill()

    async def start(self, *, ready: bool = True, die: Death | None = None) -> None:
        """Start the process; `ready` waits until it has said so, `die` ends it at one of its commits."""
        self._files = Files(self._files.out, self._files.err, str(self.folder / f"status-{next(self._starts)}"))
        before = self.logged("started")
        if self._cold:
            self._start_cold()
        else:
            self.pid = await asyncio.to_thread(forks().start, self.env, self._files, die)
        if ready:
            await eventually(
                lambda: self.logged("started") > before or self.status is not None, within=120, why=lambda: self.said
            )
            assert self.status is None, self.said

    def _start_cold(self) -> None:
        with Path(self._files.out).open("ab") as out, Path(self._files.err).open("ab") as err:
            command = [sys.executable, "-m", "bot", "run"]
            self._process = subprocess.Popen(
                command, cwd=CHECKOUT, env=self.env, stdin=subprocess.DEVNULL, stdout=out, stderr=err
            )
        self.pid = self._process.pid

    @property
    def status(self) -> int | None:
        """The exit status of the latest process; None while it runs."""
        if self._process is not None:
            return self._process.poll()
        note = Path(self._files.status)
        return int(note.read_text()) if note.exists() else None

    @property
    def stdout(self) -> list[str]:
        """What it printed."""
        return _lines(self._files.out)

    @property
    def stderr(self) -> list[str]:
        """Its log, and other lines for operators."""
        return _lines(self._files.err)

    @property
    def said(self) -> str:
        """All that it printed, for the message of a test that fails."""
        return "\n".join([*self.stdout, *self.stderr])

    @property
    def logs(self) -> list[dict[str, Any]]:
        """Its log, line by line."""
        return [json.loads(line) for line in self.stderr if line.startswith("{") and line.endswith("}")]

    def logged(self, event: str) -> int:
        """How often it has logged something."""
        return sum(1 for one in self.logs if one["event"] == event)

    async def until_logged(self, event: str) -> None:
        """Wait until it has logged something."""
        await eventually(lambda: self.logged(event), why=lambda: self.said)

    def signal(self, one: signal.Signals) -> None:
        """Send a signal; what has ended needs none."""
        if self.pid and self.status is None:
            os.kill(self.pid, one)

    async def stop(self) -> int:
        """Tell it to stop, wait, and give the exit status."""
        self.signal(signal.SIGTERM)
        return await self.wait()

    async def kill(self) -> None:
        """Kill it without a warning."""
        if self.pid:
            self.signal(signal.SIGKILL)
            await self.wait()

    async def wait(self) -> int:
        """Wait for its end, and give the exit status."""
        await eventually(lambda: self.status is not None, within=120, why=lambda: self.said)
        status = self.status
        assert status is not None
        return status

    def command(self, *words: str) -> tuple[int, str, str]:
        """Run another command with the same settings: exit status, stdout, stderr."""
        done = subprocess.run(
            [sys.executable, "-m", "bot", *words],
            cwd=CHECKOUT,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr


def _lines(file: str) -> list[str]:
    path = Path(file)
    return path.read_text().splitlines() if path.exists() else []
