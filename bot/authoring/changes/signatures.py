"""Which signatures of clinicians are new, and which an edit has voided."""

from __future__ import annotations

from collections.abc import Iterator

from bot.authoring.changes.both import Both
from bot.authoring.changes.change import Change
from bot.authoring.changes.words import listed
from bot.script.edit_class import EditClass

HEADING = "Signatures"


def signature_changes(both: Both) -> Iterator[Change]:
    """Signatures say nothing to a child; they are told so that nobody overlooks a void one."""
    old, new = both.old.approvals.signables, both.new.approvals.signables
    before = {name: one.approval for name, one in old.items() if one.approved}
    for name, one in new.items():
        if one.approved and one.approval is not None and before.get(name) != one.approval:
            what = f"Signed by {one.approval.by} ({one.approval.role}): {name}."
            yield Change(EditClass.WORDING, name, what, one.place.file, heading=HEADING)
    void = [name for name in before if name not in new or not new[name].approved]
    if void:
        file = next((old[name].place.file for name in void), "")
        yield Change(EditClass.WORDING, "approvals", f"No longer signed: {listed(void)}.", file, heading=HEADING)
    gone = sorted((set(both.new.approvals.unreviewed) - set(both.old.approvals.unreviewed)) & both.old_nodes.keys())
    if gone:
        what = f"No longer reviewed by a clinician: {listed(gone)}."
        yield Change(EditClass.WORDING, "reviewed", what, gone[0], heading=HEADING)
