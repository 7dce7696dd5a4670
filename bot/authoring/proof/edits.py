"""The edits that were made to the rules on purpose since they were sealed: stricter or looser, each with a child."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.authoring.proof.seal import FOLDER
from bot.script.document import Items, Mapped, Node, Scalar, compose
from bot.script.load_examples import read_examples
from bot.script.problems import Place, Problems
from bot.script.read_condition import ConditionReader
from bot.script.rules import Example
from bot.script.vocabulary import Vocabulary

FILE = "edits.yaml"
KEYS = ("of", "is", "why", "child")


class Kind(StrEnum):
    """Which way an edit goes; one that goes both ways is listed twice."""

    STRICTER = "stricter"
    LOOSER = "looser"


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit: of a rule, a gate or a fact."""

    of: str
    kind: Kind
    why: str
    child: Example
    place: Place


def read_edits(content: Path, vocabulary: Vocabulary) -> tuple[Edit, ...]:
    """Read the list; without the file there are none. Raises ScriptError with everything that is wrong in it."""
    path = content / FOLDER / FILE
    if not path.is_file():
        return ()
    problems = Problems()
    node = compose(path.read_text(encoding="utf-8"), f"content/{FOLDER}/{FILE}")
    reader = ConditionReader(vocabulary, problems, looks=frozenset())
    part = node.entries.get("edits") if isinstance(node, Mapped) else None
    found = [_edit(one, reader) for one in (part.parts if isinstance(part, Items) else ())]
    problems.raise_if_any()
    return tuple(one for one in found if one is not None)


def _edit(node: Node, reader: ConditionReader) -> Edit | None:
    cure = "Write '{of: F-07, is: stricter, why: ..., child: {age: 2 months, ...}}'."
    if not isinstance(node, Mapped) or set(node.entries) != set(KEYS):
        reader.problems.add(node.place, f"an edit needs exactly: {', '.join(KEYS)}.", cure)
        return None
    of, kind, why = (one.text if isinstance(one := node.entries[key], Scalar) else "" for key in KEYS[:3])
    children = read_examples(Items((node.entries["child"],), node.place), reader)
    if kind not in list(Kind) or not of or not why or not children:
        reader.problems.add(node.place, "this edit cannot be read.", cure)
        return None
    return Edit(of, Kind(kind), why, children[0], node.place)
