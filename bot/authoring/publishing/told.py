"""What a publisher reads before and after: what changes for parents, and who is in the middle of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from bot.authoring.changes.change import Changes
from bot.authoring.check import counted
from bot.authoring.publishing.mid_check import MidCheck, rough
from bot.script.edit_class import EditClass
from bot.service.publications import PINNED_FOR
from bot.store.rows import Publication

MEANS = {
    EditClass.WORDING: "wording: other words, the same meaning",
    EditClass.STRICTER: "stricter: no child gets less, some get more",
    EditClass.LOOSER: "LOOSER: some child gets less than now",
    EditClass.STRUCTURAL: "structural: the way through a dialog changes",
}


def changes_told(changes: Changes) -> Iterator[str]:
    """What changes for parents, in words."""
    yield f"What changes for parents is {MEANS[changes.edit_class]}."
    for one in sorted(changes.changes, key=lambda change: (-change.kind.gravity, change.file)):
        yield f"  {one.kind.value}: {one.what}"
    if changes.levels:
        yield "Chats and cases that end at another level:"
        yield from (f"  {one.name}: {one.what}" for one in changes.levels)
    else:
        yield "No chat and no case ends at another level."


def running_told(running: MidCheck, changes: Changes, hidden: Set[str]) -> Iterator[str]:
    """Who is in the middle of a check, and what becomes of it; `hidden` questions are never named."""
    if not running.total:
        yield "No parent is in the middle of a check."
        return
    one = running.total == 1
    yield f"{counted(running.total, 'parent')} {'is' if one else 'are'} in the middle of a check."
    for question, number in running.at(changes.questions - hidden).items():
        yield f"  at a question that changes, {question}: {rough(number)}"
    if changes.edit_class.hot:
        yield "They go on with the new version at their next message."
    else:
        hours = round(PINNED_FOR.total_seconds() / 3600)
        yield f"They go on with their version until their check ends, for {hours} hours at most."
        yield "New checks begin with the new one."


def refused_told(reasons: Iterable[str]) -> Iterator[str]:
    """Why nothing was published."""
    found = list(reasons)
    for one in found:
        yield f"\n{one}"
    yield f"\nNothing was published: {counted(len(found), 'thing')} to mend."


def published_told(done: Publication) -> Iterator[str]:
    """That it is done, and what follows."""
    what = "for parents" if done.for_parents else "as a test version, which says so to every parent"
    verb = "Put back" if done.kind == "rollback" else "Published"
    yield f"\n{verb} {what}: version {done.hash[:12]}."
    yield "A running bot takes it up within seconds. See: steady versions"
