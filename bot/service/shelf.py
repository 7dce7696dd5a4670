"""The versions that are talked from at a moment: the current one, and those with which running checks go on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.store.rows import Publication
from bot.talk.engine import Engine
from bot.talk.session import Session


@dataclass(frozen=True, slots=True)
class Pinned:
    """A version with which checks that were begun with it go on until a moment."""

    engine: Engine
    until: datetime


@dataclass(frozen=True, slots=True)
class Shelf:
    """Immutable, so that a turn sees one state of it whatever is published meanwhile."""

    publication: Publication
    engine: Engine
    pinned: Mapping[str, Pinned]

    def engine_for(self, session: Session, now: datetime) -> Engine:
        """The version of this turn: the current one, unless a running check is pinned to its own.

        A check that has ended binds nobody: what follows it is new.
        """
        kept = self.pinned.get(session.script)
        running = session.check is not None and not session.check.ended
        return kept.engine if running and kept is not None and now < kept.until else self.engine

    def without_expired(self, now: datetime) -> Shelf:
        """The same without the versions whose time is over."""
        if all(now < one.until for one in self.pinned.values()):
            return self
        return replace(self, pinned={name: one for name, one in self.pinned.items() if now < one.until})


def began_anew(before: Session, after: Session) -> bool:
    """Whether a check was begun in this turn."""
    if after.check is None:
        return False
    return before.check is None or before.check.number != after.check.number
