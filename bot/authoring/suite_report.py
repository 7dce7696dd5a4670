"""What `steady test` says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.authoring.check import counted
from bot.authoring.coverage import Coverage
from bot.authoring.suggest import Suggestion
from bot.authoring.suite import Suite

KINDS = {
    "states": "steps of plans",
    "ways": "ways from step to step",
    "options": "answers",
    "lines": "lines of lists",
    "steps": "steps of how-tos",
    "rules": "rules",
}


def summary(suite: Suite) -> str:
    """How many chats there were, and how many are to mend."""
    number, failed = len(suite.chats), len(suite.to_mend())
    said = f"{counted(number, 'chat')} in {counted(len(suite.files), 'file')}"
    known = sum(chat.known_fault is not None and not chat.failed for chat in suite.chats)
    rest = f" ({counted(known, 'known fault')})" if known else ""
    if failed:
        return f"{said}: {counted(failed, 'thing')} to mend{rest}"
    return f"{said}: all come out as they claim and show what was recorded{rest}"


def covered_in_a_line(suite: Suite) -> str:
    """How much of each kind the chats go through."""
    missing = suite.uncovered
    parts = [
        f"{_size(suite.all, kind) - _size(missing, kind)} of {_size(suite.all, kind)} {KINDS[kind]}" for kind in KINDS
    ]
    return f"Covered: {', '.join(parts)}."


def _size(coverage: Coverage, kind: str) -> int:
    return len(getattr(coverage, kind))


def uncovered_lines(missing: Coverage) -> Iterator[str]:
    """The names of all that no chat goes through, but for the ways, for which there are chats to copy."""
    for kind, title in KINDS.items():
        names = sorted(str(one) for one in getattr(missing, kind))
        if names and kind != "ways":
            yield f"No chat covers these {title}:"
            yield from (f"  {name}" for name in names)
            yield ""


def suggested(suggestions: Iterable[Suggestion]) -> Iterator[str]:
    """Chats to copy, and the ways for which none was found."""
    none: list[str] = []
    first = True
    for one in suggestions:
        if one.text is None:
            none.append(str(one.way))
            continue
        if first:
            yield "Ways that no chat takes, as chats to copy into a file under tests/conversations/. Each was run and"
            yield "takes its way; the level is what comes out now: see that it is right, then record with --update."
            yield ""
            yield "about: Ways that no chat took."
            yield "chats:"
            first = False
        yield from (f"  {row}" for row in one.text.splitlines())
    if none:
        yield ""
        yield "Ways for which no chat was found:"
        yield from (f"  {name}" for name in none)
