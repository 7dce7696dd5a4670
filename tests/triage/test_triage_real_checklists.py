"""A checklist that says a level is right: every line of it reaches that level, at every age."""

from datetime import UTC, datetime

import pytest
from triage_helpers import CHECKOUT

from bot.facts.level import Level
from bot.facts.value import NOT_SURE, DaysOld, Value
from bot.script.load import load_places
from bot.script.model import Checklist, Item
from bot.script.read_value import narrowed, opposite
from bot.triage.assess import assess
from bot.triage.knowledge import Knowledge, Told

SCRIPT = load_places(CHECKOUT / "dialogs", CHECKOUT / "content")
NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
AGES: list[Value] = [*(DaysOld(days, days, NOW.date()) for days in (0, 10, 27, 28, 92, 93, 200, 700)), NOT_SURE]
LISTS = [one for dialog in SCRIPT.dialogs.values() for one in dialog.checklists.values()]
LINES = [(one, item) for one in LISTS if one.level is not None for item in one.items]


def knowing(told: dict[str, Value]) -> Knowledge:
    kept = {name: Told(value, NOW) for name, value in told.items()}
    return Knowledge(SCRIPT.vocabulary, kept, now=NOW, today=NOW.date())


@pytest.mark.parametrize(("checklist", "item"), LINES, ids=lambda one: one.id)
def test_every_line_reaches_the_level_that_its_checklist_says(checklist: Checklist, item: Item) -> None:
    """Or could with one more answer: a fit in the last 24 hours, of which the list speaks, is one of E-04."""
    assert checklist.level is not None
    ticked = {name: narrowed(value, None) for name, value in item.sets.items()}
    for age in AGES:
        found = assess(SCRIPT.book, knowing({"birth_date": age, **ticked}))

        assert (found.level or Level.REASSURE) >= checklist.level or found.could_reach(checklist.level), age


@pytest.mark.parametrize("checklist", [one for one in LISTS if not one.pick], ids=lambda one: one.id)
def test_none_of_these_leaves_no_rule_of_its_lines_raised(checklist: Checklist) -> None:
    """What "no" to every line says is harmless by itself, at every age."""
    facts = SCRIPT.vocabulary.facts
    denied: dict[str, Value] = {}
    for item in checklist.items:
        for name, value in item.sets.items():
            denied[name] = item.denied.get(name) or opposite(facts[name], value, denied.get(name))
    for age in AGES:
        found = assess(SCRIPT.book, knowing({"birth_date": age, **denied}))

        assert {rule: raised.level for rule, raised in found.raised.items()} == {}


def test_there_are_checklists_with_a_level() -> None:
    assert LINES
