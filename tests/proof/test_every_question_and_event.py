"""At every question, whatever comes: one way on, the menu and the emergency card within reach.

The real engine, and the claims of `bot.authoring.claims` after every turn; also after two unclear answers, and "back".
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import cache

import pytest
from proof_helpers import folder

from bot.authoring.chat import START, Chat
from bot.authoring.claims import HeldEngine
from bot.authoring.conversations import is_over
from bot.authoring.persona import Persona
from bot.authoring.proof.tellers import asked_in
from bot.facts.level import Level
from bot.facts.value import Value
from bot.script.load import load_script
from bot.talk.effects import Escalate
from bot.talk.engine import Engine
from bot.talk.events import Media
from bot.talk.flow import go_on, start_check
from bot.talk.session import Pending, Session, Stage
from bot.talk.turn import Turn
from bot.triage.examples import child_of
from bot.triage.knowledge import Told

ALL = int(os.environ.get("STEADY_EXAMPLES", "20")) >= 100
"""Every question with every event; else each question with some of them. A nightly run sets more examples."""

DIALOGS = ("danger_check", "new_episode", "massage")

EVENTS: Mapping[str, Callable[[Chat], object]] = {
    "nonsense": lambda chat: chat.types("asdf qwer"),
    "nothing": lambda chat: chat.types(" "),
    "photo": lambda chat: chat.sends(Media.OTHER),
    "not sure": lambda chat: chat.types("not sure"),
    "back": lambda chat: chat.commands("back"),
    "cancel": lambda chat: chat.commands("cancel"),
    "help": lambda chat: chat.commands("help"),
    "start": lambda chat: chat.commands("start"),
    "summary": lambda chat: chat.commands("summary"),
    "unknown command": lambda chat: chat.commands("nonsense"),
    "forged button": lambda chat: chat.presses_old(chat.session.turn, chat.asked or "menu", "item_nothing"),
    "old button": lambda chat: chat.presses_old(max(chat.session.turn - 1, 0), chat.asked or "menu", "yes"),
    "same button twice": lambda chat: _twice(chat),
    "after two hours": lambda chat: chat.waits(hours=2).types("yes"),
    "after a day": lambda chat: chat.waits(hours=25).types("no"),
}


def _twice(chat: Chat) -> None:
    prompt = chat.session.prompts[0]
    turn, option = chat.session.turn, next(iter(prompt.options))
    chat.presses_old(turn, prompt.question, option)
    chat.presses_old(turn, prompt.question, option)


@cache
def engine() -> HeldEngine:
    return HeldEngine(load_script(folder()))


@cache
def plain() -> Engine:
    """Without the claims: for the way to a question."""
    return Engine(engine().script)


def again(chat: Chat) -> Chat:
    """The same chat at the same moment, to be gone on with in another way."""
    return Chat(engine(), chat.now, chat.session, [], dict(chat.buttons))


@cache
def reached() -> Mapping[str, Chat]:
    """A chat that waits at each question and list, of which everything else is known."""
    script = engine().script
    examples = [example for rule in script.book.rules.values() for example in (*rule.fires_for, *rule.quiet_for)]
    found: dict[str, Chat] = {}
    for dialog in DIALOGS:
        for one in asked_in(script, script.dialogs[dialog]):
            about = [example for example in examples if one.one.facts & example.facts.keys()]
            for example in about[:: max(len(about) // 4, 1)]:
                if one.key in found:
                    break
                told = child_of(script.vocabulary, example).told
                chat = _before(dialog, {name: told[name].value for name in told.keys() - one.one.facts})
                parent = Persona(script, example.facts, example.today)
                for _ in range(4):
                    if chat.asked is None or is_over(chat):
                        break
                    found.setdefault(chat.asked, again(chat))
                    parent.answer(chat)
    return found


def _before(dialog: str, told: Mapping[str, Value]) -> Chat:
    chat = Chat(plain(), START, Session(stage=Stage.READY, consent=True))
    turn = Turn(plain().tools, chat.session, START)
    start_check(turn, dialog, {})
    turn.update(told={name: Told(value, START) for name, value in told.items()})
    go_on(turn)
    chat.adopt(turn, f"({dialog})")
    return chat


def test_most_questions_are_reached() -> None:
    script = engine().script
    asked = {one.key for dialog in DIALOGS for one in asked_in(script, script.dialogs[dialog])}
    missing = asked - reached().keys()
    assert len(missing) <= len(asked) / 4, sorted(missing)


@pytest.mark.parametrize("before", ["at once", "after two unclear answers", "after back"])
@pytest.mark.parametrize("event", EVENTS)
def test_every_question_stands_every_event(event: str, before: str) -> None:
    number = [*EVENTS].index(event)
    for index, place in enumerate(reached().values()):
        if not ALL and (index + number) % 12:
            continue
        chat = again(place)
        if before == "after two unclear answers":
            chat.types("asdf").types("qwer")
        if before == "after back":
            chat.commands("back")
        EVENTS[event](chat)
        assert chat.session.prompts


def some() -> tuple[Chat, ...]:
    """All questions, or every third one."""
    return tuple(reached().values())[:: 1 if ALL else 3]


def test_the_menu_is_reached_from_every_question() -> None:
    for place in some():
        chat = again(place).commands("menu")
        for _ in range(3):
            # Leaving a check may ask first whether that is meant.
            if chat.session.prompts[0].pending is Pending.MENU:
                break
            chat.commands("menu")
        assert chat.session.prompts[0].pending is Pending.MENU, chat.text


def test_emergency_words_and_the_emergency_command_are_heard_at_every_question() -> None:
    for place in some():
        words = again(place).types("she is not breathing")
        assert any(isinstance(one, Escalate) and one.level is Level.EMERGENCY for one in words.effects), words.text
        card = again(place).commands("emergency")
        assert any(isinstance(one, Escalate) for one in card.effects) or "112" in card.text, card.text
