"""`steady publish`: everything is looked at first; then parents see the new version, or nothing changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bot.authoring.publishing.compared import Compared, compare_with_current, moves_to
from bot.authoring.publishing.desk import Desk, Published
from bot.authoring.publishing.snapshot import snapshot
from bot.authoring.publishing.stages import Proved, usual
from bot.authoring.publishing.told import published_told, refused_told
from bot.authoring.publishing.usable import look_whether_usable
from bot.authoring.ready import Stage, look
from bot.errors import SteadyError
from bot.places import Places
from bot.script.load import Folder, read_folder
from bot.script.script import Script
from bot.script.stored import pack
from bot.service.publications import Release

Say = Callable[[str], None]
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Wish:
    """Who wants to publish, why, and for whom.

    `for_parents` says that this is no test version any more; `approved_by` is the second person.
    """

    by: str
    note: str = ""
    for_parents: bool = False
    approved_by: str | None = None


class WishError(SteadyError):
    """The options do not go together."""

    exit_status = 2


class Outcome(Enum):
    """What became of a wish."""

    PUBLISHED = "published"
    SAME = "parents see it already"
    REFUSED = "refused"


def publish(
    places: Places, desk: Desk, wish: Wish, *, clock: Clock, say: Say, stages: Sequence[Stage] | None = None
) -> Outcome:
    """Look at a folder and publish it, telling each step.

    `stages` are what it has to pass; only tests give others than the usual ones.
    """
    check_wish(wish)
    proved = Proved()
    with snapshot(places) as copy:
        new = read_folder(copy.dialogs, copy.content)
        before = desk.published(clock())
        if _is_published(new, before, wish):
            say("Parents see exactly this already: nothing was published.")
            return Outcome.SAME
        reasons: list[str] = []
        for stage, found in look(copy, usual(proved) if stages is None else tuple(stages)):
            say(f"{stage.name}: {f'{len(found)} to mend' if found else 'good'}")
            reasons += found
        usable = look_whether_usable(new)
        reasons = reasons or list(usable.reasons)
        if reasons or usable.script is None:
            return _refuse(reasons, say)
        compared = compare_with_current(desk, before, new, usable.script, copy)
    # Counted once more: minutes have passed.
    say_all(say, compared.told(desk.published(clock()).running))
    reasons = [*_unapproved(usable.script, wish), *_needs_second(compared, wish)]
    if reasons:
        return _refuse(reasons, say)
    release = Release(
        new.hash,
        pack(new),
        wish.by,
        before=None if before.current is None else before.current.hash,
        note=wish.note,
        certificate=proved.certificate,
        approved_by=wish.approved_by,
        for_parents=wish.for_parents,
        edit_class=compared.edit_class,
        moves=moves_to(desk, before, new, compared),
    )
    say_all(say, published_told(desk.publish(release, now=clock())))
    return Outcome.PUBLISHED


def _refuse(reasons: Sequence[str], say: Say) -> Outcome:
    say_all(say, refused_told(reasons))
    return Outcome.REFUSED


def check_wish(wish: Wish) -> None:
    """Raise WishError where two people are needed and there is one."""
    if wish.approved_by is not None and same_person(wish.by, wish.approved_by):
        raise WishError(
            f"{wish.by} cannot approve an own edit.",
            where="--approved-by",
            cure="Let a second person read it, and give that name.",
        )


def same_person(one: str, other: str) -> bool:
    """Whether two names are one."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _is_published(new: Folder, before: Published, wish: Wish) -> bool:
    current = before.current
    return current is not None and (current.hash, current.for_parents) == (new.hash, wish.for_parents)


def _unapproved(script: Script, wish: Wish) -> list[str]:
    """What a clinician still has to sign before this may be more than a test version."""
    approvals = script.approvals
    if not wish.for_parents or approvals.complete:
        return []
    number = len(approvals.unapproved) + len(approvals.unreviewed)
    some = ", ".join([*approvals.unapproved, *approvals.unreviewed][:3])
    return [
        f"{number} texts, rules and limits are not approved by a clinician ({some}{', ...' if number > 3 else ''}). "
        "See all of them: steady open-questions. Without --for-parents it goes out as a test version."
    ]


def _needs_second(compared: Compared, wish: Wish) -> list[str]:
    """An edit that gives some child less, or of which nobody can say so, is read by two people."""
    if not wish.for_parents or compared.hot or wish.approved_by is not None:
        return []
    kind = "looser" if compared.looser else "structural"
    return [f"this edit is {kind}: a second person has to approve it. Give that name: --approved-by NAME"]


def say_all(say: Say, lines: Iterator[str]) -> None:
    """Say line by line."""
    for line in lines:
        say(line)
