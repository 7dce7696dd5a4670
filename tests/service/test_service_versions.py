"""Which version a parent talks with while others are published; with engines that only say which one they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from service_helpers import KEY, NOW, Clock, running

from bot.errors import SteadyError
from bot.script.edit_class import EditClass
from bot.script.load import Folder
from bot.script.problems import Place, Problem, ScriptError
from bot.script.stored import pack
from bot.service.alerts import Alerts
from bot.service.message_json import load_message
from bot.service.publications import OvertakenError, Release, publish
from bot.service.versions import VersionError, Versions
from bot.store.database import open_for_writing
from bot.store.records import Records
from bot.store.rows import OutboxMessage, Publication
from bot.store.sqlite_records import SqliteRecords
from bot.store.visit import read_once, write_once
from bot.store.writer import Writer
from bot.talk.around import NOTHING, Around
from bot.talk.effects import Effect, Say
from bot.talk.engine import Engine
from bot.talk.events import Command, Event
from bot.talk.session import Session

CHAT = "-77"
CANCEL = Command("cancel")
HELP = Command("help")


class Told(Engine):
    """An engine that says its name; /start begins a check, /cancel ends one."""

    def __init__(self, folder: Folder) -> None:
        self.name = folder.files["name"]
        self.script = cast("Any", SimpleNamespace(hash=folder.hash))

    def step(
        self, session: Session, event: Event, now: datetime, around: Around = NOTHING
    ) -> tuple[Session, tuple[Effect, ...]]:
        turn = session.turn + 1
        check = session.check
        if event == Command("start"):
            check = running(turn)
        elif event == CANCEL:
            check = None
        return replace(session, turn=turn, check=check, script=self.script.hash), (Say(self.name),)

    def failure(self, session: Session, now: datetime) -> tuple[Session, tuple[Effect, ...]]:
        return session, (Say(f"{self.name} failed"),)


def folder(name: str) -> Folder:
    return Folder({"name": name})


class Published:
    """A running bot's versions, and another process that publishes beside it."""

    def __init__(self, path: Path, writer: Writer) -> None:
        self.path = path
        self.writer = writer
        self.clock = Clock()
        self.built: list[str] = []
        self.broken: set[str] = set()
        self.versions = self.another_start()
        self.session = Session()

    def another_start(self) -> Versions:
        return Versions(self.writer, Alerts("test", CHAT), self.make, self.clock)

    def make(self, given: Folder, test: bool) -> Engine:
        self.built.append(given.files["name"] + ("" if test else " for parents"))
        if given.files["name"] in self.broken:
            raise ScriptError([Problem(Place("dialogs/a.yaml", 7), "this is wrong.", "Mend it.")])
        return Told(given)

    def begin(self) -> None:
        self.versions.begin(lambda: folder("shipped"))

    def publish(
        self, name: str, moves: Mapping[str, EditClass] | None = None, *, content: bytes | None = None, **more: Any
    ) -> Publication:
        """As `steady publish` does, from another process; `moves` go by name."""
        before = read_once(self.path, KEY, lambda records: records.scripts.current_hash())
        release = Release(
            folder(name).hash,
            content or pack(folder(name)),
            "Ada",
            before=before,
            moves={folder(one).hash: to for one, to in (moves or {}).items()},
            **more,
        )
        return write_once(self.path, KEY, lambda records: publish(records, release, at=self.clock()))

    def says(self, event: Event = HELP) -> str:
        """Let the parent do something, and give who answered; the session is stored as after a turn."""
        self.session, [effect] = self.versions.step(self.session, event, self.clock())
        self.store(self.session)
        assert isinstance(effect, Say)
        return effect.text

    def store(self, session: Session, person: str = "1") -> None:
        connection = open_for_writing(self.path, KEY)
        records = SqliteRecords(connection)
        parent = records.parents.find("test", person) or records.parents.add("test", person, at=NOW)
        records.sessions.save(parent.id, state="{}", turn=session.turn, script_version=session.script, at=self.clock())
        connection.close()

    def alerts(self) -> list[str]:
        """What the people who run the bot were told."""

        def job(records: Records) -> list[OutboxMessage]:
            first = [one for one in records.outbox.due(self.clock(), limit=99) if one.address == CHAT]
            return [*first, *(later for one in first for later in records.outbox.behind(one))]

        return [getattr(load_message(one.kind, one.payload), "text", "") for one in read_once(self.path, KEY, job)]


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Published]:
    with Writer.open(tmp_path / "steady.db", KEY) as writer:
        yield Published(tmp_path / "steady.db", writer)


