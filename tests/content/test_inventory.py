"""Every list, system and unsafe passage of the two articles has its home here: nothing is lost, nothing slips in."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from bot.authoring.documents.check_inventory import check_inventory
from bot.authoring.documents.inventory import Inventory, State, load_inventory
from bot.places import find_places
from bot.script.load import load_places, look_at, read_folder
from bot.script.problems import Problems
from bot.script.script import Script

PLACES = find_places(None)
INVENTORY = Path(__file__).resolve().parents[3] / "shared" / "clinical" / "seed_inventory.md"
DOCUMENTS = {"000": "tremor", "001": "dystonia"}
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
def inventory() -> Inventory:
    problems = Problems()
    found = load_inventory(look_at(read_folder(PLACES.dialogs, PLACES.content)).nodes, problems)
    assert found is not None
    assert problems.found == []
    return found


def test_every_system_of_the_articles_has_a_home() -> None:
    assert "".join(inventory().systems) == SYSTEMS


@pytest.mark.parametrize("letter", SYSTEMS)
def test_no_system_is_an_article_and_nothing_else(letter: str) -> None:
    assert not all(name.startswith("articles.") for name in inventory().systems[letter].home)


def test_every_home_is_there_and_cites_the_line_for_which_it_is_named() -> None:
    assert list(check_inventory(look_at(read_folder(PLACES.dialogs, PLACES.content)))) == []


def test_all_352_places_are_there_and_none_is_open() -> None:
    assert list(inventory().items) == [f"S-{number:03}" for number in range(1, 353)]
    assert {item.id for item in inventory().items.values() if item.state is State.OPEN} == set()


def test_a_reason_is_given_only_where_it_is_needed() -> None:
    needed = {name for item in inventory().items.values() for name in item.withheld_by} - set(
        script().withheld.passages
    )

    assert set(inventory().reasons) == needed


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

    # A list may begin with its heading, up to three lines above its first entry.
    assert [letter for letter, _, _ in rows] == list(SYSTEMS)
    for letter, document, line in rows:
        place = inventory().systems[letter].line
        assert place.document == DOCUMENTS[document]
        assert 0 <= int(line) - place.line <= 3, letter


@pytest.mark.skipif(not INVENTORY.exists(), reason="the inventory is not beside this checkout")
def test_the_places_are_those_of_the_inventory() -> None:
    text = INVENTORY.read_text(encoding="utf-8")
    rows = re.findall(r"^\| (S-\d+) \| (\d{3}):(\d+) \|", text, flags=re.MULTILINE)

    assert len(rows) == 352
    assert {name: str(item.line) for name, item in inventory().items.items()} == {
        name: f"{DOCUMENTS[document]}:{line}" for name, document, line in rows
    }
