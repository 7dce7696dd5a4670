"""Messages on their way."""

import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from store_helpers import NOW, add_family

from bot.store.database import open_for_writing
from bot.store.driver import Connection
from bot.store.key import Key
from bot.store.records import Records
from bot.store.rows import OutboxMessage
from bot.store.sqlite_records import SqliteRecords

SECOND = timedelta(seconds=1)
ESCALATION, USUAL, REMINDER = 0, 2, 3


def queue(
    records: Records,
    address: str = "1",
    priority: int = USUAL,
    *,
    parent_id: int | None = None,
    at: datetime = NOW,
    due_at: datetime | None = None,
    turn: int | None = None,
) -> int:
    return records.outbox.queue(
        "telegram",
        address,
        parent_id=parent_id,
        turn=turn,
        priority=priority,
        kind="say",
        payload={"text": "hello"},
        at=at,
        due_at=due_at,
    )


def due(records: Records, now: datetime = NOW, limit: int = 99) -> list[int]:
    return [message.id for message in records.outbox.due(now, limit=limit)]


def test_a_message_comes_back_as_it_was_queued(records: Records) -> None:
    parent, _ = add_family(records)
    message = queue(records, parent_id=parent.id, turn=4)
    assert records.outbox.due(NOW, limit=9) == (
        OutboxMessage(
            id=message,
            parent_id=parent.id,
            channel="telegram",
            address="1",
            turn=4,
            priority=USUAL,
            kind="say",
            payload={"text": "hello"},
            created_at=NOW,
            due_at=NOW,
            attempts=0,
            sent_at=None,
            message_id=None,
            failed_at=None,
            failure=None,
        ),
    )


def test_the_most_urgent_chat_comes_first_and_then_the_oldest(records: Records) -> None:
    reminder = queue(records, "1", REMINDER)
    usual = queue(records, "2", USUAL)
    escalation = queue(records, "3", ESCALATION)
    usual_too = queue(records, "4", USUAL)
    assert due(records) == [escalation, usual, usual_too, reminder]
    assert due(records, limit=2) == [escalation, usual]


def test_within_a_chat_messages_leave_in_order_one_at_a_time(records: Records) -> None:
    first, second, third = (queue(records) for _ in range(3))
    assert due(records) == [first]
    assert records.outbox.sent(first, at=NOW, message_id="100")
    assert due(records) == [second]
    assert records.outbox.give_up(second, at=NOW, reason="message is too long")
    assert due(records) == [third]


def test_an_escalation_passes_what_stands_before_it_in_its_chat_and_in_others(records: Records) -> None:
    other = queue(records, "2", USUAL)
    before = queue(records, "1", USUAL)
    escalation = queue(records, "1", ESCALATION)
    assert due(records) == [escalation, other]
    records.outbox.sent(escalation, at=NOW)
    assert due(records) == [other, before]


def test_what_waits_behind_a_message_is_known(records: Records) -> None:
    first = queue(records, "1")
    queue(records, "2")
    second, third = queue(records, "1"), queue(records, "1", due_at=NOW + SECOND)
    [message] = (one for one in records.outbox.due(NOW, limit=9) if one.id == first)
    assert [one.id for one in records.outbox.behind(message)] == [second, third]


def test_an_escalation_passes_a_message_that_waits_for_its_next_attempt(records: Records) -> None:
    before = queue(records, "1", USUAL)
    escalation = queue(records, "1", ESCALATION)
    after = queue(records, "1", USUAL)
    assert records.outbox.retry(before, due_at=NOW + 60 * SECOND)
    assert due(records) == [escalation]
    records.outbox.sent(escalation, at=NOW)
    assert due(records) == []
    assert due(records, NOW + 60 * SECOND) == [before]
    records.outbox.sent(before, at=NOW)
    assert due(records) == [after]


def test_an_equally_urgent_message_never_passes(records: Records) -> None:
    before = queue(records, "1", ESCALATION)
    queue(records, "1", ESCALATION)
    records.outbox.retry(before, due_at=NOW + SECOND)
    assert due(records) == []
    assert due(records, NOW + SECOND) == [before]


def test_a_chat_that_was_told_to_slow_down_stops_no_other(records: Records) -> None:
    queue(records, "1", ESCALATION)
    slow = queue(records, "1", USUAL)
    other = queue(records, "2", USUAL)
    later = queue(records, "1", USUAL, due_at=NOW + 90 * SECOND)
    assert records.outbox.hold("telegram", "1", until=NOW + 30 * SECOND) == 3
    assert due(records) == [other]
    assert records.outbox.next_due_at() == NOW
    held = [records.outbox.get(message) for message in (slow, later)]
    assert [message.due_at for message in held if message] == [NOW + 30 * SECOND, NOW + 90 * SECOND]


def test_every_attempt_is_counted(records: Records) -> None:
    message = queue(records)
    for _ in range(3):
        records.outbox.retry(message, due_at=NOW)
    [again] = records.outbox.due(NOW, limit=9)
    assert again.attempts == 3


