"""Conditions and matchers, read from YAML, with one plain problem for each mistake."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.facts.age import AgeLimit
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
from bot.script.problems import Place, Problem, Problems, ScriptError, did_you_mean, unknown
from bot.script.read_measure import AGE_FORMS, NUMBER_FORMS, read_age_limit, read_interval
from bot.script.vocabulary import FactType, Vocabulary

NOT_SURE = "not sure"
KNOWN = "known"
NONE = "none"

FLAGS = frozenset(["flag", "flags"])
LEVEL_AND_GATES = frozenset(["level", "gate"])
EVERYTHING = FLAGS | LEVEL_AND_GATES
_NOT_HERE = {
    "flag": "Name the facts behind it, or the level.",
    "flags": "Name the facts behind them, or the level.",
    "level": "Name the flags with 'flags: {...}'.",
    "gate": "Name the facts that close it.",
}
_NESTED = ("all", "any", "not", "count")
_COUNTED = ("tagged", "level", "except", "at least")
_LEVEL = re.compile(r"([A-Z]+)( or higher)?")


@dataclass(frozen=True, slots=True)
class ConditionReader:
    """Reads conditions against a vocabulary; mistakes go to `problems`.

    `rules`, `tags` and `gates` (with their results) are the names that a condition may look at, `looks` the kinds of
    things besides facts.
    """

    vocabulary: Vocabulary
    problems: Problems
    rules: Iterable[str] = ()
    tags: Iterable[str] = ()
    gates: Mapping[str, Iterable[str]] = field(default_factory=dict)
    looks: frozenset[str] = EVERYTHING

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
            except ScriptError as error:
                self.problems.found.extend(error.problems)
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
        except ScriptError as error:
            self.problems.found.extend(error.problems)
            return None

    def _refuse(self, place: Place, what: str, cure: str) -> ScriptError:
        return ScriptError([Problem(place, what, cure)])

    def _unknown(self, place: Place, kind: str, name: str, known: Iterable[str]) -> ScriptError:
        return ScriptError([unknown(place, kind, name, known)])

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
                if key not in self.looks:
                    cure = _NOT_HERE[key] if self.looks else "Use facts only."
                    raise self._refuse(place, f"'{key}' cannot be asked here.", cure)
                return self._flags(key, value, node)
        return FactIs(key, self._matcher(key, value, place))

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
        match key:
            case "level":
                level, or_higher = self._level(value)
                return LevelIs(level, or_higher)
            case "flag":
                return FlagRaised(self._name("rule", self._text(value), place, self.rules))
            case "gate":
                return self._gate(self._name("gate", self._text(value), place, self.gates), node)
        return self._flag_count(value)

    def _gate(self, name: str, node: Mapped) -> Condition:
        if "is" not in node.entries:
            raise self._refuse(
                node.keys["gate"], "the result of the gate is missing.", "Write '{gate: ..., is: closed}'."
            )
        result = self._text(node.entries["is"])
        if result not in self.gates[name]:
            cure = did_you_mean(result, self.gates[name])
            raise self._refuse(node.keys["is"], f"gate '{name}' has no result '{result}'.", cure)
        return GateIs(name, result)

    def _flag_count(self, node: Node) -> Condition:
        if not isinstance(node, Mapped) or "at least" not in node.entries:
            raise self._refuse(node.place, "'flags' is not complete.", "Write '{tagged: amber, at least: 2}'.")
        for key, place in node.keys.items():
            self._name("entry", key, place, _COUNTED)
        tag = level = None
        if "tagged" in node.entries:
            tag = self._name("tag", self._text(node.entries["tagged"]), node.keys["tagged"], self.tags)
        if "level" in node.entries:
            level, or_higher = self._level(node.entries["level"])
            if not or_higher and level is not max(Level):
                what = f"flags can only be counted from a level on, not of '{level.name}' alone."
                raise self._refuse(node.keys["level"], what, f"Write '{level.name} or higher'.")
        return FlagsRaised(self._whole(node.entries["at least"]), tag, level, self._besides(node))

    def _besides(self, node: Mapped) -> frozenset[str]:
        if "except" not in node.entries:
            return frozenset()
        place, names = node.keys["except"], node.entries["except"]
        if not isinstance(names, Items):
            raise self._refuse(place, "'except' should be a list.", "Write '[C-05, C-05b]'.")
        return frozenset(self._name("rule", self._text(part), place, self.rules) for part in names.parts)

    def _name(self, kind: str, name: str, place: Place, known: Iterable[str]) -> str:
        if name not in known:
            raise self._unknown(place, kind, name, known)
        return name

    def _level(self, node: Node) -> tuple[Level, bool]:
        text = self._text(node)
        name = text.split(" ")[0]
        self._name("level", name, node.place, Level.__members__)
        found = _LEVEL.fullmatch(text)
        if found is None:
            raise self._refuse(node.place, f"'{text}' is not a level.", f"Write '{name}' or '{name} or higher'.")
        return Level[name], found[2] is not None

    def _text(self, node: Node) -> str:
        if not isinstance(node, Scalar):
            raise self._refuse(node.place, "a single value is expected here.", "Write one word or number.")
        return node.text

    def _whole(self, node: Node) -> int:
        text = self._text(node)
        if re.fullmatch(r"[1-9][0-9]?", text) is None:
            raise self._refuse(node.place, f"a number from 1 on is expected here, not '{text}'.", "Write 1, 2, 3, ...")
        return int(text)

    def _matcher(self, fact: str, node: Node, place: Place) -> Matcher:
        kind = self.vocabulary.type_of(fact)
        if kind is None:
            raise self._unknown(place, "fact", fact, (*self.vocabulary.names, *_NESTED, *self.looks))
        if isinstance(node, Mapped):
            return self._only(fact, kind, node)
        words = [self._text(part) for part in node.parts] if isinstance(node, Items) else [self._text(node)]
        if not words or "" in words:
            raise self._refuse(place, f"'{fact}' has no value.", "Write the value after the colon.")
        if self.vocabulary.counted(fact):
            # A count is never asked, so it is neither told nor "not sure".
            return self._measure(fact, kind, words, node)
        if words == [KNOWN]:
            return Known()
        if all(word == NOT_SURE for word in words):
            return OneOf(frozenset(), not_sure=True)
        if kind in (FactType.NUMBER, FactType.AGE, FactType.DATE):
            return self._measure(fact, kind, words, node)
        options = self.vocabulary.options_of(fact)
        for word in words:
            if word != NOT_SURE and word not in options:
                cure = _several(word, options) or did_you_mean(word, (*options, NOT_SURE))
                what = f"'{fact}' cannot be '{word}'."
                raise ScriptError([Problem(node.place, what, cure, ("value", fact))])
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
                raise self._refuse(node.place, f"'{fact}' takes one limit.", AGE_FORMS)
            return OfAge(read_age_limit(words[0], node.place))
        if kind is FactType.DATE:
            raise self._refuse(node.place, f"'{fact}' cannot be compared.", "Use 'age', or 'known' or 'not sure'.")
        if kind is FactType.NUMBER and not self.vocabulary.counted(fact) and set(words) <= {NONE, NOT_SURE}:
            return OneOf(frozenset(), not_sure=NOT_SURE in words, none=NONE in words)
        if len(words) > 1:
            raise self._refuse(node.place, f"'{fact}' takes one number or limit.", NUMBER_FORMS)
        return Within(read_interval(fact, self.vocabulary.unit_of(fact), words[0], node.place))

    def age_limit(self, node: Node) -> AgeLimit | None:
        """Read an age limit such as 'under 28 days'; None after a mistake, which is noted."""
        try:
            return read_age_limit(self._text(node), node.place)
        except ScriptError as error:
            self.problems.found.extend(error.problems)
            return None


def _several(word: str, options: Iterable[str]) -> str | None:
    """How a list is written, where somebody wrote "reduced or none"."""
    names = [one for one in re.split(r"\s*(?:,|/|\bor\b|\band\b)\s*", word) if one]
    known = (*options, NOT_SURE)
    return f"Write '[{', '.join(names)}]'." if len(names) > 1 and all(name in known for name in names) else None
