"""`steady publish --rollback`: parents see an earlier version again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from publishing_helpers import NOW, WORDING, House, nobody_played

from bot.authoring.changes.change import Change, Changes
from bot.authoring.publishing import compared, moves
from bot.authoring.publishing.publish import Outcome, WishError
from bot.authoring.publishing.rollback import RollbackError
from bot.script.edit_class import EditClass
from bot.script.stored import StoredError, pack
from bot.store.records import Records
from bot.store.visit import write_once


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """Three versions of which parents see the third; every edit is one of wording."""
    says_that(monkeypatch, EditClass.WORDING)
    one = House(tmp_path)
    for words in ("Hot", "Warm", "Warmer"):
        if words != "Hot":
            before = {"Warm": "Hot", "Warmer": "Warm"}[words]
            one.edit(WORDING[0], f"yes: {before}\n", f"yes: {words}\n")
        one.publish(note=words)
    return one


def says_that(monkeypatch: pytest.MonkeyPatch, kind: EditClass) -> None:
    changes = Changes((Change(kind, "F-01", "A sentence for a nurse.", "dialogs/a.yaml"),))
    for module in (compared, moves):
        monkeypatch.setattr(module, "compare", lambda old, new: changes)
    monkeypatch.setattr(compared, "with_levels", nobody_played)


def shown(home: House) -> str:
    """Under which note the files that parents see were first published."""
    return next(one.note for one in reversed(home.publications) if one.hash == home.current.hash)


def test_without_a_name_parents_see_the_version_before(home: House) -> None:
    third = home.current.hash

    assert home.roll_back(note="the third was wrong") is Outcome.PUBLISHED

    assert shown(home) == "Warm"
    latest = home.current
    assert (latest.kind, latest.by, latest.note, latest.edit_class) == (
        "rollback",
        "Ada",
        "the third was wrong",
        "wording",
    )
    assert home.said[-2:] == [
        f"\nPut back as a test version, which says so to every parent: version {latest.hash[:12]}.",
        "A running bot takes it up within seconds. See: steady versions",
    ]
    [entry] = home.look(lambda records: records.audit.latest(limit=1))
    assert (entry.who, entry.what, entry.detail["before"]) == ("Ada", "version rolled back", third)
    assert home.look(lambda records: records.scripts.moves(latest.hash))[third] == "wording"


def test_once_more_goes_back_once_more_and_never_to_what_was_rolled_back(home: House) -> None:
    home.roll_back()
    home.roll_back()

    assert shown(home) == "Hot"
    with pytest.raises(RollbackError, match="there is no version before this one"):
        home.roll_back()
    assert shown(home) == "Hot"


def test_a_version_is_named_by_the_first_letters_of_its_name(home: House) -> None:
    first = home.publications[-1].hash

    assert home.roll_back(first[:6].upper()) is Outcome.PUBLISHED
    assert home.current.hash == first


def test_a_name_that_fits_no_version_or_several_is_refused(home: House) -> None:
    with pytest.raises(RollbackError, match="no version begins with 'xyz'"):
        home.roll_back("xyz")
    write_once(home.database, home.desk.key, like_the_first)
    first = home.publications[-1].hash
    with pytest.raises(RollbackError, match=f"several versions begin with '{first[:4]}': {first[:12]}"):
        home.roll_back(first[:4])


def like_the_first(records: Records) -> None:
    """Publish something whose name begins as that of the first version."""
    [*_, first] = records.scripts.publications()
    records.scripts.publish(first.hash[:12] + "0" * 52, b"{}", at=NOW, by="Ada")


def test_what_parents_see_already_is_not_put_back(home: House) -> None:
    assert home.roll_back(home.current.hash[:12]) is Outcome.SAME
    assert len(home.publications) == 3


def test_a_version_that_this_program_cannot_read_is_refused(home: House) -> None:
    newer = home.files
    newer = type(newer)({**newer.files, "dialogs/fever.yaml": "dialog: fever\nspoken_by: a later program\n"})
    write_once(home.database, home.desk.key, lambda r: r.scripts.publish(newer.hash, pack(newer), at=NOW, by="Ada"))
    home.publish(note="again")
    before = home.current

    with pytest.raises(RollbackError, match=r"this program cannot use version .* any more: dialogs/fever\.yaml, line"):
        home.roll_back(newer.hash[:12])
    assert home.current == before


def test_a_version_whose_files_are_not_whole_is_refused(home: House) -> None:
    second = home.publications[1].hash
    home.spoil(second, "UPDATE script_versions SET content = ? WHERE hash = ?", [b"x\x9c\x03\x00\x00\x00\x00\x01"])

    with pytest.raises(StoredError, match="not stored as it was published"):
        home.roll_back()


def test_a_version_whose_files_are_gone_is_passed_over_or_told(home: House) -> None:
    second = home.publications[1].hash
    home.spoil(second, "DELETE FROM script_versions WHERE hash = ?", [])

    with pytest.raises(RollbackError, match="kept no longer"):
        home.roll_back(second[:12])
    home.roll_back()
    assert shown(home) == "Hot"


def test_back_for_parents_to_something_looser_needs_a_second_person(
    home: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.script.approval.Approvals.complete", property(lambda _: True))
    home.publish(for_parents=True)
    home.edit(WORDING[0], "yes: Warmer\n", "yes: Warmest\n")
    home.publish(for_parents=True)
    says_that(monkeypatch, EditClass.LOOSER)

    with pytest.raises(RollbackError, match=r"--approved-by NAME.*steady pause"):
        home.roll_back()
    with pytest.raises(WishError):
        home.roll_back(approved_by="ada")
    home.roll_back(approved_by="Bo")

    # It goes out as it did then.
    assert (home.current.for_parents, home.current.approved_by, home.current.kind) == (True, "Bo", "rollback")


def test_a_structural_way_back_needs_no_second_person_since_that_cannot_wait(
    home: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.script.approval.Approvals.complete", property(lambda _: True))
    home.publish(for_parents=True)
    home.edit(WORDING[0], "yes: Warmer\n", "yes: Warmest\n")
    home.publish(for_parents=True)
    says_that(monkeypatch, EditClass.STRUCTURAL)

    assert home.roll_back() is Outcome.PUBLISHED


def test_where_nothing_was_published_there_is_nothing_to_go_back_to(tmp_path: Path) -> None:
    with pytest.raises(RollbackError, match="no version before"):
        House(tmp_path).roll_back()


def test_the_certificate_of_then_goes_with_the_version(home: House) -> None:
    def job(records: Records) -> None:
        latest = records.scripts.publications()[1]
        records.scripts.publish(latest.hash, None, at=NOW + timedelta(hours=1), by="Bo", certificate="proved then")
        third = records.scripts.publications()[1]
        records.scripts.publish(third.hash, None, at=NOW + timedelta(hours=2), by="Bo")

    write_once(home.database, home.desk.key, job)
    home.roll_back()

    assert home.current.certificate == "proved then"
