"""A message of the conversation as Telegram shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardMarkup

from bot.channels.telegram.html import MAX_UNITS, clean, escape, quiet, units
from bot.channels.telegram.keyboard import Label, keyboard, labels
from bot.channels.telegram.split import split
from bot.channels.telegram.words import Words
from bot.service.screen import Settle
from bot.talk.effects import Ask, Escalate, Redraw, Say

SMALL = 1000
"""UTF-16 units of a part, where Telegram refused larger ones."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """What is to be sent: parts in order, as HTML or plain; the last one carries the buttons."""

    parts: tuple[str, ...]
    buttons: InlineKeyboardMarkup | None
    is_html: bool = True


def render(message: Say | Ask | Escalate, words: Words) -> tuple[Rendered, ...]:
    """The message in the form that is meant, then in ever plainer ones for when Telegram refuses that."""
    turn, question, progress = 0, "", ""
    shown: tuple[Label, ...] = ()
    if not isinstance(message, Say):
        turn, question, shown = message.turn, message.question, labels(message.buttons, words.marks)
    if isinstance(message, Ask) and message.progress is not None:
        progress = progress_line(message.progress, words)
    text = _with_lines(clean(message.text), shown)
    buttons = keyboard(turn, question, shown)
    whole = "\n\n".join(one for one in (progress, text) if one)
    private = isinstance(message, Escalate) and message.private
    parts = _covered(text, words) if private else _html_parts(progress, text)
    return (
        Rendered(parts, buttons),
        Rendered(tuple(split(whole)), keyboard(turn, question, shown, plain=True), is_html=False),
        Rendered(tuple(split(whole, SMALL)), None, is_html=False),
    )


def redrawn(message: Redraw, words: Words) -> InlineKeyboardMarkup | None:
    """The changed buttons of a question."""
    return keyboard(message.turn, message.question, labels(message.buttons, words.marks))


def redrawn_text(message: Redraw, words: Words) -> str | None:
    """The changed text of a question, as HTML; None where it is too long to be put in the place of another."""
    text = _with_lines(clean(message.text or ""), labels(message.buttons, words.marks))
    return escape(text) if units(text) <= MAX_UNITS else None


def as_ask(message: Redraw) -> Ask:
    """A changed question as a new one, where there is nothing left to change."""
    return Ask(message.text or "", message.turn, message.question, message.buttons)


def settled(message: Settle, words: Words) -> str | None:
    """The question with the answer below it, as HTML; None where only the buttons can go."""
    if message.text is None or message.answer is None:
        return None
    progress = "" if message.progress is None else progress_line(message.progress, words)
    answer = words.answered.replace("{answer}", clean(message.answer))
    text = clean(message.text)
    if units("\n\n".join((progress, text, answer))) > MAX_UNITS:
        return None
    return "\n\n".join(one for one in (quiet(progress) if progress else "", escape(text), bold(answer)) if one)


def progress_line(progress: tuple[int, int], words: Words) -> str:
    """Which question this is, and of about how many."""
    number, total = progress
    return clean(words.progress.replace("{number}", str(number)).replace("{total}", str(total)))


def bold(text: str) -> str:
    """The text as HTML in bold."""
    return f"<b>{escape(text)}</b>"


def covered(text: str) -> str:
    """The text as HTML that shows only after a tap."""
    return f"<tg-spoiler>{escape(text)}</tg-spoiler>"


def _with_lines(text: str, shown: Sequence[Label]) -> str:
    lines = [one.line for one in shown if one.number is not None]
    return "\n\n".join((text, "\n".join(lines))) if lines else text


def _covered(text: str, words: Words) -> tuple[str, ...]:
    """What to do at once, and the rest under a cover, which notifications and lists of chats keep (Always 10)."""
    first, rest = _first_sentence(text)
    if not rest:
        return (escape(first),)
    open_part = f"{escape(first)}\n\n{escape(words.covered)}\n"
    room = MAX_UNITS - units(first) - units(words.covered) - 3
    begins, *others = split(rest, max(room, SMALL))
    return (open_part + covered(begins), *(covered(part) for part in others))


def _first_sentence(text: str) -> tuple[str, str]:
    """The first sentence, or the first line where that is shorter; and what follows."""
    line = text.split("\n", 1)[0]
    end = line.find(". ")
    cut = len(line) if end < 0 else end + 1
    return text[:cut], text[cut:].strip()


def _html_parts(progress: str, text: str) -> tuple[str, ...]:
    """Split first, then escaped, so that no mark and no escaped character is ever torn."""
    if not progress:
        return tuple(escape(part) for part in split(text))
    first, *others = split(text, MAX_UNITS - units(progress) - 2)
    return (f"{quiet(progress)}\n\n{escape(first)}", *(escape(part) for part in others))
