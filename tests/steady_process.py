"""The real `steady run` as a process of its own, for tests.

`python -m tests.steady_process run` is the same without Telegram's rates, so that whole chats take no minute.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.fake_telegram import TOKEN, FakeTelegram

CHECKOUT = Path(__file__).parent.parent
WEBHOOK = "https://steady.example/telegram"

POLLING, BY_WEBHOOK = "polling", "webhook"


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


class Steady:
    """One installation: its folders, its settings, and the process that runs now.

    `rates` keeps Telegram's limits of one message a second to a chat, as in real life.
    """

    def __init__(
        self, telegram: FakeTelegram, folder: Path, *, way: str = POLLING, rates: bool = False, **more: str
    ) -> None:
        self.telegram = telegram
        self.status_port = free_port()
        self._module = "bot" if rates else "tests.steady_process"
        self.env = {
            **{name: value for name, value in os.environ.items() if not name.startswith("STEADY_")},
            "STEADY_DATA_DIR": str(folder / "data"),
            "STEADY_CONFIG_DIR": str(folder / "config"),
            "STEADY_TELEGRAM_TOKEN": TOKEN,
            "STEADY_TELEGRAM_API": telegram.url,
            "STEADY_STATUS_LISTEN": f"127.0.0.1:{self.status_port}",
            **({} if way == POLLING else self._by_webhook()),
            **more,
        }
        self.stdout: list[str] = []
        self.stderr: list[str] = []
        self._process: asyncio.subprocess.Process | None = None
        self._readers: list[asyncio.Task[None]] = []

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

    async def start(self, *, ready: bool = True) -> None:
        """Start the process; `ready` waits until it has said so."""
        assert self._process is None
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", self._module, "run"),
            cwd=CHECKOUT,
            env=self.env,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        pipes = ((self._process.stdout, self.stdout), (self._process.stderr, self.stderr))
        self._readers = [asyncio.create_task(self._read(pipe, lines)) for pipe, lines in pipes if pipe is not None]
        if ready:
            before = self.logged("started")
            await self.telegram.until(
                lambda: self.logged("started") > before or self.ended, within=120, why=lambda: self.said
            )
            assert not self.ended, self.said

    @property
    def ended(self) -> bool:
        """Whether it does not run."""
        return self._process is None or self._process.returncode is not None

    @property
    def said(self) -> str:
        """All that it printed, for the message of a test that fails."""
        return "\n".join([*self.stdout, *self.stderr])

    @property
    def logs(self) -> list[dict[str, Any]]:
        """Its log."""
        return [json.loads(line) for line in self.stderr if line.startswith("{")]

    def logged(self, event: str) -> int:
        """How often it has logged something."""
        return sum(1 for one in self.logs if one["event"] == event)

    async def until_logged(self, event: str) -> None:
        """Wait until it has logged something."""
        await self.telegram.until(lambda: self.logged(event), within=60, why=lambda: self.said)

    def signal(self, one: signal.Signals) -> None:
        """Send a signal; what does not run any more needs none."""
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(one)

    async def stop(self) -> int:
        """Tell it to stop, wait, and give the exit status."""
        self.signal(signal.SIGTERM)
        return await self.wait()

    async def kill(self) -> None:
        """Kill it without a warning."""
        if self._process is not None:
            self.signal(signal.SIGKILL)
            await self.wait()

    async def wait(self) -> int:
        """Wait for its end, and give the exit status."""
        assert self._process is not None
        status = await asyncio.wait_for(self._process.wait(), 60)
        await asyncio.gather(*self._readers)
        self._process = None
        return status

    async def _read(self, pipe: asyncio.StreamReader, lines: list[str]) -> None:
        async for line in pipe:
            lines.append(line.decode().rstrip("\n"))
            self.telegram.changed()
        self.telegram.changed()


def _without_rates() -> None:
    from bot.channels.telegram import rates
    from bot.cli import main

    rates.CHAT_BURST = rates.IN_ALL = 1_000_000
    main()


if __name__ == "__main__":
    _without_rates()
