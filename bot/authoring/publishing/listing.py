"""`steady versions`: what was published, newest first, and who talks with what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from babel.dates import format_datetime

from bot.authoring.check import counted
from bot.authoring.publishing.desk import Published
from bot.store.rows import Publication

KINDS = {"first start": "at the first start", "publish": "", "rollback": "put back"}


def versions_told(published: Published, now: datetime) -> Iterator[str]:
    """Every publication, newest first; the running checks stand with the latest publication of their version."""
    if not published.publications:
        yield "Nothing was published yet. The first start of `steady run` publishes the dialogs that came with it."
        return
    told: set[str] = set()
    for one in published.publications:
        if told:
            yield ""
        yield from _one(one, published, now, latest=one.hash not in told)
        told.add(one.hash)
    others = sum(number for name, number in published.running.versions.items() if name not in told)
    if others:
        yield f"\n{counted(others, 'check')} of a version that was never published here."


def _one(one: Publication, published: Published, now: datetime, *, latest: bool) -> Iterator[str]:
    seen = "  what parents see now" if one == published.current else ""
    yield f"{one.hash[:12]}{seen}"
    facts = [
        f"{moment(one.at, now)} by {one.by}",
        KINDS[one.kind],
        "" if one.edit_class is None else one.edit_class,
        "for parents" if one.for_parents else "test version",
        "" if one.approved_by is None else f"approved by {one.approved_by}",
    ]
    yield f"  {', '.join(fact for fact in facts if fact)}"
    if one.note:
        yield f'  "{" ".join(one.note.split())}"'
    running = published.running.versions.get(one.hash, 0) if latest else 0
    if running:
        yield f"  {counted(running, 'check')} {'is' if running == 1 else 'are'} running"
    if latest and one.hash not in published.kept:
        yield "  its files are kept no longer"


def moment(at: datetime, now: datetime) -> str:
    """A moment as people say it, in the time of this machine."""
    local, today = at.astimezone(), now.astimezone().date()
    clock = f"{local:%H:%M}"
    match (today - local.date()).days:
        case 0:
            return f"today at {clock}"
        case 1:
            return f"yesterday at {clock}"
    return f"{format_datetime(local, 'EEEE d MMMM y', locale='en')} at {clock}"
