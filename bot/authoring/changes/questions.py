"""What changes in a question: its words, its buttons, what they tell, what may be typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields

from bot.authoring.changes.answers import Answer, meaning_changes, paired, relabelled
from bot.authoring.changes.both import Both, differing, heading, key
from bot.authoring.changes.change import Change
from bot.authoring.changes.words import question_name, quoted, reworded, same_words
from bot.script.edit_class import EditClass
from bot.script.model import Dialog, Option, Question

TEXTS = {
    "ask": "",
    "why": "its “Why?”: ",
    "hint": "its hint: ",
    "short": "its short name: ",
    "not_sure": "its button for “Not sure”: ",
}
ANSWERS = {"options": "button", "bands": "button after unclear answers"}
SILENT = frozenset({"id", "dialog", "place", "sources"})
"""The ids are compared elsewhere; sources are for reviewers."""


def question_changes(both: Both, dialog: Dialog, old: Question, new: Question) -> Iterator[Change]:
    """Every change of one question."""

    def change(kind: EditClass, what: str) -> Change:
        sentence = f"{question_name(new)}: {what}"
        return Change(kind, key(new), sentence, dialog.place.file, frozenset({key(new)}), heading(dialog))

    for name, (was, now) in differing(old, new, apart_from=SILENT).items():
        if name in TEXTS:
            yield change(EditClass.WORDING, f"{TEXTS[name]}{reworded(was, now)}.")
        elif name in ANSWERS:
            for kind, what in _answers(both, new, ANSWERS[name], (was, now)):
                yield change(kind, what)
        elif name == "input":
            typed = (f"{one.value.replace('_', ' ')}" if one else "nothing" for one in (was, now))
            yield change(EditClass.STRUCTURAL, "what may be typed: {}, now {}.".format(*typed))
        else:
            yield change(EditClass.STRUCTURAL, f"'{name}' is different.")


def _answers(
    both: Both, question: Question, button: str, options: tuple[Sequence[Option], Sequence[Option]]
) -> Iterator[tuple[EditClass, str]]:
    pairs = list(paired(*options))
    for pair in pairs:
        old, new = _option(pair.old), _option(pair.new)
        if old is None and new is not None:
            yield EditClass.STRUCTURAL, f"new {button} {quoted(new.text)}."
        elif new is None and old is not None:
            yield EditClass.STRUCTURAL, f"the {button} {quoted(old.text)} is gone."
        elif old is not None and new is not None:
            alike = (old.sets, old.then) == (new.sets, new.then)
            if relabelled(pair) and alike:
                yield EditClass.WORDING, f"the {button} {quoted(old.text)} is now {quoted(new.text)}."
            elif relabelled(pair):
                yield EditClass.STRUCTURAL, f"the {button} {quoted(new.text)} takes the place of {quoted(old.text)}."
            elif not alike:
                for kind, what in meaning_changes(both, f"{question.dialog}.{question.id}", old, new):
                    yield kind, f"{what}."
            if alike and old.id != new.id and old.id not in new.renamed_from:
                yield EditClass.STRUCTURAL, f"the {button} {quoted(new.text)} has another name inside: [{new.id}]."
            rest = {one.name for one in fields(old)} - {"id", "text", "sets", "then", "renamed_from"}
            for name in sorted(rest & differing(old, new).keys()):
                yield EditClass.STRUCTURAL, f"the {button} {quoted(new.text)}: '{name}' is different."
    before, after = ([one.text for one in part] for part in options)
    if len(pairs) == len(before) == len(after) and _moved(before, after):
        yield EditClass.WORDING, "its buttons stand in another order."


def _moved(old: Sequence[str], new: Sequence[str]) -> bool:
    stayed = [one for one in old if any(same_words(one, other) for other in new)]
    still = [one for one in new if any(same_words(one, other) for other in old)]
    return not all(same_words(one, other) for one, other in zip(stayed, still, strict=False))


def _option(one: Answer | None) -> Option | None:
    return one if isinstance(one, Option) else None
