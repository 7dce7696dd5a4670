"""Holding what a moderator wrote against its shape, with one plain problem for each mistake."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import ValidationError

from bot.script.document import Items, Mapped, Node, Scalar, find, plain
from bot.script.problems import Place, Problems, did_you_mean
from bot.script.shapes import Shape

S = TypeVar("S", bound=Shape)
Path = Sequence[int | str]
_ENTRIES_EXPECTED = ("model_type", "dict_type", "model_attributes_type")


def shaped(shape: type[S], node: Node, problems: Problems, what: str) -> S | None:
    """Check a node against a shape; None after a mistake, each of which is noted once."""
    if not isinstance(node, Mapped):
        problems.add(node.place, f"{what} is not written as 'name: value'.", "Write one name and value in each line.")
        return None
    try:
        return shape.model_validate(plain(node))
    except ValidationError as error:
        faults = [(fault, [step for step in fault["loc"] if step != "[key]"]) for fault in error.errors()]
        strange = [path for fault, path in faults if fault["type"] == "extra_forbidden"]
        for fault, path in faults:
            if fault["type"] == "missing" and any(_means(other, path) for other in strange):
                continue
            given = _at(node, path)
            place = find(node, path)
            if fault["type"] == "extra_forbidden":
                cure = did_you_mean(str(path[-1]), _known(shape, path))
                problems.add(place, f"{_inside(path, what)} has no entry '{path[-1]}'.", cure)
            elif fault["type"] == "missing":
                around = find(node, path[:-1])
                problems.add(around, f"'{path[-1]}' is missing in {_inside(path, what)}.", f"Add '{path[-1]}: ...'.")
            elif isinstance(given, Scalar) and not given.text.strip():
                problems.add(place, f"{_named(path, what)} is empty.", "Write it after the colon, or take it out.")
            elif fault["type"] in _ENTRIES_EXPECTED:
                beside = [other for fault, other in faults if fault["type"] in _ENTRIES_EXPECTED]
                _no_entries(path, beside, place, _named(path, what), problems)
            else:
                _note(place, fault["type"], fault.get("ctx", {}), _named(path, what), given, problems)
        return None


def _no_entries(path: Path, others: Collection[Path], place: Place, name: str, problems: Problems) -> None:
    """A text where 'name: value' lines should be: where several stand together, the name above them is missing."""
    beside = [other for other in others if other[:-1] == path[:-1]]
    if len(beside) == 1:
        problems.add(place, f"{name} should be made of 'name: value' lines.", "Compare it with another one.")
    elif path == beside[0]:
        cure = "Write it in the line above, or move this part to the right."
        problems.add(place, f"the name to which {name} belongs is missing.", cure)


def section(node: Node, name: str, problems: Problems, cure: str, *, besides: Collection[str] = ()) -> Mapped | None:
    """Give one part of a file, which has no other parts than this and `besides`; None after a mistake."""
    entries = node.entries if isinstance(node, Mapped) else {}
    part = entries.get(name)
    known = {name, *besides}
    strange = [key for key in entries if key not in known]
    if strange and isinstance(node, Mapped):
        what = f"this file has no part '{strange[0]}'."
        problems.add(node.keys[strange[0]], what, did_you_mean(strange[0], known))
    elif part is None:
        problems.add(node.place, f"'{name}' is missing in this file.", cure)
    elif not isinstance(part, Mapped):
        place = find(node, [name])
        problems.add(place, f"'{name}' should be made of 'name: value' lines.", cure)
    return part if isinstance(part, Mapped) else None


def _note(place: Place, kind: str, context: dict[str, Any], name: str, given: Node | None, problems: Problems) -> None:
    text = given.text if isinstance(given, Scalar) else "this"
    match kind:
        case "too_short":
            problems.add(place, f"{name} is empty.", "Add at least one.")
        case "string_pattern_mismatch" | "value_error" if name == "'on'":
            problems.add(place, f"'{text}' is not a date.", "Write it as 2026-11-22.")
        case "string_pattern_mismatch":
            cure = "Use small letters a to z, digits and _, and begin with a letter."
            problems.add(place, f"{name if text == 'this' else repr(text)} cannot be a name.", cure)
        case "literal_error":
            allowed = re.findall(r"'([^']*)'", str(context.get("expected", "")))
            problems.add(place, f"{name} cannot be '{text}'.", did_you_mean(text, allowed))
        case "string_type":
            problems.add(place, f"{name} should be a text.", "Write the text on the same line, or under '|'.")
        case "list_type":
            problems.add(place, f"{name} should be a list.", "Begin each line with '- ', or write [one, two].")
        case _:
            cure = "Compare it with another one."
            problems.add(place, f"{name} should be made of 'name: value' lines.", cure)


def _means(strange: Path, missing: Path) -> bool:
    """Whether a misspelt key is the one that is missing."""
    return strange[:-1] == missing[:-1] and bool(get_close_matches(str(strange[-1]), [str(missing[-1])]))


def _named(path: Path, what: str) -> str:
    """What is wrong, by its name; a line of a list has none of its own."""
    if path and isinstance(path[-1], int):
        return f"one of {_named(path[:-1], what)}"
    return f"'{path[-1]}'" if path else what


def _inside(path: Path, what: str) -> str:
    """The thing around `path`, by its name."""
    names = [step for step in path[:-1] if not isinstance(step, int)]
    return f"'{names[-1]}'" if names else what


def _at(node: Node, path: Path) -> Node | None:
    """What was written at `path`; None where a name itself is at fault or nothing stands there."""
    for step in path:
        if isinstance(node, Mapped) and str(step) in node.entries:
            node = node.entries[str(step)]
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.parts):
            node = node.parts[step]
        else:
            return None
    return node


def _known(shape: type[Shape], path: Path) -> list[str]:
    """The keys that the shape allows at the place of `path`."""
    inner: Any = shape
    for step in path[:-1]:
        inner = _step_into(inner, step)
        if inner is None:
            return []
    return [field.alias or name for name, field in inner.model_fields.items()]


def _step_into(shape: Any, step: int | str) -> Any:
    if isinstance(step, int) or not hasattr(shape, "model_fields"):
        return shape
    field = next((f for n, f in shape.model_fields.items() if (f.alias or n) == step), None)
    return _shape_in(field.annotation) if field is not None else shape


def _shape_in(annotation: Any) -> Any:
    """The shape that a type such as `dict[str, QuestionShape] | None` holds."""
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        if (found := _shape_in(inner)) is not None:
            return found
    return None
