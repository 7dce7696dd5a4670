"""`steady explain 1234`: which version spoke and which rules stood, and nothing of what a parent told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.authoring.changes.versions import Library
from bot.authoring.explain.desk import Desk
from bot.authoring.explain.sent import is_message
from bot.authoring.explain.subject import NothingToExplainError
from bot.places import Places
from bot.script.load import Folder, read_folder
from bot.script.stored import pack
from bot.store.key import load_or_make_key
from bot.store.records import Records
from bot.store.visit import write_once
from bot.telemetry import hashed

CHECKOUT = Path(__file__).resolve().parents[2]
PLACES = Places(CHECKOUT / "dialogs", CHECKOUT / "content")
NOW = datetime(2026, 11, 22, 3, 15, tzinfo=UTC)
WORDS = "Why: a fever under 3 months (38.0 °C or more, or hot to touch) needs a hospital check now."
NAME = "Theodora"


class House:
    """A store with one parent, a published version that says other words than the folder, and what the desk tells."""

    def __init__(self, folder: Path) -> None:
        self.database, self.key_file = folder / "data" / "steady.db", folder / "config" / "steady.key"
        self.database.parent.mkdir()
        self.key_file.parent.mkdir()
        self.key = load_or_make_key(self.key_file, self.database)
        files = read_folder(PLACES.dialogs, PLACES.content).files
        spoken = files["content/outcomes.yaml"].replace("Let someone else drive if you can.", "Do not drive alone.")
        self.version = Folder({**files, "content/outcomes.yaml": spoken})
        self.salt = b""
        self.parent = 0

    def write(self, *, publish: bool = True) -> None:
        def job(records: Records) -> None:
            self.salt = records.log_salt()
            if publish:
                records.scripts.publish(self.version.hash, pack(self.version), at=NOW, by="a nurse", note="words")
            parent = records.parents.add("telegram", "4711", at=NOW)
            child = records.children.add(parent.id, NAME, birth_date=None, at=NOW)
            self.parent, self.child = parent.id, child.id
            self.check = records.checks.start(
                parent.id, child_id=child.id, dialog="danger_check", at=NOW, script_version=self.version.hash
            ).id
            for fact, value in (("temperature_c", "38.7"), ("birth_date", "2026-10-01"), ("colour", "blue")):
                records.answers.add(
                    self.check, question=fact, fact=fact, value=value, at=NOW, script_version=self.version.hash
                )

        write_once(self.database, self.key, job)

    def flag(self, rule: str, at: datetime, *, level: str = "EMERGENCY", private: bool = False) -> None:
        write_once(
            self.database,
            self.key,
            lambda records: records.flags.add(
                self.check, child_id=self.child, rule=rule, level=level, action="go", at=at,
                script_version=self.version.hash, private=private,
            ),
        )  # fmt: skip

    def message(self, at: datetime, text: str = WORDS, *, private: bool = False, turn: int | None = 7) -> int:
        return write_once(
            self.database,
            self.key,
            lambda records: records.outbox.queue(
                "telegram", "4711", parent_id=self.parent, turn=turn, priority=0, kind="escalate",
                payload={"text": text, "private": private}, at=at, script_version=self.version.hash,
            ),
        )  # fmt: skip

    def told(self, name: str | int) -> str:
        return "\n".join(Desk(Library(PLACES, self.database, self.key_file)).name(str(name), None))


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_a_message_tells_its_version_its_rules_its_texts_and_their_sources(house: House) -> None:
    house.write()
    house.flag("R-06", NOW, level="SOON")
    house.flag("F-01", NOW + timedelta(minutes=1))
    page = house.told(house.message(NOW + timedelta(minutes=1), f"Do not drive alone.\n\n{WORDS}"))

    assert f"(escalate) to parent {hashed('4711', house.salt)}, turn 7" in page
    assert f"Said by version {house.version.hash[:12]}, published 2026-11-22 03:15 UTC by a nurse." in page
    assert "Check: danger_check, begun 2026-11-22 03:15 UTC." in page
    assert "Raised in this turn: F-01 (EMERGENCY, go).\nRaised before: R-06 (SOON, go)." in page
    # The words of the version that spoke, not of the folder.
    assert "1. outcomes.levels.emergency_go.say (content/outcomes.yaml)" in page
    assert "2. red_flags.rules.F-01.because (content/red_flags.yaml)" in page
    assert "EMERGENCY, go, when fever: yes and younger age up to 3 months." in page
    assert "NICE NG143: NICE guideline NG143" in page
    assert "It looked at the answers about: birth_date, temperature_c." in page


def test_nothing_that_a_parent_told_is_in_it(house: House) -> None:
    house.write()
    house.flag("F-01", NOW)
    page = house.told(house.message(NOW, f"{NAME} is at 38.7 °C. {WORDS}"))

    for secret in (NAME, "38.7", "2026-10-01", "4711"):
        assert secret not in page


def test_a_flag_that_was_raised_later_did_not_make_the_message(house: House) -> None:
    house.write()
    message = house.message(NOW)
    house.flag("F-01", NOW + timedelta(minutes=5))

    assert "F-01 (" not in house.told(message)


def test_words_that_are_gone_leave_the_rules(house: House) -> None:
    house.write()
    house.flag("F-01", NOW)
    message = house.message(NOW)

    def forget(records: Records) -> None:
        records.outbox.sent(message, at=NOW, message_id="1")
        records.outbox.purge(before=NOW + timedelta(days=1))

    write_once(house.database, house.key, forget)
    page = house.told(message)

    assert "Its words are gone" in page
    assert "F-01: High temperature under 3 months" in page


@pytest.mark.parametrize("how", ["message", "flag", "flag of a check that has ended"])
def test_what_is_private_is_not_explained(house: House, how: str) -> None:
    house.write()
    at = NOW
    if how != "message":
        house.flag("E-12", NOW, private=True)
    if how == "flag of a check that has ended":
        write_once(
            house.database, house.key, lambda records: records.checks.end(house.check, status="finished", at=NOW)
        )
        at = NOW + timedelta(hours=3)
    page = house.told(house.message(at, "Put Mia down now, in the cot, on the back.", private=how == "message"))

    assert page.splitlines()[-1].startswith("Something in this check is kept from other eyes")
    for reason in ("E-12", "parent_at_limit", "child_hurt", "private", "EMERGENCY"):
        assert reason not in page


def test_a_version_that_is_not_kept_leaves_the_numbers(house: House) -> None:
    house.write(publish=False)
    house.flag("F-01", NOW)
    page = house.told(house.message(NOW))

    assert f"Said by version {house.version.hash[:12]}. That version is kept no longer" in page
    assert "Raised in this turn: F-01 (EMERGENCY, go)." in page


def test_an_alert_leads_to_the_messages_of_its_turn(house: House) -> None:
    house.write()
    at = NOW + timedelta(minutes=2)
    house.flag("F-01", at)
    house.message(NOW, "Look at Mia now.", turn=6)
    house.message(at)

    def alert(records: Records) -> int:
        records.sessions.save(house.parent, state="{}", turn=9, script_version=house.version.hash, at=at)
        return records.alerts.add(house.parent, level="EMERGENCY", age_band="not known", at=at).id

    number = write_once(house.database, house.key, alert)
    page = house.told(f"alert:{number}")

    assert page.count("Message ") == 1
    assert "turn 7" in page
    assert "Raised in this turn: F-01" in page


def test_a_line_of_the_log_leads_to_the_messages_of_its_turn(house: House) -> None:
    house.write()
    house.message(NOW)
    house.message(NOW, "Film it, if someone else can hold the phone.")
    page = house.told(f"{hashed('4711', house.salt)}:7")

    assert page.count("Message ") == 2


def test_an_alert_to_the_operators_is_no_message_of_a_chat(house: House) -> None:
    house.write()

    assert "It was no message of a chat with a parent" in house.told(house.message(NOW, "Alert 1", turn=None))


@pytest.mark.parametrize("name", ["99", "message:99", "#99", "alert:99", f"{'0' * 16}:3"])
def test_a_message_that_nobody_knows_is_told_so(house: House, name: str) -> None:
    house.write()

    assert is_message(name)
    with pytest.raises(NothingToExplainError, match="there is no message"):
        house.told(name)


@pytest.mark.parametrize("name", ["F-01", "S-012", "tremor:12", "episode.state"])
def test_other_names_are_no_messages(name: str) -> None:
    assert not is_message(name)
