"""What the proof found: a property that does not hold, and for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.facts.value import Value


class Property(StrEnum):
    """What is proved of the scripts; the letters stand in the certificate."""

    REASSURANCE = "a"
    COMPLETE = "b"
    ESCALATION = "c"
    GATES = "d"
    MONOTONE = "e"
    NOTHING_DEAD = "f"
    SEALED = "g"
    NO_DEAD_END = "h"


CLAIMS: Mapping[Property, str] = {
    Property.REASSURANCE: "no reassuring outcome while a red flag is true, or open beyond what the seal allows",
    Property.COMPLETE: "no parent whose facts raise a rule ends below its level, in any dialog that shows a level",
    Property.ESCALATION: "every flag of URGENT or EMERGENCY is told in the turn in which it is raised",
    Property.GATES: "every step of a how-to stands behind its gate, and nothing unknown opens a gate",
    Property.MONOTONE: 'a worse answer, or "not sure" instead of the usual one, never lowers the level',
    Property.NOTHING_DEAD: "every rule, condition and question can matter for some child",
    Property.SEALED: "facts, rules, gates and answers mean what the sealed table says, but for the listed edits",
    Property.NO_DEAD_END: "from every question there is a way to an end, to the menu and to the emergency card",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One property that does not hold.

    `child` is the shortest example that was found; `other` the same child with the answer that makes the difference;
    `chat` is what the real engine does with it, `confirmed` whether the engine shows the fault as well (None: it cannot
    be shown in a chat).
    """

    property: Property
    what: str
    child: Mapping[str, Value] | None = None
    dialog: str | None = None
    expected: str | None = None
    chat: str = ""
    confirmed: bool | None = None
    rules: tuple[str, ...] = field(default=())
