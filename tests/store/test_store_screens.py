"""The messages in a chat that can still be pressed, or that are pinned."""

from datetime import timedelta

from store_helpers import NOW, add_family

from bot.store.driver import Connection
from bot.store.records import Records

MINUTE = timedelta(minutes=1)


def count(connection: Connection) -> int:
    [(found,)] = connection.execute("SELECT count(*) FROM screens").fetchall()
    return int(found)


def test_a_question_is_found_by_its_turn_and_the_later_of_two_deliveries_counts(records: Records) -> None:
    parent, _ = add_family(records)
    for message_id in ("99", "100"):
        records.screens.add(parent.id, message_id, turn=4, question="q", at=NOW)
    records.screens.add(parent.id, "101", turn=4, question="other", at=NOW)
    found = records.screens.find(parent.id, turn=4, question="q")
    assert found is not None
    assert found.message_id == "100"
    assert records.screens.find(parent.id, turn=5, question="q") is None


def test_only_messages_of_earlier_turns_with_buttons_are_to_be_tidied(records: Records) -> None:
    parent, _ = add_family(records)
    other, _ = add_family(records, "2")
    records.screens.add(parent.id, "1", turn=1, question="q", at=NOW)
    records.screens.add(parent.id, "2", turn=2, question="q", at=NOW + MINUTE)
    records.screens.add(parent.id, "3", turn=3, question="q", at=NOW + 2 * MINUTE)
    records.screens.add(other.id, "1", turn=1, question="q", at=NOW)
    records.screens.drop_buttons(parent.id, "1")
    assert [one.message_id for one in records.screens.with_buttons(parent.id, before_turn=3)] == ["2"]
    assert [one.message_id for one in records.screens.with_buttons(other.id, before_turn=3)] == ["1"]


def test_a_message_is_forgotten_once_it_has_neither_buttons_nor_a_pin(records: Records, connection: Connection) -> None:
    parent, _ = add_family(records)
    records.screens.add(parent.id, "1", turn=1, question="emergency", at=NOW)
    records.screens.pin(parent.id, "1", turn=1, at=NOW)
    records.screens.drop_buttons(parent.id, "1")
    assert [(one.message_id, one.pinned) for one in records.screens.pinned(parent.id)] == [("1", True)]
    records.screens.unpin(parent.id, "1")
    assert count(connection) == 0


def test_a_message_without_buttons_can_be_pinned(records: Records) -> None:
    parent, _ = add_family(records)
    records.screens.pin(parent.id, "1", turn=1, at=NOW)
    assert [one.question for one in records.screens.pinned(parent.id)] == [None]


def test_pins_are_found_by_their_age_and_outlive_the_pruning(records: Records, connection: Connection) -> None:
    parent, _ = add_family(records)
    records.screens.pin(parent.id, "1", turn=1, at=NOW)
    records.screens.pin(parent.id, "2", turn=2, at=NOW + MINUTE)
    records.screens.add(parent.id, "3", turn=3, question="q", at=NOW)
    assert [one.message_id for one in records.screens.pinned_before(NOW + MINUTE, limit=9)] == ["1"]
    assert records.screens.prune(before=NOW + MINUTE) == 1
    assert count(connection) == 2


def test_with_the_parent_all_is_forgotten(records: Records, connection: Connection) -> None:
    parent, _ = add_family(records)
    records.screens.pin(parent.id, "1", turn=1, at=NOW)
    records.forget(parent.id)
    assert count(connection) == 0
