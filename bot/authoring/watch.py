"""Noticing that a file of the script was saved."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from threading import Event, Thread

from bot.errors import SteadyError


class WatchError(SteadyError):
    """What watches the files is not installed."""


def can_watch() -> bool:
    """Whether the library is there."""
    return find_spec("watchfiles") is not None


@contextmanager
def watching(folders: Iterable[Path], changed: Callable[[list[str]], None]) -> Iterator[None]:
    """While this lasts, call `changed` from another thread with the names of the files that were saved."""
    if not can_watch():
        raise WatchError("the files cannot be watched.", cure="Install it: pip install 'steady-bot[author]'.")
    stop = Event()
    thread = Thread(target=_watch, args=(list(folders), changed, stop), name="watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _watch(folders: list[Path], changed: Callable[[list[str]], None], stop: Event) -> None:
    from watchfiles import watch

    # It tells of every change, in the middle of the chat.
    logging.getLogger("watchfiles").setLevel(logging.WARNING)
    for changes in watch(*folders, stop_event=stop, rust_timeout=200, debounce=400):
        names = sorted({f"{path.parent.name}/{path.name}" for path in map(Path, (name for _, name in changes))})
        names = [name for name in names if name.endswith((".yaml", ".md"))]
        if names:
            changed(names)
