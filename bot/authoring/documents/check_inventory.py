"""Holding the inventory against the scripts: each home is there, and cites the very line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Set

from bot.authoring.documents.inventory import INVENTORY, Inventory, Item, load_inventory
from bot.script.citations import Citation, citations, document_place
from bot.script.load import Loaded
from bot.script.problems import Place, Problem, Problems, unknown


def check_inventory(loaded: Loaded) -> Iterator[Problem]:
    """Note homes that are not there or do not cite the line, and citations of lines with nothing on them.

    Scripts without an inventory have nothing to hold against.
    """
    problems = Problems()
    inventory = load_inventory(loaded.nodes, problems)
    yield from problems.found
    # What a broken file cites cannot be told: all its homes would look as if they were not there.
    if inventory is None or not loaded.founded or loaded.problems:
        return
    cited = cited_by_home(loaded)
    passages = frozenset() if loaded.script is None else frozenset(loaded.script.withheld.passages)
    for item in inventory.items.values():
        yield from _of_item(item, inventory, cited, passages)
    for reason in inventory.reasons.values():
        yield from _absent(reason.place, reason.instead, cited)
    for system in inventory.systems.values():
        yield from _absent(system.place, system.home, cited)
    yield from _nothing_there(inventory, citations(loaded.nodes))


def cited_by_home(loaded: Loaded) -> Mapping[str, Set[str]]:
    """Every home by its name, and all that it cites."""
    found: dict[str, set[str]] = {}
    for citation in citations(loaded.nodes):
        found.setdefault(citation.home, set()).add(citation.source)
    return found


def _of_item(
    item: Item, inventory: Inventory, cited: Mapping[str, Set[str]], passages: Collection[str]
) -> Iterator[Problem]:
    yield from _absent(item.place, item.used_by, cited)
    holding = {*passages, *inventory.reasons}
    for name in item.withheld_by:
        if name not in holding:
            yield unknown(item.place, "withheld passage or reason", name, holding)
    for name in (*item.used_by, *(name for name in item.withheld_by if name in passages)):
        if name in cited and str(item.line) not in cited[name]:
            what = f"'{name}' does not cite {item.line}, where {item.id} stands."
            yield Problem(item.place, what, f"Add {item.line} to its sources, or take '{name}' out here.")


def _absent(place: Place, names: Collection[str], known: Collection[str]) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            yield unknown(place, "home", name, known)


def _nothing_there(inventory: Inventory, cited: Iterator[Citation]) -> Iterator[Problem]:
    listed = {item.line for item in inventory.items.values()}
    documents = {line.document for line in listed}
    for citation in cited:
        line = document_place(citation.source)
        if line is not None and line.document in documents and line not in listed:
            what = f"{INVENTORY} has nothing on {line}."
            yield Problem(citation.place, what, "Cite a line that it lists, or add the place there.")
