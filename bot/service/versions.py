"""The conversation over the published versions: it takes up a new one while it runs, and drops nothing for it.

A new check always begins with the current version. A running one goes on with the current version too where the edit
is wording or stricter (bot.talk.reconcile takes its answers over), and with its own where the edit is looser or
structural, until it ends or `PINNED_FOR` has passed (decision 0025).

Reading and building a version takes a second. It is done by who calls `look`, which must be neither the store's writer
nor an event loop; a turn only takes what is ready.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import structlog

from bot.errors import SteadyError
from bot.script.edit_class import EditClass
from bot.script.load import Folder
from bot.script.problems import ScriptError
from bot.script.script import Script
from bot.script.stored import StoredError, pack, unpack
from bot.service.alerts import Alerts
from bot.service.publications import FIRST_START, PINNED_FOR, Release, earlier, publish, replaced_at
from bot.service.shelf import Pinned, Shelf, began_anew
from bot.store.records import Records
from bot.store.rows import Publication
from bot.store.writer import Writer
from bot.talk.around import NOTHING, Around
from bot.talk.effects import Effect
from bot.talk.engine import Engine
from bot.talk.events import Event
from bot.talk.session import Session

T = TypeVar("T")

Clock = Callable[[], datetime]
Make = Callable[[Folder, bool], Engine]
"""Builds the engine of a version's files; of a test version (True) one that says so."""


class VersionError(SteadyError):
    """No version that was published can be talked from."""


@dataclass(frozen=True, slots=True)
class _Published:
    """What the store says at one moment."""

    data_version: int
    publications: tuple[Publication, ...]
    sessions: Mapping[str, int]


