"""Which events have been taken in."""

from datetime import timedelta

from store_helpers import NOW

from bot.store.driver import Connection
from bot.store.records import Records
from bot.store.rows import InboxEvent

LATER = NOW + timedelta(days=3)


def test_an_event_is_taken_in_once(records: Records) -> None:
    assert records.inbox.receive("telegram", "7", at=NOW, done=True)
    assert not records.inbox.receive("telegram", "7", at=LATER, done=True)
    assert not records.inbox.receive("telegram", "7", at=LATER, sender="1", payload={"text": "again"})
    assert records.inbox.unfinished(limit=9) == ()


def test_the_same_id_on_another_channel_is_another_event(records: Records) -> None:
    assert records.inbox.receive("telegram", "7", at=NOW)
    assert records.inbox.receive("terminal", "7", at=NOW)


def test_a_turn_that_goes_well_writes_down_neither_words_nor_sender(records: Records, connection: Connection) -> None:
    records.inbox.receive("telegram", "7", at=NOW, sender="42", payload={"text": "he trembles"}, done=True)
    assert connection.execute("SELECT sender, payload FROM inbox").fetchall() == [(None, None)]


def test_an_event_whose_turn_is_not_done_is_kept_until_it_is(records: Records, connection: Connection) -> None:
    records.inbox.receive("telegram", "8", at=LATER, sender="43", payload="later")
    records.inbox.receive("telegram", "7", at=NOW, sender="42", payload={"text": "he trembles"})
    assert records.inbox.fail("telegram", "7") == 1
    assert records.inbox.fail("telegram", "7") == 2
    assert records.inbox.fail("telegram", "unknown") == 0
    assert records.inbox.unfinished(limit=1) == (InboxEvent("telegram", "7", "42", {"text": "he trembles"}, NOW, 2),)
    records.inbox.finish("telegram", "7", at=LATER)
    assert [event.event_id for event in records.inbox.unfinished(limit=9)] == ["8"]
    assert connection.execute("SELECT sender, payload FROM inbox WHERE event_id = '7'").fetchall() == [(None, None)]
    assert not records.inbox.receive("telegram", "7", at=LATER)


def test_old_keys_are_pruned_by_age_and_not_by_number(records: Records) -> None:
    """After a quiet week Telegram begins again at a random number."""
    records.inbox.receive("telegram", "9000", at=NOW, done=True)
    records.inbox.receive("telegram", "5", at=LATER, done=True)
    assert records.inbox.prune(before=LATER) == 1
    assert not records.inbox.receive("telegram", "5", at=LATER)
    assert records.inbox.receive("telegram", "9000", at=LATER)


def test_unfinished_events_are_pruned_only_where_that_is_asked_for(records: Records) -> None:
    records.inbox.receive("telegram", "7", at=NOW, payload="words")
    assert records.inbox.prune(before=LATER) == 0
    assert records.inbox.prune(before=LATER, unfinished_too=True) == 1


def test_pruning_takes_bites_so_that_no_parent_waits_for_it(records: Records) -> None:
    for number in range(5):
        records.inbox.receive("telegram", str(number), at=NOW, done=True)
    assert [records.inbox.prune(before=LATER, limit=2) for _ in range(4)] == [2, 2, 1, 0]
