"""Versions that were published: which one is talked from, what is kept of old ones, where checks may move on."""

from datetime import timedelta

import pytest
from store_helpers import NOW, add_family

from bot.store.driver import Connection
from bot.store.errors import StoreError
from bot.store.records import Records

CONTENT = b"dialog: main\n" * 1000
LATER = NOW + timedelta(days=1)


def test_the_version_that_was_published_last_is_the_current_one(records: Records) -> None:
    assert records.scripts.current_hash() is None
    assert records.scripts.current() is None
    first = records.scripts.publish(
        "aaa", CONTENT, at=NOW, by="Ada", note="first", certificate="proved", kind="first start"
    )
    second = records.scripts.publish(
        "bbb", b"other", at=LATER, by="Bo", edit_class="looser", approved_by="Cy", for_parents=True
    )

    assert records.scripts.current() == second
    assert records.scripts.current_hash() == "bbb"
    assert (second.by, second.note, second.edit_class, second.approved_by) == ("Bo", "", "looser", "Cy")
    assert (second.kind, second.for_parents, first.for_parents) == ("publish", True, False)
    assert records.scripts.publications() == (second, first)
    kept = records.scripts.get("aaa")
    assert kept is not None
    assert (kept.content, kept.published_at, first.certificate) == (CONTENT, NOW, "proved")
    assert [(script.hash, script.content) for script in records.scripts.all()] == [("bbb", None), ("aaa", None)]


def test_an_earlier_version_goes_out_again_without_its_files_and_both_times_are_known(records: Records) -> None:
    first = records.scripts.publish("aaa", CONTENT, at=NOW, by="Ada")
    records.scripts.publish("bbb", b"other", at=NOW, by="Bo")
    again = records.scripts.publish("aaa", None, at=LATER, by="Cy", kind="rollback", restores=first.id)

    assert records.scripts.current() == again
    assert (again.kind, again.restores) == ("rollback", first.id)
    assert [one.by for one in records.scripts.publications()] == ["Cy", "Bo", "Ada"]


def test_what_was_never_published_cannot_go_out_again(records: Records) -> None:
    records.scripts.publish("aaa", CONTENT, at=NOW, by="Ada")

    with pytest.raises(StoreError, match="never published"):
        records.scripts.publish("ccc", None, at=NOW, by="Ada")
    assert records.scripts.current_hash() == "aaa"


def test_a_published_version_never_changes_under_its_hash(records: Records) -> None:
    records.scripts.publish("aaa", CONTENT, at=NOW, by="Ada")

    with pytest.raises(StoreError, match="another content"):
        records.scripts.publish("aaa", b"tampered", at=NOW, by="Eve")
    kept = records.scripts.get("aaa")
    assert kept is not None
    assert kept.content == CONTENT


def test_a_version_is_kept_compressed(records: Records, connection: Connection) -> None:
    records.scripts.publish("aaa", CONTENT, at=NOW, by="Ada")

    row = connection.execute("SELECT length(content) FROM script_versions").fetchone()
    assert row is not None
    assert row[0] < len(CONTENT) / 10


def test_where_checks_may_move_on_is_known_for_each_version_and_can_be_noted_anew(records: Records) -> None:
    records.scripts.allow_moves("ccc", {"aaa": "looser", "bbb": "wording"})
    records.scripts.allow_moves("ddd", {"ccc": "structural"})
    records.scripts.allow_moves("ccc", {"aaa": "stricter"})

    assert records.scripts.moves("ccc") == {"aaa": "stricter", "bbb": "wording"}
    assert records.scripts.moves("aaa") == {}


def test_sessions_are_counted_by_their_version_as_far_as_they_are_not_left(records: Records) -> None:
    for person, version, at in (("1", "aaa", NOW), ("2", "aaa", LATER), ("3", "bbb", LATER)):
        parent, _ = add_family(records, person)
        records.sessions.save(parent.id, state="{}", turn=1, script_version=version, at=at)

    assert records.sessions.of_versions(since=LATER) == {"aaa": 1, "bbb": 1}
    assert records.sessions.of_versions(since=NOW) == {"aaa": 2, "bbb": 1}


def refers(records: Records, what: str) -> None:
    """Let one thing refer to version aaa."""
    parent, child = add_family(records)
    check = records.checks.start(
        parent.id, dialog="d", at=NOW, script_version="aaa" if what == "check" else "zzz", child_id=child.id
    )
    match what:
        case "session":
            records.sessions.save(parent.id, state="{}", turn=1, script_version="aaa", at=NOW)
        case "message":
            message = {"priority": 2, "kind": "say", "payload": {}, "at": NOW, "script_version": "aaa"}
            records.outbox.queue("telegram", "1", parent_id=parent.id, turn=1, **message)  # type: ignore[arg-type]
        case "flag":
            records.flags.add(check.id, child_id=child.id, rule="E-02", level="URGENT", at=NOW, script_version="aaa")
        case "answer":
            records.answers.add(check.id, question="q", fact="f", value=1, at=NOW, script_version="aaa")
        case "episode":
            records.episodes.add(
                parent.id, child.id, happened_at=NOW, day=NOW.date(), at=NOW, summary={}, script_version="aaa"
            )
        case "profile":
            records.profiles.set(child.id, "f", 1, at=NOW, script_version="aaa")


@pytest.mark.parametrize("what", ["check", "session", "message", "flag", "answer", "episode", "profile"])
def test_a_version_to_which_anything_refers_is_kept_and_goes_with_the_last_reference(
    records: Records, what: str
) -> None:
    records.scripts.publish("aaa", CONTENT, at=NOW, by="Ada")
    records.scripts.publish("bbb", b"other", at=NOW, by="Ada")
    refers(records, what)

    assert records.scripts.prune(before=LATER, latest=1) == 0
    assert records.scripts.get("aaa") is not None

    [parent] = records.parents.page(limit=9)
    records.forget(parent.id)
    assert records.scripts.prune(before=LATER, latest=1) == 1
    assert records.scripts.get("aaa") is None
    # That it was there stays known.
    assert [one.hash for one in records.scripts.publications()] == ["bbb", "aaa"]


def test_the_current_version_the_latest_and_the_young_ones_are_kept_without_any_reference(records: Records) -> None:
    for name in ("aaa", "bbb", "ccc", "ddd"):
        records.scripts.publish(name, name.encode(), at=LATER if name == "aaa" else NOW, by="Ada")
    records.scripts.allow_moves("ddd", {"bbb": "wording", "ccc": "wording"})

    assert records.scripts.prune(before=LATER, latest=2) == 1

    assert {one.hash for one in records.scripts.all()} == {"aaa", "ccc", "ddd"}
    assert records.scripts.moves("ddd") == {"ccc": "wording"}


def test_a_message_knows_which_version_said_it(records: Records) -> None:
    parent, _ = add_family(records)
    message = records.outbox.queue(
        "telegram", "1", parent_id=parent.id, turn=1, priority=2, kind="say", payload={}, at=NOW, script_version="aaa"
    )

    kept = records.outbox.get(message)
    assert kept is not None
    assert kept.script_version == "aaa"
