"""The menu: which dialog each button starts, and what is known by pressing it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from bot.facts.value import Value
from bot.script.document import Mapped, Node, find
from bot.script.problems import Problems
from bot.script.read_condition import ConditionReader
from bot.script.read_value import read_values
from bot.script.shaped import shaped
from bot.script.shapes import MenuShape
from bot.script.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One button of the menu."""

    id: str
    text: str
    start: str
    sets: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Menu:
    """The first question of every conversation."""

    ask: str = ""
    entries: tuple[MenuEntry, ...] = ()


def load_menu(node: Node, vocabulary: Vocabulary, dialogs: Collection[str], problems: Problems) -> Menu:
    """Read the menu."""
    shape = shaped(MenuShape, node, problems, "the menu")
    if shape is None or not isinstance(node, Mapped):
        return Menu()
    part = node.entries["entries"]
    reader = ConditionReader(vocabulary, problems, looks=frozenset())
    entries: list[MenuEntry] = []
    for name, one in shape.entries.items():
        entry = part.entries[name] if isinstance(part, Mapped) else part
        sets: Mapping[str, Value] = {}
        if one.sets is not None and isinstance(entry, Mapped):
            sets = read_values(reader, entry.entries["sets"])
        if one.start not in dialogs:
            problems.unknown(find(entry, ["start"]), "dialog", one.start, dialogs)
            continue
        entries.append(MenuEntry(name, one.text, one.start, sets))
    return Menu(shape.ask, tuple(entries))
