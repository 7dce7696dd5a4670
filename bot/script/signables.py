"""Everything in a script that a clinician has to sign, and what each signature covers.

These are the rules, the gates and what is always said with them, the limits of facts and of typed answers, all texts of
outcomes, the phrases about health, the emergency words of each language, and the lists and questions that decide an
EMERGENCY or URGENT rule. Decision 0018 says why these, and what is left to `reviewed:`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.facts.reading.limits import typed_limits
from bot.script.approval import Kind, Signable, fingerprint
from bot.script.document import Mapped, Node, find, plain
from bot.script.foundation import FACTS, GATES, RULES
from bot.script.looks_at import NOT_A_CONDITION, RULE_REMARKS, Behind, Plain, without

OUTCOMES = "content/outcomes.yaml"
PHRASES = "content/phrases.yaml"
WORDS = "content/words.yaml"
DIALOGS = "dialogs/"
APPROVED = "approved"
"""The key of a signature; in files where a thing is no mapping, the name of a part that holds the signatures."""

DANGER_PHRASES = frozenset(
    {
        "deleted",
        "reason_first",
        "reason_more",
        "reason_open_first",
        "reason_open_more",
        "reason_private",
        "still_counts",
    }
)
"""Phrases that cite no source and yet say what to do, or come before a reason."""

_NUMBER = "{emergency_number}"
_GRAVE = ("EMERGENCY", "URGENT")
_REMARKS = frozenset({APPROVED, "todo"})
_OF_A_LANGUAGE = _REMARKS | {"reviewed"}
_OUTCOME_PARTS = ("levels", "instead", "meanwhile", "advice", "safety_net")


def find_signables(nodes: Mapping[str, Node]) -> tuple[Signable, ...]:
    """Everything to be signed in these files, unsigned, in the order of what is gravest to a parent."""
    files = {path: plain(node) for path, node in nodes.items()}
    behind = Behind(files.get(FACTS), files.get(RULES), files.get(GATES))
    found = _Found(nodes, behind)
    for name, rule in _entries(files, RULES, "rules"):
        found.add(Kind.RULE, name, RULES, ("rules", name), without(rule, RULE_REMARKS))
    for section in _OUTCOME_PARTS:
        for name, text in _entries(files, OUTCOMES, section):
            found.add(Kind.TEXT, None, OUTCOMES, (section, name), without(text, _REMARKS))
    cited = dict(_entries(files, PHRASES, "sources"))
    for name, phrase in _entries(files, PHRASES, "texts"):
        if name in DANGER_PHRASES or name in cited or (isinstance(phrase, str) and _NUMBER in phrase):
            told = [phrase, cited.get(name)]
            found.add(Kind.TEXT, None, PHRASES, ("texts", name), told, signed_at=(APPROVED, name))
    danger = _danger_facts(files, behind)
    for path, dialog in files.items():
        if path.startswith(DIALOGS):
            _add_dialog(found, path, dialog, danger)
    for name, gate in _entries(files, GATES, "gates"):
        found.add(Kind.GATE, None, GATES, ("gates", name), without(gate, _REMARKS))
    for name, said in _entries(files, GATES, "always_said"):
        found.add(Kind.TEXT, None, GATES, ("always_said", name), without(said, _REMARKS))
    signs = files[WORDS].get("signs") if isinstance(files.get(WORDS), Mapping) else None
    for name, language in _entries(files, WORDS, "languages"):
        content = {"signs": signs, "words": without(language, _OF_A_LANGUAGE)}
        found.add(Kind.WORDS, None, WORDS, ("languages", name), content)
    if FACTS not in files:
        return tuple(found.signables)
    facts = {name: without(fact, NOT_A_CONDITION) for name, fact in _entries(files, FACTS, "facts")}
    found.add(Kind.LIMIT, "facts.asking", FACTS, ("facts",), facts, signed_at=(APPROVED, "asking"))
    found.add(Kind.LIMIT, "facts.typing", FACTS, ("facts",), typed_limits(), signed_at=(APPROVED, "typing"))
    return tuple(found.signables)


def signable_id(file: str, path: Sequence[str | int]) -> str:
    """The name of a thing to sign: like that of its texts, which begin with it (bot.script.text_ids)."""
    return ".".join([file.rsplit("/", 1)[-1].removesuffix(".yaml"), *(str(step) for step in path)])


class _Found:
    def __init__(self, nodes: Mapping[str, Node], behind: Behind) -> None:
        self.signables: list[Signable] = []
        self._nodes = nodes
        self._behind = behind

    def add(
        self,
        kind: Kind,
        name: str | None,
        file: str,
        path: tuple[str, ...],
        content: Plain,
        *,
        facts: tuple[str, ...] = (),
        signed_at: tuple[str, ...] | None = None,
    ) -> None:
        name = signable_id(file, path) if name is None else name
        looks_at = self._behind.conditions_of(content, facts=facts)
        covers = fingerprint(name, [content, looks_at])
        place = find(self._nodes[file], path)
        signed_at = signed_at or (*path, APPROVED)
        self.signables.append(Signable(name, kind, place, path, signed_at, covers, tuple(sorted(looks_at))))


def _entries(files: Mapping[str, Any], file: str, part: str) -> Iterator[tuple[str, Plain]]:
    content = files.get(file)
    entries = content.get(part) if isinstance(content, Mapping) else None
    if isinstance(entries, Mapping):
        yield from entries.items()


def _danger_facts(files: Mapping[str, Any], behind: Behind) -> frozenset[str]:
    """The facts that can make a rule EMERGENCY or URGENT."""
    found: set[str] = set()
    for _, rule in _entries(files, RULES, "rules"):
        if any(row.get("level") in _GRAVE for row in _rows(rule, "levels")):
            found |= {key.removeprefix("fact ") for key in behind.conditions_of(rule) if key.startswith("fact ")}
    return frozenset(found)


def _add_dialog(found: _Found, path: str, dialog: Plain, danger: frozenset[str]) -> None:
    files = {path: dialog}
    for name, checklist in _entries(files, path, "checklists"):
        told = {fact for item in _rows(checklist, "items") for fact in _told(item)}
        if told & danger or (isinstance(checklist, Mapping) and checklist.get("level") in _GRAVE):
            content = without(checklist, _REMARKS)
            found.add(Kind.LIST, None, path, ("checklists", name), content, facts=tuple(told))
    for name, question in _entries(files, path, "questions"):
        buttons = [
            option
            for part in ("options", "bands")
            if isinstance(question, Mapping) and isinstance(question.get(part), Mapping)
            for option in question[part].values()
        ]
        told = {name, *(fact for option in buttons for fact in _told(option))}
        if told & danger:
            content = without(question, _REMARKS)
            found.add(Kind.QUESTION, None, path, ("questions", name), content, facts=tuple(told))


def _told(button: Plain) -> Iterator[str]:
    for part in ("sets", "denied"):
        sets = button.get(part) if isinstance(button, Mapping) else None
        if isinstance(sets, Mapping):
            yield from sets


def _rows(thing: Plain, name: str) -> list[Mapping[str, Plain]]:
    rows = thing.get(name) if isinstance(thing, Mapping) else None
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def holder(node: Node, path: Sequence[str | int]) -> Node | None:
    """What stands at `path` in a file; None where nothing does."""
    for step in path:
        if not isinstance(node, Mapped) or str(step) not in node.entries:
            return None
        node = node.entries[str(step)]
    return node
