"""What changes for a parent from one version of the script to another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.authoring.changes.articles import article_changes, library_changes
from bot.authoring.changes.both import Both
from bot.authoring.changes.change import Change, Changes
from bot.authoring.changes.dialogs import dialog_changes
from bot.authoring.changes.outcome_texts import outcome_changes
from bot.authoring.changes.plain_texts import howto_changes, menu_changes, phrase_changes, rule_text_changes
from bot.authoring.changes.renamed import new_names, rename_changes, with_new_names
from bot.authoring.changes.rest import rest_changes
from bot.authoring.changes.signatures import signature_changes
from bot.authoring.changes.spoken import number_changes, withheld_changes, word_changes
from bot.authoring.changes.tables import TableChanges
from bot.script.document import Node
from bot.script.load import Folder, look_at
from bot.script.problems import ScriptError
from bot.script.script import Script


def compare(old: Folder, new: Folder) -> Changes:
    """Every change between two versions; raises ScriptError where one of them does not load."""
    if old.files == new.files:
        return Changes()
    return compare_loaded(old, new, loaded(old), loaded(new))


Loaded = tuple[Script, Mapping[str, Node]]
"""A version that was read: the script, and its files as they were written."""


def compare_loaded(old: Folder, new: Folder, was: Loaded, now: Loaded) -> Changes:
    """The same of versions that were loaded already."""
    names = new_names(was[0], now[0])
    both = Both(with_new_names(was[0], names), now[0], was[1], now[1], names)
    found = [*rename_changes(names), *_all(both)]
    found += rest_changes(both, old, new, found)
    # Made only where something asked for it.
    made = both.__dict__.get("worlds", True)
    return Changes(tuple(found), proved=made is not None)


def _all(both: Both) -> Iterator[Change]:
    yield from TableChanges(both).changes()
    yield from rule_text_changes(both)
    yield from dialog_changes(both)
    yield from howto_changes(both)
    yield from outcome_changes(both)
    yield from phrase_changes(both)
    yield from menu_changes(both)
    yield from word_changes(both)
    yield from number_changes(both)
    yield from withheld_changes(both)
    yield from article_changes(both)
    yield from library_changes(both)
    yield from signature_changes(both)


def loaded(folder: Folder) -> Loaded:
    """A version as it is compared; raises ScriptError with its problems."""
    found = look_at(folder)
    if found.problems or found.script is None:
        raise ScriptError(found.problems)
    return found.script, found.nodes
