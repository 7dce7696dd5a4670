"""What each button and each line of a list means: its text, and what it tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.facts.value import Choice, DaysOld, Many, NoSuch, Number, Value
from bot.script.model import Item, Option
from bot.script.script import Script


def answers_of(script: Script) -> dict[str, dict[str, str]]:
    """For each question and list what its answers tell, by their texts."""
    return {
        name: {" ".join(one.text.split()): told_as_text(one) for one in answers} for name, answers in _answers(script)
    }


def _answers(script: Script) -> Iterator[tuple[str, tuple[Option | Item, ...]]]:
    for dialog in script.dialogs.values():
        for question in dialog.questions.values():
            if question.options:
                yield f"{dialog.id}.{question.id}", question.options
            if question.bands:
                yield f"{dialog.id}.{question.id} bands", question.bands
        for checklist in dialog.checklists.values():
            yield f"{dialog.id}.{checklist.id}", checklist.items


def levels_of_lists(script: Script) -> dict[str, str]:
    """The level that a checklist has by itself."""
    return {
        f"{dialog.id}.{one.id}": " ".join([one.level.name, *([] if one.action is None else [one.action.value])])
        for dialog in script.dialogs.values()
        for one in dialog.checklists.values()
        if one.level is not None
    }


def steps_of_howtos(script: Script) -> dict[str, str]:
    """The gate of each how-to, the results of it with which a step is shown, and what is always said with it."""
    found: dict[str, str] = {}
    for howto in script.howtos.values():
        found[howto.id] = f"gate {howto.gate}"
        for step in howto.steps:
            shown = " or ".join(sorted(step.only)) or "any result"
            found[f"{howto.id}.{step.id}"] = f"shown with {shown}"
        for one in script.book.always_said:
            if howto.gate in one.topics:
                found[f"{howto.id}.{one.id}"] = "always said"
    return found


def told_as_text(answer: Option | Item) -> str:
    """What an answer tells, in one line."""
    parts = [f"{fact} {value_as_text(value)}" for fact, value in answer.sets.items()]
    if answer.then is not None:
        parts.append(f"then {answer.then}")
    if isinstance(answer, Item):
        parts += _denied(answer.denied)
    return "; ".join(parts)


def _denied(denied: Mapping[str, Value]) -> list[str]:
    return [f"denied, {fact} {value_as_text(value)}" for fact, value in denied.items()]


def value_as_text(value: Value) -> str:
    """A value in the words of the script."""
    match value:
        case Choice(possible):
            return " or ".join(sorted(possible))
        case Many(certain, possible):
            perhaps = sorted(possible - certain)
            return " and ".join([*sorted(certain), *([f"perhaps {', '.join(perhaps)}"] if perhaps else [])])
        case Number(interval):
            return str(interval)
        case NoSuch():
            return "none"
        case DaysOld(low, high):
            return f"{low} days" if low == high else f"{low} to {high} days"
        case _:
            return "not sure"
