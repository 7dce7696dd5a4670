"""An engine for authors: it takes the script anew when a file was saved, and may begin with facts that are known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.errors import SteadyError
from bot.facts.value import Value
from bot.script.problems import Problem, ScriptError
from bot.script.script import Script
from bot.talk.around import NOTHING, Around
from bot.talk.effects import ConsentGiven, Effect
from bot.talk.engine import Engine
from bot.talk.events import Command, Event
from bot.talk.flow import start_check
from bot.talk.session import Session, Stage
from bot.talk.start import begin
from bot.talk.turn import Turn


@dataclass(frozen=True, slots=True)
class Beginning:
    """A chat that begins in a dialog, with what is known there already."""

    dialog: str
    known: Mapping[str, Value]


class LiveEngine:
    """The conversation over the newest script that has no mistake."""

    def __init__(
        self,
        script: Script,
        load: Callable[[], Script],
        make: Callable[[Script], Engine],
        beginning: Beginning | None = None,
    ) -> None:
        self._load = load
        self._make = make
        self._engine = make(script)
        self._beginning = beginning

    @property
    def script(self) -> Script:
        """The script that is talked from now."""
        return self._engine.script

    def reload(self) -> tuple[Problem, ...] | None:
        """Read the script anew: what is wrong with it, and then the last good one stays; None where nothing changed.

        The place is kept by the engine itself, which takes a session over to the present script (bot.talk.reconcile).
        """
        try:
            script = self._load()
        except ScriptError as error:
            return error.problems
        if script.hash == self.script.hash:
            return None
        self._engine = self._make(script)
        return ()

    def step(
        self, session: Session, event: Event, now: datetime, around: Around = NOTHING
    ) -> tuple[Session, tuple[Effect, ...]]:
        """Take one event; the first one of a new parent may begin in a dialog."""
        if self._beginning is not None and session.stage is Stage.NEW and event == Command("start"):
            turn = Turn(self._engine.tools, Session(stage=Stage.READY, consent=True), now, around)
            turn.effects.append(ConsentGiven(now))
            start_check(turn, self._beginning.dialog, self._beginning.known)
            begin(turn)
            return turn.finish()
        return self._engine.step(session, event, now, around)

    def failure(self, session: Session, now: datetime) -> tuple[Session, tuple[Effect, ...]]:
        """The safe reply where `step` raised."""
        return self._engine.failure(session, now)


class BeginningError(SteadyError):
    """A chat cannot begin as it was told to."""

    exit_status = 2
