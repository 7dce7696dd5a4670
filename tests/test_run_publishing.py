"""Publishing beside the real `steady run`, with parents in the middle of a check."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
import pytest_asyncio

from bot.authoring.changes.change import Changes
from bot.authoring.changes.levels import Played
from bot.authoring.publishing import compared
from bot.authoring.publishing.desk import Desk
from bot.authoring.publishing.publish import Outcome, Wish, publish
from bot.authoring.publishing.rollback import roll_back
from bot.authoring.ready import CHECK, Stage
from bot.places import CONTENT, DIALOGS, Places, find_places
from bot.script.load import read_folder
from bot.service.publications import Release
from bot.store.jsontext import from_json
from bot.store.key import load_key
from bot.store.records import Records
from bot.store.visit import read_once
from tests.answering import Answering
from tests.fake_telegram import FakeTelegram
from tests.steady_process import BY_WEBHOOK, POLLING, Steady, eventually

TEMPERATURE, RULES = "dialogs/temperature.yaml", "content/red_flags.yaml"
WORDING = (TEMPERATURE, "tummy. How does it feel?", "tummy. How is it?")
STRICTER = (
    RULES,
    "when: {fever: yes, age_younger: up to 3 months}}",
    "when: {any: [{fever: yes}, {temperature_c: at least 37.5}], age_younger: up to 3 months}}",
)
FEELS_COLD = """  feels_cold:
    ask: |
      Feel once more, under the clothes. Do the chest and tummy feel cold?
    options:
      yes: Yes
      no: No
    sources: [WHO IMCI, neonatal temperature guidance]

"""
DELETED = ((TEMPERATURE, "  - ask: feels_cold\n", ""), (TEMPERATURE, FEELS_COLD, ""))
BROKEN = (TEMPERATURE, "  - ask: temperature_method\n", "  - ask: temprature_method\n")

HOT, COLD = "temperature.feels_hot", "temperature.feels_cold"
CHANGED = "Some questions have changed since you began."
AGE = {"child.birth_date": "2 months"}
NO_THERMOMETER = {"temperature.temperature_c": "not_sure", "temperature.feels_hot": "not_sure"}
ALERT_CHAT = -1_009


class Author:
    """Somebody who edits a copy of the dialogs and publishes it from another process than the bot's."""

    def __init__(self, steady: Steady, folder: Path) -> None:
        self.steady = steady
        self.folder = folder
        for name, path in ((DIALOGS, find_places().dialogs), (CONTENT, find_places().content)):
            shutil.copytree(path, folder / name)
        self.places = Places(folder / DIALOGS, folder / CONTENT)
        data, config = (Path(steady.env[name]) for name in ("STEADY_DATA_DIR", "STEADY_CONFIG_DIR"))
        self.desk = Desk(data / "steady.db", load_key(config / "steady.key"), "telegram")
        self.said: list[str] = []

    def edits(self, *edits: tuple[str, str, str]) -> None:
        for file, before, after in edits:
            path = self.folder / file
            text = path.read_text(encoding="utf-8")
            assert text.count(before) == 1, f"{before!r} stands {text.count(before)} times in {file}"
            path.write_text(text.replace(before, after), encoding="utf-8")

    async def publishes(self, *stages: Stage) -> Outcome:
        """Publish what stands in the folder; the bot goes on meanwhile."""
        self.said.clear()
        wish, say = Wish("Ada"), self.said.append
        return await asyncio.to_thread(lambda: publish(self.places, self.desk, wish, clock=now, say=say, stages=stages))

    async def goes_back(self) -> Outcome:
        wish, say = Wish("Ada"), self.said.append
        return await asyncio.to_thread(lambda: roll_back(self.desk, None, wish, clock=now, say=say))

    async def brings(self, *edits: tuple[str, str, str]) -> str:
        """Edit, publish, and wait until the bot has taken it up; the class of the edit."""
        before = self.steady.logged("version_taken_up")
        self.edits(*edits)
        assert await self.publishes() is Outcome.PUBLISHED, self.said
        await eventually(lambda: self.steady.logged("version_taken_up") > before, why=lambda: self.steady.said)
        return self.current_class

    @property
    def current_class(self) -> str:
        latest = read_once(self.desk.path, self.desk.key, lambda records: records.scripts.current())
        assert latest is not None
        return str(latest.edit_class)

    def versions_of(self, family: Answering) -> tuple[str, str]:
        """The version that spoke last with a parent, and the one that parents see now, by the first letters."""

        def job(records: Records) -> tuple[str, str]:
            parent = records.parents.find("telegram", str(family.parent.id))
            assert parent is not None
            stored = records.sessions.load(parent.id)
            assert stored is not None
            assert from_json(stored.state)["script"] == stored.script_version
            return stored.script_version, records.scripts.current_hash() or ""

        return read_once(self.desk.path, self.desk.key, job)


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(autouse=True)
def _nobody_is_played(monkeypatch: pytest.MonkeyPatch) -> None:
    """All chats with both versions would take minutes, and have tests of their own."""

    def nobody(changes: Changes, *_: object) -> tuple[Changes, Played]:
        return changes, Played()

    monkeypatch.setattr(compared, "with_levels", nobody)


