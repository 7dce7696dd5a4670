"""What must be brought up later."""

from datetime import timedelta

import pytest
from store_helpers import NOW, add_family

from bot.store.records import Records
from bot.store.rows import Reminder

HOUR = timedelta(hours=1)


@pytest.fixture
def parent(records: Records) -> int:
    return add_family(records)[0].id


def test_a_reminder_is_due_from_its_moment_on_and_once(records: Records, parent: int) -> None:
    reminder = records.reminders.add(parent, kind="call made?", due_at=NOW, turn=3, payload={"level": "URGENT"})
    assert records.reminders.due(NOW - timedelta(milliseconds=1), limit=9) == ()
    assert records.reminders.due(NOW, limit=9) == (
        Reminder(reminder, parent, 3, "call made?", {"level": "URGENT"}, NOW, None),
    )
    assert records.reminders.done(reminder, at=NOW)
    assert not records.reminders.done(reminder, at=NOW)
    assert records.reminders.due(NOW + HOUR, limit=9) == ()


def test_the_longest_overdue_comes_first(records: Records, parent: int) -> None:
    late, later, soon = (records.reminders.add(parent, kind="diary", due_at=NOW + hours * HOUR) for hours in (1, 2, 0))
    assert [r.id for r in records.reminders.due(NOW + 2 * HOUR, limit=2)] == [soon, late]
    assert [r.id for r in records.reminders.of(parent)] == [soon, late, later]
    assert records.reminders.next_due_at() == NOW


def test_nothing_to_remember_is_never_due(records: Records) -> None:
    assert records.reminders.next_due_at() is None


def test_reminders_are_cancelled_by_turn_by_kind_or_all_together(records: Records, parent: int) -> None:
    other, _ = add_family(records, "2")

    def add_all() -> None:
        for kind in ("diary", "second reading"):
            for turn in (1, 2, None):
                records.reminders.add(parent, kind=kind, due_at=NOW, turn=turn)

    records.reminders.add(other.id, kind="diary", due_at=NOW, turn=1)
    add_all()
    assert records.reminders.cancel(parent, kind="diary", turn=1) == 1
    assert records.reminders.cancel(parent, turn=1) == 1
    assert records.reminders.cancel(parent, kind="diary") == 2
    assert records.reminders.cancel(parent) == 2
    assert records.reminders.cancel(parent) == 0
    assert len(records.reminders.of(other.id)) == 1


def test_what_was_done_cannot_be_cancelled_but_is_deleted_when_old(records: Records, parent: int) -> None:
    reminder = records.reminders.add(parent, kind="diary", due_at=NOW)
    records.reminders.add(parent, kind="diary", due_at=NOW)
    records.reminders.done(reminder, at=NOW)
    assert records.reminders.cancel(parent) == 1
    assert records.reminders.prune(before=NOW) == 0
    assert records.reminders.prune(before=NOW + HOUR) == 1
