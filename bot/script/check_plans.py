"""Plans that cannot work: steps that are never reached, ends without a next message, circles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.script.conditions import ALWAYS, GateIs, walk
from bot.script.model import Dialog, Kind, PlanItem
from bot.script.problems import Problems
from bot.script.script import Script


def check_plans(script: Script, problems: Problems) -> None:
    """Note every plan that would leave a parent without a way on, or a moderator with text nobody sees."""
    for dialog in script.dialogs.values():
        _check_reach(dialog, problems)
        _check_end(dialog, problems)
        _check_unused(dialog, problems)
        _check_follow_ups(dialog, problems)
        _check_gates(script, dialog, problems)
    _check_circles(script.dialogs, problems)
    _check_used(script, problems)


def _check_reach(dialog: Dialog, problems: Problems) -> None:
    for number, item in enumerate(dialog.plan[:-1]):
        if item.kind is Kind.FINISH and item.when == ALWAYS:
            problems.add(
                dialog.plan[number + 1].place,
                "this step is never reached: the plan always finishes before it.",
                "Move it up, or give 'finish' a condition.",
            )
            return


def _check_end(dialog: Dialog, problems: Problems) -> None:
    if dialog.part or not dialog.plan:
        return
    last = dialog.plan[-1]
    if last.kind is not Kind.FINISH or last.when != ALWAYS:
        problems.add(
            last.place,
            "after this step the parent gets no next message.",
            "Add '- finish' as the last step.",
        )


def _check_unused(dialog: Dialog, problems: Problems) -> None:
    for kind, what, entries in (
        (Kind.ASK, "question", dialog.questions),
        (Kind.CHECKLIST, "checklist", dialog.checklists),
        (Kind.SAY, "text", dialog.texts),
    ):
        targets = {item.target for item in dialog.plan if item.kind is kind}
        for name, entry in entries.items():
            if name not in targets:
                problems.add(
                    entry.place,
                    f"the {what} '{name}' is in no plan, so no parent sees it.",
                    f"Add '- {kind.value}: {name}' to the plan, or take it out.",
                )


def _check_follow_ups(dialog: Dialog, problems: Problems) -> None:
    """A ticked line that leaves its facts to another question needs that question further down."""
    for number, item in enumerate(dialog.plan):
        if item.kind is not Kind.CHECKLIST:
            continue
        later = {one.target for one in dialog.plan[number + 1 :] if one.kind in (Kind.ASK, Kind.CHECKLIST)}
        for line in dialog.checklists[item.target].items:
            if line.then is not None and line.then not in later:
                problems.add(
                    dialog.checklists[item.target].place,
                    f"the line '{line.text}' leads to '{line.then}', which does not follow in the plan.",
                    f"Add '- checklist: {line.then}' or '- ask: {line.then}' below it.",
                )


def _check_gates(script: Script, dialog: Dialog, problems: Problems) -> None:
    """A how-to may stand only behind its gate."""
    passed: set[str] = set()
    for item in dialog.plan:
        if item.kind is Kind.GATE:
            passed.add(item.target)
        if item.kind is Kind.HOWTO:
            howto = script.howtos[item.target]
            guarded = {part.gate for part in walk(item.when) if isinstance(part, GateIs)}
            if howto.gate not in passed and howto.gate not in guarded:
                problems.add(
                    item.place,
                    f"the how-to '{howto.id}' does not stand behind its gate.",
                    f"Add '- gate: {howto.gate}' above it.",
                )


def _steps_into(dialogs: Mapping[str, Dialog], dialog: Dialog) -> Iterator[tuple[PlanItem, Dialog]]:
    for item in dialog.plan:
        if item.kind is Kind.DO and item.target in dialogs:
            yield item, dialogs[item.target]


def _check_circles(dialogs: Mapping[str, Dialog], problems: Problems) -> None:
    for dialog in dialogs.values():
        path = _circle(dialogs, dialog, (dialog.id,))
        if path is not None:
            names, item = path
            problems.add(item.place, f"the dialogs run in a circle: {' -> '.join(names)}.", "Take one 'do' out.")
            return


def _circle(
    dialogs: Mapping[str, Dialog], dialog: Dialog, path: tuple[str, ...]
) -> tuple[tuple[str, ...], PlanItem] | None:
    for item, child in _steps_into(dialogs, dialog):
        if child.id == path[0]:
            return (*path, child.id), item
        if child.id not in path and (found := _circle(dialogs, child, (*path, child.id))) is not None:
            return found
    return None


def _check_used(script: Script, problems: Problems) -> None:
    """A part that no dialog does, and a part that the menu starts, are both mistakes."""
    done = {child.id for dialog in script.dialogs.values() for _, child in _steps_into(script.dialogs, dialog)}
    for dialog in script.dialogs.values():
        if dialog.part and dialog.id not in done:
            problems.add(
                dialog.place,
                f"no dialog does '{dialog.id}'.",
                f"Add '- do: {dialog.id}' where it belongs, or take 'part: yes' out.",
            )
    for entry in script.menu.entries:
        if script.dialogs[entry.start].part:
            problems.add(
                script.dialogs[entry.start].place,
                f"the menu starts '{entry.start}', which is only a part and has no end of its own.",
                "Take 'part: yes' out and add '- finish'.",
            )
