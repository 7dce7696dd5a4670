"""Conditions and matchers, read from YAML, with one plain problem for each mistake."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from bot.facts.age import AgeLimit, Side, Unit
from bot.facts.interval import Interval
from bot.facts.level import Level
from bot.facts.matcher import Known, Matcher, OfAge, OneOf, Only, Within
from bot.script.conditions import (
    All,
    AnyOf,
    Condition,
    Count,
    FactIs,
    FlagRaised,
    FlagsRaised,
    GateIs,
    LevelIs,
    Not,
)
from bot.script.document import Items, Mapped, Node, Scalar
from bot.script.problems import Place, Problems, did_you_mean
from bot.script.vocabulary import FactType, Vocabulary

NOT_SURE = "not sure"
KNOWN = "known"
NONE = "none"

_NUMBER = r"(-?\d+(?:\.\d+)?)"
_RANGE = re.compile(rf"{_NUMBER} to {_NUMBER}(?: (.+))?")
_BOUND = re.compile(rf"(at least|over|under|up to|from) {_NUMBER}(?: (.+))?")
_EXACT = re.compile(rf"{_NUMBER}(?: (.+))?")
_AGE = re.compile(r"(under|up to|from) (\d+) (.+)")
_LEVEL = re.compile(r"([A-Z]+)( or higher)?")
_NUMBER_FORMS = "Write for example 'at least 38.0', 'under 30' or '10 to 29'."
_AGE_FORMS = "Write for example 'under 28 days', 'up to 3 months' or 'from 6 months'."
_NESTED = ("all", "any", "not", "count")


class _Refused(Exception):
    """The value was noted as a problem; reading goes on with the next one."""


@dataclass(frozen=True, slots=True)
class ConditionReader:
    """Reads conditions against a vocabulary; mistakes go to `problems`.

    `rules`, `tags` and `gates` are the names that a condition may look at; None leaves them unchecked until all are
    known.
    """

    vocabulary: Vocabulary
    problems: Problems
    rules: Iterable[str] = ()
    tags: Iterable[str] = ()
    gates: Iterable[str] = ()
    flags_allowed: bool = True

    def read(self, node: Node) -> Condition:
        """Read a mapping, all of whose entries must hold."""
        if not isinstance(node, Mapped):
            self.problems.add(node.place, "a condition is expected here.", "Write 'fact: value', one in a line.")
            return All()
        parts: list[Condition] = []
        for key, value in node.entries.items():
            if key == "is" and "gate" in node.entries:
                continue
            try:
                parts.append(self._entry(key, value, node))
            except _Refused:
                continue
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def read_list(self, node: Node) -> tuple[Condition, ...]:
        """Read a list of conditions."""
        if not isinstance(node, Items) or not node.parts:
            self.problems.add(node.place, "a list of conditions is expected here.", "Begin each with '- '.")
            return ()
        return tuple(self.read(part) for part in node.parts)

    def read_matcher(self, fact: str, node: Node, place: Place) -> Matcher | None:
        """Read what is asked of a fact; None after a mistake, which is noted."""
        try:
            return self._matcher(fact, node, place)
        except _Refused:
            return None

    def _refuse(self, place: Place, what: str, cure: str) -> _Refused:
        self.problems.add(place, what, cure)
        return _Refused()

    def _unknown(self, place: Place, kind: str, name: str, known: Iterable[str]) -> _Refused:
        self.problems.unknown(place, kind, name, known)
        return _Refused()

    def _entry(self, key: str, value: Node, node: Mapped) -> Condition:
        place = node.keys[key]
        match key:
            case "all":
                return All(self.read_list(value))
            case "any":
                return AnyOf(self.read_list(value))
            case "not":
                return Not(self.read(value))
            case "count":
                return self._count(value)
            case "flag" | "flags" | "level" | "gate":
                if not self.flags_allowed:
                    raise self._refuse(place, f"'{key}' cannot be asked of a fact.", "Use facts only.")
                return self._flags(key, value, node)
        matcher = self._matcher(key, value, place)
        return FactIs(key, matcher)

    def _count(self, node: Node) -> Condition:
        if not isinstance(node, Mapped) or set(node.entries) != {"at least", "of"}:
            raise self._refuse(node.place, "'count' is not complete.", "Write '{at least: 2, of: [...]}'.")
        number = self._whole(node.entries["at least"])
        parts = self.read_list(node.entries["of"])
        if number > len(parts):
            raise self._refuse(
                node.place,
                f"'count' asks for {number} of {len(parts)}, which can never hold.",
                "Ask for fewer.",
            )
        return Count(number, parts)

    def _flags(self, key: str, value: Node, node: Mapped) -> Condition:
        place = node.keys[key]
        if key == "level":
            level, or_higher = self._level(value)
            return LevelIs(level, or_higher)
        if key == "flag":
            name = self._text(value)
            if name not in self.rules:
                raise self._unknown(place, "rule", name, self.rules)
            return FlagRaised(name)
        if key == "gate":
            name = self._text(value)
            if name not in self.gates:
                raise self._unknown(place, "gate", name, self.gates)
            if "is" not in node.entries:
                raise self._refuse(place, "the result of the gate is missing.", "Write '{gate: ..., is: closed}'.")
            return GateIs(name, self._text(node.entries["is"]))
        return self._flag_count(value)

    def _flag_count(self, node: Node) -> Condition:
        if not isinstance(node, Mapped) or "at least" not in node.entries:
            raise self._refuse(node.place, "'flags' is not complete.", "Write '{tagged: amber, at least: 2}'.")
        for key in node.entries:
            if key not in ("tagged", "level", "except", "at least"):
                raise self._unknown(node.keys[key], "entry", key, ("tagged", "level", "except", "at least"))
        tag = level = None
        besides: frozenset[str] = frozenset()
        if "tagged" in node.entries:
            tag = self._text(node.entries["tagged"])
            if tag not in self.tags:
                raise self._unknown(node.keys["tagged"], "tag", tag, self.tags)
        if "level" in node.entries:
            level, _ = self._level(node.entries["level"])
        if "except" in node.entries:
            names = node.entries["except"]
            besides = frozenset(self._text(part) for part in names.parts) if isinstance(names, Items) else besides
            for name in besides:
                if name not in self.rules:
                    raise self._unknown(node.keys["except"], "rule", name, self.rules)
        return FlagsRaised(self._whole(node.entries["at least"]), tag, level, besides)

    def _level(self, node: Node) -> tuple[Level, bool]:
        text = self._text(node)
        found = _LEVEL.fullmatch(text)
        if found is None or found[1] not in Level.__members__:
            raise self._unknown(node.place, "level", text.split(" ")[0], Level.__members__)
        return Level[found[1]], found[2] is not None

    def _text(self, node: Node) -> str:
        if not isinstance(node, Scalar):
            raise self._refuse(node.place, "a single value is expected here.", "Write one word or number.")
        return node.text

    def _whole(self, node: Node) -> int:
        text = self._text(node)
        if not text.isdecimal() or int(text) < 1:
            raise self._refuse(node.place, f"'{text}' is not a whole number.", "Write 1, 2, 3, ...")
        return int(text)

    def _matcher(self, fact: str, node: Node, place: Place) -> Matcher:
        kind = self.vocabulary.type_of(fact)
        if kind is None:
            known = (*self.vocabulary.names, *_NESTED)
            raise self._unknown(place, "fact", fact, known)
        if isinstance(node, Mapped):
            return self._only(fact, kind, node)
        words = [self._text(part) for part in node.parts] if isinstance(node, Items) else [self._text(node)]
        if not words or "" in words:
            raise self._refuse(place, f"'{fact}' has no value.", "Write the value after the colon.")
        if words == [KNOWN]:
            return Known()
        if all(word == NOT_SURE for word in words):
            return OneOf(frozenset(), not_sure=True)
        if kind in (FactType.NUMBER, FactType.AGE, FactType.DATE):
            return self._measure(fact, kind, words, node)
        options = self.vocabulary.options_of(fact)
        for word in words:
            if word != NOT_SURE and word not in options:
                raise self._unknown(node.place, f"value of {fact}", word, (*options, NOT_SURE))
        return OneOf(frozenset(words) - {NOT_SURE}, not_sure=NOT_SURE in words)

    def _only(self, fact: str, kind: FactType, node: Mapped) -> Matcher:
        if kind is not FactType.MANY or set(node.entries) != {"only"}:
            raise self._refuse(node.place, f"'{fact}' needs a value here.", "Write a value or a list of values.")
        inner = self._matcher(fact, node.entries["only"], node.keys["only"])
        if not isinstance(inner, OneOf) or inner.not_sure:
            raise self._refuse(node.place, "'only' takes a list of values.", "Write '{only: [chin, lip]}'.")
        return Only(inner.options)

    def _measure(self, fact: str, kind: FactType, words: list[str], node: Node) -> Matcher:
        if kind is FactType.AGE:
            if len(words) > 1:
                raise self._refuse(node.place, f"'{fact}' takes one limit.", _AGE_FORMS)
            return OfAge(self._age(words[0], node.place))
        if kind is FactType.NUMBER and set(words) <= {NONE, NOT_SURE}:
            return OneOf(frozenset(), not_sure=NOT_SURE in words, none=NONE in words)
        if kind is FactType.DATE or len(words) > 1:
            raise self._refuse(node.place, f"'{fact}' cannot be compared like this.", _NUMBER_FORMS)
        return Within(self.interval(fact, words[0], node.place))

    def _age(self, text: str, place: Place) -> AgeLimit:
        found = _AGE.fullmatch(text)
        if found is None:
            raise self._refuse(place, f"'{text}' is not an age limit.", _AGE_FORMS)
        unit = found[3] if found[3].endswith("s") else f"{found[3]}s"
        if unit not in list(Unit) or (found[2] != "1" and unit != found[3]):
            written = f"{found[1]} {found[2]} {unit}"
            near = did_you_mean(unit, [one.value for one in Unit])
            cure = f"Did you mean '{written}'?" if unit in list(Unit) else near
            raise self._refuse(place, f"you wrote '{text}'.", cure)
        return AgeLimit(Side(found[1]), int(found[2]), Unit(unit))

    def age_limit(self, node: Node) -> AgeLimit | None:
        """Read an age limit such as 'under 28 days'; None after a mistake, which is noted."""
        try:
            return self._age(self._text(node), node.place)
        except _Refused:
            return None

    def interval(self, fact: str, text: str, place: Place) -> Interval:
        """Read a stretch of numbers in the unit of the fact."""
        unit: str | None = None
        if found := _RANGE.fullmatch(text):
            low, high, unit = Decimal(found[1]), Decimal(found[2]), found[3]
            if low > high:
                raise self._refuse(place, f"'{text}' runs backwards.", "Write the smaller number first.")
            result = Interval(low, high)
        elif found := _BOUND.fullmatch(text):
            number, unit = Decimal(found[2]), found[3]
            match found[1]:
                case "at least" | "from":
                    result = Interval(low=number)
                case "over":
                    result = Interval(low=number, low_in=False)
                case "under":
                    result = Interval(high=number, high_in=False)
                case _:
                    result = Interval(high=number)
        elif found := _EXACT.fullmatch(text):
            number, unit = Decimal(found[1]), found[2]
            result = Interval.exactly(number)
        else:
            raise self._refuse(place, f"'{text}' is not a number or a limit.", _NUMBER_FORMS)
        own = self.vocabulary.unit_of(fact)
        if unit is not None and unit != own:
            said = f"is counted in {own}" if own else "has no unit"
            raise self._refuse(place, f"'{fact}' {said}, not in '{unit}'.", f"Write the number in {own or 'figures'}.")
        return result
