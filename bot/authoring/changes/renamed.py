"""The old version with the names of the new one: what is only called otherwise is the same (`renamed_from`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

from bot.authoring.changes.change import Change
from bot.script.edit_class import EditClass
from bot.script.script import Script

PARTS = ("vocabulary", "book", "dialogs", "howtos", "outcomes", "menu", "local")
HEADING = "Other names inside"


def with_new_names(old: Script, names: Mapping[str, str]) -> Script:
    """The old version, where each fact, rule, list and dialog that was renamed has its present name."""
    if not names:
        return old
    return replace(old, **{part: renamed(getattr(old, part), names) for part in PARTS})


def rename_changes(names: Mapping[str, str]) -> Iterator[Change]:
    """Each declared rename: answers are found again under the new name."""
    for before, now in names.items():
        yield Change(
            EditClass.WORDING, now, f"[{before}] is called [{now}] now; answers are kept.", "", heading=HEADING
        )


def new_names(old: Script, new: Script) -> Mapping[str, str]:
    """What had the old name there, and has the new one here."""
    return dict(_renames(old, new))


def _renames(old: Script, new: Script) -> Iterator[tuple[str, str]]:
    found = new.renames
    tables: tuple[tuple[Mapping[str, str], Any, Any], ...] = (
        (found.facts, old.vocabulary.facts, new.vocabulary.facts),
        (found.rules, old.book.rules, new.book.rules),
        (found.dialogs, old.dialogs, new.dialogs),
    )
    for names, before, after in tables:
        yield from ((was, now) for was, now in names.items() if was in before and was not in after)
    for dialog, names in found.lists.items():
        known = old.dialogs.get(dialog)
        yield from ((was, now) for was, now in names.items() if known is not None and was in known.checklists)


def renamed(value: Any, names: Mapping[str, str]) -> Any:
    """The same with every name that stands alone replaced; nobody writes such a name as a text for parents."""
    match value:
        case Enum():
            return value
        case str():
            return names.get(value, value)
        case Mapping():
            return {renamed(key, names): renamed(one, names) for key, one in value.items()}
        case tuple() | frozenset() | list():
            return type(value)(renamed(one, names) for one in value)
        case _ if is_dataclass(value) and not isinstance(value, type):
            changed = {one.name: renamed(getattr(value, one.name), names) for one in fields(value) if one.init}
            return replace(value, **changed)
        case _:
            return value
