"""Buttons under a message: few to a row, never cut by a phone in the middle of what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardMarkupLimit, KeyboardButtonStyle

from bot.channels.telegram.callback_data import encode
from bot.channels.telegram.html import clean
from bot.talk.effects import Button

LONGEST = 40
"""Characters of a label that phones show in a row of its own; the scripts keep all but the lines of lists to it."""

SHORT = 14
"""Characters of a label that phones show when two share a row."""

CUT = 26
"""Characters of a longer label that are left beside its number and mark; the whole of it stands in the message then."""

LINES = "item"
"""The family of the options that are lines of a list: they may get a mark, which needs room."""

MOST_BUTTONS = InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER.value


@dataclass(frozen=True, slots=True)
class Label:
    """A button as it is shown; `number` is its line in the message, where it is too long for a button."""

    button: Button
    text: str
    whole: str
    number: int | None = None

    @property
    def line(self) -> str:
        """The line of the message for a numbered label."""
        return f"{self.number}. {self.whole}"


def labels(buttons: Iterable[Button], marks: Sequence[str] = ()) -> tuple[Label, ...]:
    """The labels of the buttons; where one of a list is too long, all lines of that list are numbered."""
    plain = [(one, _unmarked(clean(one.text), marks)) for one in buttons]
    room = {LINES: LONGEST - max((len(mark) + 1 for mark in marks), default=0)}
    long_families = {_family(one) for one, (_, whole) in plain if len(whole) > room.get(_family(one), LONGEST)}
    found: list[Label] = []
    number = 0
    for one, (mark, whole) in plain:
        if _family(one) in long_families:
            number += 1
            found.append(Label(one, f"{number}. {mark}{_shortened(whole)}", whole, number))
        else:
            found.append(Label(one, f"{mark}{whole}", whole))
    return tuple(found)


def keyboard(turn: int, question: str, shown: Sequence[Label], *, plain: bool = False) -> InlineKeyboardMarkup | None:
    """The buttons of a question; `plain` leaves out the warning colour. None where there are none."""
    if not shown:
        return None
    return InlineKeyboardMarkup(
        [[_button(turn, question, one, plain=plain) for one in row] for row in _rows(shown[:MOST_BUTTONS])]
    )


def _button(turn: int, question: str, label: Label, *, plain: bool) -> InlineKeyboardButton:
    danger = label.button.danger and not plain
    return InlineKeyboardButton(
        label.text,
        callback_data=encode(turn, question, label.button.option),
        style=KeyboardButtonStyle.DANGER if danger else None,
    )


def _rows(shown: Sequence[Label]) -> Iterator[list[Label]]:
    """Short labels in pairs, all others alone; what is marked as dangerous stands alone, away from a slip."""
    row: list[Label] = []
    for one in shown:
        alone = one.button.danger or one.number is not None or len(one.text) > SHORT
        if row and (alone or len(row) == 2):
            yield row
            row = []
        row.append(one)
        if alone:
            yield row
            row = []
    if row:
        yield row


def _family(button: Button) -> str:
    """What the lines of one list have in common: "item_" and the like."""
    kind, line, _ = button.option.partition("_")
    return kind if line else button.option


def _unmarked(text: str, marks: Sequence[str]) -> tuple[str, str]:
    """The mark in front of a line, with its space, and the line."""
    for mark in marks:
        if text.startswith(f"{mark} "):
            return f"{mark} ", text.removeprefix(f"{mark} ")
    return "", text


def _shortened(text: str) -> str:
    """The beginning of a long label, cut between words."""
    if len(text) <= CUT:
        return text
    head = text[:CUT]
    return f"{head.rsplit(' ', 1)[0].rstrip(',.;: ')}…"
