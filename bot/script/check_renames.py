"""`renamed_from` with a name that is still in use: the answers of two things would become one.

What a name meant in an earlier version is seen where two versions are compared, not in one folder.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.script.document import Node, find
from bot.script.problems import Place, Problems
from bot.script.script import Script


@dataclass(frozen=True, slots=True)
class _Named:
    """Things that share their names: which there are, and what each was called before, with its place."""

    names: frozenset[str]
    old: tuple[tuple[str, tuple[str, ...], Place], ...]


def check_renames(script: Script, nodes: Mapping[str, Node], problems: Problems) -> None:
    """Note every old name that something else has, and those that two things claim."""
    for named in _kinds(script, nodes):
        claimed: dict[str, str] = {}
        for name, old_names, place in named.old:
            for old in old_names:
                if old in named.names:
                    what = f"'{name}' was renamed from '{old}', but '{old}' is still there."
                    problems.add(place, what, "Take 'renamed_from' out, or the old one.")
                elif old in claimed:
                    what = f"'{name}' and '{claimed[old]}' were both renamed from '{old}'."
                    problems.add(place, what, "Leave 'renamed_from' at the one that means the same as before.")
                claimed.setdefault(old, name)


def _kinds(script: Script, nodes: Mapping[str, Node]) -> Iterator[_Named]:
    facts, rules = script.vocabulary.facts, script.book.rules
    yield _Named(
        frozenset(script.vocabulary.names),
        tuple((one.id, one.renamed_from, one.place) for one in facts.values()),
    )
    yield _Named(frozenset(rules), tuple((one.id, one.renamed_from, one.place) for one in rules.values()))
    dialogs = script.dialogs.values()
    yield _Named(frozenset(script.dialogs), tuple((one.id, one.renamed_from, one.place) for one in dialogs))
    for dialog in dialogs:
        lists = dialog.checklists.values()
        yield _Named(frozenset(dialog.checklists), tuple((one.id, one.renamed_from, one.place) for one in lists))
        node = nodes.get(dialog.place.file)
        for checklist in lists:
            places = {
                line.id: checklist.place if node is None else find(node, ("checklists", checklist.id, "items", number))
                for number, line in enumerate(checklist.items)
            }
            lines = tuple((line.id, line.renamed_from, places[line.id]) for line in checklist.items)
            yield _Named(frozenset(places), lines)
        for question in dialog.questions.values():
            options = (*question.options, *question.bands)
            values = script.vocabulary.options_of(question.id) if question.id not in script.local else ()
            places = {
                one.id: question.place if node is None else find(node, ("questions", question.id, "options", one.id))
                for one in options
            }
            named = tuple((one.id, one.renamed_from, places[one.id]) for one in options)
            yield _Named(frozenset({*places, *values}), named)
