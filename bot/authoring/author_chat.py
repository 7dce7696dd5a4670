"""What an author may ask of a chat in the terminal: known facts, a recording, and dialogs read anew when saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.authoring.live_engine import Beginning, BeginningError, LiveEngine
from bot.authoring.read_facts import read_facts
from bot.authoring.recorder import Recorder
from bot.authoring.watch import can_watch, watching
from bot.facts.value import Value
from bot.places import Places
from bot.script.problems import did_you_mean
from bot.script.script import Script
from bot.talk.check import DANGER_DIALOG
from bot.talk.engine import Engine
from bot.talk.events import Event


@dataclass(frozen=True, slots=True)
class AuthorOptions:
    """How an author wants to chat; `reload` None means: where somebody types and the library is there."""

    facts: Sequence[str] = ()
    dialog: str | None = None
    record: Path | None = None
    reload: bool | None = None

    @property
    def throwaway(self) -> bool:
        """Whether the chat is that of a made-up parent, of whom nothing stays."""
        return bool(self.facts) or self.dialog is not None or self.record is not None


NO_AUTHOR = AuthorOptions()


class Aside(Protocol):
    """Where lines are shown that are not part of the chat."""

    def say_aside(self, lines: Sequence[str], *, again: bool) -> None:
        """Show them, and then perhaps what is asked, once more."""


class AuthorChat:
    """The parts of a chat in the terminal that only authors need."""

    def __init__(
        self,
        options: AuthorOptions,
        load: Callable[[], Script],
        make: Callable[[Script], Engine],
        now: datetime,
    ) -> None:
        self._options = options
        self._known: Mapping[str, Value] = {}
        script = load()
        dialog = _dialog(options, script)
        if dialog is not None:
            self._known = read_facts(options.facts, script, now.date())
        beginning = None if dialog is None else Beginning(dialog, self._known)
        self.engine = LiveEngine(script, load, make, beginning)
        self._recorder = None if options.record is None else Recorder(options.record, dialog, self._known)
        if self._recorder is not None:
            self._recorder.check()

    def heard(self, event: Event, at: datetime) -> None:
        """Note what the parent did, where it is recorded."""
        if self._recorder is not None:
            self._recorder.heard(event, at)

    @contextmanager
    def running(self, terminal: Aside, places: Places, *, typed: bool) -> Iterator[None]:
        """While the chat lasts, read the dialogs anew when one is saved."""
        wanted = self._options.reload
        watch = typed and can_watch() if wanted is None else wanted
        reread = watching((places.dialogs, places.content), lambda names: self._changed(terminal, names))
        with reread if watch else nullcontext():
            yield

    def save(self) -> list[str]:
        """Write the recording, if there is one; what to tell the author."""
        if self._recorder is None:
            return []
        path = self._recorder.path
        if not self._recorder.save(self.engine.script):
            return ["Nothing was said, so nothing was saved."]
        return [f"The chat is saved in {path}. Write there, beside 'chat:', what must come out."]

    def _changed(self, terminal: Aside, names: Sequence[str]) -> None:
        problems = self.engine.reload()
        if problems is None:
            return
        if problems:
            told = ["", "Saved with mistakes, so the chat goes on with the dialogs as they were:", *map(str, problems)]
            terminal.say_aside(told, again=False)
        else:
            terminal.say_aside(["", f"Read anew: {', '.join(names)}"], again=True)


def _dialog(options: AuthorOptions, script: Script) -> str | None:
    """Where the chat begins, if not as a new parent."""
    if options.dialog is None:
        return DANGER_DIALOG if options.facts else None
    flows = [dialog.id for dialog in script.dialogs.values() if not dialog.part]
    if options.dialog not in flows:
        cure = did_you_mean(options.dialog, flows)
        raise BeginningError(f"there is no dialog '{options.dialog}'.", where="--dialog", cure=cure)
    return options.dialog
