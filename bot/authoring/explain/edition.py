"""One version of the scripts, read for explaining: its texts, its sources and its inventory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.authoring.documents.inventory import Inventory, load_inventory
from bot.errors import SteadyError
from bot.script.check_sources import source_shapes
from bot.script.citations import Citation, citations
from bot.script.document import Mapped, Node, Scalar
from bot.script.load import Folder, look_at
from bot.script.problems import Problems
from bot.script.script import Script
from bot.script.shapes import SourceShape
from bot.script.text_ids import Text, texts_by_id


class EditionError(SteadyError):
    """A version that this program cannot read any more, or not yet."""


@dataclass(frozen=True)
class Edition:
    """The script of a version, its files as they were written, and how the version is called."""

    name: str
    script: Script
    nodes: Mapping[str, Node]
    inventory: Inventory = field(default_factory=Inventory)

    @cached_property
    def texts(self) -> Mapping[str, Text]:
        """Every text for parents by its name."""
        return texts_by_id(self.script)

    @cached_property
    def catalogue(self) -> Mapping[str, SourceShape]:
        """What is known about each source."""
        return source_shapes(self.nodes)

    @cached_property
    def cited(self) -> tuple[Citation, ...]:
        """Every citation, in the order of the files."""
        return tuple(citations(self.nodes))

    def reviewed(self, file: str) -> tuple[str, str] | None:
        """Who read a file last, and when."""
        node = self.nodes.get(file)
        entry = node.entries.get("reviewed") if isinstance(node, Mapped) else None
        if not isinstance(entry, Mapped):
            return None
        by, on = entry.entries.get("by"), entry.entries.get("on")
        return (by.text, on.text) if isinstance(by, Scalar) and isinstance(on, Scalar) else None


def read_edition(name: str, folder: Folder) -> Edition:
    """Read a version; raises EditionError where it has mistakes, or was made for another program."""
    loaded = look_at(folder)
    if loaded.script is None or loaded.problems:
        raise EditionError(
            f"{name} cannot be read by this program: {loaded.problems[0]}",
            cure="`steady check` lists what is wrong; an old version needs the program that published it.",
        )
    inventory = load_inventory(loaded.nodes, Problems())
    return Edition(name, loaded.script, loaded.nodes, Inventory() if inventory is None else inventory)
