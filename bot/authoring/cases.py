"""Cases: what a parent tells, and the level, action, gates and texts that the rules give it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from bot.authoring.case_file import (
    CaseError,
    compose_cases,
    mapping_of,
    refuse,
    refuse_unknown,
    text_of,
    texts_of,
)
from bot.facts.level import Action, Level
from bot.facts.value import NO_SUCH, NOT_SURE, Born, Choice, DaysOld, Many, Number, Value
from bot.script.document import Items, Mapped, Node, plain
from bot.script.script import Script
from bot.script.vocabulary import Fact, FactType

__all__ = ["Case", "CaseError", "CaseFile", "Expected", "read_cases"]

DEFAULT_DAY = date(2026, 1, 15)
TRUE, FALSE = frozenset({"yes", "true"}), frozenset({"no", "false"})
NONE = "NONE"
NOTHING = frozenset({"none", "null", "~", ""})
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
"""What a case may say besides facts, to drive its persona (source: facts.yaml, persona)."""

RAW_AT = ("start", "middle", "how_to")


@dataclass(frozen=True, slots=True)
class Expected:
    """What must come out of a case; what is empty is not looked at. None among `levels` is an input test."""

    levels: tuple[Level | None, ...] = ()
    action: Action | None = None
    gates: Mapping[str, str] = field(default_factory=dict)
    input: Mapping[str, str] = field(default_factory=dict)
    rules: tuple[str, ...] = ()
    not_rules: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    never_says: tuple[str, ...] = ()

    @property
    def tests_input(self) -> bool:
        """Whether the case asks what becomes of a typed text, and of no level."""
        return self.levels == (None,)


@dataclass(frozen=True, slots=True)
class Case:
    """One case: where the parent starts, what they know, and what must come out."""

    id: str
    dialog: str
    facts: Mapping[str, Value]
    today: date = DEFAULT_DAY
    drivers: Mapping[str, str] = field(default_factory=dict)
    expected: Expected = Expected()
    title: str = ""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """All cases of a file, and the patterns of the concepts that their texts are held to."""

    cases: tuple[Case, ...]
    concepts: Mapping[str, re.Pattern[str]]


def read_cases(path: Path, script: Script) -> CaseFile:
    """Read a file of cases; raises CaseError with the line of the first mistake and what to do about it."""
    root = compose_cases(path)
    if not isinstance(root, Mapped) or "vignettes" not in root.entries:
        refuse(root.place, "there are no 'vignettes'.", "Write the cases as a list under 'vignettes:'.")
    listed = root.entries["vignettes"]
    if not isinstance(listed, Items) or not listed.parts:
        refuse(listed.place, "'vignettes' is no list of cases.", "Write each case as '- id: ...'.")
    concepts = _concepts(root.entries.get("concepts"))
    reader = _Reader(script, frozenset(concepts))
    return CaseFile(tuple(reader.case(part) for part in listed.parts), concepts)


def _concepts(node: Node | None) -> dict[str, re.Pattern[str]]:
    found: dict[str, re.Pattern[str]] = {}
    for name, entry in {} if node is None else mapping_of(node, "concepts").entries.items():
        pattern = mapping_of(entry, name).entries.get("pattern")
        if pattern is None:
            refuse(entry.place, f"the concept '{name}' has no pattern.", "Write 'pattern: ...'.")
        try:
            found[name] = re.compile(text_of(pattern, "pattern"), re.IGNORECASE)
        except re.error as error:
            refuse(pattern.place, f"the pattern of '{name}' cannot be read: {error}.", "Mend the pattern.")
    return found


class _Reader:
    """Reads the cases of one file, over one script."""

    def __init__(self, script: Script, concepts: frozenset[str]) -> None:
        self._script = script
        self._concepts = concepts
        self._seen: dict[str, Node] = {}

    def case(self, node: Node) -> Case:
        entries = mapping_of(node, "a case").entries
        for needed in ("id", "flow", "facts"):
            if needed not in entries:
                refuse(node.place, f"this case has no '{needed}'.", f"Add '{needed}: ...'.")
        name = text_of(entries["id"], "id")
        if name in self._seen:
            refuse(entries["id"].place, f"there are two cases '{name}'.", "Give each case an id of its own.")
        self._seen[name] = node
        dialog = text_of(entries["flow"], "flow")
        known = [one for one, found in self._script.dialogs.items() if not found.part]
        if dialog not in known:
            refuse_unknown(entries["flow"].place, "dialog", dialog, known)
        told = mapping_of(entries["facts"], "facts")
        drivers = {key: _driver(key, value) for key, value in told.entries.items() if key in DRIVERS}
        today = _day(told.entries["today"], "today") if "today" in drivers else DEFAULT_DAY
        return Case(
            name,
            dialog,
            self._facts(told, today),
            today,
            drivers,
            self._expected(entries),
            text_of(entries["title"], "title") if "title" in entries else "",
        )

    def _facts(self, told: Mapped, today: date) -> dict[str, Value]:
        facts: dict[str, Value] = {}
        if "age_days" in told.entries and "birth_date" not in told.entries:
            days = _whole(told.entries["age_days"], "age_days")
            facts["birth_date"] = DaysOld(days, days, today)
        for name, value in told.entries.items():
            if name not in DRIVERS:
                facts[name] = self._value(name, value, told)
        for part in texts_of(told.entries["unknown"], "unknown") if "unknown" in told.entries else ():
            name = "birth_date" if part in ("age", "age_days") else part
            self._fact(name, told.keys["unknown"].line, told)
            facts[name] = NOT_SURE
        return facts

    def _fact(self, name: str, line: int, told: Mapped) -> Fact:
        known = self._script.vocabulary.facts
        if name not in known:
            place = type(told.place)(told.place.file, line)
            refuse_unknown(place, "fact", name, [*known, *DRIVERS], listed_in="content/facts.yaml")
        return known[name]

    def _value(self, name: str, node: Node, told: Mapped) -> Value:
        fact = self._fact(name, told.keys[name].line, told)
        words = texts_of(node, name)
        if words in (["unknown"], ["not sure"]):
            return NOT_SURE
        try:
            return _told(fact, words)
        except (ValueError, InvalidOperation):
            shown = ", ".join(words)
            refuse(node.place, f"'{shown}' is no value of {name}.", _known_values(fact))

    def _expected(self, entries: Mapping[str, Node]) -> Expected:
        levels = entries.get("acceptable_levels") or entries.get("expected_level")
        action = entries.get("expected_action")
        return Expected(
            levels=tuple(_level(levels, one) for one in texts_of(levels, "levels")) if levels is not None else (),
            action=None if action is None else _action(action),
            gates=_plain_texts(entries, "expected_gate"),
            input=_plain_texts(entries, "expected_input"),
            # A case may name rules of the engine or of a gate too, which raise no flag.
            rules=tuple(texts_of(entries["rules"], "rules")) if "rules" in entries else (),
            not_rules=tuple(texts_of(entries["not_rules"], "not_rules")) if "not_rules" in entries else (),
            says=self._named(entries, "must_mention"),
            never_says=self._named(entries, "must_not_mention"),
        )

    def _named(self, entries: Mapping[str, Node], key: str) -> tuple[str, ...]:
        names = texts_of(entries[key], key) if key in entries else []
        for name in names:
            if name not in self._concepts:
                refuse_unknown(entries[key].place, "concept", name, self._concepts, listed_in="this file")
        return tuple(names)


def _driver(name: str, node: Node) -> str:
    text = "" if name == "unknown" else text_of(node, name)
    if name == "raw_at" and text not in RAW_AT:
        refuse(node.place, f"'{text}' is no place for raw_message.", f"Write one of: {', '.join(RAW_AT)}.")
    if name in ("all_unknown", "danger_unknown"):
        if text.lower() not in TRUE | FALSE:
            refuse(node.place, f"'{name}' is true or false.", f"Write '{name}: true', or leave it out.")
        return "yes" if text.lower() in TRUE else ""
    return text


def _day(node: Node, name: str) -> date:
    text = text_of(node, name)
    try:
        return date.fromisoformat(text)
    except ValueError:
        refuse(node.place, f"'{text}' is no date.", "Write it as 2026-01-15.")


def _whole(node: Node, name: str) -> int:
    text = text_of(node, name)
    try:
        number = Decimal(text)
    except InvalidOperation:
        refuse(node.place, f"'{text}' is no number of days.", f"Write '{name}: 28'.")
    if not number.is_finite() or not 0 <= number <= 40_000:
        refuse(node.place, f"'{text}' is no age in days.", f"Write '{name}: 28'.")
    return int(number)


def _level(node: Node, name: str) -> Level | None:
    if name != NONE and name not in Level.__members__:
        refuse_unknown(node.place, "level", name, [*Level.__members__, NONE])
    return None if name == NONE else Level[name]


def _action(node: Node) -> Action:
    text = text_of(node, "expected_action")
    known = [one.value for one in Action]
    if text not in known:
        refuse_unknown(node.place, "action", text, known)
    return Action(text)


def _plain_texts(entries: Mapping[str, Node], key: str) -> dict[str, str]:
    node = entries.get(key)
    if node is None:
        return {}
    return {name: str(plain(value)) for name, value in mapping_of(node, key).entries.items()}


def _known_values(fact: Fact) -> str:
    match fact.type:
        case FactType.YES_NO:
            return "Write yes, no or unknown."
        case FactType.CHOICE | FactType.MANY:
            return f"Write one of: {', '.join(fact.options)}, unknown."
        case FactType.DATE:
            return "Write it as 2026-01-15."
        case _:
            return f"Write a number in {fact.unit}, none or unknown."


def _told(fact: Fact, words: list[str]) -> Value:
    word = words[0] if words else ""
    match fact.type:
        case FactType.YES_NO if word.lower() in TRUE | FALSE:
            return Choice.of("yes" if word.lower() in TRUE else "no")
        case FactType.CHOICE if word in fact.options:
            return Choice.of(word)
        case FactType.MANY if words and set(words) <= set(fact.options):
            return Many.of(*words)
        case FactType.NUMBER:
            if word in NOTHING:
                return NO_SUCH
            number = Decimal(word)
            if not number.is_finite():
                raise ValueError(word)
            return Number.of(number)
        case FactType.DATE:
            return Born(date.fromisoformat(word))
    raise ValueError(word)
