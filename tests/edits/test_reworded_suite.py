"""Every golden chat with a reworded script swapped in at every turn shows the same, but for the wording (R21).

A part of the chats is run; all of them with `STEADY_REWORDED=all`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache

import pytest
from edit_kinds import engine_for, reworded

from bot.authoring.conversation import Conversation
from bot.authoring.conversations import run
from bot.authoring.golden import engine, files
from bot.authoring.read_conversations import read_conversations
from bot.talk.around import NOTHING, Around
from bot.talk.effects import Ask, Effect, Escalate, Redraw, Say
from bot.talk.engine import Engine
from bot.talk.events import Event
from bot.talk.session import Session

EVERY = 1 if os.environ.get("STEADY_REWORDED") == "all" else 12
MARK = "~"


class Alternating(Engine):
    """Two engines that take turns; what they show is told without the mark of the reworded one."""

    def __init__(self, one: Engine, other: Engine) -> None:
        self.script = one.script
        self.tools = one.tools
        self._engines = (one, other)
        self._turn = 0

    def step(
        self, session: Session, event: Event, now: datetime, around: Around = NOTHING
    ) -> tuple[Session, tuple[Effect, ...]]:
        self._turn += 1
        after, effects = self._engines[self._turn % 2].step(session, event, now, around)
        return after, tuple(map(_plain, effects))


def _plain(effect: Effect) -> Effect:
    if isinstance(effect, Say):
        return replace(effect, text=effect.text.replace(MARK, ""))
    if isinstance(effect, Ask | Escalate | Redraw):
        buttons = tuple(replace(one, text=one.text.replace(MARK, "")) for one in effect.buttons)
        text = None if effect.text is None else effect.text.replace(MARK, "")
        return replace(effect, buttons=buttons, text=text)  # type: ignore[arg-type]
    return effect


@cache
def _other() -> Engine:
    return engine_for(engine(), reworded(engine().script, MARK))


def _sample() -> Iterator[Conversation]:
    number = 0
    for path in files():
        for one in read_conversations(path.read_text(encoding="utf-8"), path.name, engine().script):
            number += 1
            if number % EVERY == 0:
                yield one


def test_the_mark_is_in_no_text_of_the_real_script() -> None:
    script = engine().script
    texts = list(script.phrases.values())
    texts += [one.ask for dialog in script.dialogs.values() for one in dialog.questions.values()]

    assert not any(MARK in text for text in texts)


def test_a_reworded_script_at_every_other_turn_shows_the_same() -> None:
    different: list[str] = []
    for one in _sample():
        usual = run(engine(), one).chat.lines
        mixed = run(Alternating(engine(), _other()), one).chat.lines
        for number, (line, other) in enumerate(zip(usual, mixed, strict=False)):
            if (line.parent, line.bot) != (other.parent, other.bot):
                different.append(f"{one.place}: {one.chat}, turn {number}:\n{line.bot}\n{other.bot}")
                break
        if len(usual) != len(mixed):
            different.append(f"{one.place}: {one.chat}: {len(usual)} turns and {len(mixed)}")
    if different:
        pytest.fail("\n".join(different[:5]), pytrace=False)
