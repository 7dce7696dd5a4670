"""What a golden chat claims: its level, rules and gates, and what is said."""

from __future__ import annotations

import re

from bot.authoring.conversation import Claims, Expected
from bot.authoring.reading import Reading
from bot.facts.level import Level
from bot.script.document import Mapped, Node
from bot.script.read_level import read_action

EXPECT = ("level", "action", "rules", "quiet", "gate", "says", "never_says", "taps")
CLAIMS = ("says", "never_says", "level", "asks")
_TAPS = re.compile(r"at most (\d+)")


def read_expected(node: Node | None, reading: Reading) -> Expected:
    """Read what stands under `expect`."""
    if node is None:
        return Expected()
    if not isinstance(node, Mapped):
        cure = "Write 'expect: {level: URGENT, rules: [F-02]}'."
        reading.problems.add(node.place, "'expect' says nothing.", cure)
        return Expected()
    reading.keys(node, EXPECT)
    entries = node.entries
    level = reading.level(entries.get("level"))
    action = read_action(entries.get("action"), level, reading.problems) if level is not None else None
    if "action" in entries and "level" not in entries:
        reading.problems.add(node.keys["action"], "an action needs its level.", "Write the level, too.")
    return Expected(
        level,
        action,
        _rules(entries.get("rules"), reading),
        tuple(reading.rule(reading.text(one), one.place) for one in reading.parts(entries.get("quiet"))),
        _gates(entries.get("gate"), reading),
        reading.texts(entries.get("says")),
        reading.texts(entries.get("never_says")),
        reading.number(entries.get("taps"), _TAPS, "Write for example 'at most 14'."),
    )


def read_claims(node: Mapped, reading: Reading) -> Claims:
    """Read what a single turn claims."""
    return Claims(
        reading.texts(node.entries.get("says")),
        reading.texts(node.entries.get("never_says")),
        reading.level(node.entries.get("level")),
        reading.question(node.entries.get("asks")),
    )


def _rules(node: Node | None, reading: Reading) -> dict[str, Level | None]:
    if isinstance(node, Mapped):
        return {reading.rule(name, node.keys[name]): reading.level(value) for name, value in node.entries.items()}
    return {reading.rule(reading.text(one), one.place): None for one in reading.parts(node)}


def _gates(node: Node | None, reading: Reading) -> dict[str, str]:
    if node is None:
        return {}
    if not isinstance(node, Mapped):
        reading.problems.add(node.place, "'gate' names no gate.", "Write 'gate: {massage: closed}'.")
        return {}
    results = reading.script.book.gate_results
    for name, value in node.entries.items():
        if name not in results:
            reading.problems.unknown(node.keys[name], "gate", name, results)
        elif reading.text(value) not in results[name]:
            reading.problems.unknown(value.place, "result", reading.text(value), results[name])
    return {name: reading.text(value) for name, value in node.entries.items()}