def test_a_first_start_publishes_what_was_shipped_and_a_second_one_does_not(bot: Published) -> None:
    bot.begin()
    bot.another_start().begin(lambda: folder("another program"))

    [only] = read_once(bot.path, KEY, lambda records: records.scripts.publications())
    assert (only.kind, only.by, only.hash) == ("first start", "steady run", folder("shipped").hash)
    [audit] = read_once(bot.path, KEY, lambda records: records.audit.latest(limit=9))
    assert (audit.who, audit.what) == ("steady run", "version published at the first start")
    assert audit.detail["version"] == only.hash
    assert bot.says() == "shipped"


def test_a_shipped_folder_with_a_mistake_is_not_published(bot: Published) -> None:
    bot.broken.add("shipped")

    with pytest.raises(ScriptError, match=r"dialogs/a\.yaml, line 7"):
        bot.begin()
    assert read_once(bot.path, KEY, lambda records: records.scripts.current()) is None


def test_a_new_version_is_taken_up_once_and_each_is_built_once(bot: Published) -> None:
    bot.begin()
    assert bot.versions.look() is None
    bot.publish("new")

    script = bot.versions.look()

    assert script is not None
    assert script.hash == folder("new").hash == bot.versions.publication.hash
    assert bot.versions.look() is None
    assert bot.says() == "new"
    assert bot.built == ["shipped", "new"]


def test_until_it_is_looked_for_nothing_changes(bot: Published) -> None:
    bot.begin()
    bot.publish("new")

    assert bot.says() == "shipped"


@pytest.mark.parametrize("edit", [EditClass.WORDING, EditClass.STRICTER])
def test_a_running_check_goes_on_with_a_version_that_is_reworded_or_stricter(bot: Published, edit: EditClass) -> None:
    bot.begin()
    bot.says(Command("start"))
    bot.publish("new", {"shipped": edit})
    bot.versions.look()

    assert bot.says() == "new"


@pytest.mark.parametrize("edit", [EditClass.LOOSER, EditClass.STRUCTURAL])
def test_a_running_check_stays_with_its_own_version_otherwise_and_a_new_one_begins_with_the_new(
    bot: Published, edit: EditClass
) -> None:
    bot.begin()
    bot.says(Command("start"))
    bot.publish("new", {"shipped": edit})
    bot.versions.look()

    assert bot.says() == "shipped"
    assert bot.says() == "shipped"
    assert bot.says(CANCEL) == "shipped"
    assert bot.says(Command("start")) == "new"


def test_a_check_begun_in_the_very_turn_that_ends_a_pinned_one_is_of_the_new_version(bot: Published) -> None:
    bot.begin()
    bot.says(Command("start"))
    bot.publish("new", {"shipped": EditClass.LOOSER})
    bot.versions.look()

    assert bot.says(Command("start")) == "new"
    assert bot.session.script == folder("new").hash


def test_what_nobody_has_classed_counts_as_structural(bot: Published) -> None:
    bot.begin()
    bot.says(Command("start"))
    bot.publish("new")
    bot.versions.look()

    assert bot.says() == "shipped"


def test_a_check_that_has_ended_binds_nobody(bot: Published) -> None:
    bot.begin()
    bot.says(Command("start"))
    assert bot.session.check is not None
    bot.session = replace(bot.session, check=replace(bot.session.check, ended=True))
    bot.publish("new", {"shipped": EditClass.STRUCTURAL})
    bot.versions.look()

    assert bot.says() == "new"


def test_a_day_after_its_version_was_replaced_a_check_goes_on_with_the_current_one(bot: Published) -> None:
    bot.begin()
    bot.says(Command("start"))
    bot.publish("second", {"shipped": EditClass.STRUCTURAL})
    bot.clock.pass_(hours=23)
    # A third version does not give the first another day.
    bot.publish("third", {"shipped": EditClass.STRUCTURAL, "second": EditClass.WORDING})
    bot.versions.look()
    assert bot.says() == "shipped"

    bot.clock.pass_(hours=1)
    assert bot.says() == "third"
    bot.versions.look()
    assert bot.versions._engines.keys() == {(folder("third").hash, False)}


def test_pins_outlive_a_restart(bot: Published) -> None:
    bot.begin()
    bot.says(Command("start"))
    bot.publish("new", {"shipped": EditClass.LOOSER})

    bot.versions = bot.another_start()
    bot.begin()

    assert bot.says() == "shipped"


def test_after_a_restart_nothing_is_built_that_nobody_talks_with(bot: Published) -> None:
    bot.begin()
    bot.publish("second")
    bot.publish("third")

    bot.versions = bot.another_start()
    bot.begin()

    assert bot.built == ["shipped", "third"]


