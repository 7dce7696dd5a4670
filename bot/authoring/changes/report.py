"""The changes as somebody reads them on one screen, and as programs read them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from bot.authoring.changes.change import Change, Changes
from bot.authoring.changes.levels import Played
from bot.authoring.check import counted
from bot.script.edit_class import EditClass

MEANS = {
    EditClass.WORDING: "only words: every child gets the same",
    EditClass.STRICTER: "no child gets less, some get more",
    EditClass.LOOSER: "some child gets less than now",
    EditClass.STRUCTURAL: "the way through a dialog changes, or nobody can say what it does",
}
GRAVEST_FIRST = tuple(sorted(EditClass, key=lambda one: -one.gravity))
NO_SOLVER = (
    "Without a solver everything beyond wording counts as structural. Install it with: pip install 'steady-bot[prove]'"
)
VOID = " Danger text: its approval is void."
_WIDTH = max(map(len, EditClass))


def summary(changes: Changes) -> str:
    """How many changes there are of each class, in one line."""
    if not changes.changes:
        return "Nothing changes for a parent."
    counts = [f"{changes.count(kind)} {kind.value}" for kind in GRAVEST_FIRST if changes.count(kind)]
    return f"{counted(len(changes.changes), 'change')}: {', '.join(counts)}. Together: {_together(changes)}."


def _together(changes: Changes) -> str:
    return f"{changes.edit_class.value} ({MEANS[changes.edit_class]})"


def as_lines(changes: Changes) -> Iterator[str]:
    """All changes, by dialog and part of the content; what is graver stands first."""
    yield summary(changes)
    for heading, found in _groups(changes.changes):
        yield ""
        yield heading
        for one in found:
            void = VOID if one.danger and one.kind is EditClass.WORDING else ""
            yield f"  {one.kind.value.upper() if one.kind.gravity > 1 else one.kind.value:<{_WIDTH}}  {one.what}{void}"
    if not changes.proved:
        yield ""
        yield NO_SOLVER


def level_lines(changes: Changes, played: Played) -> Iterator[str]:
    """Who of the made-up parents is told another level."""
    if not played.number and not played.left_out:
        return
    yield ""
    if changes.levels:
        yield f"{counted(len(changes.levels), 'made-up parent')} of {played.number} told another level:"
        yield from (f"  {one.name}: {one.what}" for one in changes.levels)
    else:
        yield f"All {counted(played.number, 'made-up parent')} are told the level that they were told before."
    if played.left_out:
        yield f"Not played, as one of the two versions cannot read them: {', '.join(played.left_out)}."


def _groups(changes: Sequence[Change]) -> list[tuple[str, list[Change]]]:
    groups: dict[str, list[Change]] = {}
    for one in changes:
        groups.setdefault(one.heading or one.file, []).append(one)
    ordered = [(heading, sorted(found, key=lambda one: -one.kind.gravity)) for heading, found in groups.items()]
    return sorted(ordered, key=lambda group: -group[1][0].kind.gravity)


def as_json(changes: Changes, old: str, new: str) -> str:
    """One JSON document."""
    document = {
        "old": old,
        "new": new,
        "class": changes.edit_class.value,
        "proved": changes.proved,
        "changes": [
            {
                "class": one.kind.value,
                "of": one.of,
                "what": one.what,
                "file": one.file,
                "heading": one.heading,
                "questions": sorted(one.questions),
                "danger": one.danger,
            }
            for one in changes.changes
        ],
        "levels": [
            {
                "name": one.name,
                "old": None if one.old is None else one.old.name,
                "new": None if one.new is None else one.new.name,
                "what": one.what,
            }
            for one in changes.levels
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)
