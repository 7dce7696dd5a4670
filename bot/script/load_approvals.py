"""Reads who signed what, and refuses what is no signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from bot.script.approval import LENGTH, NOBODY, Approval, Approvals, Signable
from bot.script.document import Mapped, Node, Scalar
from bot.script.foundation import FACTS, OTHERS
from bot.script.problems import Place, Problem, Problems
from bot.script.shaped import shaped
from bot.script.shapes import Approved
from bot.script.signables import APPROVED, DIALOGS, PHRASES, find_signables, holder

_FINGERPRINT = re.compile(f"[0-9a-f]{{{LENGTH}}}")
_NOT_REVIEWED = ("not yet", "nobody")
"""How `reviewed: {by: ...}` begins in a file that nobody has reviewed."""


def load_approvals(nodes: Mapping[str, Node], problems: Problems) -> Approvals:
    """Find everything that has to be signed, and by whom it was; mistakes are noted and count as not signed."""
    signables: dict[str, Signable] = {}
    for one in find_signables(nodes):
        node = holder(nodes[one.place.file], one.signed_at)
        signables[one.id] = one if node is None else replace(one, approval=_approval(one, node, problems))
    _refuse_strangers(nodes, signables, problems)
    unapproved = tuple(one.id for one in signables.values() if not one.approved)
    return Approvals(signables, unapproved, tuple(_unreviewed(nodes)))


def notes(approvals: Approvals) -> tuple[Problem, ...]:
    """What was signed and is changed since, in the order of files and lines: to be known, and no mistake."""
    return tuple(sorted(_void(one, one.approval) for one in approvals.signables.values() if one.approval and one.void))


def _void(one: Signable, approval: Approval) -> Problem:
    what = f"the approval of {one.id} by {approval.by} ({approval.role}) is void since its content has changed."
    return Problem(one.place, what, f"After a new look: steady approve {one.id} --by NAME --role ROLE.")


def _approval(one: Signable, node: Node, problems: Problems) -> Approval | None:
    shape = shaped(Approved, node, problems, f"the approval of {one.id}")
    if shape is None:
        return None
    place = node.place
    if shape.by == NOBODY:
        if (shape.role, shape.on, shape.covers) != (None, None, None):
            what = f"the approval of {one.id} is by '{NOBODY}' and says more besides."
            problems.add(place, what, f"Write '{APPROVED}: {{by: {NOBODY}}}'.")
        return None
    for name, value in (("role", shape.role), ("on", shape.on), ("covers", shape.covers)):
        if value is None:
            what = f"the approval of {one.id} by {shape.by} has no '{name}', so nobody can tell what was signed."
            problems.add(place, what, _let_it_write(one))
            return None
    if shape.role is None or shape.on is None or shape.covers is None:
        return None
    if not _FINGERPRINT.fullmatch(shape.covers):
        what = f"'{shape.covers}' is no fingerprint of {one.id}: it has {LENGTH} signs, 0 to 9 and a to f."
        problems.add(place, what, _let_it_write(one))
        return None
    return Approval(shape.by, shape.role, date.fromisoformat(shape.on), shape.covers)


def _let_it_write(one: Signable) -> str:
    return f"Write '{APPROVED}: {{by: {NOBODY}}}', and then let it be written: steady approve {one.id}."


def _refuse_strangers(nodes: Mapping[str, Node], signables: Mapping[str, Signable], problems: Problems) -> None:
    """A signature where nothing has to be signed would say more than is true."""
    known = {(one.place.file, *one.signed_at) for one in signables.values()}
    for file, path, place in _signatures(nodes):
        if (file, *path) not in known:
            problems.add(place, f"nothing that has to be signed stands at '{path[-2]}'.", "Take 'approved' out.")
    for file in (PHRASES, FACTS):
        part = holder(nodes[file], (APPROVED,)) if file in nodes else None
        mine = [one.signed_at for one in signables.values() if one.place.file == file]
        names = {str(name) for part_name, name, *_ in mine if part_name == APPROVED}
        if part is not None and not isinstance(part, Mapped):
            problems.add(part.place, "'approved' should be made of 'name: value' lines.", "Take it out, or fill it.")
        for name, place in part.keys.items() if isinstance(part, Mapped) else ():
            if name not in names:
                problems.unknown(place, "text to be signed", name, names)


def _signatures(nodes: Mapping[str, Node]) -> Iterator[tuple[str, tuple[str, ...], Place]]:
    """Each `approved:` of a list or a question: everywhere else everything has to be signed."""
    for file, node in nodes.items():
        for part in ("checklists", "questions") if file.startswith(DIALOGS) else ():
            entries = holder(node, (part,))
            for name, entry in entries.entries.items() if isinstance(entries, Mapped) else ():
                if isinstance(entry, Mapped) and APPROVED in entry.keys:
                    yield file, (part, name, APPROVED), entry.keys[APPROVED]


def _unreviewed(nodes: Mapping[str, Node]) -> Iterator[str]:
    """The files with texts for parents that nobody has reviewed; the lists of moderators are no such texts."""
    for file, node in nodes.items():
        by = holder(node, ("reviewed", "by")) if file not in OTHERS else None
        if isinstance(by, Scalar) and by.text.startswith(_NOT_REVIEWED):
            yield file
