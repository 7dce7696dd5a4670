"""The picture of the whole: the menu, the dialogs that it starts, the parts that they use, and the how-tos."""

from __future__ import annotations

from collections import defaultdict

from bot.authoring.draw_boxes import wrapped
from bot.authoring.draw_picture import Arrow, Box, Group, Picture, Shape, Way
from bot.script.model import Dialog, Kind
from bot.script.script import Script

WHOLE = "whole"
MENU = "menu"
LEGEND = (
    "Double border: a part,",
    "which shows no result of its own.",
    "Frame: parts with the same users.",
    "Emergency words and the emergency",
    "button work everywhere.",
)


def draw_whole(script: Script) -> Picture:
    """Draw how everything hangs together."""
    flows = [dialog for dialog in script.dialogs.values() if not dialog.part]
    boxes = [Box(MENU, Shape.MENU, ("The menu",))]
    arrows = [Arrow(MENU, entry.start, Way.ON, entry.text) for entry in script.menu.entries]
    boxes += [Box(dialog.id, Shape.START, _named(dialog)) for dialog in flows]
    boxes += [Box(dialog.id, Shape.DO, _named(dialog)) for dialog in script.dialogs.values() if dialog.part]
    groups = _groups(script)
    target = {part: group.key if len(group.boxes) > 1 else part for group in groups for part in group.boxes}
    for dialog in script.dialogs.values():
        arrows += [Arrow(dialog.id, key, Way.USES) for key in dict.fromkeys(target[one] for one in used(dialog))]
        for item in dialog.plan:
            if item.kind is Kind.HOWTO:
                howto = script.howtos[item.target]
                key = f"howto {howto.id}"
                boxes.append(Box(key, Shape.HOWTO, (*wrapped(howto.title), f"{len(howto.steps)} steps")))
                arrows.append(Arrow(dialog.id, key, Way.USES))
    about = f"The menu, {len(flows)} dialogs, and the {len(script.dialogs) - len(flows)} parts that they use."
    shown = tuple(group for group in groups if len(group.boxes) > 1)
    return Picture(WHOLE, "Steady: the whole", about, tuple(dict.fromkeys(boxes)), tuple(arrows), shown, LEGEND, "LR")


def used(dialog: Dialog) -> tuple[str, ...]:
    """The parts that a dialog uses itself, each once, in the order of its plan."""
    return tuple(dict.fromkeys(item.target for item in dialog.plan if item.kind is Kind.DO))


def _groups(script: Script) -> list[Group]:
    """The parts that are used, those with the same users together."""
    users: defaultdict[str, list[str]] = defaultdict(list)
    for dialog in script.dialogs.values():
        for part in used(dialog):
            users[part].append(dialog.id)
    together: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for part, names in users.items():
        together[tuple(names)].append(part)
    return [
        Group(f"parts {number}", f"Used together by {len(names)}", tuple(parts))
        for number, (names, parts) in enumerate(together.items(), 1)
    ]


def _named(dialog: Dialog) -> tuple[str, ...]:
    return (*wrapped(dialog.title), f"[{dialog.id}]")
