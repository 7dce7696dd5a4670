"""Edits while parents are talking (R20): each kind of edit wherever a parent can be, whatever the parent does next.

The cells are made by changing the real scripts. A part of them is tried; all of them with `STEADY_EDITS=all`.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator
from functools import cache

import pytest
from edit_cells import Cell, events, judge, play_on, take
from edit_kinds import MAKERS, Maker, engine_for, howtos, reworded
from edit_places import Spot, places

from bot.places import find_places
from bot.script.load import load_places
from bot.talk.effects import Ask, Effect, Escalate, Say
from bot.talk.engine import Engine
from bot.talk.events import Due

EVERY = os.environ.get("STEADY_EDITS") == "all"
"""Whether every cell is tried, with everything that a parent may do in it."""

MOST_TOLD = 12

TRIED = 1 if EVERY else 3
PLAYED_ON = 6 if EVERY else 20
"""One of so many cells is tried, and one of so many of these is played to its end."""


@cache
def engine() -> Engine:
    found = find_places()
    return Engine(load_places(found.dialogs, found.content))


@cache
def spots() -> dict[str, Spot]:
    return places(engine())


def cells(make: Maker) -> Iterator[Cell]:
    number, every = 0, 1 if make is howtos else TRIED
    for spot in spots().values():
        possible = events(spot)
        for edit in make(engine().script, spot):
            number += 1
            if number % every == 0:
                chosen = possible if EVERY else (possible[number // every % len(possible)], possible[0])
                yield from (Cell(edit, spot, event) for event in dict.fromkeys(chosen))


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_an_edit_costs_nobody_an_answer_a_flag_or_a_reply(make: Maker) -> None:
    broken: list[str] = []
    tried = 0
    for cell in cells(make):
        if len(broken) > MOST_TOLD:
            break
        tried += 1
        try:
            taken, chat = take(engine(), cell)
            broken += [f"{cell}: {what}" for what in judge(engine(), cell, taken)]
            if tried % PLAYED_ON == 0 and not isinstance(cell.event, Due):
                broken += [f"{cell}: {what}" for what in play_on(cell, chat)]
        except Exception as error:  # noqa: BLE001 (every cell is told, not only the first)
            broken.append(f"{cell}: {error!r} in {traceback.extract_tb(error.__traceback__)[-1]}")

    assert tried
    assert not broken, f"{len(broken)} of {tried}:\n" + "\n".join(broken)


def test_there_is_a_place_for_each_thing_that_can_wait() -> None:
    waits = {spot.pending.value for spot in spots().values()}

    assert waits >= {
        "position", "consent", "country", "menu", "card", "word", "emergency", "urgent", "resume", "seen", "change",
        "delete", "confirm", "step", "reached", "history", "episode", "diary", "may_i", "library",
    }  # fmt: skip


def test_other_words_are_noticed_by_nobody() -> None:
    script = reworded(engine().script)
    other = engine_for(engine(), script)
    for spot in spots().values():
        for event in events(spot)[:: 1 if EVERY else 3]:
            was, effects = engine().step(spot.session, event, spot.chat(engine()).now, spot.around)
            now, shown = other.step(spot.session, event, spot.chat(engine()).now, spot.around)

            assert _words(shown) == _words(effects), (spot.name, event)
            assert now.told == was.told
            assert now.check == was.check or now.check is not None


def _words(effects: tuple[Effect, ...]) -> list[str]:
    """The messages, without the mark of another wording."""
    return [effect.text.replace("~", "") for effect in effects if isinstance(effect, Say | Ask | Escalate)]
