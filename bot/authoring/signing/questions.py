"""`content/open_questions.yaml`: what a clinician has still to answer, and what hangs on each answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from pydantic import Field

from bot.script.document import Items, Mapped, Node
from bot.script.load import Loaded
from bot.script.problems import Place, Problem, Problems
from bot.script.script import Script
from bot.script.shaped import section, shaped
from bot.script.shapes import Shape, Text
from bot.script.text_ids import texts_by_id

FILE = "content/open_questions.yaml"
About = Literal[
    "emergencies", "temperature", "shaking", "muscle tone", "how-tos", "words and numbers", "the whole"
]  # fmt: skip
GROUPS: tuple[str, ...] = get_args(About)
"""In this order they are printed."""


class QuestionShape(Shape):
    """One open question."""

    about: About
    ask: Text
    touches: list[Text] = Field(min_length=1)
    now: Text
    noted_in: Text


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question for a clinician; `now` is what the script does until somebody has answered."""

    id: str
    about: str
    ask: str
    touches: tuple[str, ...]
    now: str
    noted_in: str
    place: Place


def read_questions(node: Node, problems: Problems) -> tuple[OpenQuestion, ...]:
    """Read the file; a question with a mistake is noted and left out."""
    part = section(node, "questions", problems, "Add 'questions:' with a name for each, such as Q-01.")
    found: list[OpenQuestion] = []
    for name, entry in part.entries.items() if part is not None else ():
        shape = shaped(QuestionShape, entry, problems, f"question {name}")
        if shape is not None and part is not None:
            place = part.keys[name]
            found.append(
                OpenQuestion(name, shape.about, shape.ask, tuple(shape.touches), shape.now, shape.noted_in, place)
            )
    return tuple(found)


def check_open_questions(loaded: Loaded) -> Iterator[Problem]:
    """What is wrong in the file, names that are nowhere in the script, and rules whose question is not in it."""
    node, script = loaded.nodes.get(FILE), loaded.script
    if node is None or script is None or loaded.problems:
        return
    problems = Problems()
    questions = read_questions(node, problems)
    known = known_ids(script)
    for one in questions:
        for number, name in enumerate(one.touches):
            if name not in known:
                problems.unknown(_line(node, one, number), "rule, text, list or gate", name, known)
    touched = {name for one in questions for name in one.touches}
    for rule in script.book.rules.values():
        entry = _entry(loaded.nodes[rule.place.file], rule.id)
        if entry is not None and "open_question" in entry.entries and rule.id not in touched:
            what = f"{rule.id} has an open question, and no question in {FILE} touches it."
            problems.add(entry.keys["open_question"], what, f"Add one there with 'touches: [{rule.id}]'.")
    yield from problems.found


def known_ids(script: Script) -> frozenset[str]:
    """Everything that a question can touch: what is to be signed, texts, dialogs, and what their names begin with."""
    names = {*script.approvals.signables, *texts_by_id(script), *script.dialogs}
    parts = (name.split(".") for name in names)
    return frozenset({*names, *(".".join(steps[:end]) for steps in parts for end in range(2, len(steps)))})


def _line(node: Node, one: OpenQuestion, number: int) -> Place:
    entry = _entry(node, one.id)
    touches = entry.entries["touches"] if entry is not None else None
    return touches.parts[number].place if isinstance(touches, Items) else one.place


def _entry(node: Node, name: str) -> Mapped | None:
    """An entry of the one part of a file, which are rules or questions."""
    if not isinstance(node, Mapped):
        return None
    for part in node.entries.values():
        if isinstance(part, Mapped) and isinstance(entry := part.entries.get(name), Mapped):
            return entry
    return None


def sealed_by(text: str) -> str | None:
    """Who sealed the table that the proof compares with; None where the file does not say."""
    for line in text.splitlines():
        if line.startswith("sealed_by: "):
            return line.removeprefix("sealed_by: ").strip()
    return None
