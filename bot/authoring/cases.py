"""Files of cases: what a parent tells, and the level that the rules give it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from bot.errors import SteadyError
from bot.facts.level import Level
from bot.facts.value import NO_SUCH, NOT_SURE, Born, Choice, DaysOld, Many, Number, Value
from bot.script.document import Items, Mapped, Node, Scalar, compose
from bot.script.model import Input
from bot.script.script import Script
from bot.script.vocabulary import Fact, FactType

DEFAULT_DAY = date(2026, 1, 15)
TRUE, FALSE = frozenset({"yes", "true"}), frozenset({"no", "false"})
DRIVERS = frozenset(
    {
        "today",
        "unknown",
        "all_unknown",
        "danger_unknown",
        "age_raw",
        "temperature_raw",
        "raw_message",
        "raw_at",
        "request",
        "children",
        "age_days",
    }
)
"""What a case may say besides facts (source: facts.yaml, persona)."""


class CaseError(SteadyError):
    """A file of cases that cannot be used."""

    exit_status = 2


@dataclass(frozen=True, slots=True)
class Case:
    """One case: where the parent starts, what they know, and what must come out."""

    id: str
    title: str
    dialog: str
    facts: Mapping[str, Value]
    today: date
    drivers: Mapping[str, str]
    levels: tuple[Level | None, ...]
    expected: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """All cases of a file, and the concepts that their texts are held to."""

    cases: tuple[Case, ...]
    concepts: Mapping[str, str]


def read_cases(path: Path, script: Script) -> CaseFile:
    """Read a file of cases; raises CaseError with the place of the first mistake."""
    try:
        node = compose(path.read_text(encoding="utf-8"), path.name)
    except OSError as error:
        raise CaseError(f"cannot read {path.name}: {error.strerror}.", cure="Name a file of cases.") from None
    if not isinstance(node, Mapped) or not isinstance(node.entries.get("vignettes"), Items):
        raise CaseError("there are no 'vignettes'.", where=path.name, cure="Add them as a list.")
    vignettes = node.entries["vignettes"]
    concepts = node.entries.get("concepts")
    patterns = {
        name: _text(entry.entries["pattern"])
        for name, entry in (concepts.entries.items() if isinstance(concepts, Mapped) else ())
        if isinstance(entry, Mapped) and "pattern" in entry.entries
    }
    parts = vignettes.parts if isinstance(vignettes, Items) else ()
    return CaseFile(tuple(_case(part, script) for part in parts), patterns)


def input_of_raw(case: Case) -> Input | None:
    """The input at which a case types its raw text."""
    return Input.BIRTH_DATE if "age_raw" in case.drivers else Input.TEMPERATURE


def _text(node: Node) -> str:
    return node.text if isinstance(node, Scalar) else ""


def _case(node: Node, script: Script) -> Case:
    if not isinstance(node, Mapped) or not {"id", "flow", "facts"} <= node.entries.keys():
        raise CaseError("a case has no id, flow or facts.", where=str(node.place), cure="Add them.")
    told = node.entries["facts"]
    if not isinstance(told, Mapped):
        raise CaseError("'facts' is no mapping.", where=str(told.place), cure="Write 'facts: {age_days: 10}'.")
    drivers = {name: _text(value) for name, value in told.entries.items() if name in DRIVERS}
    today = date.fromisoformat(drivers["today"]) if "today" in drivers else DEFAULT_DAY
    facts: dict[str, Value] = {}
    if "age_days" in drivers and "birth_date" not in told.entries:
        days = int(drivers["age_days"])
        facts["birth_date"] = DaysOld(days, days, today)
    for name, value in told.entries.items():
        if name not in DRIVERS:
            facts[name] = _value(script, name, value)
    unknown = told.entries.get("unknown")
    for part in unknown.parts if isinstance(unknown, Items) else ():
        facts[_text(part)] = NOT_SURE
    levels = _levels(node)
    return Case(
        _text(node.entries["id"]),
        _text(node.entries.get("title", node.entries["id"])),
        _text(node.entries["flow"]),
        facts,
        today,
        drivers,
        levels,
        _plain(node),
    )


def _plain(node: Mapped) -> dict[str, Any]:
    from bot.script.document import plain

    return {name: plain(value) for name, value in node.entries.items() if name not in ("facts", "story")}


def _levels(node: Mapped) -> tuple[Level | None, ...]:
    listed = node.entries.get("acceptable_levels") or node.entries.get("expected_level")
    names = [_text(part) for part in listed.parts] if isinstance(listed, Items) else [_text(listed)] if listed else []
    return tuple(None if name == "NONE" else Level[name] for name in names)


def _value(script: Script, name: str, node: Node) -> Value:
    fact = script.vocabulary.facts.get(name)
    if fact is None:
        raise CaseError(f"there is no fact '{name}'.", where=str(node.place), cure="See content/facts.yaml.")
    words = [_text(part) for part in node.parts] if isinstance(node, Items) else [_text(node)]
    if words in (["unknown"], ["not sure"]):
        return NOT_SURE
    try:
        return _told(fact, words)
    except (ValueError, InvalidOperation):
        raise CaseError(f"'{words[0]}' is no value of {name}.", where=str(node.place), cure="Mend it.") from None


def _told(fact: Fact, words: list[str]) -> Value:
    word = words[0]
    match fact.type:
        case FactType.YES_NO if word in TRUE | FALSE:
            return Choice.of("yes" if word in TRUE else "no")
        case FactType.CHOICE if word in fact.options:
            return Choice.of(word)
        case FactType.MANY if set(words) <= set(fact.options):
            return Many.of(*words)
        case FactType.NUMBER:
            return NO_SUCH if word == "none" else Number.of(Decimal(word))
        case FactType.DATE:
            return Born(date.fromisoformat(word))
    raise ValueError(word)
