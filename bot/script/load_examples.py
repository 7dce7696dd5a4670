"""The examples beside each rule: children for whom it must, or must not, be raised."""

from __future__ import annotations

from datetime import date

from bot.facts.value import NOT_SURE, Born, DaysOld, Value
from bot.script.document import Items, Mapped, Node, Scalar
from bot.script.problems import Problems, ScriptError
from bot.script.read_condition import ConditionReader
from bot.script.read_level import read_level
from bot.script.read_measure import read_age_days
from bot.script.read_value import read_value
from bot.script.rules import Example

EXAMPLE_DAY = date(2026, 1, 15)
"""The day on which the examples of the rules happen, where they name none."""


def read_examples(node: Node | None, reader: ConditionReader) -> tuple[Example, ...]:
    """Read a list of children."""
    found = []
    for part in node.parts if isinstance(node, Items) else ():
        if isinstance(part, Mapped):
            found.append(_example(part, reader))
        else:
            reader.problems.add(part.place, "this is no example.", "Write '{age: 2 months, fact: value}'.")
    return tuple(found)


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
    try:
        days = read_age_days(text, node.place)
    except ScriptError as error:
        problems.found.extend(error.problems)
        return None
    return DaysOld(days, days, EXAMPLE_DAY)
