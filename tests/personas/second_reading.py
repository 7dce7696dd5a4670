"""A second reading of the clinical table: what it gives a child about whom everything was asked.

Nothing here comes from the product: the table and the vocabulary are read as they lie in `../shared/clinical`, with a
small evaluator of three values (True, False, None for "cannot be said"). Where the page leaves a choice, the lower
level is taken: the product may be more careful than this, and never less.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

CLINICAL = Path(os.environ.get("STEADY_CLINICAL", Path(__file__).resolve().parents[3] / "shared" / "clinical"))
"""Where the clinical tables lie: beside the checkout, unless the variable says otherwise."""
LEVELS = ["REASSURE", "ROUTINE", "SOON", "URGENT", "EMERGENCY"]
URGENCY = ["call", "go", "hospital", "doctor", "phone", "phone within 24 hours"]
UNKNOWN = "unknown"
MONTHS = {1: 31, 2: 61, 3: 92, 4: 122, 5: 153, 6: 183, 9: 274, 12: 365}
Truth = bool | None
Facts = Mapping[str, Any]


def read(name: str) -> Any:
    """A file of the clinical folder, every scalar as text."""
    return yaml.load((CLINICAL / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@dataclass
class Reading:
    """What the table gives: the rules raised and their levels, the level, its action, the gates."""

    rules: dict[str, str] = field(default_factory=dict)
    actions: dict[str, str | None] = field(default_factory=dict)
    gates: dict[str, str] = field(default_factory=dict)

    @property
    def level(self) -> str:
        """The most severe level; REASSURE where nothing is raised."""
        return max(self.rules.values(), key=LEVELS.index, default="REASSURE")

    @property
    def action(self) -> str | None:
        """The most urgent action of that level."""
        named = {self.actions[rule] for rule, level in self.rules.items() if level == self.level}
        return next((action for action in URGENCY if action in named), None)


def flip(truth: Truth) -> Truth:
    """Not."""
    return None if truth is None else not truth


def every(parts: list[Truth]) -> Truth:
    """And."""
    return False if False in parts else None if None in parts else True


def some(parts: list[Truth]) -> Truth:
    """Or."""
    return True if True in parts else None if None in parts else False


def many(number: int, parts: list[Truth]) -> Truth:
    """At least so many."""
    true, perhaps = parts.count(True), parts.count(None)
    return True if true >= number else None if true + perhaps >= number else False


class Table:
    """The clinical table and its vocabulary."""

    def __init__(self) -> None:
        vocabulary = read("facts.yaml")
        self.derived: dict[str, Any] = vocabulary["derived"]
        groups = [name for name in vocabulary if name not in ("version", "derived", "renamed", "persona")]
        self.facts: dict[str, dict[str, Any]] = {
            name: fact for group in groups for name, fact in vocabulary[group].items()
        }
        table = read("rules.yaml")
        self.rules: dict[str, dict[str, Any]] = table["rules"]
        self.gates: dict[str, dict[str, Any]] = table["gates"]
        self.lists: dict[str, dict[str, Any]] = table["asked_in"]

    def judge(self, facts: Facts, today: date) -> Reading:
        """Apply all rules to a child; a fact that is not given has its usual value."""
        return Child(self, facts, today).judge()


class Child:
    """One child on one day."""

    def __init__(self, table: Table, facts: Facts, today: date) -> None:
        self.table = table
        self.given = facts
        self.today = today
        self.found = Reading()
        self.truths: dict[str, Truth] = {}
        self.stratum = 1
        self.strict = False

    # Facts.

    def value(self, name: str) -> Any:
        """The fact as told, or its usual value."""
        if name in self.given:
            return self.given[name]
        return self.table.facts[name].get("usual", UNKNOWN)

    def makes_sense(self, name: str) -> bool:
        """Whether a fact makes sense at this age and with the other facts."""
        fact = self.table.facts.get(name, {})
        limits = fact.get("ages")
        in_age = limits is None or self.age_is("age", limits) is not False
        return in_age and ("ask_if" not in fact or self.holds(fact["ask_if"]) is not False)

    def days(self, which: str) -> tuple[int, date | None] | None:
        """The age in days and, where the birth date is known, the day from which it counts."""
        birth = self.given.get("birth_date")
        if birth == UNKNOWN or (birth is None and "age_days" not in self.given):
            return None
        born = None if birth is None else date.fromisoformat(birth)
        days = (self.today - born).days if born is not None else int(self.given["age_days"])
        weeks = self.value("gestation_weeks")
        shift = 0
        if which == "age_younger" and weeks == UNKNOWN:
            shift = 28
        elif which in ("age_younger", "age_corrected") and weeks != UNKNOWN and int(weeks) < 37:
            shift = 7 * (40 - int(weeks))
        return days - shift, None if born is None else born + timedelta(days=shift)

    def age_is(self, which: str, limit: str) -> Truth:
        """Such as "under 28 days"; an age that is not known is young."""
        if limit == "known":
            return self.days(which) is not None
        if limit == "not sure":
            return self.days(which) is None
        side, number, unit = re.fullmatch(r"(under|up to|from) (\d+) (days|weeks|months)", limit).groups()  # type: ignore[union-attr]
        known = self.days(which)
        if known is None:
            return None if side == "from" else True
        days, born = known
        count = int(number)
        if unit == "months" and born is not None:
            index = born.month - 1 + count
            year, month = born.year + index // 12, index % 12 + 1
            try:
                turns = date(year, month, born.day)
            except ValueError:
                turns = date(year + month // 12, month % 12 + 1, 1)
            difference = (self.today - turns).days
        else:
            length = {"days": count, "weeks": 7 * count, "months": MONTHS.get(count, round(30.4375 * count))}[unit]
            difference = days - length
        return {"under": difference < 0, "up to": difference <= 0, "from": difference >= 0}[side]

    # Conditions.

    def holds(self, condition: Any) -> Truth:
        """A mapping: all entries must hold."""
        return every([self.entry(name, wanted) for name, wanted in condition.items()])

    def entry(self, name: str, wanted: Any) -> Truth:
        match name:
            case "all":
                return every([self.holds(part) for part in wanted])
            case "any":
                return some([self.holds(part) for part in wanted])
            case "not":
                return flip(self.holds(wanted))
            case "count":
                return many(int(wanted["at least"]), [self.holds(part) for part in wanted["of"]])
            case "flag":
                return self.truths.get(wanted, False)
            case "flags":
                return self.flags(wanted)
            case "level":
                return LEVELS.index(self.found.level) >= LEVELS.index(wanted.removesuffix(" or higher"))
            case _ if name in self.table.derived:
                return self.computed(name, wanted)
            case _:
                return self.matches(name, wanted)

    def flags(self, wanted: Any) -> Truth:
        """So many rules of lower strata: with a tag, or of a level."""
        parts: list[Truth] = []
        for rule, truth in self.truths.items():
            entry = self.table.rules[rule]
            if int(entry.get("stratum", 1)) >= self.stratum or rule in wanted.get("except", []):
                continue
            if "tagged" in wanted:
                parts.append(truth if wanted["tagged"] in entry.get("tags", []) else False)
            else:
                lowest = LEVELS.index(wanted["level"].removesuffix(" or higher"))
                reached = rule in self.found.rules and LEVELS.index(self.found.rules[rule]) >= lowest
                parts.append(reached and truth)
        return many(int(wanted["at least"]), parts)

    def computed(self, name: str, wanted: Any) -> Truth:
        derived = self.table.derived[name]
        if derived["type"] == "age":
            return self.age_is(name, wanted)
        if "of" in derived:
            return many(int(wanted.removeprefix("at least ")), [self.holds(part) for part in derived["of"]])
        truth = self.holds(derived["from"])
        parts = wanted if isinstance(wanted, list) else [wanted]
        told = {"yes": truth, "no": flip(truth), "not sure": truth is None}
        return some([told[part] for part in parts])

    def matches(self, name: str, wanted: Any) -> Truth:
        value = self.value(name)
        parts = wanted if isinstance(wanted, list) else [wanted]
        if value == UNKNOWN:
            if "not sure" in parts or wanted == "known":
                return bool(wanted != "known")
            return False if self.harmless(name) and not self.strict else None
        if wanted == "known":
            return True
        if isinstance(wanted, dict):
            return set(value) <= set(wanted["only"])
        if self.table.facts[name]["type"] == "number":
            return "none" in parts if value == "none" else self.number(float(value), str(wanted))
        return bool(set(value if isinstance(value, list) else [value]) & set(parts))

    def harmless(self, name: str) -> bool:
        told = self.table.facts[name].get("harmless_unknown", "no")
        return told == "yes" or (told != "no" and self.age_is("age", told) is True)

    @staticmethod
    def number(value: float, wanted: str) -> bool:
        if found := re.fullmatch(r"([\d.]+) to ([\d.]+)", wanted):
            return float(found[1]) <= value <= float(found[2])
        if not (found := re.fullmatch(r"(at least|over|under|up to) ([\d.]+)", wanted)):
            return False
        limit = float(found[2])
        return {
            "at least": value >= limit,
            "over": value > limit,
            "under": value < limit,
            "up to": value <= limit,
        }[found[1]]

    # Rules and gates.

    def judge(self) -> Reading:
        for stratum in range(1, 6):
            self.stratum = stratum
            for name, rule in self.table.rules.items():
                if int(rule.get("stratum", 1)) == stratum:
                    self.apply(name, rule)
        self.strict = True
        for name in self.table.gates:
            self.found.gates[name] = self.gate(name)
        return self.found

    def apply(self, name: str, rule: Any) -> None:
        self.truths[name] = False
        if any(self.excepted(one) is True for one in rule.get("unless", [])):
            return
        only = self.holds(rule.get("when", {}))
        rows = [(row, every([only, self.holds(row["when"])])) for row in rule["levels"]]
        sure = max((row["level"] for row, truth in rows if truth), key=LEVELS.index, default=None)
        open_ = max((row["level"] for row, truth in rows if truth is None), key=LEVELS.index, default=None)
        if open_ is not None and (sure is None or LEVELS.index(open_) > LEVELS.index(sure)):
            counted = self.counted(rule.get("not_sure"), open_)
            if counted is not None and (sure is None or LEVELS.index(counted) > LEVELS.index(sure)):
                self.raise_(name, counted, None, sure=sure is not None)
                return
        if sure is not None:
            named = [row.get("action") for row, truth in rows if truth and row["level"] == sure]
            self.raise_(name, sure, min(named, key=lambda one: URGENCY.index(one or "doctor")), sure=True)

    def raise_(self, name: str, level: str, action: str | None, *, sure: bool) -> None:
        default = {"EMERGENCY": "go", "URGENT": "doctor"}.get(level)
        self.found.rules[name] = level
        self.found.actions[name] = action or default
        self.truths[name] = True if sure else None

    def excepted(self, one: Any) -> Truth:
        return self.truths.get(one, False) if isinstance(one, str) else self.holds(one)

    def counted(self, told: Any, level: str) -> str | None:
        """What a level counts as that "not sure" answers leave open."""
        if told is None:
            return None if level == "REASSURE" else LEVELS[max(LEVELS.index(level) - 1, 1)]
        rows = told if isinstance(told, list) else [{"level": told, "when": {}}]
        for row in rows:
            if self.holds(row["when"]):
                return None if row["level"] == "as no" else str(row["level"])
        return None

    def gate(self, name: str) -> str:
        """Closed when a reason holds or cannot be ruled out."""
        gate = self.table.gates[name]
        for row in gate["closed"]:
            when = row["when"]
            if "gate" in when:
                if self.found.gates[when["gate"]] == when["is"]:
                    return "closed"
            elif self.holds(when) is not False:
                return "closed"
        return next(str(row["result"]) for row in gate["otherwise"] if self.holds(row["when"]) is not False)
