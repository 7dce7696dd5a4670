"""What changes in the other texts: reasons of rules and gates, how-tos, phrases, menu, and articles."""

from __future__ import annotations

from collections.abc import Iterator

from bot.authoring.changes.both import Both, differing
from bot.authoring.changes.change import Change
from bot.authoring.changes.table_words import GATES, HEADINGS, RULES
from bot.authoring.changes.words import listed, named, quoted, reworded, same_words
from bot.facts.level import Level
from bot.script.edit_class import EditClass
from bot.script.menu import MenuEntry
from bot.script.model import HowTo
from bot.script.phrases import NUMBER, TEXTS
from bot.script.rules import AlwaysSaid

PHRASES, MENU = "content/phrases.yaml", "content/menu.yaml"


def rule_text_changes(both: Both) -> Iterator[Change]:
    """The reasons that rules and closed gates give, and what is always said with a how-to."""
    before = both.old.book
    for name, rule in both.new.book.rules.items():
        old = before.rules.get(name)
        if old is None:
            continue
        danger = max(old.highest, rule.highest) >= Level.URGENT
        if not same_words(old.because, rule.because):
            what = f"{rule.title} [{name}], its reason: {reworded(old.because, rule.because)}."
            yield Change(EditClass.WORDING, name, what, RULES, heading=HEADINGS[RULES], danger=danger)
        if old.text != rule.text:
            what = f"{rule.title} [{name}]: another special text at the end."
            yield Change(EditClass.STRUCTURAL, name, what, RULES, heading=HEADINGS[RULES], danger=danger)
        for field in sorted(differing(old, rule).keys() - KNOWN_OF_RULES):
            what = f"{rule.title} [{name}]: '{field}' is different."
            yield Change(EditClass.STRUCTURAL, name, what, RULES, heading=HEADINGS[RULES], danger=danger)
    for name, gate in both.new.book.gates.items():
        old_gate = before.gates.get(name)
        reasons = {} if old_gate is None else {(row.id, row.when): row.because for row in old_gate.closed}
        for row in gate.closed:
            was = reasons.get((row.id, row.when), row.because)
            if not same_words(was, row.because):
                what = f"The gate of {name.replace('_', ' ')}, a reason: {reworded(was, row.because)}."
                yield Change(EditClass.WORDING, name, what, GATES, heading=HEADINGS[GATES])
    yield from _always_said(both)


KNOWN_OF_RULES = frozenset(
    {
        "title", "because", "text", "sources", "approved", "fires_for", "quiet_for",
        "levels", "unless", "not_sure", "stratum", "tags", "private",
    }
)  # fmt: skip
"""Fields of a rule that are compared here, by the solver, or that are for reviewers."""


def _always_said(both: Both) -> Iterator[Change]:
    old = {one.id: one for one in both.old.book.always_said}
    new = {one.id: one for one in both.new.book.always_said}

    def change(kind: EditClass, one: AlwaysSaid, what: str) -> Change:
        return Change(kind, one.id, f"{what} [{one.id}]", GATES, heading=HEADINGS[GATES])

    for name, one in old.items():
        if name not in new:
            yield change(EditClass.LOOSER, one, f"No longer said with {listed(sorted(one.topics))}: {quoted(one.text)}")
    for name, one in new.items():
        if name not in old:
            yield change(EditClass.WORDING, one, f"Always said with {listed(sorted(one.topics))}: {quoted(one.text)}")
            continue
        was = old[name]
        if not same_words(was.text, one.text):
            yield change(EditClass.WORDING, one, reworded(was.text, one.text))
        if one.topics - was.topics:
            more = listed(sorted(one.topics - was.topics))
            yield change(EditClass.WORDING, one, f"{named(one.text)} is also said with {more}")
        if was.topics - one.topics:
            less = listed(sorted(was.topics - one.topics))
            yield change(EditClass.LOOSER, one, f"{named(one.text)} is no longer said with {less}")


def howto_changes(both: Both) -> Iterator[Change]:
    """New and deleted how-tos, their gates and steps."""
    for name, howto in both.old.howtos.items():
        if name not in both.new.howtos:
            yield _of(howto, EditClass.STRUCTURAL, name, f"The how-to {named(howto.title)} is deleted.")
    for name, howto in both.new.howtos.items():
        before = both.old.howtos.get(name)
        if before is None:
            yield _of(howto, EditClass.STRUCTURAL, name, f"The how-to {named(howto.title)} is new.")
        else:
            yield from _steps(before, howto)


