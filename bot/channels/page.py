"""A page of a terminal: the messages of a chat, the lines of a parent; the plain one can be piped and read aloud."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Protocol, TextIO

from bot.channels.live_buttons import NamedButtons
from bot.service.message_json import Shown
from bot.talk.effects import Ask, Document

# Control characters, and halves of characters that no output can hold.
_STEERING = frozenset({"Cc", "Cs"})


PROGRESS = "{number}/{total}"
"""Which question of about how many, where the script has no words for it."""


class Page(Protocol):
    """Where a chat in a terminal is shown and typed."""

    @property
    def piped(self) -> bool:
        """Whether the lines are there already; a person wants to read before typing."""

    def show(self, message: Shown, buttons: NamedButtons | None) -> None:
        """Show a message with its buttons."""

    def note(self, lines: Iterable[str]) -> None:
        """Show lines that are not part of the chat."""

    def read(self) -> str | None:
        """The next line of the parent, without its end; None when there is no more."""

    def echo(self, line: str) -> None:
        """Show a line that was read, where the parent has not seen it while typing."""


class PlainPage:
    """Text and nothing else: no colour, no boxes, the same for the same chat."""

    def __init__(self, lines: TextIO, out: TextIO, *, progress: str = PROGRESS) -> None:
        self._progress = progress
        self._lines = lines
        self._out = out
        self._typed = lines.isatty()

    @property
    def piped(self) -> bool:
        """Whether no person types."""
        return not self._typed

    def show(self, message: Shown, buttons: NamedButtons | None) -> None:
        """Show a message, and an empty line after it."""
        parts = [] if message.text is None else [message.text]
        if isinstance(message, Document):
            parts.insert(0, file_line(message))
        if isinstance(message, Ask) and message.progress is not None:
            parts.insert(0, progress_line(message.progress, self._progress))
        if buttons is not None:
            parts.append("\n".join(f"{name:>3}  {button.text}" for name, button in buttons.rows()))
        self._write(*"\n\n".join(parts).splitlines(), "")

    def note(self, lines: Iterable[str]) -> None:
        """Show lines that are not part of the chat."""
        self._write(*lines, "")

    def read(self) -> str | None:
        """The next line; an empty one is a line, too."""
        if self._typed:
            self._out.write("> ")
            self._out.flush()
        line = self._lines.readline()
        if not line:
            if self._typed:
                self._write("")
            return None
        return line.rstrip("\r\n")

    def echo(self, line: str) -> None:
        """Put a piped line into the transcript."""
        if self._typed:
            self._write("")
        else:
            self._write(f"> {line}".rstrip(), "")

    def _write(self, *lines: str) -> None:
        for line in lines:
            self._out.write(f"{printable(line)}\n")
        self._out.flush()


def progress_line(progress: tuple[int, int], words: str) -> str:
    """Which question this is, and of about how many."""
    number, total = progress
    return words.replace("{number}", str(number)).replace("{total}", str(total))


def file_line(document: Document) -> str:
    """What stands above the text of a file, which a terminal shows in the chat."""
    return f"[file {document.name}]"


def printable(text: str) -> str:
    """The text without anything that steers a terminal; joiners stay, some scripts need them."""
    return "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(one) in _STEERING else one for one in text)