@pytest_asyncio.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest_asyncio.fixture
async def steady(telegram: FakeTelegram, tmp_path: Path) -> AsyncIterator[Steady]:
    telegram.group(ALERT_CHAT)
    async with Steady(telegram, tmp_path, settings={"STEADY_ALERT_CHAT": str(ALERT_CHAT)}) as running:
        yield running


@pytest.fixture
def author(steady: Steady, tmp_path: Path) -> Author:
    return Author(steady, tmp_path / "scripts")


def texts_since(family: Answering, number: int) -> str:
    return "\n".join(family.parent.texts[number:])


@pytest.mark.parametrize("way", [POLLING, BY_WEBHOOK])
async def test_other_words_reach_a_parent_in_the_middle_of_a_check_who_notices_nothing_else(
    telegram: FakeTelegram, tmp_path: Path, way: str
) -> None:
    async with Steady(telegram, tmp_path, way=way) as steady:
        author = Author(steady, tmp_path / "scripts")
        family = Answering(steady, typed=AGE)
        await family.starts("fever")
        await family.answers(until="temperature.temperature_c")

        assert await author.brings(WORDING) == "wording"
        shown = len(family.parent.messages)
        family.parent.writes("37.6")
        await family.is_asked()

        assert family.question == HOT
        assert "tummy. How is it?" in texts_since(family, shown)
        assert CHANGED not in texts_since(family, shown)
        spoke, current = author.versions_of(family)
        assert spoke == current
        await family.answers()
        assert await steady.stop() == 0
        assert steady.logged("started") == 1
        assert telegram.refused == []


async def test_a_stricter_limit_raises_its_flag_at_the_next_turn_of_a_running_check(
    steady: Steady, author: Author
) -> None:
    family = Answering(steady, typed=AGE | {"temperature.temperature_c": "37.6"})
    await family.starts("fever")
    await family.answers(until=HOT)

    assert await author.brings(STRICTER) == "stricter"
    shown = len(family.parent.messages)
    family.press("usual")
    await family.is_asked()

    assert "Go to the hospital emergency department now." in texts_since(family, shown)


async def test_of_a_deleted_question_the_parent_who_is_asked_it_hears_nothing_and_a_new_check_is_without_it(
    steady: Steady, author: Author
) -> None:
    family = Answering(steady, typed=AGE, chosen=NO_THERMOMETER)
    await family.starts("fever")
    await family.answers(until=COLD)
    first, _ = author.versions_of(family)

    assert await author.brings(*DELETED) == "structural"
    assert "1 parent is in the middle of a check." in author.said
    assert f"  at a question that changes, {COLD}: fewer than 10" in author.said
    shown = len(family.parent.messages)
    family.press("no")
    await family.is_asked()
    assert CHANGED not in texts_since(family, shown)
    assert author.versions_of(family)[0] == first

    await family.answers()
    assert author.versions_of(family)[0] == first

    family.asked.clear()
    family.press("fever")
    await family.is_asked()
    spoke, current = author.versions_of(family)
    assert spoke == current != first
    await family.answers()
    assert "temperature.feels_hot" in family.asked
    assert COLD not in family.asked


async def test_a_check_begun_anew_from_the_middle_of_an_old_one_is_of_the_new_version(
    steady: Steady, author: Author
) -> None:
    family = Answering(steady, typed=AGE, chosen=NO_THERMOMETER)
    await family.starts("fever")
    await family.answers(until=COLD)
    await author.brings(*DELETED)

    family.parent.writes("/start")
    await family.is_asked()
    assert family.question == "resume"
    family.press("start_again")
    await family.is_asked()

    spoke, current = author.versions_of(family)
    assert spoke == current


