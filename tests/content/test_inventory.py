"""Every list, system and unsafe passage of the two articles has its home here: nothing is lost, nothing slips in."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.places import find_places
from bot.script.document import compose, plain
from bot.script.load import load_places
from bot.script.script import Script

PLACES = find_places(None)
INVENTORY = Path(__file__).resolve().parents[3] / "shared" / "clinical" / "seed_inventory.md"
ARTICLE = "article"
SYSTEMS = "ABCDEFGHIJKLMNOPQRS"

SILENT = {
    "U-13": "fever is told by the rules for temperature",
    "U-14": "dangerous illnesses are told by the danger signs, first in every flow",
    "U-15": "fits are told by the hold test, the wake test and their rules",
    "U-17": "low sugar is told by its rule",
    "U-19": "false claims are not repeated, not even to deny them",
    "U-20": "a threat is not repeated",
    "U-28": "kinds of tremor of older people help no parent",
    "U-29": "the thyroid is told by its rules",
    "U-30": "a wrong translation; the questions about tone say it right",
    "U-32": "frightens and helps nobody",
}
"""What the guide never speaks of by itself, and why; every other passage has a warning."""


@cache
def script() -> Script:
    return load_places(PLACES.dialogs, PLACES.content)


@cache
def systems() -> dict[str, Any]:
    path = PLACES.content / "inventory.yaml"
    told: dict[str, Any] = plain(compose(path.read_text(encoding="utf-8"), path.name))
    return dict(told["systems"])


def names() -> set[str]:
    """Everything that can be the home of a system."""
    one = script()
    parts = {f"{d.id}.{name}" for d in one.dialogs.values() for name in (*d.questions, *d.checklists, *d.texts)}
    rows = {row.id for gate in one.book.gates.values() for row in gate.closed}
    rows |= {row.id for gate in one.book.gates.values() for row in gate.otherwise}
    rows |= {always.id for always in one.book.always_said}
    return {*one.dialogs, *one.howtos, *one.book.rules, *one.book.gates, *one.withheld.passages, *parts, *rows}


def test_every_system_of_the_articles_has_a_home() -> None:
    assert list(systems()) == list(SYSTEMS)
    assert all(system["home"] for system in systems().values())


@pytest.mark.parametrize("letter", SYSTEMS)
def test_every_home_is_there(letter: str) -> None:
    assert set(systems()[letter]["home"]) - {ARTICLE} <= names()


@pytest.mark.parametrize("letter", SYSTEMS)
def test_no_system_is_an_article_and_nothing_else(letter: str) -> None:
    assert set(systems()[letter]["home"]) != {ARTICLE}


def test_every_unsafe_passage_has_its_warning_or_its_silence() -> None:
    passages = script().withheld.passages

    assert list(passages) == [f"U-{number:02}" for number in range(1, 33)]
    assert {name for name, one in passages.items() if one.silent} == set(SILENT)


def test_a_passage_that_is_silent_has_something_in_its_place_or_is_only_left_out() -> None:
    left_out = {name for name, one in script().withheld.passages.items() if one.silent and not one.instead}

    assert left_out == {"U-20", "U-32"}


@pytest.mark.skipif(not INVENTORY.exists(), reason="the inventory is not beside this checkout")
def test_the_passages_are_those_of_the_inventory_with_the_rules_that_it_names() -> None:
    text = INVENTORY.read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| (U-\d\d) \|.*\| ([^|]+) \|$", text, flags=re.MULTILINE))
    passages = script().withheld.passages

    assert list(rows) == list(passages)
    for name, told in rows.items():
        rules = set(re.findall(r"\b[A-Z]-\d\d\b", told)) & set(script().book.rules)
        assert not passages[name].silent or rules & set(passages[name].instead) or not rules, name


@pytest.mark.skipif(not INVENTORY.exists(), reason="the inventory is not beside this checkout")
def test_the_systems_are_those_of_the_inventory() -> None:
    text = INVENTORY.read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([A-S]) \| S-\d+ \| (\d{3}):(\d+) \|", text, flags=re.MULTILINE)
    documents = {"000": "tremor", "001": "dystonia"}

    # A list may begin with its heading, up to three lines above its first entry.
    assert [letter for letter, _, _ in rows] == list(SYSTEMS)
    for letter, document, line in rows:
        name, _, place = systems()[letter]["place"].partition(":")
        assert name == documents[document]
        assert 0 <= int(line) - int(place) <= 3, letter
