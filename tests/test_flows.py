"""All flows: each begins with the danger signs, can ask all that rules look at, and asks no more than needed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest

from bot.authoring.chat import Chat
from bot.authoring.persona import Persona
from bot.facts.level import Action, Level
from bot.facts.value import Born, Choice, Many, Number, Value
from bot.places import find_places
from bot.script.conditions import Condition, FactIs, walk
from bot.script.load import load_places
from bot.script.model import Dialog, Kind
from bot.script.script import Script
from bot.talk.effects import Escalate
from bot.talk.engine import Engine
from bot.talk.moment import base_facts
from bot.talk.session import Pending

MOST_TAPS = 14
MOST_BUTTONS = 10

CHIN: dict[str, Value] = {
    "birth_date": Born(date(2025, 12, 25)),
    "temperature_c": Number.of("36.8"),
    "tremor": Choice.of("yes"),
    "ongoing_now": Choice.of("no"),
    "when_last": Choice.of("last_24h"),
    "how_it_goes_on": Choice.of("over"),
    "state": Choice.of("crying"),
    "body_parts": Many.of("chin"),
    "movement": Choice.of("tremble"),
    "duration_s": Number.of(5),
}
"""A well baby of 3 weeks whose chin trembles while crying."""


@cache
def engine() -> Engine:
    places = find_places(None)
    return Engine(load_places(places.dialogs, places.content))


def script() -> Script:
    return engine().script


FLOWS = [dialog.id for dialog in script().dialogs.values() if not dialog.part]
ENTRIES = [entry.id for entry in script().menu.every if entry.start is not None]


def in_flow(entry: str, chat: Chat | None = None) -> Chat:
    """Through the menu to the first question of a flow."""
    chat = chat or Chat(engine()).commands("start").presses("agree").presses("not_sure")
    found = script().menu.find(entry)
    assert found is not None
    for one in script().menu.way_to(found.text):
        chat.presses(one.id)
    return chat


def to_the_end(chat: Chat, facts: dict[str, Value]) -> Chat:
    persona = Persona(script(), facts, chat.now.date())
    while chat.session.check is not None and not chat.session.check.ended:
        persona.answer(chat)
    return chat


def test_every_flow_is_in_the_menu_and_the_menu_is_short() -> None:
    menu = script().menu

    assert {entry.start for entry in menu.every if entry.start is not None} == set(FLOWS)
    assert len(menu.entries) <= MOST_BUTTONS
    assert all(len(entry.entries) < MOST_BUTTONS for entry in menu.entries)
    assert menu.entries[0].start == "right_now"


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_danger_sign_at_the_first_question_leads_to_the_emergency_text_in_one_message(entry: str) -> None:
    chat = in_flow(entry)
    assert chat.asked == "danger_signs.danger_signs"
    chat.presses("yes")

    told, *others = chat.effects
    escalations = [effect for effect in (told, *others) if isinstance(effect, Escalate)]
    assert len(escalations) == 1
    assert escalations[0].level is Level.EMERGENCY
    assert escalations[0].action is Action.CALL
    assert len(escalations[0].text) <= 400
    assert chat.said[0].startswith("Call 112 now")


@pytest.mark.parametrize("flow", FLOWS)
def test_a_flow_can_ask_every_fact_that_a_rule_looks_at(flow: str) -> None:
    assert sorted(used_by_rules() - asked_in(script().dialogs[flow])) == []


def used_by_rules() -> set[str]:
    """Every fact that a rule looks at, behind whatever is computed from it."""
    conditions = [
        condition for rule in script().book.rules.values() for condition in (*(row.when for row in rule.levels),)
    ]
    return {name for condition in conditions for name in facts_of(condition)}


def facts_of(condition: Condition) -> Iterator[str]:
    for part in walk(condition):
        if isinstance(part, FactIs):
            yield from base_facts(script(), part.fact)


def asked_in(dialog: Dialog) -> set[str]:
    """Every fact that an answer in a flow can tell, the parts of the flow included."""
    found: set[str] = set()
    for item in dialog.plan:
        match item.kind:
            case Kind.DO:
                found |= asked_in(script().dialogs[item.target])
            case Kind.ASK:
                found |= dialog.questions[item.target].facts
            case Kind.CHECKLIST:
                found |= dialog.checklists[item.target].facts
    return found


@pytest.mark.parametrize("entry", ["over", "now", "again"])
def test_a_well_baby_whose_chin_trembles_while_crying_needs_few_taps(entry: str) -> None:
    chat = Chat(engine()).commands("start").presses("agree").presses("not_sure")
    before = len(chat.lines)
    to_the_end(in_flow(entry, chat), dict(CHIN))

    assert "common at this age" in chat.text
    assert len(chat.lines) - before <= MOST_TAPS


def test_what_the_profile_knows_is_not_asked_again() -> None:
    chat = to_the_end(in_flow("over"), dict(CHIN))
    first = len(chat.lines)
    to_the_end(in_flow("over", chat), dict(CHIN))
    asked = {line.question for line in chat.lines[first:]}

    assert "child.birth_date" not in asked
    assert "temperature.temperature_c" not in asked, "a reading counts while it is fresh"
    assert len(chat.lines) - first < MOST_TAPS


def test_the_flow_before_a_visit_never_reassures_however_it_ends() -> None:
    reassuring = ("common at this age", "No danger sign", "not look urgent")
    chat = to_the_end(in_flow("visit"), dict(CHIN))

    assert "Please keep the visit" in chat.text
    assert not any(words in line for line in chat.said for words in reassuring)

    cut_short = in_flow("visit").presses("none").commands("cancel")
    assert not any(words in line for line in cut_short.said for words in reassuring)


def test_the_second_level_of_the_menu_has_a_way_back() -> None:
    chat = in_flow("danger").commands("cancel").presses("more")
    assert chat.session.prompt is not None
    assert chat.session.prompt.pending is Pending.MENU
    assert chat.asked == "menu.more"
    chat.presses("Back").asks("menu")
    chat.presses("more").types("back").asks("menu")
    chat.presses("more").commands("back").asks("menu")
    chat.presses("more").types("what?").asks("menu.more")
    chat.types("menu").asks("menu")


def test_what_is_below_may_be_typed_on_the_first_level() -> None:
    chat = in_flow("danger").commands("cancel").types("how to film it")

    assert chat.session.check is not None
    assert chat.session.check.dialog == "how_to_film"


@pytest.mark.parametrize("entry", ["massage", "exercises", "bath", "swimming"])
def test_what_is_always_said_comes_before_the_first_step_and_with_a_closed_gate(entry: str) -> None:
    found = script().menu.find(entry)
    assert found is not None
    gate = next(one.gate for one in script().howtos.values() if one.id == found.start)
    always = [one.text.strip() for one in script().book.always_said if gate in one.topics]
    assert always
    content: dict[str, Value] = {"mood_now": Choice.of("content"), "minutes_since_feed": Number.of(60)}
    well = {"birth_date": Born(date(2025, 8, 1)), "temperature_c": Number.of("36.8"), **content}
    for facts in (well, {**well, "skin": Choice.of("weeping")}):
        chat = to_the_end(in_flow(entry), facts)
        told = "\n".join(text for line in chat.lines for text in line.bot)
        for text in always:
            assert told.count(text.replace("{baby}", "your baby").splitlines()[-1]) == 1