async def test_a_pinned_check_goes_on_with_its_version_after_a_restart(steady: Steady, author: Author) -> None:
    family = Answering(steady, typed=AGE, chosen=NO_THERMOMETER)
    await family.starts("fever")
    await family.answers(until=COLD)
    first, _ = author.versions_of(family)
    await author.brings(*DELETED)

    assert await steady.stop() == 0
    await steady.start()
    family.press("no")
    await family.is_asked()

    assert author.versions_of(family)[0] == first
    assert any("The dialogs with this program are others" in line for line in steady.stdout)


async def test_a_broken_file_is_refused_with_its_line_and_parents_notice_nothing(
    steady: Steady, author: Author
) -> None:
    family = Answering(steady, typed=AGE | {"temperature.temperature_c": "37.6"})
    await family.starts("fever")
    author.edits(BROKEN)

    assert await author.publishes(CHECK) is Outcome.REFUSED
    assert any("Did you mean 'temperature_method'?" in line for line in author.said)
    await family.answers()
    assert steady.logged("version_taken_up") == 0
    assert steady.logged("version_unusable") == 0


async def test_a_broken_version_that_got_into_the_store_anyway_is_not_talked_from_and_operators_are_told(
    steady: Steady, author: Author
) -> None:
    family = Answering(steady, typed=AGE | {"temperature.temperature_c": "37.6"})
    await family.starts("fever")
    before = read_once(author.desk.path, author.desk.key, lambda records: records.scripts.current_hash())
    author.desk.publish(Release("f" * 64, b'{"files": {}}', "Mallory", before=before), now=now())

    await steady.until_logged("version_unusable")
    chat = steady.telegram.chats[ALERT_CHAT]
    await eventually(lambda: chat.messages, why=lambda: steady.said)
    assert chat.messages[0].text.startswith("Version ffffffffffff was published and CANNOT be used: ")
    await family.answers()

    # A restart does not take it either, and a good one is taken up.
    assert await steady.stop() == 0
    await steady.start()
    family.press("fever")
    await family.is_asked()
    assert author.versions_of(family)[0] == before
    assert await author.brings(WORDING) == "structural"


async def test_after_a_rollback_parents_read_the_old_words_again(steady: Steady, author: Author) -> None:
    await author.brings(WORDING)
    family = Answering(steady, typed=AGE)
    await family.starts("fever")
    await family.answers(until="temperature.temperature_c")

    assert await author.goes_back() is Outcome.PUBLISHED
    await eventually(lambda: steady.logged("version_taken_up") == 2, why=lambda: steady.said)
    shown = len(family.parent.messages)
    family.parent.writes("37.6")
    await family.is_asked()

    assert "tummy. How does it feel?" in texts_since(family, shown)


async def test_what_telegram_shows_around_the_chat_follows_too(steady: Steady, author: Author) -> None:
    await eventually(lambda: steady.telegram.calls_of("setMyCommands"), why=lambda: steady.said)

    await author.brings(("content/phrases.yaml", "command_history: Your diary", "command_history: Your notes"))

    def told() -> bool:
        return any("Your notes" in str(one.given) for one in steady.telegram.calls_of("setMyCommands"))

    await eventually(told, why=lambda: steady.said)


async def test_while_versions_come_one_after_the_other_every_family_reaches_its_end(
    steady: Steady, author: Author
) -> None:
    families = [
        Answering(steady, 7_000_001 + number, typed=AGE | {"temperature.temperature_c": "37.6"}) for number in range(4)
    ]
    chats = asyncio.gather(*(family.chats("fever") for family in families))
    words = ["tummy. How does it feel?", "tummy. How is it?", "tummy. What is it like?", "tummy. How warm is it?"]
    for before, after in pairwise(words):
        await author.brings((TEMPERATURE, before, after))
    await chats

    for family in families:
        assert family.asked[-1] == "menu"
        turns = [one for one in family.asked if "." in one]
        assert len(turns) == len(set(turns))
    assert steady.telegram.refused == []
    assert await steady.stop() == 0
    assert steady.logged("turn_failed") == 0


async def test_the_first_start_publishes_what_was_shipped_and_says_so(steady: Steady, author: Author) -> None:
    shipped = read_folder(find_places().dialogs, find_places().content).hash
    latest = read_once(author.desk.path, author.desk.key, lambda records: records.scripts.current())

    assert latest is not None
    assert (latest.hash, latest.kind, latest.for_parents) == (shipped, "first start", False)
    assert any(line.strip().endswith("by steady run.") for line in steady.stdout)
    assert not any("are others" in line for line in steady.stdout)
