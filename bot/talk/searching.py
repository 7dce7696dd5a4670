"""A text typed at the menu or in the library: first what may be urgent, then what can be read.

A search decides nothing about the child. What sounds like now is offered as a check, which asks for it properly.
"""

from __future__ import annotations

from bot.facts.reading import Confirm, MeasureAgain, Read, read_temperature
from bot.talk.again import repeat
from bot.talk.library import MENU_ENTRY, show_article, show_found
from bot.talk.session import Stage
from bot.talk.turn import Turn

FEVER = "fever"
"""The entry of the menu that asks for a temperature."""


def find(turn: Turn, text: str) -> None:
    """Show what a text may be about."""
    words = turn.tools.library
    article = words.titled(text)
    if article is not None:
        show_article(turn, article)
        return
    measured = _is_temperature(text)
    offers = _offers(turn, [FEVER] if measured else [], words.offers(text))
    danger = measured or words.dangerous(text)
    found = [*offers, *words.find(text)]
    if found or danger:
        show_found(turn, found, danger=danger)
    else:
        repeat(turn, turn.phrase("found_nothing"))


def _offers(turn: Turn, *found: list[str] | tuple[str, ...]) -> list[str]:
    """The entries of the menu that are there; none before the first menu, and none over a check that is running."""
    running = turn.session.check is not None and not turn.check.ended
    if running or turn.session.stage is not Stage.READY:
        return []
    names = dict.fromkeys(name for names in found for name in names)
    return [f"{MENU_ENTRY}{name}" for name in names if turn.script.menu.find(name) is not None]


def _is_temperature(text: str) -> bool:
    return isinstance(read_temperature(text), Read | Confirm | MeasureAgain)
