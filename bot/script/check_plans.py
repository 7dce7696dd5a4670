"""Plans that cannot work: steps that are never reached, ends without a next message, lines that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.script.conditions import ALWAYS, GateIs, walk
from bot.script.document import Node, find
from bot.script.model import Checklist, Dialog, HowTo, Kind, PlanItem
from bot.script.problems import Problems, did_you_mean
from bot.script.script import Script


def check_plans(script: Script, nodes: Mapping[str, Node], problems: Problems) -> None:
    """Note it for the plans of all dialogs."""
    for dialog in script.dialogs.values():
        check_plan(dialog, script.howtos, nodes[dialog.place.file], problems)


def check_plan(dialog: Dialog, howtos: Mapping[str, HowTo], node: Node, problems: Problems) -> None:
    """Note what would leave a parent without a way on, or a moderator with text that nobody sees."""
    _check_reach(dialog, problems)
    _check_end(dialog, problems)
    _check_unused(dialog, problems)
    _check_follow_ups(dialog, node, problems)
    _check_gates(dialog, howtos, problems)


def _check_reach(dialog: Dialog, problems: Problems) -> None:
    """Below the end there may be texts alone, which follow the result; a part has no result."""
    after = dialog.after_the_result
    finish = dialog.plan[len(dialog.plan) - len(after) - 1]
    for item in after:
        if item.kind is not Kind.SAY or dialog.part:
            what = f"this step is never reached: the plan always finishes before it, in line {finish.place.line}."
            problems.add(item.place, what, "Move it up, or give 'finish' a condition.")
            return


def _check_end(dialog: Dialog, problems: Problems) -> None:
    last = dialog.plan[len(dialog.plan) - len(dialog.after_the_result) - 1]
    if not dialog.part and (last.kind is not Kind.FINISH or last.when != ALWAYS):
        what = "after this step the parent gets no next message."
        problems.add(last.place, what, "Add '- finish' as the last step.")


def _check_unused(dialog: Dialog, problems: Problems) -> None:
    for kind, what, entries in (
        (Kind.ASK, "question", dialog.questions),
        (Kind.CHECKLIST, "checklist", dialog.checklists),
        (Kind.SAY, "text", dialog.texts),
    ):
        targets = {item.target for item in dialog.plan if item.kind is kind}
        if kind is Kind.SAY:
            targets |= {item.instead_of_reassure for item in dialog.plan if item.instead_of_reassure is not None}
        for name, entry in entries.items():
            shown_later = isinstance(entry, Checklist) and entry.after
            if name not in targets and not shown_later:
                cure = f"Add '- {kind.value}: {name}' to the plan, or take it out."
                problems.add(entry.place, f"the {what} '{name}' is in no plan, so no parent sees it.", cure)


def _check_follow_ups(dialog: Dialog, node: Node, problems: Problems) -> None:
    """A line or an answer that leaves its facts to another question needs that question further down."""
    for number, step in enumerate(dialog.plan):
        below = {one.target for one in dialog.plan[number + 1 :] if one.kind in (Kind.ASK, Kind.CHECKLIST)}
        for text, then, path in _follow_ups(dialog, step):
            if then in below:
                continue
            if then in dialog.questions or then in dialog.checklists:
                kind = Kind.ASK if then in dialog.questions else Kind.CHECKLIST
                what = f"'{text}' leads to '{then}', which does not follow in the plan."
                problems.add(find(node, path), what, f"Move '- {kind.value}: {then}' below '{step.target}'.")
            else:
                problems.add(find(node, path), f"'{text}' leads nowhere: '{then}'.", did_you_mean(then, below))


def _follow_ups(dialog: Dialog, step: PlanItem) -> Iterator[tuple[str, str, list[str | int]]]:
    """The lines and answers of a step that lead on: their text, where to, and where that is written."""
    if step.kind is Kind.CHECKLIST:
        for index, line in enumerate(dialog.checklists[step.target].items):
            if line.then is not None:
                yield line.text, line.then, ["checklists", step.target, "items", index, "then"]
    if step.kind is Kind.ASK:
        for option in dialog.questions[step.target].options:
            if option.then is not None:
                yield option.text, option.then, ["questions", step.target, "options", option.id, "then"]


def _check_gates(dialog: Dialog, howtos: Mapping[str, HowTo], problems: Problems) -> None:
    """A how-to may stand only behind its gate."""
    passed: set[str] = set()
    for item in dialog.plan:
        if item.kind is Kind.GATE:
            passed.add(item.target)
        if item.kind is Kind.HOWTO and item.target in howtos:
            howto = howtos[item.target]
            guarded = {part.gate for part in walk(item.when) if isinstance(part, GateIs)}
            if howto.gate not in passed and howto.gate not in guarded:
                what = f"the how-to '{howto.id}' does not stand behind its gate."
                problems.add(item.place, what, f"Add '- gate: {howto.gate}' above it.")
