"""Checked access to plain mappings and lists, with errors that say where in the file the mistake is."""
# ruff: noqa: TRY004 - to whoever writes the file a wrong type is a wrong value

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from typing import Any


def mapping_at(data: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
    """Return the mapping under key, empty where there is none."""
    value = data.get(key, {})
    if not isinstance(value, Mapping):
        raise ValueError(f"{join(where, key)}: should hold named entries, not {_shown(value)}.")
    for name in value:
        if not isinstance(name, str):
            raise ValueError(f'{join(where, key)}: the name {name!r} is not text. Put it in quotes: "{name}".')
    return value


def text_at(data: Mapping[str, Any], key: str, where: str) -> str:
    """Return the text under key."""
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{join(where, key)}: should be a text, not {_shown(value)}.")
    return value


def texts_at(data: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    """Return the list of texts under key, empty where there is none."""
    value = data.get(key, [])
    if not isinstance(value, list | tuple):
        raise ValueError(f"{join(where, key)}: should be a list (lines that begin with '-'), not {_shown(value)}.")
    for number, entry in enumerate(value, start=1):
        if not isinstance(entry, str) or not entry.strip():
            raise ValueError(f"{join(where, key)}, entry {number}: should be a text, not {_shown(entry)}.")
    return tuple(value)


def only(data: Mapping[str, Any], known: Collection[str], where: str) -> None:
    """Refuse a name that means nothing here."""
    for name in data:
        if name not in known:
            near = difflib.get_close_matches(str(name), [*known], n=1)
            hint = f"Did you mean '{near[0]}'?" if near else f"Known here: {', '.join(known)}."
            raise ValueError(f"{join(where, str(name))}: there is no such entry. {hint}")


def join(where: str, key: str) -> str:
    """Name a place one step further inside."""
    return f"{where}.{key}" if where else key


def _shown(value: object) -> str:
    return "nothing" if value is None or value == "" else repr(value)
