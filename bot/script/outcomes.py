"""What a parent is told at each level: texts, advice by rule, and the safety net."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.script.conditions import ALWAYS, Condition
from bot.script.document import Mapped, Node, find
from bot.script.problems import Place, Problems
from bot.script.read_condition import ConditionReader
from bot.script.rules import RuleBook
from bot.script.shaped import shaped
from bot.script.shapes import OutcomesShape, OutcomeTextShape
from bot.script.vocabulary import Vocabulary

LEVEL_TEXTS = (
    "emergency_call",
    "emergency_go",
    "urgent_hospital",
    "urgent_doctor",
    "urgent_phone",
    "soon",
    "soon_phone",
    "routine",
    "reassure",
    "no_danger_sign",
)


@dataclass(frozen=True, slots=True)
class OutcomeText:
    """A text; `rules` limits it to outcomes with one of these rules raised (empty: any)."""

    id: str
    text: str
    place: Place
    rules: frozenset[str] = frozenset()
    when: Condition = ALWAYS
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcomes:
    """All texts of outcomes.

    `instead` replaces the whole message of a level for some rules, `meanwhile` follows an EMERGENCY, `advice` follows
    the other levels, `safety_net` ends them.
    """

    levels: Mapping[str, OutcomeText] = field(default_factory=dict)
    instead: tuple[OutcomeText, ...] = ()
    meanwhile: tuple[OutcomeText, ...] = ()
    advice: tuple[OutcomeText, ...] = ()
    safety_net: tuple[OutcomeText, ...] = ()


def load_outcomes(node: Node, vocabulary: Vocabulary, book: RuleBook, problems: Problems) -> Outcomes:
    """Read all outcome texts."""
    shape = shaped(OutcomesShape, node, problems, "the file")
    if shape is None or not isinstance(node, Mapped):
        return Outcomes()
    reader = ConditionReader(vocabulary, problems, book.rules, book.tags, book.gate_results)

    def section(name: str, shapes: Mapping[str, OutcomeTextShape]) -> dict[str, OutcomeText]:
        part = node.entries[name]
        return {key: _text(key, one, part, reader) for key, one in shapes.items() if isinstance(part, Mapped)}

    levels = section("levels", shape.levels)
    strange = [text for name, text in levels.items() if name not in LEVEL_TEXTS]
    for text in strange:
        problems.unknown(text.place, "level text", text.id, LEVEL_TEXTS)
    for name in () if strange else LEVEL_TEXTS:
        if name not in levels:
            problems.add(node.keys["levels"], f"the text '{name}' is missing.", f"Add '{name}: ...'.")
    return Outcomes(
        levels,
        tuple(section("instead", shape.instead).values()),
        tuple(section("meanwhile", shape.meanwhile).values()),
        tuple(section("advice", shape.advice).values()),
        tuple(section("safety_net", shape.safety_net).values()),
    )


def _text(name: str, shape: OutcomeTextShape, part: Mapped, reader: ConditionReader) -> OutcomeText:
    entry = part.entries[name]
    when: Condition = ALWAYS
    if isinstance(entry, Mapped) and "when" in entry.entries:
        when = reader.read(entry.entries["when"])
    for rule in shape.rules or ():
        if rule not in reader.rules:
            reader.problems.unknown(find(entry, ["rules"]), "rule", rule, reader.rules)
    return OutcomeText(name, shape.say, part.keys[name], frozenset(shape.rules or ()), when, tuple(shape.sources))
