"""What a condition looks at, through everything that stands behind a name: part of what is signed with a rule.

Works on the files as they are written, so that a new version of the program leaves every signature as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Plain = Any
Name = tuple[str, str]

NOT_A_CONDITION = frozenset({"about", "todo"})
"""Remarks of a fact for moderators."""

RULE_REMARKS = frozenset(
    {"title", "approved", "fires_for", "quiet_for", "split_from", "open_question", "information", "todo"}
)
"""What of a rule no parent reads and no level hangs on."""

_NESTED = frozenset({"all", "any", "not", "count", "of"})
_NO_FACT = frozenset({"at least", "level", "is"})
_CONDITIONS = ("when", "unless", "not_sure", "from", "of", "ask_if")


def without(mapping: Plain, left_out: frozenset[str]) -> Plain:
    """The mapping without some of its names; anything else as it is."""
    if not isinstance(mapping, Mapping):
        return mapping
    return {key: value for key, value in mapping.items() if key not in left_out}


class Behind:
    """What stands behind the names of facts, rules and gates: the plain contents of the three files."""

    def __init__(self, facts: Plain, rules: Plain, gates: Plain) -> None:
        self._facts = _part(facts, "facts")
        self._derived = _part(facts, "derived")
        self._rules = _part(rules, "rules")
        self._gates = _part(gates, "gates")

    def conditions_of(self, thing: Plain, *, facts: tuple[str, ...] = ()) -> dict[str, Plain]:
        """Everything that the conditions inside a thing look at, and these facts, each once, by kind and name."""
        found: dict[str, Plain] = {}
        todo = [*_conditions_in(thing), *(("fact", name) for name in facts)]
        while todo:
            kind, name = todo.pop()
            key = f"{kind} {name}"
            if key not in found:
                found[key] = content = self._content(kind, name)
                todo += _conditions_in(content)
        return found

    def _content(self, kind: str, name: str) -> Plain:
        match kind:
            case "fact":
                return without(self._facts.get(name, self._derived.get(name)), NOT_A_CONDITION)
            case "rule":
                # Its own words are signed with it; what another rule looks at is whether it holds.
                return without(self._rules.get(name), RULE_REMARKS | {"because", "sources", "text"})
            case "gate":
                return [
                    without(row, frozenset({"because", "sources"})) for row in _rows(self._gates.get(name), "closed")
                ] + _rows(self._gates.get(name), "otherwise")
            case _:
                return sorted(rule for rule, entry in self._rules.items() if name in _tags(entry))


def _part(file: Plain, name: str) -> Mapping[str, Plain]:
    part = file.get(name) if isinstance(file, Mapping) else None
    return part if isinstance(part, Mapping) else {}


def _rows(gate: Plain, name: str) -> list[Plain]:
    rows = gate.get(name) if isinstance(gate, Mapping) else None
    return rows if isinstance(rows, list) else []


def _tags(rule: Plain) -> list[Plain]:
    return _rows(rule, "tags")


def _conditions_in(thing: Plain) -> Iterator[Name]:
    """The names in every condition of a rule, a gate, a text or a fact."""
    if isinstance(thing, list):
        for part in thing:
            yield from _conditions_in(part)
    elif isinstance(thing, Mapping):
        for key, value in thing.items():
            if key == "unless" and isinstance(value, list):
                for part in value:
                    yield from [("rule", part)] if isinstance(part, str) else _names(part)
            elif key == "not_sure" and isinstance(value, list):
                yield from _conditions_in(value)
            elif key in _CONDITIONS:
                yield from _names(value)
            elif key in ("levels", "closed", "otherwise"):
                yield from _conditions_in(value)


def _names(condition: Plain) -> Iterator[Name]:
    if isinstance(condition, list):
        for part in condition:
            yield from _names(part)
    elif isinstance(condition, Mapping):
        for key, value in condition.items():
            if key in _NESTED:
                yield from _names(value)
            elif key in ("flag", "gate"):
                yield ("rule" if key == "flag" else key), str(value)
            elif key == "flags":
                if isinstance(value, Mapping) and "tagged" in value:
                    yield "tag", str(value["tagged"])
            elif key not in _NO_FACT:
                yield "fact", key
