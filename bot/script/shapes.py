"""The shape of each script file: which keys it has and which of them are compulsory.

Conditions and values stay as they were written (`Any`); they are read against the vocabulary afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from bot.script.document import Mapped, Node, Scalar, find, plain
from bot.script.problems import Place, Problems, did_you_mean

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Raw = Any


class Shape(BaseModel):
    """A mapping of the script language: unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Reviewed(Shape):
    """Who read a text last, and when."""

    by: Text
    on: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class Approved(Shape):
    """Who signed a rule or a text; a fingerprint in `covers` is voided by any edit."""

    by: Text
    role: Text | None = None
    on: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None
    covers: Text | None = None


def _as_option(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


class OptionShape(Shape):
    """One button of a question."""

    text: Text
    sets: Raw = None


class QuestionShape(Shape):
    """Asks for one fact."""

    ask: Text
    short: Text | None = None
    why: Text | None = None
    hint: Text | None = None
    not_sure: Text | None = None
    input: (
        Literal[
            "birth_date",
            "temperature",
            "temperature_again",
            "number",
            "hours",
            "minutes",
            "per_minute",
            "weeks",
        ]
        | None
    ) = None
    options: dict[Id, Annotated[OptionShape, BeforeValidator(_as_option)]] | None = None
    bands: dict[Id, Annotated[OptionShape, BeforeValidator(_as_option)]] | None = None
    local: Literal["yes"] | None = None
    sources: list[Text] = Field(min_length=1)


class ItemShape(Shape):
    """One line of a checklist."""

    text: Text
    sets: Raw
    denied: Raw = None
    then: Id | None = None
    rule: Text | None = None


class ChecklistShape(Shape):
    """Asks for several signs in one message."""

    ask: Text
    level: Text | None = None
    action: Text | None = None
    because: Text | None = None
    simple_check: Text | None = None
    none: Text | None = None
    items: list[ItemShape] = Field(min_length=1)
    sources: list[Text] = Field(min_length=1)


class SayShape(Shape):
    """A text that is said without a question."""

    say: Text
    sources: list[Text] = Field(min_length=1)


class FinishShape(Shape):
    """How a dialog ends."""

    saves: Literal["episode"] | None = None


class DialogShape(Shape):
    """A file in `dialogs/`."""

    dialog: Id
    title: Text
    reviewed: Reviewed
    sources: list[Text] = Field(min_length=1)
    part: Literal["yes"] | None = None
    request: Literal["yes"] | None = None
    draft: Literal["true"] | None = None
    todo: Text | None = None
    questions: dict[Id, QuestionShape] = {}
    checklists: dict[Id, ChecklistShape] = {}
    texts: dict[Id, SayShape] = {}
    plan: list[Raw] = Field(min_length=1)


class StepShape(Shape):
    """One instruction of a how-to; `only` limits it to some results of the gate."""

    id: Id
    text: Text
    only: list[Text] | None = None
    sources: list[Text] = Field(min_length=1)


class HowToShape(Shape):
    """A file in `content/howto/`."""

    howto: Id
    title: Text
    gate: Id
    reviewed: Reviewed
    sources: list[Text] = Field(min_length=1)
    steps: list[StepShape] = Field(min_length=1)


class FactShape(Shape):
    """A fact in `content/facts.yaml`."""

    type: Literal["yes_no", "choice", "many", "number", "date"]
    scope: Literal["child", "check", "now", "how_to"]
    options: list[Text] | None = None
    unit: Text | None = None
    valid_for: Text | None = None
    usual: Raw = None
    ages: Raw = None
    ask_if: Raw = None
    harmless_unknown: Raw = None
    private: Literal["yes", "no"] | None = None
    about: Text | None = None


class DerivedShape(Shape):
    """A derived fact in `content/facts.yaml`."""

    type: Literal["yes_no", "number", "age"]
    from_: Raw = Field(default=None, alias="from")
    function: Literal["age_from_birth", "age_corrected", "age_younger", "count_of"] | None = None
    of: Raw = None
    about: Text | None = None


class LevelRowShape(Shape):
    """One way in which a rule holds."""

    level: Text
    action: Text | None = None
    when: Raw


class RuleShape(Shape):
    """A rule in `content/red_flags.yaml`."""

    title: Text
    levels: list[LevelRowShape]
    because: Text
    sources: list[Text] = Field(min_length=1)
    when: Raw = None
    unless: list[Raw] | None = None
    not_sure: Raw = None
    stratum: Text | None = None
    tags: list[Text] = []
    private: Literal["yes", "no"] | None = None
    text: Text | None = None
    split_from: Text | None = None
    open_question: Text | None = None
    information: Text | None = None
    approved: Approved
    fires_for: list[Raw] | None = None
    quiet_for: list[Raw] | None = None
    todo: Text | None = None


class OutcomeTextShape(Shape):
    """A text that is said with an outcome: always, for some rules, or under a condition."""

    say: Text
    sources: list[Text] = Field(min_length=1)
    rules: list[Text] | None = None
    when: Raw = None


class OutcomesShape(Shape):
    """The file `content/outcomes.yaml`."""

    reviewed: Reviewed
    levels: dict[Id, OutcomeTextShape]
    instead: dict[Id, OutcomeTextShape]
    meanwhile: dict[Id, OutcomeTextShape]
    advice: dict[Id, OutcomeTextShape]
    safety_net: dict[Id, OutcomeTextShape]


class MenuEntryShape(Shape):
    """One button of the menu: the dialog that it starts, and what is known by pressing it."""

    text: Text
    start: Id
    sets: Raw = None


class MenuShape(Shape):
    """The file `content/menu.yaml`."""

    ask: Text
    entries: dict[Id, MenuEntryShape]


class GateRowShape(Shape):
    """One reason that closes a gate, or one result when nothing closes it."""

    id: Text
    when: Raw
    because: Text | None = None
    result: Id | None = None
    sources: list[Text] | None = None


class GateShape(Shape):
    """A gate in `content/gates.yaml`."""

    closed: list[GateRowShape] = Field(min_length=1)
    otherwise: list[GateRowShape] = Field(min_length=1)
    title: Text | None = None
    sources: list[Text] | None = None


S = TypeVar("S", bound=Shape)


def shaped(shape: type[S], node: Node, problems: Problems, what: str) -> S | None:
    """Check a node against a shape; None after a mistake, each of which is noted once."""
    if not isinstance(node, Mapped):
        problems.add(node.place, f"{what} is not written as 'name: value'.", "Write one name and value in each line.")
        return None
    try:
        return shape.model_validate(plain(node))
    except ValidationError as error:
        for fault in error.errors():
            _note(shape, node, fault["type"], fault["loc"], fault.get("ctx", {}), problems, what)
        return None


def _note(
    shape: type[Shape],
    node: Mapped,
    kind: str,
    path: Sequence[int | str],
    context: dict[str, Any],
    problems: Problems,
    what: str,
) -> None:
    path = [step for step in path if step != "[key]"]
    place = find(node, path)
    name = str(path[-1]) if path else what
    match kind:
        case "extra_forbidden":
            problems.add(place, f"{what} has no entry '{name}'.", did_you_mean(name, _known(shape, path)))
        case "missing":
            problems.add(_around(node, path), f"'{name}' is missing in {_inside(path, what)}.", f"Add '{name}: ...'.")
        case "string_too_short":
            problems.add(place, f"'{name}' is empty.", "Write it after the colon.")
        case "too_short":
            problems.add(place, f"'{name}' is empty.", "Add at least one.")
        case "string_pattern_mismatch" if name in ("on",):
            problems.add(place, f"'{name}' is not a date.", "Write it as 2026-11-22.")
        case "string_pattern_mismatch":
            problems.add(
                place,
                f"'{name}' cannot be a name.",
                "Use small letters a to z, digits and _, and begin with a letter.",
            )
        case "literal_error" | "enum":
            given = _given(node, path)
            problems.add(place, f"'{given}' cannot be used for '{name}'.", f"Write {context.get('expected', '')}.")
        case "string_type":
            problems.add(place, f"'{name}' should be a text.", "Write the text on the same line, or under '|'.")
        case "list_type":
            problems.add(place, f"'{name}' should be a list.", "Begin each line with '- ', or write [one, two].")
        case _:
            problems.add(place, f"'{name}' should be made of 'name: value' lines.", "Compare it with another one.")


def _known(shape: type[Shape], path: Sequence[int | str]) -> list[str]:
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


def _around(node: Mapped, path: Sequence[int | str]) -> Place:
    return find(node, path[:-1])


def _inside(path: Sequence[int | str], what: str) -> str:
    names = [str(step) for step in path[:-1] if not isinstance(step, int)]
    return f"'{names[-1]}'" if names else what


def _given(node: Node, path: Sequence[int | str]) -> str:
    for step in path:
        if isinstance(node, Mapped):
            node = node.entries.get(str(step), node)
        elif hasattr(node, "parts") and isinstance(step, int):
            node = node.parts[step]
    return node.text if isinstance(node, Scalar) else "this"