class Versions:
    """A conversation; `begin` comes before the first turn."""

    def __init__(self, writer: Writer, alerts: Alerts, make: Make, clock: Clock) -> None:
        self._writer = writer
        self._alerts = alerts
        self._make = make
        self._clock = clock
        self._engines: dict[tuple[str, bool], Engine] = {}
        self._shelf: Shelf | None = None
        self._seen = -1
        self._refused: int | None = None

    # What is published.

    def begin(self, shipped: Callable[[], Folder]) -> None:
        """Take up what parents are to see; where nothing was published yet, the shipped files are.

        Where the latest version cannot be used, the one before it is talked from, and operators are told. Raises
        ScriptError where shipped files have mistakes, VersionError where no published version can be used.
        """
        if self._ask(lambda records: records.scripts.current()) is None:
            self._publish_first(shipped())
        published = self._ask(self._read)
        latest = published.publications[0]
        reasons: list[str] = []
        for one in (latest, *earlier(published.publications)):
            engine = self._engine(one, reasons)
            if engine is not None:
                self._put_up(one, engine, published)
                if one is not latest:
                    self._refused = latest.id
                    self._tell_refused(latest, one, reasons[0])
                return
        raise VersionError(
            f"the published version {latest.hash[:12]} cannot be used by this program: {reasons[0]}",
            cure="Start the program that published it, or publish the dialogs of this one: steady publish",
        )

    def look(self) -> Script | None:
        """Take up what was published since; give the new script where parents see another one now."""
        shelf = self._put(self._up.without_expired(self._clock()))
        if self._ask(lambda records: records.data_version()) == self._seen:
            return None
        published = self._ask(self._read)
        latest = published.publications[0]
        if latest.id in (shelf.publication.id, self._refused):
            self._seen = published.data_version
            return None
        reasons: list[str] = []
        engine = self._engine(latest, reasons)
        if engine is None:
            self._refused, self._seen = latest.id, published.data_version
            self._tell_refused(latest, shelf.publication, reasons[0])
            return None
        self._put_up(latest, engine, published)
        structlog.get_logger().info("version_taken_up", script=latest.hash[:12])
        return engine.script

    @property
    def publication(self) -> Publication:
        """That which is talked from now."""
        return self._up.publication

    @property
    def engine(self) -> Engine:
        """The engine of the current version."""
        return self._up.engine

    # The conversation; on the store's writer.

    def step(
        self, session: Session, event: Event, now: datetime, around: Around = NOTHING
    ) -> tuple[Session, tuple[Effect, ...]]:
        """Take one event with the version that this parent is to see."""
        shelf = self._up
        engine = shelf.engine_for(session, now)
        after, effects = engine.step(session, event, now, around)
        if engine is not shelf.engine and began_anew(session, after):
            # A new check is never begun with an old version: the same turn again, by the current one.
            return shelf.engine.step(session, event, now, around)
        return after, effects

    def failure(self, session: Session, now: datetime) -> tuple[Session, tuple[Effect, ...]]:
        """The safe reply where `step` raised."""
        return self._up.engine_for(session, now).failure(session, now)

    # How it is done.

    @property
    def _up(self) -> Shelf:
        if self._shelf is None:
            raise RuntimeError("begin comes first")
        return self._shelf

    def _ask(self, job: Callable[[Records], T]) -> T:
        done: Future[T] = self._writer.submit(job)
        return done.result()

    def _read(self, records: Records) -> _Published:
        since = self._clock() - PINNED_FOR
        return _Published(
            records.data_version(), records.scripts.publications(), records.sessions.of_versions(since=since)
        )

    def _publish_first(self, folder: Folder) -> None:
        engine = self._make(folder, True)
        release = Release(folder.hash, pack(folder), FIRST_START, kind="first start")

        def job(records: Records) -> None:
            # Of two programs that start together, one publishes.
            if records.scripts.current() is None:
                publish(records, release, at=self._clock())

        self._ask(job)
        self._engines[folder.hash, False] = engine

    def _engine(self, one: Publication, reasons: list[str]) -> Engine | None:
        """The engine of a version as it was published; None where it cannot be had, and then why."""
        key = (one.hash, one.for_parents)
        if key in self._engines:
            return self._engines[key]
        try:
            kept = self._ask(lambda records: records.scripts.get(one.hash))
            if kept is None or kept.content is None:
                raise StoredError("it is kept no longer.")
            engine = self._make(unpack(kept.content, one.hash), not one.for_parents)
        except Exception as error:  # noqa: BLE001 (whatever is wrong with it, the good version is talked from)
            structlog.get_logger().error("version_unusable", script=one.hash[:12], exc_info=error)
            reasons.append(_why(error))
            return None
        self._engines[key] = engine
        return engine

    def _put_up(self, publication: Publication, engine: Engine, published: _Published) -> None:
        """Talk from this version from now on."""
        moves = self._ask(lambda records: records.scripts.moves(publication.hash))
        before = self._shelf
        # With the last one a check may have been begun since the sessions were counted.
        busy = {*published.sessions, *(() if before is None else (before.publication.hash,))}
        pinned: dict[str, Pinned] = {}
        for hash_ in sorted(busy - {publication.hash}):
            ended = replaced_at(published.publications, hash_)
            # Where nobody knows what the edit means, it is taken for the gravest.
            if ended is None or EditClass(moves.get(hash_, EditClass.STRUCTURAL)).hot:
                continue
            until, reasons = ended + PINNED_FOR, list[str]()
            if until <= self._clock():
                continue
            spoke = next(one for one in published.publications if one.hash == hash_)
            old = self._engine(spoke, reasons)
            if old is None:
                self._tell(
                    f"Version {hash_[:12]}, with which some checks are running, cannot be used any more: {reasons[0]} "
                    f"These checks go on with version {publication.hash[:12]}; what changed is asked again."
                )
            else:
                pinned[hash_] = Pinned(old, until)
        self._put(Shelf(publication, engine, pinned))
        self._seen = published.data_version

    def _put(self, shelf: Shelf) -> Shelf:
        """Talk from these versions; the others need no memory."""
        self._shelf = shelf
        kept = {shelf.engine, *(one.engine for one in shelf.pinned.values())}
        self._engines = {key: one for key, one in self._engines.items() if one in kept}
        return shelf

    def _tell_refused(self, refused: Publication, kept: Publication, why: str) -> None:
        self._tell(
            f"Version {refused.hash[:12]} was published and CANNOT be used: {why} Parents go on with version "
            f"{kept.hash[:12]}. Put that one back with `steady publish --rollback`, or publish a good one."
        )

    def _tell(self, text: str) -> None:
        now = self._clock()
        self._ask(lambda records: self._alerts.notice(records, text, now))


def _why(error: Exception) -> str:
    """What is wrong with a version, for those who run the bot; the words of other errors are not for them."""
    if isinstance(error, ScriptError):
        return str(error.problems[0])
    return str(error) if isinstance(error, SteadyError) else type(error).__name__
