"""What nothing else has looked at: notes for reviewers, new kinds of files, and whatever this command does not know.

A change that nobody foresaw is structural, never wording.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from bot.authoring.changes.articles import ARTICLES
from bot.authoring.changes.both import Both, heading
from bot.authoring.changes.change import Change
from bot.authoring.changes.renamed import renamed
from bot.authoring.changes.signatures import HEADING as SIGNED
from bot.authoring.changes.tree import Leaf, leaves
from bot.authoring.changes.words import listed, squeezed
from bot.script.document import plain
from bot.script.edit_class import EditClass
from bot.script.load import Folder

FOR_REVIEWERS = {
    "reviewed": "who reviewed it",
    "sources": "sources",
    "approved": "approvals",
    "fires_for": "examples",
    "quiet_for": "examples",
    "todo": "things to do",
    "draft": "drafts",
    "about": "notes",
    "note": "notes",
    "title": "titles",
    "rule": "which rule a line is for",
    "open_question": "open questions",
    "information": "notes",
    "split_from": "notes",
    "version": "version numbers",
    "checked": "who checked a number",
    "banned": "what no text may say",
}
"""Keys of which no parent reads anything; a title only where it is one of a rule, a gate, a passage or a source."""

WITH_TITLES = frozenset(
    {"content/red_flags.yaml", "content/gates.yaml", "content/withheld.yaml", "content/sources.yaml"}
)
NOT_FOR_PARENTS = frozenset({"content/sources.yaml", "content/inventory.yaml", "content/open_questions.yaml"})
OTHER = "Other"

KNOWN_OF_SCRIPTS = frozenset(
    {
        "hash", "vocabulary", "book", "dialogs", "machines", "howtos", "outcomes", "phrases", "menu", "withheld",
        "words", "numbers", "local", "meanings", "structure", "renames", "approvals", "articles", "library",
    }
)  # fmt: skip


def rest_changes(both: Both, old: Folder, new: Folder, found: Sequence[Change]) -> Iterator[Change]:
    """Everything besides what was `found` by those who know what to look at."""
    for name in sorted({one.name for one in fields(both.new)} - KNOWN_OF_SCRIPTS):
        if getattr(both.old, name) != getattr(both.new, name):
            yield Change(EditClass.STRUCTURAL, name, f"'{name}' is different.", "content", heading=OTHER)
    files = {one.file for one in found if one.heading != SIGNED}
    for path in sorted(old.files.keys() | new.files.keys()):
        if path.startswith(ARTICLES) or squeezed(old.files.get(path)) == squeezed(new.files.get(path)):
            continue
        if path in both.old_nodes and path in both.new_nodes:
            yield from _file(both, path, known=path in files)
        elif path not in files:
            verb = "is gone" if path in both.old_nodes else "is new"
            yield _of_file(both, path, EditClass.STRUCTURAL, f"The file {path} {verb}.")


def _file(both: Both, path: str, *, known: bool) -> Iterator[Change]:
    """What a file says to reviewers alone; what else differs in it must be `known` by a change already."""
    notes: list[str] = []
    strange: list[Leaf] = []
    trees = renamed(plain(both.old_nodes[path]), both.names), plain(both.new_nodes[path])
    for leaf in leaves(*trees):
        silent = next((step for step in leaf.path if step in FOR_REVIEWERS), None)
        if "renamed_from" in leaf.path:
            continue
        if path in NOT_FOR_PARENTS:
            notes.append(f"[{leaf.path[min(1, len(leaf.path) - 1)]}]")
        elif silent is not None and (silent != "title" or path in WITH_TITLES):
            # What is new or gone as a whole is told as such.
            if all(_there(tree, leaf.path[: leaf.path.index(silent)]) for tree in trees):
                notes.append(FOR_REVIEWERS[silent])
        elif leaf.gone or leaf.come:
            strange.append(leaf)
    if notes:
        yield _of_file(both, path, EditClass.WORDING, f"For reviewers alone: {listed(notes)}.")
    for leaf in () if known else strange[:1]:
        where = " ".join(leaf.path)
        yield _of_file(both, path, EditClass.STRUCTURAL, f"Nobody can say what this means: {where}: {leaf.told()}")


def _of_file(both: Both, path: str, kind: EditClass, what: str) -> Change:
    dialogs = (*both.new.dialogs.values(), *both.old.dialogs.values())
    titled = next((one for one in dialogs if one.place.file == path), None)
    return Change(kind, path, what, path, heading=heading(titled) if titled is not None else path)


def _there(tree: Any, path: tuple[str, ...]) -> bool:
    """Whether anything stands at a place of a tree."""
    for step in path:
        if isinstance(tree, list):
            tree = tree[int(step)] if step.isdecimal() and int(step) < len(tree) else None
        else:
            tree = tree.get(step) if isinstance(tree, Mapping) else None
        if tree is None:
            return False
    return True
