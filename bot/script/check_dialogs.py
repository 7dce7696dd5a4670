"""Dialogs among themselves: circles, parts that nobody uses, and what the menu starts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.script.document import Node, find
from bot.script.model import Dialog, Kind, PlanItem
from bot.script.problems import Problems
from bot.script.script import Script


def check_dialogs(script: Script, nodes: Mapping[str, Node], problems: Problems) -> None:
    """Note what no dialog shows by itself; every dialog of the script has to be there."""
    _check_circles(script.dialogs, problems)
    done = {child.id for dialog in script.dialogs.values() for _, child in _steps_into(script.dialogs, dialog)}
    for dialog in script.dialogs.values():
        if dialog.part and dialog.id not in done:
            cure = f"Add '- do: {dialog.id}' where it belongs, or take 'part: yes' out."
            problems.add(dialog.place, f"no dialog does '{dialog.id}', so no parent sees it.", cure)
    for entry in script.menu.every:
        if entry.start is not None and script.dialogs[entry.start].part:
            place = find(nodes["content/menu.yaml"], [*entry.path, "start"])
            what = f"'{entry.start}' is only a part of other dialogs and has no end of its own."
            problems.add(place, what, "Start a dialog that does it.")


def _steps_into(dialogs: Mapping[str, Dialog], dialog: Dialog) -> Iterator[tuple[PlanItem, Dialog]]:
    for item in dialog.plan:
        if item.kind is Kind.DO and item.target in dialogs:
            yield item, dialogs[item.target]


def _check_circles(dialogs: Mapping[str, Dialog], problems: Problems) -> None:
    for dialog in dialogs.values():
        found = _circle(dialogs, dialog, (dialog.id,))
        if found is not None:
            path, item = found
            what = f"the dialogs run in a circle: {' -> '.join(path)}."
            problems.add(item.place, what, "Take one 'do' out, or the parent never gets on.")
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