def test_the_sender_knows_how_long_it_may_sleep(records: Records) -> None:
    assert records.outbox.next_due_at() is None
    queue(records, due_at=NOW + 5 * SECOND)
    sent = queue(records, "2")
    records.outbox.sent(sent, at=NOW)
    assert records.outbox.next_due_at() == NOW + 5 * SECOND
    assert records.outbox.waiting() == 1


def test_a_sent_message_is_found_by_its_turn_with_its_id_on_the_channel(records: Records) -> None:
    parent, _ = add_family(records)
    first, second = (queue(records, parent_id=parent.id, turn=4) for _ in range(2))
    queue(records, parent_id=parent.id, turn=5)
    records.outbox.sent(first, at=NOW + SECOND, message_id="100")
    messages = records.outbox.of_turn(parent.id, 4)
    assert [(m.id, m.message_id, m.sent_at) for m in messages] == [
        (first, "100", NOW + SECOND),
        (second, None, None),
    ]


def test_what_is_over_cannot_happen_again(records: Records) -> None:
    parent, _ = add_family(records)
    message = queue(records, parent_id=parent.id)
    assert records.outbox.sent(message, at=NOW, message_id="100")
    assert not records.outbox.sent(message, at=NOW, message_id="101")
    assert not records.outbox.retry(message, due_at=NOW)
    assert not records.outbox.give_up(message, at=NOW, reason="late")
    kept = records.outbox.get(message)
    assert kept is not None
    assert (kept.message_id, kept.failed_at) == ("100", None)


def test_a_parent_who_blocked_us_is_written_to_no_more(records: Records) -> None:
    parent, _ = add_family(records)
    mine = queue(records, "1", parent_id=parent.id)
    queue(records, "1")
    other = queue(records, "2")
    assert records.outbox.give_up_all("telegram", "1", at=NOW, reason="blocked") == 2
    assert due(records) == [other]
    given_up = records.outbox.get(mine)
    assert given_up is not None
    assert (given_up.failed_at, given_up.failure) == (NOW, "blocked")


def test_of_somebody_who_is_no_parent_nothing_is_kept_after_the_delivery(
    records: Records, connection: Connection
) -> None:
    sent, failed = queue(records, "1"), queue(records, "2")
    assert records.outbox.sent(sent, at=NOW, message_id="100")
    assert records.outbox.give_up(failed, at=NOW, reason="blocked")
    assert connection.execute("SELECT count(*) FROM outbox").fetchone() == (0,)


def test_what_was_said_in_earlier_turns_of_one_parent_can_be_forgotten(records: Records) -> None:
    parent, _ = add_family(records)
    other, _ = add_family(records, "2")
    old, waiting, new = (queue(records, parent_id=parent.id, turn=turn) for turn in (4, 4, 5))
    others = queue(records, "2", parent_id=other.id, turn=4)
    for message in (old, new, others):
        records.outbox.sent(message, at=NOW, message_id="100")
    assert records.outbox.purge_of(parent.id, before_turn=5) == 1
    assert records.outbox.purge_of(parent.id, before_turn=5) == 0
    said = {message: records.outbox.get(message) for message in (old, waiting, new, others)}
    assert [message for message, kept in said.items() if kept is not None and kept.payload is None] == [old]
    assert due(records) == [waiting]


def test_what_old_messages_said_is_forgotten_before_the_messages_are(records: Records) -> None:
    parent, _ = add_family(records)
    old, failed, new, waiting = (queue(records, str(n), parent_id=parent.id) for n in range(4))
    records.outbox.sent(old, at=NOW, message_id="100")
    records.outbox.give_up(failed, at=NOW, reason="too long: he trembles")
    records.outbox.sent(new, at=NOW + SECOND, message_id="101")
    assert records.outbox.purge(before=NOW + SECOND) == 2
    assert records.outbox.purge(before=NOW + SECOND) == 0
    said = {message: records.outbox.get(message) for message in (old, failed, new, waiting)}
    assert [m.payload if m else "gone" for m in said.values()] == [
        None,
        None,
        {"text": "hello"},
        {"text": "hello"},
    ]
    assert [m.message_id if m else "gone" for m in said.values()] == ["100", None, "101", None]
    assert [m.failure if m else "gone" for m in said.values()] == [None] * 4
    assert records.outbox.prune(before=NOW + 2 * SECOND, limit=2) == 2
    assert records.outbox.prune(before=NOW + 2 * SECOND, limit=2) == 1
    assert due(records) == [waiting]


