"""The store as a publisher sees it: another process, beside a bot that may be running."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.authoring.publishing.mid_check import MidCheck, mid_check
from bot.script.load import Folder
from bot.script.stored import unpack
from bot.service.publications import Release, publish
from bot.store.errors import BusyError
from bot.store.key import Key
from bot.store.records import Records
from bot.store.rows import Publication
from bot.store.visit import read_once, write_once

TRIES = 3
"""The bot commits many times a second; minutes of work are not given up because one commit took long."""


@dataclass(frozen=True, slots=True)
class Published:
    """What parents see, and who is in the middle of it; `publications` newest first."""

    publications: tuple[Publication, ...]
    kept: frozenset[str]
    running: MidCheck

    @property
    def current(self) -> Publication | None:
        """The latest publication."""
        return self.publications[0] if self.publications else None


@dataclass(frozen=True, slots=True)
class Desk:
    """The database of a bot, and the channel on which it talks with parents."""

    path: Path
    key: Key
    channel: str

    def published(self, now: datetime) -> Published:
        """What is published, and how many checks run."""

        def job(records: Records) -> Published:
            kept = frozenset(one.hash for one in records.scripts.all())
            return Published(records.scripts.publications(), kept, mid_check(records, self.channel, now))

        # Opened for writing, which makes the file of a new bot and brings an old one up to date.
        return write_once(self.path, self.key, job)

    def folder(self, hash_: str) -> Folder | None:
        """The files of a version; None where it is kept no longer. Raises StoredError where they are not whole."""
        kept = read_once(self.path, self.key, lambda records: records.scripts.get(hash_))
        return None if kept is None or kept.content is None else unpack(kept.content, hash_)

    def publish(self, release: Release, *, now: datetime) -> Publication:
        """Store and switch in one transaction; raises OvertakenError where somebody else was quicker."""
        for left in reversed(range(TRIES)):
            try:
                return write_once(self.path, self.key, lambda records: publish(records, release, at=now))
            except BusyError:
                if not left:
                    raise
        raise AssertionError("there is a last try")
