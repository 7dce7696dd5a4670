"""What a parent did and saw, as text that a reviewer can read: the turns that matter in full, the rest in brief."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum, auto

from bot.authoring.chat import EXPORT, Line
from bot.authoring.standard_texts import StandardTexts
from bot.talk.effects import Ask, Button, Document, Effect, Escalate, Mark, Redraw, Say, SendExport
from bot.talk.events import Pressed, Typed

WIDTH = 118
BOT, PARENT, INDENT = "STEADY  ", "PARENT  ", " " * 8
STEP = " > "


class Detail(Enum):
    """How much of a message is shown."""

    WHOLE = auto()
    """Every word."""
    NAMED = auto()
    """The menu, the safety net, the lines of lists and other standard texts by their names."""
    BRIEF = auto()
    """Of a result what to do and why, the rest by name; all turns before it in one paragraph."""


@dataclass(slots=True)
class Transcript:
    """Writes the turns of a chat, those of `full` with their messages."""

    standard: StandardTexts
    detail: Detail
    full: frozenset[int]
    parts: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, standard: StandardTexts, lines: Sequence[Line], full: Iterable[int], detail: Detail) -> str:
        """The chat as text."""
        one = cls(standard, detail, frozenset(full))
        one._write(lines)
        return "\n".join(row.rstrip() for part in one.parts for row in part.splitlines())

    def _write(self, lines: Sequence[Line]) -> None:
        marked: list[str] = []
        passed: list[str] = []
        before = None
        for number, line in enumerate(lines):
            if before is not None and line.at - before >= timedelta(minutes=1):
                passed.append(f"({_span(line.at - before)} later)")
            before = line.at
            if _marks(line) and number not in self.full:
                marked.append(done(line))
                continue
            told = "; ".join([*marked, done(line)])
            marked = []
            if number in self.full and number - 1 in self.full and not passed:
                self.parts.append(f"{PARENT}{told}")
            elif line.event is not None:
                passed.append(f"({(line.question or 'new parent').partition('.')[2] or line.question or 'new'}) {told}")
            if number in self.full:
                self._pass(passed)
                passed = []
                messages = list(self._messages(line.effects))
                self.parts.extend(_joined(messages) if self.detail is Detail.BRIEF else messages)
        self._pass(passed)

    def _pass(self, passed: list[str]) -> None:
        """The turns that are not shown in full: a line each, or one paragraph."""
        if self.detail is not Detail.BRIEF:
            self.parts.extend(passed)
        elif passed:
            self.parts.extend(_wrapped(passed, STEP))

    def _messages(self, effects: Iterable[Effect]) -> Iterator[str]:
        for effect in effects:
            match effect:
                case Say(text):
                    yield _message(self._said(text))
                case Ask():
                    yield self._asked(effect)
                case Escalate():
                    action = "" if effect.action is None else f", {effect.action.value}"
                    buttons = () if self.detail is Detail.BRIEF else effect.buttons
                    yield _message(f"({effect.level.name}{action})\n{self._said(effect.text)}", buttons)
                case Redraw(_, _, buttons, text) if text is not None:
                    yield _message(f"(in the place of the message before)\n{text}", buttons)
                case SendExport():
                    yield _message(EXPORT)
                case Document(name):
                    yield _message(f"(the file {name})")
                case Redraw():
                    shown = [button.text for button in effect.buttons if button.mark is not Mark.NONE]
                    yield _message(f"(marked now: {'; '.join(shown) or 'nothing'})")

    def _said(self, text: str) -> str:
        match self.detail:
            case Detail.WHOLE:
                return text
            case Detail.NAMED:
                return self.standard.named(text)
            case Detail.BRIEF:
                return self.standard.brief(text)

    def _asked(self, ask: Ask) -> str:
        if self.detail is Detail.WHOLE:
            return _message(ask.text, ask.buttons)
        text, buttons = self.standard.asked(ask)
        return _message(text, buttons)


def done(line: Line) -> str:
    """What the parent did, as one reads it."""
    if isinstance(line.event, Typed):
        return f"“{line.event.text}”"
    if isinstance(line.event, Pressed) and line.parent.endswith("]"):
        return line.parent.removeprefix("[").removesuffix("]")
    return line.parent


def rows_of(buttons: Sequence[Button]) -> list[str]:
    """Buttons as rows of labels in square brackets."""
    return _wrapped([f"[{button.text}]" for button in buttons], " ", WIDTH - len(INDENT))


def _marks(line: Line) -> bool:
    """Whether the parent marked a line of a list, and nothing new was said."""
    return any(isinstance(effect, Redraw) and effect.text is None for effect in line.effects)


def _message(text: str, buttons: Sequence[Button] = ()) -> str:
    return BOT + f"\n{INDENT}".join([*text.splitlines(), *rows_of(buttons)])


def _joined(messages: Iterable[str]) -> list[str]:
    """Messages that are nothing but a name, one after another, on one line."""
    rows: list[str] = []
    for message in messages:
        named = message.startswith(f"{BOT}(") and message.endswith(")") and "\n" not in message
        if named and rows and rows[-1].startswith(f"{BOT}(") and rows[-1].endswith(")") and "\n" not in rows[-1]:
            rows[-1] += f" {message.removeprefix(BOT)}"
        else:
            rows.append(message)
    return rows


def _wrapped(parts: Iterable[str], between: str, width: int = WIDTH) -> list[str]:
    """The parts in rows of at most this width; a part is never broken."""
    rows: list[str] = []
    for part in parts:
        if rows and len(rows[-1]) + len(between) + len(part) <= width:
            rows[-1] += between + part
        else:
            rows.append(part if not rows else f"{between.lstrip()}{part}")
    return rows


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    for unit, size in (("day", 1440), ("hour", 60)):
        if minutes % size == 0:
            return f"{minutes // size} {unit}{'s' if minutes != size else ''}"
    rest = f"{minutes % 60} minute{'s' if minutes % 60 != 1 else ''}"
    hours = minutes // 60
    return f"{hours} hour{'s' if hours != 1 else ''} {rest}" if hours else rest
