"""Chats and cases that end at another level are named, whatever the edit was."""

from __future__ import annotations

from pathlib import Path

import pytest
from changed import LABEL_EDIT, changes, edited, shipped
from ten_edits import LOOSER_LIMIT

from bot.authoring.changes.levels import play_both, with_levels
from bot.authoring.changes.report import level_lines
from bot.facts.level import Level
from bot.places import Places

CASES = """
vignettes:
  - id: young
    flow: fever_screen
    facts: {age_days: 80, temperature_c: 38.4}
  - id: older
    flow: fever_screen
    facts: {age_days: 200, temperature_c: 36.8}
"""
CHATS = """
chat: A fever at 80 days is an EMERGENCY
dialog: fever_screen
parent: {age: 80 days, temperature_c: 38.4}
expect: {level: EMERGENCY}
"""


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A folder with two cases and one chat."""
    folder = tmp_path / "tests" / "conversations"
    (folder / "cases").mkdir(parents=True)
    (folder / "cases" / "fever.yaml").write_text(CASES)
    (folder / "fever.yaml").write_text(CHATS)
    return Places(tmp_path / "dialogs", tmp_path / "content")


def test_who_is_told_another_level_is_named(places: Places) -> None:
    played = play_both(shipped(), edited(*LOOSER_LIMIT.edits), places)

    assert played.number == 3
    assert {(one.name, one.old) for one in played.levels} == {
        ("fever: young", Level.EMERGENCY),
        ("fever: A fever at 80 days is an EMERGENCY", Level.EMERGENCY),
    }
    assert all(one.new is not Level.EMERGENCY for one in played.levels)
    assert all(one.what.startswith("EMERGENCY (go) becomes ") for one in played.levels)


def test_nobody_is_played_where_only_words_differ(places: Places) -> None:
    found = changes(LABEL_EDIT)

    same, played = with_levels(found, shipped(), edited(LABEL_EDIT), places)

    assert same == found
    assert played.number == 0
    assert list(level_lines(same, played)) == []


def test_a_file_that_one_version_cannot_read_is_told(places: Places) -> None:
    path = places.dialogs.parent / "tests" / "conversations" / "cases" / "new.yaml"
    path.write_text(CASES.replace("temperature_c: 36.8", "no_such_fact: yes"))

    found, played = with_levels(changes(*LOOSER_LIMIT.edits), shipped(), edited(*LOOSER_LIMIT.edits), places)

    assert played.left_out == ("new.yaml",)
    assert "cannot read them: new.yaml." in "\n".join(level_lines(found, played))
