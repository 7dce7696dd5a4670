"""All checks of a script that could be read: to add one, write it in a module of its own and name it here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.script.check_banned import check_banned
from bot.script.check_cited import check_cited
from bot.script.check_dialogs import check_dialogs
from bot.script.check_ids import check_ids
from bot.script.check_plans import check_plans
from bot.script.check_renames import check_renames
from bot.script.check_sources import check_sources
from bot.script.check_texts import check_texts
from bot.script.check_values import check_values
from bot.script.document import Node
from bot.script.problems import Problems
from bot.script.script import Script

Check = Callable[[Script, Mapping[str, Node], Problems], None]

OF_EVERY_FILE: tuple[Check, ...] = (check_sources,)
"""Checks that look at what is written, and so at files with other mistakes as well."""

OF_SOUND_FILES: tuple[Check, ...] = (
    check_values,
    check_texts,
    check_cited,
    check_banned,
    check_ids,
    check_renames,
    check_plans,
)
"""Checks that see only the files without a mistake: what stands in the others is not sure yet."""

OF_ALL_TOGETHER: tuple[Check, ...] = (check_dialogs,)
"""Checks of the dialogs among themselves and of the menu, which need every one of them."""

MENU = "content/menu.yaml"


def run_checks(script: Script, nodes: Mapping[str, Node], problems: Problems) -> None:
    """Look once more at the whole script."""
    wrong = problems.files()
    for check in OF_EVERY_FILE:
        check(script, nodes, problems)
    sound = {path: node for path, node in nodes.items() if path not in wrong}
    dialogs = {name: dialog for name, dialog in script.dialogs.items() if dialog.place.file in sound}
    part = replace(script, dialogs=dialogs)
    for check in OF_SOUND_FILES:
        check(part, sound, problems)
    if MENU in sound and not any(path.startswith("dialogs/") for path in wrong):
        for check in OF_ALL_TOGETHER:
            check(part, sound, problems)
