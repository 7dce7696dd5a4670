"""What a publisher reads: who is in the middle of a check, why nothing was published, that it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from bot.authoring.check import counted
from bot.authoring.publishing.mid_check import MidCheck, rough
from bot.service.publications import PINNED_FOR
from bot.store.rows import Publication


def running_told(running: MidCheck, questions: Set[str], *, hot: bool) -> Iterator[str]:
    """Who is in the middle of a check, how many of them at one of these questions, and what becomes of it."""
    if not running.total:
        yield "No parent is in the middle of a check."
        return
    one = running.total == 1
    yield f"{counted(running.total, 'parent')} {'is' if one else 'are'} in the middle of a check."
    for question, number in running.at(questions).items():
        yield f"  at a question that changes, {question}: {rough(number)}"
    if hot:
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
