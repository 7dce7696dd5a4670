"""Mistakes in dialogs and how-tos: a question, an item, a gate left out; answers swapped; a line with a wrong fact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from bot.authoring.mutants.condition_mutants import short, wrong_conditions
from bot.authoring.mutants.mutant import Area, Mutant
from bot.script.conditions import ALWAYS
from bot.script.model import Checklist, Dialog, HowTo, Kind, Question
from bot.script.script import Script

OF_PLANS = frozenset({"drops a part", "forgets 'not'", "not sure as no", "swaps yes and no"})
"""Mistakes in the conditions of a plan: that a step is skipped for too many. Its limits do not skip anything by
themselves, since a question that is wanted asks itself wherever the plan comes to it."""


def dialog_mutants(script: Script) -> Iterator[Mutant]:
    """Every mistake in all dialogs and how-tos."""
    for dialog in script.dialogs.values():
        yield from _plan(dialog)
        for question in dialog.questions.values():
            yield from _question(dialog, question)
        for checklist in dialog.checklists.values():
            yield from _checklist(dialog, checklist)
    for howto in script.howtos.values():
        yield from _howto(script, howto)


def _plan(dialog: Dialog) -> Iterator[Mutant]:
    for index, item in enumerate(dialog.plan):
        rest = dialog.plan[:index], dialog.plan[index + 1 :]
        told = f"{item.kind} {item.target}"

        def made(kind: str, before: str, after: str, plan: tuple[object, ...], place: object = item.place) -> Mutant:
            changed = replace(dialog, plan=plan)  # type: ignore[arg-type]
            return Mutant(Area.DIALOG, dialog.id, kind, place, before, after, changed)  # type: ignore[arg-type]

        if item.kind is not Kind.FINISH:
            yield made("leaves out a step", told, "nothing", (*rest[0], *rest[1]))
        if item.when != ALWAYS:
            without = replace(item, when=ALWAYS)
            yield made("drops a condition", f"{told} when {short(item.when)}", told, (*rest[0], without, *rest[1]))
            for wrong in (one for one in wrong_conditions(item.when) if one.kind in OF_PLANS):
                one = replace(item, when=wrong.condition)
                yield made(f"{told}: {wrong.kind}", wrong.before, wrong.after, (*rest[0], one, *rest[1]))


def _question(dialog: Dialog, question: Question) -> Iterator[Mutant]:
    def made(kind: str, before: str, after: str, changed: Question) -> Mutant:
        made_dialog = replace(dialog, questions={**dialog.questions, question.id: changed})
        return Mutant(Area.DIALOG, dialog.id, f"{question.id}: {kind}", question.place, before, after, made_dialog)

    for one, other in pairwise(question.options):
        swap = {
            one.id: replace(one, sets=other.sets, then=other.then),
            other.id: replace(other, sets=one.sets, then=one.then),
        }
        options = tuple(swap.get(option.id, option) for option in question.options)
        yield made("swaps two options", one.text, other.text, replace(question, options=options))
    for option in question.options:
        options = tuple(other for other in question.options if other is not option)
        if options:
            yield made("leaves out an option", option.text, "nothing", replace(question, options=options))
        if len(option.sets) > 1:
            for fact in option.sets:
                sets = {name: value for name, value in option.sets.items() if name != fact}
                fewer = tuple(replace(option, sets=sets) if other is option else other for other in question.options)
                yield made(
                    "an option tells less", f"{option.text}: {fact}", "nothing", replace(question, options=fewer)
                )
    for band, other in pairwise(question.bands):
        swapped = {band.id: replace(band, sets=other.sets), other.id: replace(other, sets=band.sets)}
        bands = tuple(swapped.get(one.id, one) for one in question.bands)
        yield made("swaps two bands", band.text, other.text, replace(question, bands=bands))


def _checklist(dialog: Dialog, checklist: Checklist) -> Iterator[Mutant]:
    def made(kind: str, before: str, after: str, changed: Checklist) -> Mutant:
        made_dialog = replace(dialog, checklists={**dialog.checklists, checklist.id: changed})
        return Mutant(Area.DIALOG, dialog.id, f"{checklist.id}: {kind}", checklist.place, before, after, made_dialog)

    items = checklist.items
    for index, item in enumerate(items):
        before, after = items[:index], items[index + 1 :]
        if len(items) > 1:
            yield made("leaves out a line", item.text, "nothing", replace(checklist, items=(*before, *after)))
        other = items[(index + 1) % len(items)]
        if other is not item:
            wrong = replace(item, sets=other.sets, denied=other.denied)
            yield made(
                "a line sets another fact",
                item.text,
                ", ".join(other.sets),
                replace(checklist, items=(*before, wrong, *after)),
            )
        for fact in item.sets if len(item.sets) > 1 else ():
            fewer = replace(item, sets={name: value for name, value in item.sets.items() if name != fact})
            yield made(
                "a line tells less",
                f"{item.text}: {fact}",
                "nothing",
                replace(checklist, items=(*before, fewer, *after)),
            )
        if item.denied:
            plain = replace(item, denied={})
            yield made("drops 'denied'", item.text, "the opposite", replace(checklist, items=(*before, plain, *after)))
        if item.then is not None:
            plain = replace(item, then=None)
            yield made("drops 'then'", item.then, "nothing", replace(checklist, items=(*before, plain, *after)))
    if checklist.level is not None:
        yield made("drops the level", checklist.level.name, "none", replace(checklist, level=None, action=None))


def _howto(script: Script, howto: HowTo) -> Iterator[Mutant]:
    def made(kind: str, before: str, after: str, changed: HowTo) -> Mutant:
        return Mutant(Area.DIALOG, howto.id, kind, howto.place, before, after, changed)

    for gate in script.book.gates:
        if gate != howto.gate:
            yield made("another gate", howto.gate, gate, replace(howto, gate=gate))
    for step in howto.steps:
        if step.only:
            steps = tuple(replace(one, only=frozenset[str]()) if one is step else one for one in howto.steps)
            yield made(f"{step.id}: for any result", ", ".join(sorted(step.only)), "all", replace(howto, steps=steps))
