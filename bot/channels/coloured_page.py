"""The page for a person at a terminal: coloured and wrapped. The words alone carry the meaning, never a colour."""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.channels.live_buttons import NamedButtons
from bot.channels.page import PROGRESS, file_line, printable, progress_line
from bot.facts.level import Level
from bot.service.message_json import Shown
from bot.talk.effects import Ask, Document, Escalate, Mark

_COLOURS = {Level.EMERGENCY: "red", Level.URGENT: "yellow"}
WIDEST = 100


class ColouredPage:
    """A page drawn by rich."""

    def __init__(self, console: Console, *, progress: str = PROGRESS) -> None:
        self._console = console
        self._progress = progress

    @property
    def piped(self) -> bool:
        """Never: a person is typing."""
        return False

    def show(self, message: Shown, buttons: NamedButtons | None) -> None:
        """Show a message; advice that is urgent stands in a frame."""
        if isinstance(message, Ask) and message.progress is not None:
            self._print(Text(progress_line(message.progress, self._progress), style="dim"))
        if isinstance(message, Escalate):
            colour = _COLOURS.get(message.level, "yellow")
            self._print(Panel(_text(message.text), border_style=colour, box=box.HEAVY, padding=(1, 2)))
        elif message.text is not None:
            if isinstance(message, Document):
                self._print(Text(file_line(message), style="dim"))
            self._print(_text(message.text))
        if buttons is not None:
            if message.text is not None:
                self._print()
            self._print(_grid(buttons))
        self._print()

    def note(self, lines: Iterable[str]) -> None:
        """Show lines that are not part of the chat."""
        for line in lines:
            self._print(Text(printable(line), style="dim cyan"))
        self._print()

    def read(self) -> str | None:
        """What the parent types."""
        try:
            return self._console.input(Text("> ", style="bold green"))
        except EOFError:
            self._print()
            return None

    def echo(self, line: str) -> None:  # noqa: ARG002 (the protocol)
        """The terminal itself has shown it."""
        self._print()

    def _print(self, *what: Text | Panel | Table) -> None:
        self._console.print(*what, width=min(self._console.width, WIDEST))


def _grid(buttons: NamedButtons) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(justify="right", min_width=3, no_wrap=True)
    grid.add_column()
    for name, button in buttons.rows():
        style = "bold red" if button.danger else "bold" if button.mark is not Mark.NONE else ""
        grid.add_row(Text(name, style="cyan"), Text(printable(button.text), style=style))
    return grid


def _text(text: str) -> Text:
    return Text("\n".join(printable(line) for line in text.splitlines()))
