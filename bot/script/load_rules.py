"""`content/red_flags.yaml` and `content/gates.yaml`: the rules and gates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from bot.facts.age import Unit, limit_days
from bot.facts.level import ALLOWED, Action, Level
from bot.facts.value import NOT_SURE, Born, DaysOld, Value
from bot.script.conditions import (
    ALWAYS,
    All,
    Condition,
    FlagRaised,
    FlagsRaised,
    GateIs,
    LevelIs,
    walk,
)
from bot.script.document import Items, Mapped, Node, Scalar
from bot.script.problems import Place, Problems
from bot.script.read_condition import ConditionReader
from bot.script.read_value import read_value
from bot.script.rules import Closing, Example, Gate, LevelRow, NotSureRow, Opening, Rule, RuleBook
from bot.script.shapes import GateShape, RuleShape, shaped
from bot.script.vocabulary import Vocabulary

EXAMPLE_DAY = date(2026, 1, 15)
"""The day on which the examples of the rules happen, where they name none."""

MAX_BECAUSE = 160


def load_rules(node: Node, vocabulary: Vocabulary, problems: Problems) -> Mapping[str, Rule]:
    """Read all rules; a rule with a mistake is left out."""
    section = node.entries.get("rules") if isinstance(node, Mapped) else None
    if not isinstance(section, Mapped):
        problems.add(node.place, "'rules' is missing.", "Add 'rules:' with an id for each rule.")
        return {}
    tags = {tag for entry in section.entries.values() for tag in _tags(entry)}
    reader = ConditionReader(vocabulary, problems, rules=section.entries, tags=tags)
    rules: dict[str, Rule] = {}
    for name, entry in section.entries.items():
        shape = shaped(RuleShape, entry, problems, f"rule {name}")
        if shape is not None and isinstance(entry, Mapped):
            rules[name] = _rule(name, shape, entry, section.keys[name], reader)
    _check_strata(rules, problems)
    return rules


def _tags(entry: Node) -> Iterable[str]:
    tags = entry.entries.get("tags") if isinstance(entry, Mapped) else None
    return [part.text for part in tags.parts if isinstance(part, Scalar)] if isinstance(tags, Items) else []


def _rule(name: str, shape: RuleShape, entry: Mapped, place: Place, reader: ConditionReader) -> Rule:
    problems = reader.problems
    common = reader.read(entry.entries["when"]) if "when" in entry.entries else ALWAYS
    levels = entry.entries["levels"]
    rows = tuple(
        row
        for part in (levels.parts if isinstance(levels, Items) else ())
        if isinstance(part, Mapped) and (row := _row(name, part, common, reader)) is not None
    )
    if not rows and shape.information is None:
        problems.add(place, f"rule {name} has no level.", "Add one under 'levels:', or 'information: ...'.")
    if len(shape.because) > MAX_BECAUSE:
        problems.add(
            entry.keys["because"],
            f"'because' of {name} is {len(shape.because)} characters; {MAX_BECAUSE} is the limit.",
            "Shorten it: it is part of a message.",
        )
    if rows and not shape.fires_for:
        problems.add(place, f"rule {name} has no example under 'fires_for'.", "Add a child for whom it is raised.")
    if rows and not shape.quiet_for:
        problems.add(place, f"rule {name} has no example under 'quiet_for'.", "Add a child for whom it stays quiet.")
    stratum = shape.stratum or "1"
    if not stratum.isdecimal() or not 1 <= int(stratum) <= 9:
        problems.add(entry.keys["stratum"], f"'{stratum}' is no stratum.", "Write a number from 1 to 9.")
        stratum = "1"
    return Rule(
        name,
        shape.title,
        rows,
        shape.because,
        tuple(shape.sources),
        place,
        unless=_unless(entry.entries.get("unless"), reader),
        not_sure=_not_sure(entry.entries.get("not_sure"), reader),
        stratum=int(stratum),
        tags=frozenset(shape.tags),
        private=shape.private == "yes",
        text=shape.text,
        approved=shape.approved.covers is not None,
        fires_for=_examples(entry.entries.get("fires_for"), reader),
        quiet_for=_examples(entry.entries.get("quiet_for"), reader),
    )


def _row(rule: str, part: Mapped, common: Condition, reader: ConditionReader) -> LevelRow | None:
    level = read_level(part.entries["level"], reader.problems)
    if level is None:
        return None
    own = reader.read(part.entries["when"])
    when = own if common == ALWAYS else common if own == ALWAYS else All((common, own))
    return LevelRow(level, read_action(part.entries.get("action"), level, reader.problems, f"rule {rule}"), when)


def read_level(node: Node, problems: Problems) -> Level | None:
    """Read the name of a level; None after a mistake."""
    text = node.text if isinstance(node, Scalar) else ""
    if text not in Level.__members__:
        problems.unknown(node.place, "level", text, Level.__members__)
        return None
    return Level[text]


def read_action(node: Node | None, level: Level, problems: Problems, what: str) -> Action | None:
    """Read the action of a level; EMERGENCY needs one."""
    if node is None:
        return None
    text = node.text if isinstance(node, Scalar) else ""
    allowed = sorted(action.value for action in ALLOWED[level])
    if text not in allowed:
        problems.unknown(node.place, f"action for {level.name} in {what}", text, allowed)
        return None
    return Action(text)


def _unless(node: Node | None, reader: ConditionReader) -> tuple[Condition, ...]:
    if not isinstance(node, Items):
        return ()
    found: list[Condition] = []
    for part in node.parts:
        if isinstance(part, Scalar):
            if part.text in reader.rules:
                found.append(FlagRaised(part.text))
            else:
                reader.problems.unknown(part.place, "rule", part.text, reader.rules)
        else:
            found.append(reader.read(part))
    return tuple(found)


def _not_sure(node: Node | None, reader: ConditionReader) -> tuple[NotSureRow, ...] | None:
    if node is None:
        return None
    if isinstance(node, Scalar):
        return (NotSureRow(_counts_as(node, reader.problems), ALWAYS),)
    rows = []
    for part in node.parts if isinstance(node, Items) else ():
        if not isinstance(part, Mapped) or set(part.entries) != {"level", "when"}:
            reader.problems.add(part.place, "'not_sure' is not complete.", "Write '{level: URGENT, when: {...}}'.")
            continue
        rows.append(NotSureRow(_counts_as(part.entries["level"], reader.problems), reader.read(part.entries["when"])))
    return tuple(rows)


def _counts_as(node: Node, problems: Problems) -> Level | None:
    if isinstance(node, Scalar) and node.text == "as no":
        return None
    return read_level(node, problems)


def _examples(node: Node | None, reader: ConditionReader) -> tuple[Example, ...]:
    parts = node.parts if isinstance(node, Items) else ()
    return tuple(_example(part, reader) for part in parts if isinstance(part, Mapped))


def _example(node: Mapped, reader: ConditionReader) -> Example:
    facts: dict[str, Value] = {}
    level = None
    today = EXAMPLE_DAY
    for name, value in node.entries.items():
        if name == "today":
            told_day = read_value(reader, "birth_date", value, node.keys[name])
            today = told_day.on if isinstance(told_day, Born) else today
        elif name == "level":
            level = read_level(value, reader.problems)
        elif name == "age":
            if (age := _age(value, reader.problems)) is not None:
                facts["birth_date"] = age
        elif (told := read_value(reader, name, value, node.keys[name])) is not None:
            facts[name] = told
    return Example(facts, level, today, node.place)


def _age(node: Node, problems: Problems) -> Value | None:
    """Read "10 days", "6 weeks" or "2 months" as an age of which only days are known."""
    text = node.text if isinstance(node, Scalar) else ""
    if text == "not sure":
        return NOT_SURE
    number, _, unit = text.partition(" ")
    unit = unit if unit.endswith("s") else f"{unit}s"
    if not number.isdecimal() or unit not in list(Unit):
        problems.add(node.place, f"'{text}' is not an age.", "Write for example '10 days', '6 weeks' or '2 months'.")
        return None
    days = limit_days(int(number), Unit(unit))
    return DaysOld(days, days, EXAMPLE_DAY)


def _check_strata(rules: Mapping[str, Rule], problems: Problems) -> None:
    """A rule may look only at rules of lower strata: else two rules could each wait for the other."""
    for rule in rules.values():
        conditions = [
            *(row.when for row in rule.levels),
            *rule.unless,
            *(row.when for row in rule.not_sure or ()),
        ]
        for part in (part for condition in conditions for part in walk(condition)):
            match part:
                case FlagRaised(other) if other in rules and rules[other].stratum >= rule.stratum:
                    problems.add(
                        rule.place,
                        f"{rule.id} (stratum {rule.stratum}) looks at {other} (stratum {rules[other].stratum}).",
                        f"Give {rule.id} a stratum above {rules[other].stratum}, or take the look out.",
                    )
                case FlagsRaised() if rule.stratum == 1:
                    problems.add(
                        rule.place,
                        f"{rule.id} counts other flags, but stands in the first stratum.",
                        f"Add 'stratum: 2' or higher to {rule.id}.",
                    )
                case LevelIs() | GateIs():
                    problems.add(
                        rule.place,
                        f"{rule.id} looks at the level or at a gate, which rules make themselves.",
                        "Name the flags with 'flags: {...}'.",
                    )
                case _:
                    pass


def load_gates(node: Node, vocabulary: Vocabulary, rules: Iterable[str], problems: Problems) -> Mapping[str, Gate]:
    """Read all gates; a gate with a mistake is left out."""
    section = node.entries.get("gates") if isinstance(node, Mapped) else None
    if not isinstance(section, Mapped):
        problems.add(node.place, "'gates' is missing.", "Add 'gates:' with a name for each how-to.")
        return {}
    reader = ConditionReader(vocabulary, problems, rules=rules, gates=section.entries)
    gates: dict[str, Gate] = {}
    for name, entry in section.entries.items():
        shape = shaped(GateShape, entry, problems, f"gate '{name}'")
        if shape is not None and isinstance(entry, Mapped):
            gates[name] = _gate(name, shape, entry, section.keys[name], reader)
    _check_gate_circles(gates, problems)
    return gates


def _gate(name: str, shape: GateShape, entry: Mapped, place: Place, reader: ConditionReader) -> Gate:
    closed, otherwise = entry.entries["closed"], entry.entries["otherwise"]
    closings = [
        Closing(row.id, reader.read(part.entries["when"]), row.because or "")
        for row, part in zip(shape.closed, closed.parts if isinstance(closed, Items) else (), strict=True)
        if isinstance(part, Mapped)
    ]
    openings = [
        Opening(row.id, row.result or "open", reader.read(part.entries["when"]))
        for row, part in zip(shape.otherwise, otherwise.parts if isinstance(otherwise, Items) else (), strict=True)
        if isinstance(part, Mapped)
    ]
    for row in shape.closed:
        if not row.because:
            reader.problems.add(place, f"gate '{name}' ({row.id}) does not say why it closes.", "Add 'because: ...'.")
    for part in (part for closing in closings for part in walk(closing.when)):
        if isinstance(part, FlagRaised | FlagsRaised):
            reader.problems.add(place, f"gate '{name}' looks at single flags.", "Use 'level: SOON or higher'.")
    return Gate(name, tuple(closings), tuple(openings), place)


def _check_gate_circles(gates: Mapping[str, Gate], problems: Problems) -> None:
    for gate in gates.values():
        seen, todo = set(), [gate.id]
        while todo:
            current = todo.pop()
            if current in seen:
                continue
            seen.add(current)
            if current not in gates:
                continue
            for closing in gates[current].closed:
                looked = [part.gate for part in walk(closing.when) if isinstance(part, GateIs)]
                if gate.id in looked:
                    problems.add(gate.place, f"gate '{gate.id}' waits for itself.", "Take the circle out.")
                    return
                todo.extend(looked)


def load_rule_book(rules: Node, gates: Node, vocabulary: Vocabulary, problems: Problems) -> RuleBook:
    """Read rules and gates together."""
    loaded = load_rules(rules, vocabulary, problems)
    return RuleBook(loaded, load_gates(gates, vocabulary, loaded, problems))
