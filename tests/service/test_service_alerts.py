"""Alerts to the people who run the bot: what they hold, when they come again, and when they stop."""

from pathlib import Path

import pytest
from test_service_whole_chat import ME, Family, engine

from bot.service.alerts import ACKNOWLEDGE, QUESTION
from bot.service.message_json import load_message
from bot.service.service import Service
from bot.store.records import Records
from bot.store.rows import OutboxMessage
from bot.talk.effects import Ask, Say
from bot.talk.events import Command
from bot.telemetry import hashed

CHAT = "-100200"


@pytest.fixture
def family(tmp_path: Path) -> Family:
    """A parent of a bot that has an alert chat."""
    family = Family(tmp_path)
    family.service = Service(engine(), family.writer, "test", family.clock, alert_chat=CHAT)
    family.agrees()
    return family


def waiting(family: Family) -> list[OutboxMessage]:
    """What waits for the alert chat, whatever holds it back."""

    def job(records: Records) -> list[OutboxMessage]:
        found = [one for number in range(1, 400) if (one := records.outbox.get(number)) is not None]
        return [one for one in found if one.address == CHAT and one.sent_at is None]

    return family.writer.submit(job).result()


def asks(family: Family) -> list[Ask]:
    """The alerts among them."""
    shown = [load_message(one.kind, one.payload) for one in waiting(family)]
    return [one for one in shown if isinstance(one, Ask)]


def deliver(family: Family) -> None:
    """Let the alert chat take all that waits for it."""
    for one in waiting(family):
        family.service.sent(one.id)


def test_an_emergency_reaches_the_alert_chat_with_a_button(family: Family) -> None:
    family.says("my baby is not breathing")
    [alert] = asks(family)
    assert alert.question == QUESTION
    assert [button.option for button in alert.buttons] == [ACKNOWLEDGE]
    assert "EMERGENCY" in alert.text
    assert "Age: not known" in alert.text
    assert "once in 24 hours" in alert.text


def test_an_alert_holds_no_name_no_word_and_no_rule(family: Family) -> None:
    family.says("my baby is not breathing")
    [alert] = asks(family)
    salt = family.writer.submit(lambda records: records.log_salt()).result()
    assert hashed(ME, salt) in alert.text
    for word in (ME, "breath", "E-01", "Kenya"):
        assert word not in alert.text


def test_a_private_reason_raises_no_alert(family: Family) -> None:
    family.says("I shook my baby")
    if family.session.prompt is not None and "yes" in family.session.prompt.options:
        family.presses("yes")
    assert family.session.check is not None
    assert any(flag.private for flag in family.session.check.flags.values())
    assert waiting(family) == []


def test_before_consent_there_is_no_alert(tmp_path: Path) -> None:
    family = Family(tmp_path)
    family.service = Service(engine(), family.writer, "test", family.clock, alert_chat=CHAT)
    family.says("my baby is not breathing")
    assert "Call 112 now" in "".join(family.shown)
    assert waiting(family) == []


def test_without_a_chat_there_is_no_alert(tmp_path: Path) -> None:
    family = Family(tmp_path)
    family.agrees()
    family.says("my baby is not breathing")
    assert family.writer.submit(lambda records: records.alerts.get(1)).result() is None


def test_an_alert_comes_again_until_somebody_has_seen_it(family: Family) -> None:
    family.says("my baby is not breathing")
    [alert] = asks(family)
    deliver(family)
    for number in (2, 3):
        family.clock.pass_(minutes=5)
        family.service.tick(family.clock())
        [alert] = asks(family)
        assert f"(sent {number} times)" in alert.text
        deliver(family)
    assert family.service.acknowledge_alert(alert.turn, by="operator 1")
    [answer] = [load_message(one.kind, one.payload) for one in waiting(family)]
    assert isinstance(answer, Say)
    deliver(family)
    family.clock.pass_(hours=3)
    family.service.tick(family.clock())
    assert waiting(family) == []


def test_an_alert_that_has_not_left_yet_is_not_queued_twice(family: Family) -> None:
    family.says("my baby is not breathing")
    for _ in range(3):
        family.clock.pass_(minutes=5)
        family.service.tick(family.clock())
    assert len(waiting(family)) == 1


def test_an_alert_is_seen_once_and_that_is_noted_without_the_parent(family: Family) -> None:
    family.says("my baby is not breathing")
    [alert] = asks(family)
    assert family.service.acknowledge_alert(alert.turn, by="operator 1")
    assert not family.service.acknowledge_alert(alert.turn, by="operator 2")
    assert not family.service.acknowledge_alert(999, by="operator 2")
    [entry] = family.writer.submit(lambda records: records.audit.latest(limit=9)).result()
    assert (entry.who, entry.what, entry.detail) == ("operator 1", "alert acknowledged", {"alert": alert.turn})


def test_the_same_level_in_the_same_check_is_one_alert(family: Family) -> None:
    family.says("my baby is not breathing")
    family.says("she is blue")
    assert len(asks(family)) == 1


def test_deleting_everything_takes_the_alerts_away(family: Family) -> None:
    family.says("my baby is not breathing")
    family.does(Command("delete"))
    family.presses("delete")
    assert waiting(family) == []
    family.clock.pass_(minutes=30)
    family.service.tick(family.clock())
    assert waiting(family) == []


def test_the_parent_is_not_shown_what_the_alert_chat_gets(family: Family) -> None:
    family.says("my baby is not breathing")
    assert not any("Alert" in text for text in family.shown)
    assert not any("Alert" in getattr(one, "text", "") for one in family.service.shown_last(ME))