class Model:
    """What the outbox should do, in the plainest words."""

    def __init__(self) -> None:
        # id -> (address, priority, due second), in the order in which they were queued
        self.waiting: dict[int, tuple[str, int, int]] = {}

    def due(self, now: int) -> list[int]:
        found: list[tuple[int, int]] = []
        for address in {address for address, _, _ in self.waiting.values()}:
            line = [(id_, p, d) for id_, (a, p, d) in self.waiting.items() if a == address]
            most_urgent = min((p for _, p, d in line if d <= now), default=None)
            for place, (id_, priority, when) in enumerate(line):
                in_front = any(p <= priority for _, p, _ in line[:place])
                if when <= now and priority == most_urgent and not in_front:
                    found.append((priority, id_))
        return [id_ for _, id_ in sorted(found)]


class OutboxMachine(RuleBasedStateMachine):
    """Whatever happens in whatever order, the outbox does what the model does."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.connection = open_for_writing(Path(self.folder.name) / "steady.db", Key("5a" * 32))
        # One transaction for the whole run: nothing here is about durability.
        self.connection.execute("BEGIN")
        self.records = SqliteRecords(self.connection)
        self.parents = {name: add_family(self.records, name)[0].id for name in "abc"}
        self.model = Model()
        self.now = 0

    def teardown(self) -> None:
        self.connection.close()
        self.folder.cleanup()

    def moment(self, second: int) -> datetime:
        return NOW + second * SECOND

    def pick(self, data: st.DataObject) -> int:
        return data.draw(st.sampled_from(list(self.model.waiting)))

    @rule(address=st.sampled_from("abc"), priority=st.integers(0, 3), later=st.integers(0, 3), known=st.booleans())
    def queue(self, address: str, priority: int, later: int, *, known: bool) -> None:
        when = self.now + later
        message = queue(
            self.records,
            address,
            priority,
            parent_id=self.parents[address] if known else None,
            at=self.moment(self.now),
            due_at=self.moment(when),
        )
        assert not self.model.waiting or message > max(self.model.waiting)
        self.model.waiting[message] = (address, priority, when)

    @rule(seconds=st.integers(1, 5))
    def wait(self, seconds: int) -> None:
        self.now += seconds

    @precondition(lambda self: self.model.waiting)
    @rule(data=st.data())
    def sent(self, data: st.DataObject) -> None:
        message = self.pick(data)
        assert self.records.outbox.sent(message, at=self.moment(self.now), message_id="1")
        del self.model.waiting[message]

    @precondition(lambda self: self.model.waiting)
    @rule(data=st.data())
    def give_up(self, data: st.DataObject) -> None:
        message = self.pick(data)
        assert self.records.outbox.give_up(message, at=self.moment(self.now), reason="no")
        del self.model.waiting[message]

    @precondition(lambda self: self.model.waiting)
    @rule(data=st.data(), later=st.integers(0, 5))
    def retry(self, data: st.DataObject, later: int) -> None:
        message = self.pick(data)
        assert self.records.outbox.retry(message, due_at=self.moment(self.now + later))
        address, priority, _ = self.model.waiting[message]
        self.model.waiting[message] = (address, priority, self.now + later)

    @rule(address=st.sampled_from("abc"), later=st.integers(0, 5))
    def hold(self, address: str, later: int) -> None:
        until = self.now + later
        held = self.records.outbox.hold("telegram", address, until=self.moment(until))
        mine = {id_: row for id_, row in self.model.waiting.items() if row[0] == address}
        assert held == len(mine)
        for id_, (_, priority, when) in mine.items():
            self.model.waiting[id_] = (address, priority, max(when, until))

    @rule(address=st.sampled_from("abc"))
    def block(self, address: str) -> None:
        self.records.outbox.give_up_all("telegram", address, at=self.moment(self.now), reason="blocked")
        self.model.waiting = {id_: row for id_, row in self.model.waiting.items() if row[0] != address}

    @rule()
    def clean_up(self) -> None:
        self.records.outbox.purge(before=self.moment(self.now))
        self.records.outbox.prune(before=self.moment(self.now))

    @invariant()
    def the_same_messages_are_due(self) -> None:
        assert due(self.records, self.moment(self.now)) == self.model.due(self.now)

    @invariant()
    def at_most_one_per_chat(self) -> None:
        addresses = [m.address for m in self.records.outbox.due(self.moment(self.now), limit=99)]
        assert len(addresses) == len(set(addresses))

    @invariant()
    def nothing_waits_for_ever(self) -> None:
        """Something of every chat that has a message is due sooner or later."""
        far = max((when for _, _, when in self.model.waiting.values()), default=0)
        addresses = {m.address for m in self.records.outbox.due(self.moment(far), limit=99)}
        assert addresses == {address for address, _, _ in self.model.waiting.values()}

    @invariant()
    def the_same_number_waits(self) -> None:
        assert self.records.outbox.waiting() == len(self.model.waiting)
        first = min((when for _, _, when in self.model.waiting.values()), default=None)
        assert self.records.outbox.next_due_at() == (None if first is None else self.moment(first))


TestOutboxAgainstItsModel = OutboxMachine.TestCase
TestOutboxAgainstItsModel.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
