"""JSON as the database keeps it: compact text that SQLite can store whatever a parent typed."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

Json: TypeAlias = bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"] | None


def to_json(value: Json) -> str:
    """The text of `value`; NaN and infinity are refused, for no other reader would take them."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        # Half an emoji (a lone surrogate) can be escaped but not stored as it is.
        return json.dumps(value, separators=(",", ":"), allow_nan=False)
    return text


def from_json(text: str) -> Any:
    """The value behind a text that `to_json` wrote."""
    return json.loads(text)


def to_json_or_none(value: Json) -> str | None:
    """The text, or None for None: no payload rather than the payload `null`."""
    return None if value is None else to_json(value)


def from_json_or_none(text: str | None) -> Any:
    """The value, or None where there is no text."""
    return None if text is None else json.loads(text)