def _of(howto: HowTo, kind: EditClass, of: str, what: str) -> Change:
    return Change(kind, of, what, howto.place.file, heading=f"How-to {named(howto.title)} ({howto.place.file})")


def _steps(old: HowTo, new: HowTo) -> Iterator[Change]:
    fields = differing(old, new, apart_from=frozenset({"id", "place", "steps"}))
    for name, (was, now) in fields.items():
        kind = EditClass.WORDING if name == "title" else EditClass.STRUCTURAL
        told = reworded(was, now) if name in ("title", "gate") else "different"
        yield _of(new, kind, f"{new.id}.{name}", f"Its {name}: {told}.")
    before, after = {one.id: one for one in old.steps}, {one.id: one for one in new.steps}
    for name, step in before.items():
        if name not in after:
            yield _of(new, EditClass.LOOSER, f"{new.id}.{name}", f"A step is gone: {quoted(step.text)} [{name}]")
    for name, step in after.items():
        of = f"{new.id}.{name}"
        if name not in before:
            yield _of(new, EditClass.STRUCTURAL, of, f"New step: {quoted(step.text)} [{name}]")
            continue
        for field, (was, now) in differing(before[name], step).items():
            if field == "text":
                yield _of(new, EditClass.WORDING, of, f"{reworded(was, now)} [{name}]")
            elif field == "only":
                shown = listed(sorted(now)) or "every result of the gate"
                what = f"The step {named(step.text)} is shown with {shown} now [{name}]"
                yield _of(new, EditClass.STRUCTURAL, of, what)
            elif field != "sources":
                yield _of(
                    new, EditClass.STRUCTURAL, of, f"The step {named(step.text)}: '{field}' is different [{name}]"
                )
    if [one for one in before if one in after] != [one for one in after if one in before]:
        yield _of(new, EditClass.STRUCTURAL, new.id, "Its steps come in another order.")


def phrase_changes(both: Both) -> Iterator[Change]:
    """The engine's own texts and buttons."""
    for name in dict.fromkeys([*both.old.phrases, *both.new.phrases]):
        old, new = both.old.phrases.get(name), both.new.phrases.get(name)
        if same_words(old, new):
            continue
        # A phrase comes and goes with the program that says it.
        kind = EditClass.STRUCTURAL if old is None or new is None else EditClass.WORDING
        own = name.removeprefix("text.")
        danger = NUMBER in TEXTS.get(own, ()) or own.startswith(("emergency", "reason", "urgent"))
        what = f"{reworded(old, new)} [{name}]"
        yield Change(kind, name, what, PHRASES, heading=f"What the guide says itself ({PHRASES})", danger=danger)


def menu_changes(both: Both) -> Iterator[Change]:
    """The buttons of the menu."""
    old, new = both.old.menu, both.new.menu
    before, after = {one.id: one for one in old.every}, {one.id: one for one in new.every}

    def change(kind: EditClass, of: str, what: str) -> Change:
        return Change(kind, f"menu.{of}", what, MENU, heading=f"Menu ({MENU})")

    if not same_words(old.ask, new.ask):
        yield change(EditClass.WORDING, "ask", f"What it asks: {reworded(old.ask, new.ask)}.")
    for name, entry in before.items():
        if name not in after:
            yield change(EditClass.STRUCTURAL, name, f"The button {quoted(entry.text)} is gone.")
    for name, entry in after.items():
        if name not in before:
            yield change(EditClass.STRUCTURAL, name, f"New button {quoted(entry.text)}.")
            continue
        for kind, what in _entry(before[name], entry):
            yield change(kind, name, what)
    if [one for one in before if one in after] != [one for one in after if one in before]:
        yield change(EditClass.STRUCTURAL, "entries", "Its buttons stand in another order.")


def _entry(old: MenuEntry, new: MenuEntry) -> Iterator[tuple[EditClass, str]]:
    for name, (was, now) in differing(old, new, apart_from=frozenset({"entries"})).items():
        if name == "text":
            yield EditClass.WORDING, f"The button {quoted(was)} is now {quoted(now)}."
        elif name == "ask" and was and now:
            yield EditClass.WORDING, f"Behind {quoted(new.text)}: {reworded(was, now)}."
        elif name == "start" and now:
            yield EditClass.STRUCTURAL, f"The button {quoted(new.text)} begins another dialog: [{now}]."
        elif name == "path":
            yield EditClass.STRUCTURAL, f"The button {quoted(new.text)} stands on another level of the menu."
        else:
            yield EditClass.STRUCTURAL, f"The button {quoted(new.text)} does something else ('{name}')."
