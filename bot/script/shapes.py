"""The shape of each script file: which keys it has and which of them are compulsory.

Conditions and values stay as they were written (`Any`); they are read against the vocabulary afterwards.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints


def _is_day(text: str) -> str:
    date.fromisoformat(text)
    return text


Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(_is_day)]
Raw = Any
Old = Text | list[Text] | None
"""What something was called before, the oldest name first."""


def old_names(written: Old) -> tuple[str, ...]:
    """The names under `renamed_from`."""
    if written is None:
        return ()
    return (written,) if isinstance(written, str) else tuple(written)


class Shape(BaseModel):
    """A mapping of the script language: unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Reviewed(Shape):
    """Who read a text last, and when."""

    by: Text
    on: Day


class Approved(Shape):
    """Who signed a thing; the fingerprint in `covers` is voided by any edit. Read by `bot.script.load_approvals`."""

    by: Text
    role: Text | None = None
    on: Day | None = None
    covers: Text | None = None


def _as_option(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


class OptionShape(Shape):
    """One button of a question."""

    text: Text
    sets: Raw = None
    then: Id | None = None
    renamed_from: Old = None


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
    renamed_from: Old = None
    sources: list[Text] = Field(min_length=1)
    approved: Raw = None
    todo: Text | None = None


class ItemShape(Shape):
    """One line of a checklist."""

    text: Text
    sets: Raw
    denied: Raw = None
    then: Id | None = None
    rule: Text | None = None
    renamed_from: Old = None


class ChecklistShape(Shape):
    """Asks for several signs in one message."""

    ask: Text
    level: Text | None = None
    action: Text | None = None
    because: Text | None = None
    simple_check: Text | None = None
    none: Text | None = None
    pick: Literal["yes"] | None = None
    after: list[Text] | None = None
    items: list[ItemShape] = Field(min_length=1)
    renamed_from: Old = None
    sources: list[Text] = Field(min_length=1)
    approved: Raw = None
    todo: Text | None = None


class SayShape(Shape):
    """A text that is said without a question."""

    say: Text
    sources: list[Text] = Field(min_length=1)
    todo: Text | None = None


class DialogShape(Shape):
    """A file in `dialogs/`."""

    dialog: Id
    title: Text
    reviewed: Reviewed
    sources: list[Text] = Field(min_length=1)
    part: Literal["yes"] | None = None
    request: Literal["yes"] | None = None
    draft: Literal["true"] | None = None
    renamed_from: Old = None
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
    todo: Text | None = None


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
    renamed_from: Old = None
    todo: Text | None = None


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
    approved: Raw
    fires_for: list[Raw] | None = None
    quiet_for: list[Raw] | None = None
    renamed_from: Old = None
    todo: Text | None = None


class OutcomeTextShape(Shape):
    """A text that is said with an outcome: always, for some rules, or under a condition."""

    say: Text
    sources: list[Text] = Field(min_length=1)
    rules: list[Text] | None = None
    when: Raw = None
    approved: Raw = None
    todo: Text | None = None


class OutcomesShape(Shape):
    """The file `content/outcomes.yaml`."""

    reviewed: Reviewed
    levels: dict[Id, OutcomeTextShape]
    instead: dict[Id, OutcomeTextShape]
    meanwhile: dict[Id, OutcomeTextShape]
    advice: dict[Id, OutcomeTextShape]
    safety_net: dict[Id, OutcomeTextShape]


class MenuButtonShape(Shape):
    """One button of the second level: the dialog that it starts and what is known by pressing it, or what it opens."""

    text: Text
    start: Id | None = None
    opens: Literal["may_i", "library", "summary"] | None = None
    sets: Raw = None


class MenuEntryShape(Shape):
    """One button of the menu: it starts a dialog, opens something, or asks once more and has entries of its own."""

    text: Text
    start: Id | None = None
    opens: Literal["may_i", "library", "summary"] | None = None
    sets: Raw = None
    ask: Text | None = None
    entries: dict[Id, MenuButtonShape] | None = None


class MenuShape(Shape):
    """The file `content/menu.yaml`."""

    sources: list[Text] = Field(min_length=1)
    ask: Text
    entries: dict[Id, MenuEntryShape]


class SourceShape(Shape):
    """A source in `content/sources.yaml`."""

    kind: Literal["document", "guideline", "page", "general knowledge"]
    title: Text
    file: Text | None = None
    address: list[Text] | None = Field(default=None, min_length=1)
    seen: Literal["yes", "no"]


class GateRowShape(Shape):
    """One reason that closes a gate, or one result when nothing closes it."""

    id: Text
    when: Raw
    because: Text | None = None
    result: Id | None = None
    sources: list[Text] | None = Field(default=None, min_length=1)


class GateShape(Shape):
    """A gate in `content/gates.yaml`."""

    closed: list[GateRowShape] = Field(min_length=1)
    otherwise: list[GateRowShape] = Field(min_length=1)
    title: Text | None = None
    sources: list[Text] | None = Field(default=None, min_length=1)
    approved: Raw = None
    todo: Text | None = None


class AlwaysSaidShape(Shape):
    """What is always said with a how-to, in `content/gates.yaml`; `when` names one gate or several."""

    when: Text | list[Text]
    say: Text
    sources: list[Text] = Field(min_length=1)
    approved: Raw = None


class PassageShape(Shape):
    """A withheld passage in `content/withheld.yaml`: phrases by language, a button and a warning, or silence."""

    title: Text
    chapter: Id | None = None
    label: Text | None = None
    phrases: dict[Id, list[Text]] | None = None
    say: Text | None = None
    topic: Text | None = None
    silent: Literal["yes"] | None = None
    instead: list[Text] | None = None
    sources: list[Text] = Field(min_length=1)


class BannedShape(Shape):
    """A phrase that no text for parents may say, and what an author does instead."""

    phrase: Text
    because: Text


class WithheldShape(Shape):
    """The file `content/withheld.yaml`."""

    reviewed: Reviewed
    ask: Text
    chapters: dict[Id, Text] = Field(min_length=1)
    groups: dict[Id, dict[Id, list[Text]]] = {}
    passages: dict[Text, PassageShape]
    banned: dict[Id, list[BannedShape]]