def test_a_version_that_cannot_be_built_never_replaces_the_good_one_and_operators_are_told_once(
    bot: Published,
) -> None:
    bot.begin()
    bot.broken.add("bad")
    bot.publish("bad", {"shipped": EditClass.WORDING})

    for _ in range(3):
        assert bot.versions.look() is None
        assert bot.says() == "shipped"

    [alert] = bot.alerts()
    assert alert == (
        f"Version {folder('bad').hash[:12]} was published and CANNOT be used: dialogs/a.yaml, line 7: this is wrong. "
        f"Mend it. Parents go on with version {folder('shipped').hash[:12]}. Put that one back with "
        "`steady publish --rollback`, or publish a good one."
    )
    bot.publish("good")
    assert bot.versions.look() is not None


def test_a_version_whose_files_are_not_those_of_its_name_is_not_used(bot: Published) -> None:
    bot.begin()
    bot.publish("new", content=pack(folder("tampered")))

    assert bot.versions.look() is None
    assert bot.says() == "shipped"
    assert "is not stored as it was published" in bot.alerts()[0]
    assert "tampered" not in bot.built


def test_a_mistake_of_our_own_in_building_does_not_stop_the_bot_and_its_words_are_not_told(
    bot: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot.begin()
    bot.publish("new")

    def fails(_: Folder, __: object) -> Engine:
        raise KeyError("something from inside")

    monkeypatch.setattr(bot.versions, "_make", fails)
    assert bot.versions.look() is None
    assert "CANNOT be used: KeyError" in bot.alerts()[0]


def test_a_start_with_a_bad_latest_version_goes_back_to_the_one_before_but_not_to_what_was_rolled_back(
    bot: Published,
) -> None:
    bot.begin()
    first = bot.versions.publication
    bot.publish("harmful")
    bot.publish("shipped", kind="rollback", restores=first.id)
    bot.publish("bad")
    bot.broken.add("bad")

    bot.versions = bot.another_start()
    bot.begin()

    assert bot.says() == "shipped"
    assert "harmful" not in bot.built
    assert len(bot.alerts()) == 1
    assert bot.versions.look() is None
    assert len(bot.alerts()) == 1


def test_a_start_without_any_version_that_can_be_used_ends_with_what_to_do(bot: Published) -> None:
    bot.begin()
    bot.broken.add("shipped")

    with pytest.raises(VersionError, match="steady publish") as caught:
        bot.another_start().begin(lambda: folder("another program"))
    assert "dialogs/a.yaml, line 7" in str(caught.value)


def test_a_pinned_version_that_cannot_be_built_any_more_gives_way_and_operators_are_told(bot: Published) -> None:
    bot.begin()
    bot.says(Command("start"))
    bot.publish("new", {"shipped": EditClass.STRUCTURAL})
    bot.broken.add("shipped")

    bot.versions = bot.another_start()
    bot.begin()

    assert bot.says() == "new"
    [alert] = bot.alerts()
    assert alert.startswith(
        f"Version {folder('shipped').hash[:12]}, with which some checks are running, cannot be used"
    )


def test_without_a_chat_for_alerts_nothing_is_queued(bot: Published) -> None:
    bot.versions = Versions(bot.writer, Alerts("test", None), bot.make, bot.clock)
    bot.begin()
    bot.broken.add("bad")
    bot.publish("bad")

    assert bot.versions.look() is None
    assert read_once(bot.path, KEY, lambda records: records.outbox.waiting()) == 0


def test_a_failure_is_told_in_the_words_of_the_version_that_the_parent_sees(bot: Published) -> None:
    bot.begin()
    bot.says(Command("start"))
    bot.publish("new", {"shipped": EditClass.LOOSER})
    bot.versions.look()

    assert bot.versions.failure(bot.session, bot.clock())[1] == (Say("shipped failed"),)
    assert bot.versions.failure(Session(), bot.clock())[1] == (Say("new failed"),)


def test_who_is_overtaken_while_publishing_changes_nothing(bot: Published) -> None:
    bot.begin()
    late = Release(folder("late").hash, pack(folder("late")), "Bo", before=folder("shipped").hash)
    bot.publish("quick")

    with pytest.raises(OvertakenError, match="steady versions"):
        write_once(bot.path, KEY, lambda records: publish(records, late, at=NOW))
    kept = read_once(bot.path, KEY, lambda records: [one.hash for one in records.scripts.all()])
    assert folder("late").hash not in kept
    assert isinstance(OvertakenError("x"), SteadyError)


def test_a_test_version_that_is_published_for_parents_is_built_anew_and_says_no_more_that_it_is_one(
    bot: Published,
) -> None:
    bot.begin()
    bot.publish("shipped", for_parents=True)

    assert bot.versions.look() is not None
    assert bot.built == ["shipped", "shipped for parents"]


def test_before_it_has_begun_it_says_so(bot: Published) -> None:
    with pytest.raises(RuntimeError, match="begin"):
        bot.versions.step(Session(), CANCEL, NOW + timedelta(days=1))
