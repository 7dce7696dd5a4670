"""A folder that authors work on, and a database in which is published."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import yaml

from bot.authoring.changes.change import Changes
from bot.authoring.changes.levels import Played
from bot.authoring.publishing.desk import Desk
from bot.authoring.publishing.publish import Outcome, Wish, publish
from bot.authoring.publishing.rollback import roll_back
from bot.authoring.ready import Stage
from bot.places import Places
from bot.script.load import Folder, read_folder
from bot.script.phrases import BUTTONS, TEXTS
from bot.script.test_version import FIELD, SAY_IT
from bot.store.database import open_for_writing
from bot.store.jsontext import to_json
from bot.store.key import Key
from bot.store.records import Records
from bot.store.rows import Publication
from bot.store.visit import read_once, write_once
from bot.talk.session import Check, Pending, Prompt, Session
from bot.talk.session import Stage as Came
from bot.talk.session_json import dump

CHECKOUT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
KEY = Key("5a" * 32)

T = TypeVar("T")

WORDS = """\
version: 1
signs:
  blue: {sets: {colour: blue}}
languages:
  en: {name: English, reviewed: no, signs: {blue: {phrases: [is blue]}}}
"""

WORDING = ("dialogs/fever.yaml", "yes: Hot", "yes: Warm")
"""An edit of one label."""


def stage(*found: str, name: str = "Check") -> Stage:
    """A stage that finds these things."""
    return Stage(name, lambda _: list(found))


def make_small_script(folder: Path) -> None:
    """The small script of the broken ones, with what the engine needs besides."""
    for name in ("dialogs", "content"):
        shutil.copytree(CHECKOUT / "tests" / "broken_scripts" / "base" / name, folder / name)
    shutil.copy(CHECKOUT / "content" / "emergency_numbers.yaml", folder / "content" / "emergency_numbers.yaml")
    texts = {name: FIELD if name in SAY_IT else name for name in TEXTS}
    phrases = yaml.safe_dump({"buttons": {name: name[:40] for name in BUTTONS}, "texts": texts})
    (folder / "content" / "phrases.yaml").write_text(phrases, encoding="utf-8")
    (folder / "content" / "words.yaml").write_text(WORDS, encoding="utf-8")


def nobody_played(changes: Changes, *_: object) -> tuple[Changes, Played]:
    """In the place of playing all chats and cases with both versions."""
    return changes, Played(changes.levels, 5)


@dataclass
class House:
    """Publishing without what takes minutes: `stages` stand for the check, the proof and the chats."""

    folder: Path
    said: list[str] = field(default_factory=list)
    now: datetime = NOW

    def __post_init__(self) -> None:
        make_small_script(self.folder)
        self.places = Places(self.folder / "dialogs", self.folder / "content")
        self.database = self.folder / "steady.db"
        self.desk = Desk(self.database, KEY, "telegram")

    def clock(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def edit(self, file: str, before: str, after: str) -> None:
        """Change one text at the one place where it stands."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(before) == 1, f"{before!r} stands {text.count(before)} times in {file}"
        path.write_text(text.replace(before, after), encoding="utf-8")

    def publish(self, *stages: Stage, by: str = "Ada", **wish: Any) -> Outcome:
        self.said.clear()
        return publish(
            self.places,
            self.desk,
            Wish(by, **wish),
            clock=self.clock,
            say=self.said.append,
            stages=stages or (stage(),),
        )

    def roll_back(self, version: str | None = None, by: str = "Ada", **wish: Any) -> Outcome:
        self.said.clear()
        return roll_back(self.desk, version, Wish(by, **wish), clock=self.clock, say=self.said.append)

    @property
    def files(self) -> Folder:
        """What stands in the folder now."""
        return read_folder(self.places.dialogs, self.places.content)

    def look(self, job: Any) -> Any:
        """Read something from the database."""
        return read_once(self.database, KEY, job)

    @property
    def publications(self) -> tuple[Publication, ...]:
        found: tuple[Publication, ...] = self.look(lambda records: records.scripts.publications())
        return found

    @property
    def current(self) -> Publication:
        return self.publications[0]

    def talks(
        self,
        person: str,
        *asked: str,
        version: str | None = None,
        ended: bool = False,
        channel: str = "telegram",
        at: datetime = NOW,
    ) -> None:
        """Let somebody be in the middle of a check, at these questions."""
        prompts = tuple(Prompt(Pending.POSITION, one, {"yes": "Yes"}) for one in asked)
        session = Session(
            turn=3,
            stage=Came.READY,
            consent=True,
            check=Check(2, "danger_check", at, ended=ended),
            prompts=prompts,
            script=version or self.current.hash,
        )
        self.stores(person, to_json(dump(session)), session.script, channel, at)

    def stores(self, person: str, state: str, version: str, channel: str = "telegram", at: datetime = NOW) -> None:
        def job(records: Records) -> None:
            parent = records.parents.add(channel, person, at=at)
            records.sessions.save(parent.id, state=state, turn=3, script_version=version, at=at)

        write_once(self.database, KEY, job)

    def spoil(self, hash_: str, sql: str, values: Sequence[Any]) -> None:
        """Do something to the stored files that no program of ours does."""
        connection = open_for_writing(self.database, KEY)
        connection.execute(sql, [*values, hash_])
        connection.close()
