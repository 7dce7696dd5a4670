"""A text typed at the menu or in the library: first what may be urgent, then what can be read.

A search decides nothing about the child. What sounds like now is offered as a check, which asks for it properly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.facts.reading import Confirm, MeasureAgain, Read, read_temperature
from bot.talk.again import repeat
from bot.talk.library import show_article, show_found
from bot.talk.may_i import warning
from bot.talk.session import Stage
from bot.talk.turn import Turn

FEVER = "fever"
"""The entry of the menu that asks for a temperature."""

MOST_OFFERS = 3
MAX_SEARCHED = 1000

_AMONG_WORDS = re.compile(r"(?<![\d.,])(?:(?:3[4-9]|4[0-2])[.,]\d|(?:9\d|10\d)(?:[.,]\d)?\s*°?\s*[Ff])(?!\w)")
"""Such as "38.2" or "101 F" among other words. No value is taken from it: the fever check asks for the number."""


def find(turn: Turn, text: str) -> None:
    """Show what a text may be about; what this guide withholds is answered by its warning, and by nothing else."""
    text = text[:MAX_SEARCHED]
    words = turn.tools.library
    article = words.titled(text)
    if article is not None:
        show_article(turn, article)
        return
    passage = turn.tools.withheld.about(text)
    if passage is not None:
        repeat(turn, warning(turn, passage))
        return
    measured = _names_a_temperature(text)
    offers = _offers(turn, (FEVER, *words.offers(text)) if measured else words.offers(text))
    danger, found = words.dangerous(text) or (measured and not offers), words.find(text)
    if offers or danger or found:
        show_found(turn, offers, found, danger=danger)
    else:
        repeat(turn, turn.phrase("found_nothing"))


def _offers(turn: Turn, names: Iterable[str]) -> list[str]:
    """The entries of the menu that are there; none before the first menu, and none over a check that is running."""
    running = turn.session.check is not None and not turn.check.ended
    if running or turn.session.stage is not Stage.READY:
        return []
    return [name for name in dict.fromkeys(names) if turn.script.menu.find(name) is not None][:MOST_OFFERS]


def _names_a_temperature(text: str) -> bool:
    read = read_temperature(text)
    return isinstance(read, Read | Confirm | MeasureAgain) or _AMONG_WORDS.search(text) is not None
