"""A chat in a terminal: the same turns on the same store as everywhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from threading import RLock

from bot.channels.live_buttons import LiveButtons
from bot.channels.page import Page
from bot.channels.typed_line import is_start, read_line
from bot.service.message_json import Shown
from bot.service.service import Clock, Service
from bot.talk.effects import Redraw
from bot.talk.engine import PAUSE
from bot.talk.events import Command, Event
from bot.talk.session import Session

CHANNEL = "terminal"

Explain = Callable[[Session, datetime], Iterable[str]]


class Terminal:
    """One parent at one terminal.

    `run_id` tells the events of this run from those of all others; `takes_numbers` tells of which messages a typed
    number is the answer itself and not the number of a button.
    """

    def __init__(
        self,
        service: Service,
        page: Page,
        *,
        parent: str,
        run_id: str,
        clock: Clock,
        language: str | None = None,
        explain: Explain | None = None,
        takes_numbers: Callable[[Shown], bool] = lambda _: False,
        heard: Callable[[Event, datetime], None] = lambda _, __: None,
    ) -> None:
        self._service = service
        self._page = page
        self._parent = parent
        self._run_id = run_id
        self._clock = clock
        self._language = language
        self._explain = explain
        self._takes_numbers = takes_numbers
        self._heard = heard
        # Lines are typed in one thread; that a file was saved is noticed in another.
        self._turn = RLock()
        self._live = LiveButtons()
        self._events = 0

    def run(self) -> None:
        """Chat until there are no more lines."""
        lines = iter(self._page.read, None)
        if self._page.piped:
            # Looked at before the greeting: "/start" is one by itself.
            first = next(lines, None)
            self._greet(starts=first is not None and is_start(first))
            if first is not None:
                self._answer(first)
        else:
            self._greet(starts=False)
        for line in lines:
            self._answer(line)

    def say_aside(self, lines: Iterable[str], *, again: bool) -> None:
        """Show lines that are not part of the chat, and then perhaps what is asked, once more; from any thread."""
        with self._turn:
            self._page.note(lines)
            if again:
                self._take(Command("again"))

    def _answer(self, line: str) -> None:
        with self._turn:
            self._page.echo(line)
            event = self._live.pressed(line) or read_line(line)
            self._heard(event, self._clock())
            self._take(event)

    def _greet(self, *, starts: bool) -> None:
        """Show what was not delivered, then where the parent is; a parent who starts anyway needs no more."""
        self._service.bring_up(self._clock())
        delivered = self._deliver()
        if starts or delivered:
            return
        session = self._service.session(self._parent)
        shown = self._service.shown_last(self._parent)
        if session is None or not shown or self._paused(session):
            self._take(Command("start"))
            return
        for message in _settled(shown):
            self._show(message)

    def _paused(self, session: Session) -> bool:
        return session.seen_at is not None and self._clock() - session.seen_at >= PAUSE

    def _take(self, event: Event) -> None:
        self._events += 1
        event_id = f"{self._run_id}-{self._events}"
        self._service.handle(self._parent, event_id, event, language=self._language).result()
        # What falls due is brought up after the line that was typed, which cannot have been meant for it.
        self._service.bring_up(self._clock())
        self._deliver()
        session = self._service.session(self._parent) if self._explain is not None else None
        if self._explain is not None and session is not None:
            self._page.note(self._explain(session, self._clock()))

    def _deliver(self) -> bool:
        """Show what waits. Shown first and noted then: a kill in between shows a message twice rather than never."""
        delivered = False
        while (waiting := self._service.next_waiting(self._parent)) is not None:
            self._show(waiting.message)
            self._service.sent(waiting.id)
            delivered = True
        return delivered

    def _show(self, message: Shown) -> None:
        self._page.show(message, self._live.show(message, lettered=self._takes_numbers(message)))


def _settled(shown: Iterable[Shown]) -> list[Shown]:
    """Messages to be shown once more: of the changes to a list only the last."""
    messages = list(shown)
    return [
        message
        for index, message in enumerate(messages)
        if not (
            isinstance(message, Redraw)
            and any(isinstance(later, Redraw) and later.question == message.question for later in messages[index + 1 :])
        )
    ]
