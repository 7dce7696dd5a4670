"""Closing a dialog for parents at once, and opening it again; each time noted with who and when.

A running bot reads the closed dialogs in every turn, so that it takes hold with the next thing that a parent does.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from difflib import get_close_matches

from bot.errors import SteadyError
from bot.script.load import DIALOGS
from bot.script.stored import StoredError, unpack
from bot.store.records import Records
from bot.store.rows import PausedDialog
from bot.talk.closed import NEVER_CLOSED


class PauseError(SteadyError):
    """A dialog that cannot be closed or opened."""

    exit_status = 2


def pause(records: Records, dialog: str, known: Collection[str], *, by: str, at: datetime) -> bool:
    """Close a dialog for parents; False if it was closed before."""
    if dialog in NEVER_CLOSED:
        raise PauseError(
            "the check for danger signs is never closed.",
            where=dialog,
            cure="Close the dialogs around it, or stop the bot.",
        )
    if dialog not in known:
        near = get_close_matches(dialog, known, n=1)
        raise PauseError(
            "there is no such dialog.",
            where=dialog,
            cure=f"Did you mean {near[0]}?" if near else f"Take one of: {', '.join(sorted(known))}.",
        )
    if any(one.dialog == dialog for one in records.pauses.all()):
        return False
    records.pauses.pause(dialog, at=at, by=by)
    records.audit.add(by, "dialog paused", at=at, detail={"dialog": dialog})
    return True


def open_again(records: Records, dialog: str, *, by: str, at: datetime) -> bool:
    """Open a dialog that was closed; False if it was open."""
    if not records.pauses.resume(dialog):
        return False
    records.audit.add(by, "dialog opened again", at=at, detail={"dialog": dialog})
    return True


def paused(records: Records) -> tuple[PausedDialog, ...]:
    """The closed dialogs."""
    return records.pauses.all()


def published_dialogs(records: Records) -> set[str]:
    """The names of the dialogs that parents see; none where nothing was published or its files are not whole."""
    current = records.scripts.current_hash()
    kept = None if current is None else records.scripts.get(current)
    try:
        files = () if kept is None or kept.content is None else unpack(kept.content, current).paths
    except StoredError:
        return set()
    return {path.removeprefix(DIALOGS).removesuffix(".yaml") for path in files if path.startswith(DIALOGS)}
