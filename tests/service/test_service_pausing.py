"""Closing a dialog beside a running bot."""

from pathlib import Path

import pytest
from service_helpers import KEY, NOW, house
from test_service_whole_chat import Family

from bot.script.load import Folder
from bot.script.stored import pack
from bot.service.pausing import PauseError, open_again, pause, paused, published_dialogs
from bot.store.records import Records
from bot.store.visit import write_once
from bot.talk.session import Pending

KNOWN = {"massage", "fever_screen", "danger_check", "danger_signs"}


@pytest.fixture
def family(tmp_path: Path) -> Family:
    """A parent at the menu."""
    family = Family(tmp_path)
    family.agrees()
    return family


def close(family: Family, dialog: str) -> None:
    """Close a dialog as another process does."""
    write_once(family.path, KEY, lambda records: pause(records, dialog, KNOWN, by="nurse", at=NOW))


def pending(family: Family) -> Pending | None:
    return None if family.session.prompt is None else family.session.prompt.pending


def test_a_running_bot_closes_the_dialog_with_the_next_thing_that_a_parent_does(family: Family) -> None:
    family.presses("at_home")
    family.presses("massage")
    close(family, "massage")
    family.presses("none")
    assert "closed for a check" in family.shown[-1]
    family.presses("check_danger_signs")
    assert family.session.check is not None
    assert family.session.check.dialog == "danger_check"


def test_opened_again_it_begins_as_before(family: Family) -> None:
    close(family, "massage")
    family.presses("at_home")
    family.presses("massage")
    assert pending(family) is Pending.CLOSED
    assert write_once(family.path, KEY, lambda records: open_again(records, "massage", by="nurse", at=NOW))
    family.presses("to_menu")
    family.presses("at_home")
    family.presses("massage")
    assert pending(family) is Pending.POSITION


def test_who_closed_and_opened_it_is_in_the_audit_trail(family: Family) -> None:
    def job(records: Records) -> list[tuple[str, str, object]]:
        assert pause(records, "massage", KNOWN, by="nurse", at=NOW)
        assert not pause(records, "massage", KNOWN, by="other", at=NOW)
        assert [one.dialog for one in paused(records)] == ["massage"]
        assert open_again(records, "massage", by="doctor", at=NOW)
        assert not open_again(records, "massage", by="doctor", at=NOW)
        return [(one.who, one.what, one.detail) for one in records.audit.latest(limit=9)]

    assert family.writer.submit(job).result() == [
        ("doctor", "dialog opened again", {"dialog": "massage"}),
        ("nurse", "dialog paused", {"dialog": "massage"}),
    ]


@pytest.mark.parametrize(
    ("dialog", "cure"),
    [("masage", "Did you mean massage"), ("xyz", "Take one of: danger_check"), ("danger_signs", "never closed")],
)
def test_what_cannot_be_closed_is_told(family: Family, dialog: str, cure: str) -> None:
    with pytest.raises(PauseError, match=cure):
        close(family, dialog)


def test_a_dialog_that_only_parents_see_is_known(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        assert home.look(published_dialogs) == set()
        version = Folder({"dialogs/old_one.yaml": "x", "content/facts.yaml": "y"})
        home.writer.submit(
            lambda records: records.scripts.publish(version.hash, pack(version), at=NOW, by="Ada")
        ).result()
        assert home.look(published_dialogs) == {"old_one"}

        home.writer.submit(lambda records: records.scripts.publish("f" * 64, b"{}", at=NOW, by="Ada")).result()
        assert home.look(published_dialogs) == set()
