"""What changes in the lists of words that parents type, in the emergency numbers, and in what is withheld.

None of it is a condition that a solver could decide. So the reading is the cautious one: whatever is heard less, or may
be, is looser; another number to call is looser, as nothing here can tell whether it is the right one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.authoring.changes.both import Both, differing
from bot.authoring.changes.change import Change
from bot.authoring.changes.tree import Leaf, leaves
from bot.authoring.changes.words import listed, named, quoted, reworded, same_words
from bot.script.document import plain
from bot.script.edit_class import EditClass
from bot.script.withheld import Passage

WORDS, NUMBERS, WITHHELD = "content/words.yaml", "content/emergency_numbers.yaml", "content/withheld.yaml"
HEARD = frozenset({"phrases", "words", "whole"})
"""Lists of which an entry makes that more is heard."""

DOUBTED = frozenset({"unsure", "softeners"})
"""Lists of which an entry makes that the chat asks before it counts."""


def word_changes(both: Both) -> Iterator[Change]:
    """Emergency words: by language and sign, what is heard and what is heard no more."""
    old, new = both.old.words, both.new.words
    for leaf in leaves(old, new):
        if leaf.path[-1] in ("reviewed", "version", "note", "name"):
            continue
        kind = _heard(leaf, old, new)
        where = _language(new if leaf.path[1] in new.get("languages", {}) else old, leaf.path)
        of = ".".join(leaf.path[1:])
        yield Change(kind, of, f"{where}: {leaf.told()}", WORDS, heading=f"Emergency words ({WORDS})", danger=True)
    if list(old.get("signs", {})) != list(new.get("signs", {})) and set(old.get("signs", {})) == set(
        new.get("signs", {})
    ):
        what = "Where a text names several signs, another one is told first now."
        yield Change(EditClass.STRUCTURAL, "signs", what, WORDS, heading=f"Emergency words ({WORDS})", danger=True)


def _heard(leaf: Leaf, old: Mapping[str, Any], new: Mapping[str, Any]) -> EditClass:
    steps = frozenset(leaf.path)
    if leaf.path[0] != "languages" or not leaf.is_list:
        return EditClass.STRUCTURAL
    if steps & DOUBTED:
        return EditClass.LOOSER if leaf.come else EditClass.STRICTER
    if "replies" in steps:
        return EditClass.STRUCTURAL
    if "groups" in steps:
        name = f"<{leaf.path[-1]}>"
        doubts = any(name in _doubts(one, leaf.path[1]) for one in (old, new))
        return EditClass.LOOSER if leaf.gone or doubts else EditClass.STRICTER
    if steps & HEARD:
        return EditClass.LOOSER if leaf.gone else EditClass.STRICTER
    return EditClass.STRUCTURAL


def _doubts(words: Mapping[str, Any], language: str) -> str:
    """All entries of a language that make the chat ask first, as one text."""
    empty: Mapping[str, Any] = {}
    all_of_it = leaves(empty, words.get("languages", {}).get(language, {}))
    return "\n".join(str(leaf.come) for leaf in all_of_it if frozenset(leaf.path) & DOUBTED)


def _language(words: Mapping[str, Any], path: tuple[str, ...]) -> str:
    if path[0] != "languages":
        return " ".join(path).replace("_", " ")
    name = words.get("languages", {}).get(path[1], {}).get("name", path[1])
    return f"{name}, {', '.join(path[2:]).replace('_', ' ')}"


def number_changes(both: Both) -> Iterator[Change]:
    """Emergency numbers: looser whichever way, as a wrong number is the worst mistake of all."""
    for leaf in leaves(both.old.numbers, both.new.numbers):
        if leaf.path[-1] in ("checked", "version"):
            continue
        country = leaf.path[1] if leaf.path[0] == "countries" and len(leaf.path) > 1 else "where no country is known"
        field = leaf.path[-1] if leaf.path[0] == "countries" else "number"
        kind = EditClass.STRUCTURAL if field == "names" else EditClass.LOOSER
        check = "" if field == "names" else " Somebody has to call it, or look it up."
        what = f"{country}, {field.replace('_', ' ')}: {leaf.told()}{check}"
        heading = f"Emergency numbers ({NUMBERS})"
        yield Change(kind, ".".join(leaf.path), what, NUMBERS, heading=heading, danger=True)


def withheld_changes(both: Both) -> Iterator[Change]:
    """What is warned about when a parent asks."""
    old, new = both.old.withheld, both.new.withheld

    def change(kind: EditClass, of: str, what: str) -> Change:
        return Change(kind, of, what, WITHHELD, heading=f"May I ...? ({WITHHELD})")

    if not same_words(old.ask, new.ask):
        yield change(EditClass.WORDING, "ask", f"What it asks: {reworded(old.ask, new.ask)}.")
    for name in dict.fromkeys([*old.chapters, *new.chapters]):
        was, now = old.chapters.get(name), new.chapters.get(name)
        if not same_words(was, now):
            kind = EditClass.WORDING if was and now else EditClass.STRUCTURAL
            yield change(kind, f"chapters.{name}", f"The chapter [{name}]: {reworded(was, now)}.")
    for name, passage in old.passages.items():
        if name not in new.passages:
            yield change(EditClass.LOOSER, name, f"No longer warned of: {passage.title} [{name}]")
    for name, passage in new.passages.items():
        before = old.passages.get(name)
        if before is None:
            yield change(EditClass.STRICTER, name, f"Newly warned of: {passage.title} [{name}]: {quoted(passage.say)}")
            continue
        for kind, what in _passage(before, passage):
            yield change(kind, name, f"{what} [{name}]")
        for leaf in leaves(_phrases(both.old_nodes, name), _phrases(both.new_nodes, name)):
            kind = EditClass.LOOSER if leaf.gone else EditClass.STRICTER
            yield change(kind, name, f"{named(passage.title)}, what a parent may type: {leaf.told()} [{name}]")
    for leaf in leaves(_groups(both.old_nodes), _groups(both.new_nodes)):
        kind = EditClass.LOOSER if leaf.gone else EditClass.STRICTER
        yield change(kind, f"groups.{leaf.path[-1]}", f"Words that mean “{leaf.path[-1]}”: {leaf.told()}")


def _passage(old: Passage, new: Passage) -> Iterator[tuple[EditClass, str]]:
    for name, (was, now) in differing(old, new, apart_from=frozenset({"place", "phrases"})).items():
        if name == "say" and was and now:
            yield EditClass.WORDING, f"{named(new.title)}: {reworded(was, now)}"
        elif name == "say":
            kind = EditClass.STRICTER if now else EditClass.LOOSER
            yield kind, f"{named(new.title)}: {reworded(was, now)}"
        elif name == "label" and was and now:
            yield EditClass.WORDING, f"The button {quoted(was)} is now {quoted(now)}"
        elif name in ("chapter", "label", "topic", "instead"):
            told = listed(now) if isinstance(now, tuple) else now
            yield EditClass.STRUCTURAL, f"{named(new.title)}: its {name} is {told or 'left out'} now"
        elif name not in ("sources", "title"):
            yield EditClass.STRUCTURAL, f"{named(new.title)}: '{name}' is different"


def _phrases(nodes: Mapping[str, Any], passage: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = plain(nodes[WITHHELD])["passages"][passage].get("phrases") or {}
    return found


def _groups(nodes: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = plain(nodes[WITHHELD]).get("groups") or {}
    return found
