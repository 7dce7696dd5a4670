"""Why a text is said: its rule, its gate, its place in a plan, the words of a parent."""

from __future__ import annotations

from collections.abc import Iterator

from bot.authoring.condition_page import rule_lines, when_lines
from bot.authoring.explain.edition import Edition
from bot.script.conditions import ALWAYS
from bot.script.model import Dialog, Kind
from bot.script.outcomes import OutcomeText
from bot.script.rules import Gate
from bot.script.text_ids import Text

_DOES = {Kind.SAY: "Said", Kind.ASK: "Asked", Kind.CHECKLIST: "Asked"}
_SECTIONS = {
    "instead": "It takes the place of the message of its level.",
    "meanwhile": "It is said while help is on its way.",
    "advice": "It is advice that follows the message of a level.",
    "safety_net": "It is a line of the safety net at the end of a result.",
}


def reason_lines(edition: Edition, text: Text) -> Iterator[str]:
    """When a text is said, as far as the scripts say it."""
    script, path = edition.script, text.path
    match text.file, path:
        case "content/red_flags.yaml", ("rules", rule, *_) if str(rule) in script.book.rules:
            yield f"It is the reason of {rule}: {script.book.rules[str(rule)].title}."
            yield from rule_lines(script.book.rules[str(rule)], script.vocabulary)
        case "content/gates.yaml", ("gates", gate, "closed", int(number), *_) if str(gate) in script.book.gates:
            closing = script.book.gates[str(gate)].closed[number]
            yield from when_lines(f"It closes the gate of {gate} ({closing.id}), when", closing.when, script.vocabulary)
        case "content/gates.yaml", ("always_said", name, *_):
            said = next((one for one in script.book.always_said if one.id == name), None)
            topics = sorted(said.topics) if said is not None else []
            yield f"It is always said with: {', '.join(topics)}."
        case "content/outcomes.yaml", (section, name, *_):
            yield from _of_outcome(edition, str(section), str(name))
        case "content/withheld.yaml", ("passages", name, *_) if str(name) in script.withheld.passages:
            passage = script.withheld.passages[str(name)]
            yield f"It is a warning: {passage.title}. Said when a parent asks about it, by words or by its button."
        case _ if text.file.startswith("dialogs/") and len(path) > 1:
            dialog = next((one for one in script.dialogs.values() if one.place.file == text.file), None)
            if dialog is not None and path[-1] == "because":
                yield "It is the reason where 'Yes, one of these' was pressed, before a line was named."
            if dialog is not None:
                yield from _of_plan(edition, dialog, str(path[1]))
        case _ if text.file.startswith("content/howto/"):
            howto = next((one for one in script.howtos.values() if one.place.file == text.file), None)
            if howto is not None:
                yield f"It is shown in the how-to '{howto.title}', where the gate of {howto.gate} is open."
        case _ if text.file.startswith("content/articles/"):
            yield "It is read in the library: by its button, or by words that find it."
        case _:
            yield "It leads through the chat."


def gate_lines(edition: Edition, gate: Gate) -> Iterator[str]:
    """What closes a gate, and what else it lets through."""
    vocabulary = edition.script.vocabulary
    for closing in gate.closed:
        yield from when_lines(f"Closed ({closing.id}), when", closing.when, vocabulary)
    for opening in gate.otherwise:
        if opening.when == ALWAYS:
            yield f"Else {opening.result.replace('_', ' ')} ({opening.id})."
        else:
            yield from when_lines(
                f"Else {opening.result.replace('_', ' ')} ({opening.id}), when", opening.when, vocabulary
            )


def _of_outcome(edition: Edition, section: str, name: str) -> Iterator[str]:
    yield _SECTIONS.get(section, f"It is the message of a level: {name.replace('_', ' ')}.")
    one = outcome_text(edition, section, name)
    if one is None:
        return
    if one.rules:
        yield f"Said when one of these is raised: {', '.join(sorted(one.rules))}."
    if one.when != ALWAYS:
        yield from when_lines("Said when", one.when, edition.script.vocabulary)


def outcome_text(edition: Edition, section: str, name: str) -> OutcomeText | None:
    """A text of `content/outcomes.yaml`."""
    outcomes = edition.script.outcomes
    sections = {
        "levels": outcomes.levels.values(),
        "instead": outcomes.instead,
        "meanwhile": outcomes.meanwhile,
        "advice": outcomes.advice,
        "safety_net": outcomes.safety_net,
    }
    return next((one for one in sections.get(section, ()) if one.id == name), None)


def _of_plan(edition: Edition, dialog: Dialog, name: str) -> Iterator[str]:
    found = False
    for item in dialog.plan:
        if item.kind in _DOES and item.target == name:
            found = True
            does = f"{_DOES[item.kind]} in '{dialog.title}' ({item.place})"
            if item.when == ALWAYS:
                yield f"{does}."
            else:
                yield from when_lines(f"{does}, when", item.when, edition.script.vocabulary)
    if not found:
        yield f"It belongs to '{dialog.title}', where another question, list or end leads to it."
