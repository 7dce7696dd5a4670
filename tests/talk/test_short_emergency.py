"""An emergency advice is short and begins with what to do, whichever rule raised it and wherever the parent is."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import pytest

from bot.facts.level import Action, Level
from bot.facts.value import Number
from bot.places import find_places
from bot.script.load import load_places
from bot.script.rules import Rule
from bot.talk.advice import Voice, main_text
from bot.talk.engine import Engine
from bot.talk.moment import LIST_FLAG, WORD_FLAG, Moment
from bot.triage.assess import Raised
from bot.triage.knowledge import Told

NOW = datetime(2026, 11, 22, 3, 15, tzinfo=UTC)
MOST = 400
BEGINNINGS = ("Call ", "Go to the hospital emergency department now.", "Put your baby down now")


@cache
def engine() -> Engine:
    places = find_places()
    return Engine(load_places(places.dialogs, places.content))


def numbers() -> list[str]:
    """The number of every country that is listed, and the one for all others."""
    known = engine().tools.numbers
    codes = [f"{first}{second}" for first in map(chr, range(65, 91)) for second in map(chr, range(65, 91))]
    return sorted({known.number(code) for code in [*codes, None]})


def text_of(raised: Raised, number: str) -> str:
    """The message that a parent gets for one reason."""
    script = engine().script
    hot = {"temperature_c": Told(Number.of("40.5"), NOW)}
    moment = Moment(script, hot, {}, "danger_signs", NOW)
    return main_text(moment, Voice(script, number, None, NOW), {raised.rule: raised}, request=False)


def emergencies() -> list[Rule]:
    return [one for one in engine().script.book.rules.values() if one.highest is Level.EMERGENCY]


@pytest.mark.parametrize("action", [None, *Action])
def test_whatever_rule_raised_it_an_emergency_is_short_and_begins_with_what_to_do(action: Action | None) -> None:
    longest = max(numbers(), key=len)
    assert len(emergencies()) > 20
    for rule in emergencies():
        text = text_of(Raised(rule.id, Level.EMERGENCY, action), longest)
        assert len(text) <= MOST, (rule.id, len(text))
        assert text.startswith(BEGINNINGS), rule.id
        assert longest in text, rule.id


@pytest.mark.parametrize("flag", [f"{LIST_FLAG}danger_signs.danger_signs", f"{WORD_FLAG}not_breathing"])
def test_a_sign_that_is_no_rule_is_short_too(flag: str) -> None:
    for number in numbers():
        text = text_of(Raised(flag, Level.EMERGENCY, Action.CALL), number)
        assert len(text) <= MOST
        assert text.startswith(f"Call {number} now.")


def test_every_emergency_says_why_unless_that_is_private() -> None:
    own_texts = {one for text in engine().script.outcomes.instead for one in text.rules}
    for rule in emergencies():
        if rule.id not in own_texts:
            text = text_of(Raised(rule.id, Level.EMERGENCY, Action.CALL), "112")
            assert ("Why: something you told us." in text) == rule.private, rule.id
            assert "Why: " in text
