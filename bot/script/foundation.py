"""The files to which every other file refers: a mistake in one of them must not make all others look wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.script.document import Mapped, Node
from bot.script.problems import Problems
from bot.script.vocabulary import may_be_name

SOURCES = "content/sources.yaml"
FACTS = "content/facts.yaml"
RULES = "content/red_flags.yaml"
GATES = "content/gates.yaml"
FOUNDATION = (SOURCES, FACTS, RULES, GATES)

OTHERS = ("content/inventory.yaml", "content/open_questions.yaml")
"""Files of moderators from which no script is made."""


@dataclass(frozen=True, slots=True)
class _Listed:
    """Which sections of a file list things, and the kinds of complaint that others make where one is absent."""

    sections: tuple[str, ...]
    kinds: tuple[str, ...]


_LISTED = {
    SOURCES: _Listed(("sources",), ("source", "document")),
    FACTS: _Listed(("facts", "derived"), ("fact", "value")),
    RULES: _Listed(("rules",), ("rule", "rule says")),
    GATES: _Listed(("gates",), ("gate",)),
}


def forget_what_follows(nodes: Mapping[str, Node], problems: Problems) -> None:
    """Drop what is only told because a fact, a rule, a gate or a source could not be read."""
    wrong = {file for file in FOUNDATION if file not in nodes} | problems.files() & set(FOUNDATION)
    for file in wrong:
        listed = _LISTED[file]
        names = _at_fault(nodes[file], listed.sections, file, problems) if file in nodes else None
        for kind in listed.kinds:
            problems.forget_absent(file, kind, names)
    if wrong & {FACTS, RULES}:
        # What a rule looks at is worked out from facts; the tags are those of all rules.
        problems.forget_absent(RULES, "rule says", None)
    if RULES in wrong:
        problems.forget_absent(RULES, "tag", None)


def _at_fault(node: Node, sections: tuple[str, ...], file: str, problems: Problems) -> frozenset[str] | None:
    """The entries in whose lines a mistake was found; None where a mistake lies outside all of them."""
    starts = sorted(_starts(node, sections))
    found: set[str] = set()
    for problem in problems.found:
        if problem.place.file != file:
            continue
        above = [name for line, name in starts if line <= problem.place.line]
        # Where the name itself is wrong, nobody knows which one was meant.
        if not above or not may_be_name(above[-1]):
            return None
        found.add(above[-1])
    return frozenset(found)


def _starts(node: Node, sections: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    for name in sections:
        part = node.entries.get(name) if isinstance(node, Mapped) else None
        if isinstance(part, Mapped):
            yield from ((place.line, entry) for entry, place in part.keys.items())
