"""`steady publish --rollback`: parents see a version again that was published before."""

from __future__ import annotations

from bot.authoring.publishing.compared import compare_with_current, moves_to
from bot.authoring.publishing.desk import Desk, Published
from bot.authoring.publishing.publish import Clock, Outcome, Say, Wish, check_wish, say_all
from bot.authoring.publishing.told import published_told
from bot.authoring.publishing.usable import look_whether_usable
from bot.errors import SteadyError
from bot.service.publications import Release, earlier
from bot.store.rows import Publication


class RollbackError(SteadyError):
    """That version cannot be put back."""


def roll_back(desk: Desk, version: str | None, wish: Wish, *, clock: Clock, say: Say) -> Outcome:
    """Make an earlier version the current one: the one before, or the one whose name begins so.

    It was looked at when it was published and is not proved anew: who goes back is in a hurry. It must load with this
    program, though. It goes out as it did then, for parents or as a test version. Raises RollbackError.
    """
    check_wish(wish)
    published = desk.published(clock())
    back = _before(published) if version is None else find(published, version)
    if published.current is not None and back.hash == published.current.hash:
        say("Parents see exactly this already: nothing was changed.")
        return Outcome.SAME
    folder = desk.folder(back.hash)
    if folder is None:
        raise _gone(back)
    usable = look_whether_usable(folder)
    if usable.script is None:
        raise RollbackError(
            f"this program cannot use version {back.hash[:12]} any more: {usable.reasons[0]}",
            cure="Go back to another one (steady versions), or start the program that published it.",
        )
    compared = compare_with_current(desk, published, folder, usable.script, None)
    say_all(say, compared.told(published.running))
    if back.for_parents and compared.looser and wish.approved_by is None:
        raise RollbackError(
            "this version is looser than the one that parents see, so a second person has to approve it.",
            cure="Give that name: --approved-by NAME. To close a dialog at once: steady pause DIALOG.",
        )
    release = Release(
        back.hash,
        None,
        wish.by,
        kind="rollback",
        before=None if published.current is None else published.current.hash,
        note=wish.note,
        certificate=back.certificate,
        approved_by=wish.approved_by,
        for_parents=back.for_parents,
        edit_class=compared.edit_class,
        restores=back.id,
        moves=moves_to(desk, published, folder, compared),
    )
    say_all(say, published_told(desk.publish(release, now=clock())))
    return Outcome.PUBLISHED


def find(published: Published, version: str) -> Publication:
    """The latest publication of the version whose name begins so; raises RollbackError where that is not one."""
    wanted = version.strip().lower()
    found = {one.hash: one for one in reversed(published.publications) if wanted and one.hash.startswith(wanted)}
    if not found:
        raise RollbackError(f"no version begins with '{version}'.", cure="See all of them: steady versions")
    if len(found) > 1:
        names = ", ".join(sorted(name[:12] for name in found))
        raise RollbackError(f"several versions begin with '{version}': {names}.", cure="Give more of its name.")
    [only] = found.values()
    if only.hash not in published.kept:
        raise _gone(only)
    return only


def _before(published: Published) -> Publication:
    before = next((one for one in earlier(published.publications) if one.hash in published.kept), None)
    if before is None:
        raise RollbackError("there is no version before this one.", cure="See all of them: steady versions")
    return before


def _gone(one: Publication) -> RollbackError:
    return RollbackError(
        f"the files of version {one.hash[:12]} are kept no longer.", cure="Publish them anew from their folder."
    )
