"""The picture of the whole: the menu, the dialogs that it starts, the parts that they use, and the how-tos."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from bot.authoring.draw_boxes import wrapped
from bot.authoring.draw_picture import Arrow, Box, Group, Picture, Shape, Way
from bot.script.articles import LIBRARY
from bot.script.menu import MAY_I, SUMMARY, Menu
from bot.script.model import Dialog, Kind
from bot.script.script import Script

WHOLE = "whole"
MENU = "menu"
_OPENED = {
    MAY_I: "Questions and warnings",
    LIBRARY: "Chapters and articles",
    SUMMARY: "Answers, diary, own questions",
}
"""What stands behind a button that starts no dialog."""

LEGEND = (
    "Double border: a part,",
    "which shows no result of its own.",
    "An arrow from or to a frame goes",
    "for all that stands in it.",
    "Emergency words and the emergency",
    "button work everywhere.",
)


def draw_whole(script: Script) -> Picture:
    """Draw how everything hangs together."""
    flows = [dialog for dialog in script.dialogs.values() if not dialog.part]
    boxes, arrows = _menu(script.menu)
    boxes += [Box(dialog.id, Shape.START, _named(dialog)) for dialog in flows]
    boxes += [Box(dialog.id, Shape.DO, _named(dialog)) for dialog in script.dialogs.values() if dialog.part]
    groups = (*_parts_with_the_same_users(script), *_dialogs_with_the_same_parts(script))
    framed = {key: group.key for group in groups for key in group.boxes}
    uses = {
        Arrow(framed.get(dialog.id, dialog.id), framed.get(part, part), Way.USES): None
        for dialog in script.dialogs.values()
        for part in used(dialog)
    }
    arrows += uses
    for dialog in script.dialogs.values():
        for item in dialog.plan:
            if item.kind is Kind.HOWTO:
                howto = script.howtos[item.target]
                key = f"howto {howto.id}"
                boxes.append(Box(key, Shape.HOWTO, (*wrapped(howto.title), f"{len(howto.steps)} steps")))
                arrows.append(Arrow(dialog.id, key, Way.USES))
    about = f"The menu, {len(flows)} dialogs, and the {len(script.dialogs) - len(flows)} parts that they use."
    return Picture(WHOLE, "Steady: the whole", about, tuple(dict.fromkeys(boxes)), tuple(arrows), groups, LEGEND, "LR")


def _menu(menu: Menu) -> tuple[list[Box], list[Arrow]]:
    """The menu, with an arrow for each button that starts a dialog."""
    boxes = [Box(MENU, Shape.MENU, ("The menu",))]
    arrows: list[Arrow] = []
    for entry in menu.entries:
        if entry.start is not None:
            arrows.append(Arrow(MENU, entry.start, Way.ON, entry.text))
            continue
        key = f"{MENU} {entry.id}"
        boxes.append(Box(key, Shape.MENU, (*wrapped(entry.text), f"{len(entry.entries)} buttons")))
        arrows.append(Arrow(MENU, key, Way.ON))
        arrows += [Arrow(key, below.start, Way.ON, below.text) for below in entry.entries if below.start is not None]
        for below in entry.entries:
            if below.opens is not None:
                boxes.append(Box(below.opens, Shape.MENU, (*wrapped(below.text), _OPENED[below.opens])))
                arrows.append(Arrow(key, below.opens, Way.ON, below.text))
    return boxes, arrows


def used(dialog: Dialog) -> tuple[str, ...]:
    """The parts that a dialog uses itself, each once, in the order of its plan."""
    return tuple(dict.fromkeys(item.target for item in dialog.plan if item.kind is Kind.DO))


def _parts_with_the_same_users(script: Script) -> list[Group]:
    users = {
        part.id: tuple(dialog.id for dialog in script.dialogs.values() if part.id in used(dialog))
        for part in script.dialogs.values()
        if part.part
    }
    return _alike("parts", "Parts that go together", users)


def _dialogs_with_the_same_parts(script: Script) -> list[Group]:
    parts = {dialog.id: tuple(sorted(used(dialog))) for dialog in script.dialogs.values() if not dialog.part}
    return _alike("dialogs", "Dialogs with the same parts", parts)


def _alike(name: str, title: str, kinds: Mapping[str, tuple[str, ...]]) -> list[Group]:
    """Frames around the boxes of one kind, where there is more than one."""
    together: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for key, kind in kinds.items():
        if kind:
            together[kind].append(key)
    found = [tuple(keys) for keys in together.values() if len(keys) > 1]
    return [Group(f"{name} {number}", title, keys) for number, keys in enumerate(found, 1)]


def _named(dialog: Dialog) -> tuple[str, ...]:
    return (*wrapped(dialog.title), f"[{dialog.id}]")
