"""Texts below `finish` come after the result: what to do is read first, and the level is settled by then."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from bot.authoring.chat import Chat
from bot.authoring.persona import Persona
from bot.facts.level import Level
from bot.facts.value import NO, YES, Born, Choice, Many, Number, Value
from bot.places import find_places
from bot.script.load import load_places
from bot.talk.effects import CheckEnded, Escalate, Say
from bot.talk.engine import Engine

SHAKES: dict[str, Value] = {
    "tremor": YES,
    "when_last": Choice.of("last_24h"),
    "ongoing_now": NO,
    "state": Choice.of("waking"),
    "body_parts": Many.of("hands", "arms"),
    "movement": Choice.of("tremble"),
    "in_series": NO,
    "duration_s": Number.of("5"),
}
CHILDREN: dict[str, dict[str, Value]] = {
    "after_sleep": {"birth_date": Born(date(2025, 11, 13)), **SHAKES},
    "after_vaccination": {"birth_date": Born(date(2025, 11, 13)), "vaccination_hours_ago": Number.of("24")},
    "age_check": {"birth_date": Born(date(2025, 11, 13))},
    "muscle_tone": {"birth_date": Born(date(2025, 10, 1)), "tone_concern": YES},
    "older_child": {"birth_date": Born(date(2024, 10, 1)), **SHAKES, "state": Choice.of("excited")},
}
"""For each flow a child for whom its texts are meant."""


@cache
def engine() -> Engine:
    places = find_places(None)
    return Engine(load_places(places.dialogs, places.content))


FOLLOWED = [name for name, dialog in engine().script.dialogs.items() if dialog.after_the_result]


def begun(flow: str, **facts: Value) -> tuple[Chat, Persona]:
    """A chat at the first question of a flow, and who answers it."""
    chat = Chat(engine()).commands("start").presses("agree").presses("not_sure")
    entry = next(one for one in engine().script.menu.every if one.start == flow)
    for one in engine().script.menu.way_to(entry.text):
        chat.presses(one.id)
    known = {"temperature_c": Number.of("36.8"), "tremor": NO, **CHILDREN[flow], **facts}
    return chat, Persona(engine().script, known, chat.now.date())


def at_the_end(flow: str, **facts: Value) -> Chat:
    """A chat of this flow, up to the turn that ends its check."""
    chat, persona = begun(flow, **facts)
    for _ in range(80):
        persona.answer(chat)
        if any(isinstance(effect, CheckEnded) for effect in chat.effects):
            return chat
    raise AssertionError(chat.transcript())


def texts_of(flow: str) -> list[str]:
    dialog = engine().script.dialogs[flow]
    return [dialog.texts[item.target].text.strip().partition("{")[0] for item in dialog.after_the_result]


def places(chat: Chat, flow: str) -> list[int]:
    """Where in the last turn a text that follows the result was said."""
    said = [effect.text if isinstance(effect, Say | Escalate) else "" for effect in chat.effects]
    return [number for number, text in enumerate(said) if text.startswith(tuple(texts_of(flow)))]


def test_the_flows_with_such_texts_are_those_that_are_meant() -> None:
    assert FOLLOWED == ["after_sleep", "after_vaccination", "age_check", "muscle_tone", "older_child"]


@pytest.mark.parametrize("flow", FOLLOWED)
def test_the_result_and_its_safety_net_come_first(flow: str) -> None:
    chat = at_the_end(flow)
    net = engine().script.outcomes.safety_net[0].text.strip().splitlines()[0].partition("{")[0]
    said = [effect.text if isinstance(effect, Say | Escalate) else "" for effect in chat.effects]
    after = places(chat, flow)

    assert after, chat.transcript()
    assert any(net in text for text in said[: after[0]])
    assert not any(net in text for text in said[after[0] :])


@pytest.mark.parametrize("flow", FOLLOWED)
def test_with_a_result_for_today_they_are_left_out(flow: str) -> None:
    chat = at_the_end(flow, temperature_c=Number.of("40.2"))

    assert max(one.level or Level.REASSURE for one in chat.effects if isinstance(one, CheckEnded)) >= Level.URGENT
    assert not places(chat, flow)


@pytest.mark.parametrize("flow", FOLLOWED)
def test_whoever_stops_after_the_advice_for_today_gets_none_of_them(flow: str) -> None:
    chat, persona = begun(flow, birth_date=Born(date(2025, 5, 1)), temperature_c=Number.of("40.2"))
    for _ in range(80):
        if chat.asked == "urgent":
            break
        persona.answer(chat)
    chat.presses("stop_here")

    assert not places(chat, flow)
