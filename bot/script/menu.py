"""The menu: which dialog each button starts, and what is known by pressing it; a button may open a second level.

A button may also open the questions that are answered by a warning alone ("May I ...?", content/withheld.yaml).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from bot.facts.value import Value
from bot.script.document import Mapped, Node, find
from bot.script.problems import Problems
from bot.script.read_condition import ConditionReader
from bot.script.read_value import read_values
from bot.script.shaped import shaped
from bot.script.shapes import MenuButtonShape, MenuEntryShape, MenuShape
from bot.script.vocabulary import Vocabulary

MAY_I = "may_i"
"""What a button can open besides a dialog: the questions of content/withheld.yaml."""

SUMMARY = "summary"
"""And the parent's own answers, diary and questions, for the doctor."""


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One button of the menu: it starts a dialog, opens something, or asks once more with the entries below it.

    `path` is where it is written in `content/menu.yaml`.
    """

    id: str
    text: str
    path: tuple[str, ...]
    start: str | None = None
    opens: str | None = None
    sets: Mapping[str, Value] = field(default_factory=dict)
    ask: str | None = None
    entries: tuple[MenuEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Menu:
    """The first question of every conversation."""

    ask: str = ""
    entries: tuple[MenuEntry, ...] = ()

    @property
    def every(self) -> Iterator[MenuEntry]:
        """The entries of both levels, each before those below it."""
        for entry in self.entries:
            yield entry
            yield from entry.entries

    def find(self, name: str | None) -> MenuEntry | None:
        """The entry of this name, on either level."""
        return next((entry for entry in self.every if entry.id == name), None)

    def way_to(self, text: str) -> tuple[MenuEntry, ...]:
        """The buttons to press one after the other, up to the one with this label; empty where there is none."""
        for entry in self.entries:
            if entry.text == text:
                return (entry,)
            for below in entry.entries:
                if below.text == text:
                    return (entry, below)
        return ()


def load_menu(node: Node, vocabulary: Vocabulary, dialogs: Collection[str], problems: Problems) -> Menu:
    """Read the menu."""
    shape = shaped(MenuShape, node, problems, "the menu")
    if shape is None or not isinstance(node, Mapped):
        return Menu()
    reader = ConditionReader(vocabulary, problems, looks=frozenset())
    read = _Reader(node, reader, dialogs)
    entries = [read.entry(name, one, ("entries", name)) for name, one in shape.entries.items()]
    menu = Menu(shape.ask, tuple(entry for entry in entries if entry is not None))
    seen: set[str] = set()
    for entry in menu.every:
        if entry.id in seen:
            problems.add(find(node, entry.path), f"two buttons of the menu are called '{entry.id}'.", "Rename one.")
        seen.add(entry.id)
    return menu


@dataclass(frozen=True, slots=True)
class _Reader:
    node: Mapped
    reader: ConditionReader
    dialogs: Collection[str]

    def entry(self, name: str, shape: MenuEntryShape, path: tuple[str, ...]) -> MenuEntry | None:
        """Read an entry of the first level, which starts a dialog, opens something, or has entries of its own."""
        problems, place = self.reader.problems, find(self.node, path)
        if shape.entries is None and shape.ask is None:
            return self.button(name, shape, path)
        if shape.opens is not None:
            what = f"'{name}' both opens something and asks once more."
            problems.add(place, what, "Take 'opens' out, or 'ask' and 'entries'.")
            return None
        if shape.start is not None:
            what = f"'{name}' both starts a dialog and asks once more."
            problems.add(place, what, "Take 'start' out, or 'ask' and 'entries'.")
        elif shape.entries is None:
            problems.add(place, f"'{name}' asks, and has nothing to choose from.", "Add 'entries:' below 'ask'.")
        elif shape.ask is None:
            problems.add(place, f"'{name}' does not say what it asks.", "Add 'ask: ...' above 'entries'.")
        elif shape.sets is not None:
            problems.add(place, f"'{name}' tells nothing by itself.", "Move 'sets' to the entries below it.")
        else:
            below = [self.button(key, one, (*path, "entries", key)) for key, one in shape.entries.items()]
            found = tuple(entry for entry in below if entry is not None)
            return MenuEntry(name, shape.text, path, ask=shape.ask, entries=found)
        return None

    def button(self, name: str, shape: MenuEntryShape | MenuButtonShape, path: tuple[str, ...]) -> MenuEntry | None:
        """Read an entry that starts a dialog, or opens something."""
        problems, place = self.reader.problems, find(self.node, path)
        if shape.opens is not None and (shape.start is not None or shape.sets is not None):
            what = f"'{name}' opens something that is no dialog, and yet has '{'start' if shape.start else 'sets'}'."
            problems.add(place, what, "Take 'opens' out, or 'start' and 'sets'.")
            return None
        if shape.opens is not None:
            return MenuEntry(name, shape.text, path, opens=shape.opens)
        if shape.start is None:
            problems.add(place, f"'{name}' starts nothing.", "Add 'start: name of a dialog'.")
            return None
        if shape.start not in self.dialogs:
            problems.unknown(find(self.node, (*path, "start")), "dialog", shape.start, self.dialogs)
            return None
        sets: Mapping[str, Value] = {}
        written = self._at((*path, "sets")) if shape.sets is not None else None
        if written is not None:
            sets = read_values(self.reader, written)
        return MenuEntry(name, shape.text, path, shape.start, sets=sets)

    def _at(self, path: tuple[str, ...]) -> Node | None:
        node: Node | None = self.node
        for step in path:
            node = node.entries.get(step) if isinstance(node, Mapped) else None
        return node
