"""Texts that can never be said, because nothing above them asks for what they wait for."""

from __future__ import annotations

from collections.abc import Iterator

from bot.authoring.facts_behind import facts_behind
from bot.script.load import Loaded
from bot.script.model import Dialog, Kind
from bot.script.problems import Problem
from bot.script.script import Script
from bot.script.vocabulary import Scope

_SAID = (Kind.SAY, Kind.FINISH, Kind.HOWTO)


def check_order(loaded: Loaded) -> Iterator[Problem]:
    """Note every text and every end whose condition looks at answers that nobody has given yet.

    Every dialog has to be there: one may do another.
    """
    if loaded.script is None or not loaded.founded or any(_in_a_dialog(one) for one in loaded.problems):
        return
    script = loaded.script
    for dialog in script.dialogs.values():
        # What was asked before a part is known only to the dialogs that do it.
        if not dialog.part:
            yield from _of_dialog(script, dialog)


def _in_a_dialog(problem: Problem) -> bool:
    return problem.place.file.startswith("dialogs/")


def _of_dialog(script: Script, dialog: Dialog) -> Iterator[Problem]:
    asked = {fact for entry in script.menu.every if entry.start == dialog.id for fact in entry.sets}
    for item in dialog.plan:
        facts = facts_behind([item.when], script.vocabulary)
        known = {name for name in facts if name in asked or script.vocabulary.facts[name].scope is Scope.CHILD}
        if item.kind in _SAID and facts and not known:
            name = sorted(facts)[0]
            what = f"nothing above this step asks for '{name}', so '{item.kind.value}' never comes."
            yield Problem(item.place, what, "Move it below the question, or ask for it first.")
        asked |= _asked(script, dialog, item.id)


def _asked(script: Script, dialog: Dialog, step: str) -> set[str]:
    found: set[str] = set()
    for item in dialog.plan:
        if item.id != step:
            continue
        if item.kind is Kind.ASK:
            found |= dialog.questions[item.target].facts
        elif item.kind is Kind.CHECKLIST:
            found |= dialog.checklists[item.target].facts
        elif item.kind is Kind.DO:
            child = script.dialogs[item.target]
            for inner in child.plan:
                found |= _asked(script, child, inner.id)
    return found
