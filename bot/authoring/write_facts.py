"""What is known of a child, as it is written in files of chats: `{age: 2 months, temperature_c: 38.0}`."""

from __future__ import annotations

from collections.abc import Mapping

from bot.facts.value import Born, Choice, DaysOld, Many, NoSuch, NotSure, Number, Value
from bot.triage.knowledge import BIRTH


def write_facts(facts: Mapping[str, Value]) -> str:
    """The facts in one line; those that a file of chats has no words for are left out."""
    parts = [part for name, value in facts.items() if (part := _entry(name, value)) is not None]
    return f"{{{', '.join(parts)}}}"


def _entry(name: str, value: Value) -> str | None:
    match value:
        case DaysOld(low, high, _) if low == high:
            return f"age: {low} day{'' if low == 1 else 's'}"
        case NotSure() if name == BIRTH:
            return "age: not sure"
        case Born(on):
            return f"{name}: {on.isoformat()}"
        case NotSure():
            return f"{name}: not sure"
        case NoSuch():
            return f"{name}: none"
        case Choice(possible) if len(possible) == 1:
            return f"{name}: {next(iter(possible))}"
        case Many(certain, possible) if certain == possible:
            return f"{name}: [{', '.join(sorted(certain))}]"
        case Number(interval) if interval.exact is not None:
            return f"{name}: {interval.exact:f}"
        case _:
            return None
