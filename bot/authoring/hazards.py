"""The hazard log as a page: `python -m bot.authoring.hazards` prints docs/safety/hazards.md."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from bot.script.document import compose
from bot.script.problems import Problems
from bot.script.script import Script
from bot.script.shaped import section, shaped
from bot.script.shapes import Shape, Text

FOLDER = Path("docs") / "safety"
DATA, PAGE = "hazards.yaml", "hazards.md"
HEAD = """\
# Hazard log

This page is generated from `docs/safety/hazards.yaml` by `make docs`. A test resolves every name in it: the rules, the
tests, the properties of [the proof](../proof.md) and the [decisions](../decisions). It also holds that every rule of
level EMERGENCY or URGENT stands here as a control of something.

**No clinical safety officer has read it, and nobody has rated these hazards.** There are no figures, because there is
nothing to count yet. A harm is the worst that can reasonably happen. What is left is said with each hazard, the open
questions are listed by `steady open-questions`.
"""


class HazardShape(Shape):
    """One hazard of the log."""

    hazard: Text
    cause: Text
    harm: Text
    controls: list[Text] = Field(min_length=1)
    rules: list[Text] = Field(default_factory=list)
    held_by: list[Text] = Field(min_length=1)
    decisions: list[Text] = Field(default_factory=list)
    residual: Text


@dataclass(frozen=True, slots=True)
class Hazard:
    """What can go wrong, who is harmed, what stands against it, what holds that, and what is left."""

    id: str
    told: HazardShape


def read_hazards(text: str) -> tuple[Hazard, ...]:
    """The hazards of a file; raises ScriptError with every mistake."""
    problems = Problems()
    part = section(compose(text, DATA), "hazards", problems, "Add 'hazards:' with a name for each, such as HZ-01.")
    found = [
        Hazard(name, shape)
        for name, entry in (part.entries.items() if part is not None else ())
        if (shape := shaped(HazardShape, entry, problems, f"hazard {name}")) is not None
    ]
    problems.raise_if_any()
    return tuple(found)


def page(hazards: Sequence[Hazard], script: Script, decisions: Sequence[str]) -> str:
    """The page in Markdown; `decisions` are the names of the files in docs/decisions."""
    parts = [HEAD, "\n".join(f"- [{one.id}](#{one.id.lower()}) {one.told.hazard}" for one in hazards) + "\n"]
    parts += ["\n".join(_lines(one, script, decisions)) for one in hazards]
    return "\n".join(parts)


def _lines(one: Hazard, script: Script, decisions: Sequence[str]) -> Iterator[str]:
    told = one.told
    yield f"## {one.id}\n"
    yield f"**{told.hazard}.**\n"
    yield f"- Cause: {told.cause}"
    yield f"- Harm: {told.harm}."
    yield "- Controls:"
    yield from (f"  - {control}" for control in told.controls)
    if told.rules:
        yield f"- Rules: {'; '.join(f'{rule} {script.book.rules[rule].title}' for rule in told.rules)}."
    yield "- Held by:"
    yield from (f"  - {_held(name)}" for name in told.held_by)
    if told.decisions:
        pages = [next(name for name in decisions if name.startswith(f"{int(number):04}-")) for number in told.decisions]
        yield f"- Decisions: {', '.join(f'[{name[:4]}](../decisions/{name})' for name in pages)}."
    yield f"- What is left: {told.residual}\n"


def _held(name: str) -> str:
    """A test by its file and its sentence, or a property of the proof."""
    if "::" not in name:
        return name
    file, _, test = name.partition("::")
    return f"[{test.removeprefix('test_').replace('_', ' ')}](../../{file}) (`{name}`)"


def main() -> None:
    """Print the page of this checkout."""
    from bot.places import find_places
    from bot.script.load import load_places

    places = find_places()
    root = places.content.parent
    names = sorted(path.name for path in (root / "docs" / "decisions").glob("*.md"))
    hazards = read_hazards((root / FOLDER / DATA).read_text(encoding="utf-8"))
    sys.stdout.write(page(hazards, load_places(places.dialogs, places.content), names))


if __name__ == "__main__":
    main()
