"""What changes in the dialogs: new and deleted ones, their questions, lists, texts and plans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.authoring.changes.both import Both, differing, heading, key
from bot.authoring.changes.change import Change
from bot.authoring.changes.lists import checklist_changes
from bot.authoring.changes.plans import PlanChanges
from bot.authoring.changes.questions import question_changes
from bot.authoring.changes.words import named, question_name, quoted, reworded
from bot.script.edit_class import EditClass
from bot.script.model import Checklist, Dialog, Kind, Question, Say

PARTS = frozenset({"questions", "checklists", "texts", "plan"})
SILENT = frozenset({"id", "place"}) | PARTS


def dialog_changes(both: Both) -> Iterator[Change]:
    """Every change of every dialog."""
    for name, dialog in both.old.dialogs.items():
        if name not in both.new.dialogs:
            what = f"The dialog {named(dialog.title)} is deleted."
            keys = frozenset(f"{name}.{one}" for one in (*dialog.questions, *dialog.checklists))
            yield Change(EditClass.STRUCTURAL, name, what, dialog.place.file, keys, heading(dialog))
    for name, dialog in both.new.dialogs.items():
        before = both.old.dialogs.get(name)
        if before is None:
            what = f"The dialog {named(dialog.title)} is new."
            yield Change(EditClass.STRUCTURAL, name, what, dialog.place.file, heading=heading(dialog))
        else:
            yield from _changes(both, before, dialog)


def _changes(both: Both, old: Dialog, new: Dialog) -> Iterator[Change]:
    def change(kind: EditClass, of: str, what: str, questions: frozenset[str] = frozenset()) -> Change:
        return Change(kind, f"{new.id}.{of}", what, new.place.file, questions, heading(new))

    for name, (was, now) in differing(old, new, apart_from=SILENT).items():
        if name == "title":
            yield change(EditClass.WORDING, name, f"The title: {reworded(was, now)}.")
        else:
            yield change(EditClass.STRUCTURAL, name, f"'{name}' of this dialog is different.")
    yield from PlanChanges(both, old, new).changes()
    for one in new.questions.values():
        if one.id in old.questions:
            yield from question_changes(both, new, old.questions[one.id], one)
    for one_list in new.checklists.values():
        if one_list.id in old.checklists:
            yield from checklist_changes(both, new, old.checklists[one_list.id], one_list)
    for text in new.texts.values():
        for kind, what in _text(old.texts[text.id], text) if text.id in old.texts else ():
            yield change(kind, text.id, what)
    for verb, here, there in (("gone", old, new), ("new", new, old)):
        for outside in _outside_the_plan(here, there):
            keys = frozenset() if isinstance(outside, Say) else frozenset({key(outside)})
            told = quoted(outside.text) if isinstance(outside, Say) else question_name(outside)
            yield change(EditClass.STRUCTURAL, outside.id, f"{told} is {verb}; it stands in no plan.", keys)


def _text(old: Say, new: Say) -> Iterator[tuple[EditClass, str]]:
    for name, (was, now) in differing(old, new).items():
        if name == "text":
            yield EditClass.WORDING, f"The text [{new.id}]: {reworded(was, now)}."
        elif name != "sources":
            yield EditClass.STRUCTURAL, f"The text [{new.id}]: '{name}' is different."


def _outside_the_plan(here: Dialog, there: Dialog) -> Iterator[Question | Checklist | Say]:
    """What one version has, the other has not, and no step of a plan names."""
    sections: tuple[tuple[Kind, Mapping[str, Any], Mapping[str, Any]], ...] = (
        (Kind.ASK, here.questions, there.questions),
        (Kind.CHECKLIST, here.checklists, there.checklists),
        (Kind.SAY, here.texts, there.texts),
    )
    for kind, ours, theirs in sections:
        in_plan = {item.target for item in here.plan if item.kind is kind}
        yield from (one for name, one in ours.items() if name not in theirs and name not in in_plan)
