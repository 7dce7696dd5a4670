"""Which answers are worse than which: the other values and "not sure" are worse than the usual one, with exceptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.authoring.proof.seal import FOLDER
from bot.authoring.proof.world import World, usual_literal
from bot.script.conditions import Condition
from bot.script.document import Items, Mapped, Scalar, compose
from bot.script.problems import Problems
from bot.script.read_condition import ConditionReader
from bot.script.vocabulary import Vocabulary

FILE = "worse.yaml"


@dataclass(frozen=True, slots=True)
class Exemption:
    """Answers of one fact for which "worse" cannot be said: these (none: all), or all where the condition holds."""

    answers: frozenset[str]
    when: Condition | None
    why: str


@dataclass(frozen=True, slots=True)
class Step:
    """From one answer of a fact to a worse one, under a condition."""

    fact: str
    answer: str
    better: int
    worse: int
    unless: tuple[Condition, ...]


def read_exemptions(content: Path, vocabulary: Vocabulary) -> Mapping[str, tuple[Exemption, ...]]:
    """Read the facts of which some answers are not worse; without the file there are none."""
    path = content / FOLDER / FILE
    if not path.is_file():
        return {}
    problems = Problems()
    node = compose(path.read_text(encoding="utf-8"), f"content/{FOLDER}/{FILE}")
    reader = ConditionReader(vocabulary, problems, looks=frozenset())
    part = node.entries.get("not_worse") if isinstance(node, Mapped) else None
    found: dict[str, tuple[Exemption, ...]] = {}
    for row in part.parts if isinstance(part, Items) else ():
        entries = row.entries if isinstance(row, Mapped) else {}
        fact, why, answers, when = (entries.get(key) for key in ("fact", "why", "answers", "when"))
        if not isinstance(fact, Scalar) or not isinstance(why, Scalar) or fact.text not in vocabulary.facts:
            problems.add(row.place, "this row names no fact, or gives no reason.", "Write '{fact: ..., why: ...}'.")
            continue
        named = (
            frozenset(one.text for one in answers.parts if isinstance(one, Scalar))
            if isinstance(answers, Items)
            else ()
        )
        condition = None if when is None else reader.read(when)
        found[fact.text] = (*found.get(fact.text, ()), Exemption(frozenset(named), condition, why.text))
    problems.raise_if_any()
    return found


def steps(world: World, exemptions: Mapping[str, tuple[Exemption, ...]]) -> Iterator[Step]:
    """Every step from the usual answer to a worse one."""
    for name, told in world.answers.facts.items():
        fact = world.facts.vocabulary.facts[name]
        if fact.usual is None or told.certain is not None:
            continue
        usual = usual_literal(told, fact)
        for answer, literal in (("not sure", told.not_sure), *told.cells.items()):
            exempt = [one for one in exemptions.get(name, ()) if not one.answers or answer in one.answers]
            if literal == usual or any(one.when is None for one in exempt):
                continue
            yield Step(name, answer, usual, literal, tuple(one.when for one in exempt if one.when is not None))
