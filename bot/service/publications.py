"""Publishing in one transaction: the version, what it means for running checks, and who did it.

What has to be proved before stands in `bot.authoring.publishing`; here it is only written down.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.errors import SteadyError
from bot.script.edit_class import EditClass
from bot.store.records import Records
from bot.store.rows import Publication, PublicationKind

PINNED_FOR = timedelta(hours=24)
"""How long a running check may stay on a version that is current no more, from the moment at which it ceased to be."""

UNUSED_FOR = timedelta(days=90)
"""A version to which nothing refers is deleted after this time."""

KEPT_ANYWAY = 10
"""So many of the latest publications keep their version, to be rolled back to."""

FIRST_START = "steady run"
"""Who published what a first start found."""

_WHAT: Mapping[PublicationKind, str] = {
    "first start": "version published at the first start",
    "publish": "version published",
    "rollback": "version rolled back",
}


class OvertakenError(SteadyError):
    """Somebody else has published meanwhile, so that what was compared is current no more."""


@dataclass(frozen=True, slots=True)
class Release:
    """What is to go out, and why it may.

    `content` is None for a version that is kept already. `before` is the version that it was compared with. `moves`
    says for each version with running checks what the edit from there means.
    """

    hash: str
    content: bytes | None
    by: str
    kind: PublicationKind = "publish"
    before: str | None = None
    note: str = ""
    certificate: str | None = None
    approved_by: str | None = None
    for_parents: bool = False
    edit_class: EditClass | None = None
    restores: int | None = None
    moves: Mapping[str, EditClass] = field(default_factory=dict)


def publish(records: Records, release: Release, *, at: datetime) -> Publication:
    """Keep the version, make it the current one, and note who did it; raises OvertakenError."""
    before = records.scripts.current_hash()
    if before != release.before:
        raise OvertakenError(
            "another version was published while this one was looked at, so nothing was changed.",
            cure="See who did it with `steady versions`, then publish again.",
        )
    edit_class = None if release.edit_class is None else release.edit_class.value
    done = records.scripts.publish(
        release.hash,
        release.content,
        at=at,
        by=release.by,
        kind=release.kind,
        note=release.note,
        certificate=release.certificate,
        approved_by=release.approved_by,
        for_parents=release.for_parents,
        edit_class=edit_class,
        restores=release.restores,
    )
    records.scripts.allow_moves(release.hash, {hash_: one.value for hash_, one in release.moves.items()})
    records.audit.add(
        release.by,
        _WHAT[release.kind],
        at=at,
        detail={
            "version": release.hash,
            "before": before,
            "note": release.note,
            "edit_class": edit_class,
            "approved_by": release.approved_by,
            "for_parents": release.for_parents,
            "certificate": release.certificate,
        },
    )
    return done


def earlier(publications: Sequence[Publication]) -> Iterator[Publication]:
    """What one would go back to, step by step, from the latest of all publications (newest first).

    What was rolled back is passed over: it was taken away for a reason.
    """
    standing: list[Publication] = []
    for one in reversed(publications):
        kept = [other for other in standing if other.id <= (one.restores or 0)]
        if kept and kept[-1].id == one.restores:
            standing = kept
        else:
            standing.append(one)
    seen = {one.hash for one in standing[-1:]}
    for one in reversed(standing):
        if one.hash not in seen:
            seen.add(one.hash)
            yield one


def replaced_at(publications: Sequence[Publication], hash_: str) -> datetime | None:
    """When a version ceased to be the current one; None for the current one and for what was never published."""
    ended: datetime | None = None
    for one in publications:
        if one.hash == hash_:
            return ended
        ended = one.at
    return None
