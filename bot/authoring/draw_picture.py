"""What a picture of a dialog shows, before it becomes Mermaid or an image: boxes and arrows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.facts.level import Level


class Shape(StrEnum):
    """What a box stands for; each has a form of its own, so that no colour is needed to tell them apart."""

    START = "start"
    END = "end"
    ASK = "ask"
    CHECKLIST = "checklist"
    DO = "do"
    SAY = "say"
    HOWTO = "howto"
    GATE = "gate"
    FINISH = "finish"
    CONDITION = "condition"
    ALARM = "alarm"
    MENU = "menu"


class Way(StrEnum):
    """What an arrow stands for."""

    ON = "on"
    YES = "yes"
    NO = "no"
    CLOSED = "closed"
    ALARM = "alarm"
    USES = "uses"


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its key is the state's name, or is made from it; `lines` are what stands in it.

    `level` is that of an alarm, or the floor of a checklist; `bare` means that no golden chat stops there.
    """

    key: str
    shape: Shape
    lines: tuple[str, ...]
    level: Level | None = None
    bare: bool = False

    @property
    def name(self) -> str:
        """What the box is called where another one points at it."""
        if self.shape is Shape.ALARM:
            return self.lines[0]
        last = self.lines[-1]
        return last[1:-1] if last.startswith("[") else " ".join(self.lines)


@dataclass(frozen=True, slots=True)
class Arrow:
    """One arrow between two boxes; `bare` means that no golden chat goes this way."""

    source: str
    target: str
    way: Way
    label: str = ""
    level: Level | None = None
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Boxes that belong together; an arrow may lead to the key of a group."""

    key: str
    title: str
    boxes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture; `name` is that of its file, `about` says in a sentence what it shows.

    `legend` are the lines that explain the forms; `direction` is TB (down) or LR (to the right).
    """

    name: str
    title: str
    about: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    groups: tuple[Group, ...] = ()
    legend: tuple[str, ...] = ()
    direction: str = "TB"
