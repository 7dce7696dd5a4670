"""`steady versions`: what was published, newest first, in words."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from publishing_helpers import NOW, WORDING, House, nobody_played

from bot.authoring.changes.change import Change, Changes
from bot.authoring.publishing import compared, moves
from bot.authoring.publishing.listing import moment, versions_told
from bot.script.edit_class import EditClass


@pytest.fixture(autouse=True)
def _in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def told(home: House) -> list[str]:
    return list(versions_told(home.desk.published(home.now), home.now))


def test_every_publication_is_listed_with_who_when_class_note_and_running_checks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = Changes((Change(EditClass.LOOSER, "F-01", "A sentence.", "dialogs/a.yaml"),))
    for module in (compared, moves):
        monkeypatch.setattr(module, "compare", lambda old, new: changes)
    monkeypatch.setattr(compared, "with_levels", nobody_played)
    home = House(tmp_path, now=NOW - timedelta(days=2))
    home.publish()
    first = home.current.hash
    home.edit(*WORDING)
    home.now = NOW - timedelta(days=1)
    home.publish(by="Bo", note="Warm is what\nmothers say", approved_by="Cy")
    second = home.current.hash
    home.now = NOW
    home.roll_back()
    home.talks("1", "a.b", version=first)
    for number in range(2, 5):
        home.talks(str(number), "a.b", version=second)
    home.talks("5", "a.b", version="never")

    assert told(home) == [
        f"{first[:12]}  what parents see now",
        "  today at 14:05 by Ada, put back, looser, test version",
        "  1 check is running",
        "",
        f"{second[:12]}",
        "  yesterday at 14:05 by Bo, looser, test version, approved by Cy",
        '  "Warm is what mothers say"',
        "  3 checks are running",
        "",
        f"{first[:12]}",
        "  Friday 20 November 2026 at 14:05 by Ada, test version",
        "\n1 check of a version that was never published here.",
    ]


def test_a_version_whose_files_are_gone_says_so(tmp_path: Path) -> None:
    home = House(tmp_path)
    home.publish()
    home.spoil(home.current.hash, "DELETE FROM script_versions WHERE hash = ?", [])

    assert told(home)[-1] == "  its files are kept no longer"


def test_before_anything_was_published_it_is_said_who_does_it(tmp_path: Path) -> None:
    assert told(House(tmp_path)) == [
        "Nothing was published yet. The first start of `steady run` publishes the dialogs that came with it."
    ]


def test_a_moment_is_told_as_people_say_it() -> None:
    assert moment(NOW - timedelta(hours=14), NOW) == "today at 00:05"
    assert moment(NOW - timedelta(hours=15), NOW) == "yesterday at 23:05"
    assert moment(NOW - timedelta(days=30), NOW) == "Friday 23 October 2026 at 14:05"
