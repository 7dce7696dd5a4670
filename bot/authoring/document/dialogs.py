"""Chapters 3 and 4: the lists and questions in the order in which a parent meets them, then each conversation."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.authoring.document.blocks import Block, Bullets, Fields, Figure, Heading, Label, Labels, Para
from bot.authoring.document.material import Material
from bot.script.conditions import ALWAYS
from bot.script.model import Checklist, Dialog, Kind, PlanItem, Question
from bot.script.script import Script

Draw = Callable[[str], Figure]
"""Gives the picture of a dialog."""

_READ_BACK = "its name where the answers are read back"


def lists_and_questions(material: Material, draw: Draw) -> Iterator[Block]:
    """The parts that conversations share, in the order in which they are met."""
    yield Heading(1, "Danger lists and questions")
    yield Para(
        "Every conversation is put together from these parts, in this order; the danger signs come first. \u201cNot "
        "sure\u201d and \u201cBack\u201d are added to every question. A question whose answer is known, or can change "
        "nothing for this child, is left out."
    )
    for name in met_in_order(material.script):
        yield from _dialog(material, material.script.dialogs[name], draw)


def conversations(material: Material, draw: Draw) -> Iterator[Block]:
    """Every conversation that begins from the menu or a command."""
    yield Heading(1, "Conversations")
    yield Para("Each begins with the danger signs. Where a part of chapter 3 is asked, its title stands here.")
    for dialog in material.script.dialogs.values():
        if not dialog.part:
            yield from _dialog(material, dialog, draw)


def met_in_order(script: Script) -> list[str]:
    """The parts of conversations: first those of the flow that asks most, in its order, then those of the others."""
    flows = [dialog for dialog in script.dialogs.values() if not dialog.part]
    order: dict[str, None] = {}

    def walk(dialog: Dialog) -> None:
        for item in dialog.plan:
            if item.kind is Kind.DO and item.target not in order:
                order[item.target] = None
                walk(script.dialogs[item.target])

    for flow in sorted(flows, key=lambda one: (-sum(item.kind is Kind.DO for item in one.plan), one.id)):
        walk(flow)
    return [name for name in order if script.dialogs[name].part] + [
        one.id for one in script.dialogs.values() if one.part and one.id not in order
    ]


def _dialog(material: Material, dialog: Dialog, draw: Draw) -> Iterator[Block]:
    file = dialog.place.file
    yield Heading(2, dialog.title)
    data = material.data(file)
    rows = [("File", file), ("Sources", material.titled(data.get("sources", ())))]
    if dialog.request:
        rows.append(("Kind", "the parent asks for something: the end never says that what was told is common"))
    yield Fields(tuple(rows))
    yield from _labels(material.label(file, ("title",), "title of this conversation"))
    yield draw(dialog.id)
    done: set[tuple[Kind, str]] = set()
    for item in dialog.plan:
        yield from _item(material, dialog, item, done)
    for checklist in dialog.checklists.values():
        if (Kind.CHECKLIST, checklist.id) not in done:
            yield from _checklist(material, checklist, "asked after a sign in another list")
    for question in dialog.questions.values():
        if (Kind.ASK, question.id) not in done:
            yield from _question(material, question, "asked after a sign in a list")
    for say in dialog.texts.values():
        if (Kind.SAY, say.id) not in done:
            yield from material.told(
                file, ("texts", say.id, "say"), "Said at the end of this conversation", say.sources
            )


def _item(material: Material, dialog: Dialog, item: PlanItem, done: set[tuple[Kind, str]]) -> Iterator[Block]:
    when = "" if item.when == ALWAYS else f"if {material.words(item.when)}"
    first = (item.kind, item.target) not in done
    done.add((item.kind, item.target))
    script = material.script
    match item.kind:
        case Kind.ASK if first:
            yield from _question(material, dialog.questions[item.target], when)
        case Kind.CHECKLIST if first:
            yield from _checklist(material, dialog.checklists[item.target], when)
        case Kind.SAY if first:
            say = dialog.texts[item.target]
            what = f"Said {when}" if when else "Said"
            yield from material.told(dialog.place.file, ("texts", say.id, "say"), what, say.sources)
        case Kind.DO:
            yield Bullets((_then(f"the part \u201c{script.dialogs[item.target].title}\u201d", when),))
        case Kind.HOWTO:
            yield Bullets((_then(f"the how-to \u201c{script.howtos[item.target].title}\u201d", when),))
        case Kind.GATE:
            yield Bullets(
                (_then(f"the end, with the reasons, where the gate {item.target.replace('_', ' ')} is closed", when),)
            )
        case Kind.FINISH:
            yield Bullets((_then("the result", when),))
        case _:
            yield Bullets((_then(f"{item.target.replace('_', ' ')} once more, where it is still open", when),))


def _then(what: str, when: str) -> str:
    return f"Then {what}, {when}." if when else f"Then {what}."


def _question(material: Material, question: Question, when: str) -> Iterator[Block]:
    file, path = question.place.file, ("questions", question.id)
    yield Heading(3, f"Question: {question.id.replace('_', ' ')}")
    yield from _asked(material, question.id, when)
    yield from material.told(file, (*path, "ask"), "Question", question.sources)
    yield from material.told(file, (*path, "why"), "Said with it, as the reason")
    yield from material.told(file, (*path, "hint"), "Said after an answer that was not understood")
    rows: list[Label] = []
    for name, options in (("options", question.options), ("bands", question.bands)):
        for option in options:
            tells = material.facts(option.sets)
            if option.then is not None:
                tells = f"asks on: {option.then.replace('_', ' ')}"
            note = "after three unclear answers; " if name == "bands" else ""
            rows += material.label(file, (*path, name, option.id), note + tells)
    rows += material.label(file, (*path, "not_sure"), f"{question.id.replace('_', ' ')}: not sure")
    rows += material.label(file, (*path, "short"), _READ_BACK)
    yield from _labels(iter(rows))
    if question.input is not None:
        yield Para(f"May be typed, as {question.input.value.replace('_', ' ')}.")
    yield from material.sign(f"{question.dialog}.questions.{question.id}")


def _asked(material: Material, fact: str, when: str) -> Iterator[Block]:
    rows = [("Asked", when)] if when else []
    known = material.script.vocabulary.facts.get(fact)
    if known is not None:
        if known.ages is not None:
            rows.append(("For", f"children {known.ages}"))
        if known.ask_if is not None:
            rows.append(("Makes sense if", material.words(known.ask_if)))
    if rows:
        yield Fields(tuple(rows))


def _checklist(material: Material, checklist: Checklist, when: str) -> Iterator[Block]:
    file, path = checklist.place.file, ("checklists", checklist.id)
    yield Heading(3, f"List: {checklist.id.replace('_', ' ')}")
    rows = [("Asked", when)] if when else []
    if checklist.level is not None:
        action = "" if checklist.action is None else f", {checklist.action.value}"
        rows.append(
            ("Level", f"\u201cYes, one of these\u201d is {checklist.level.name}{action} at once, before which one")
        )
    if checklist.after:
        rows.append(("Shown after", ", ".join(sorted(checklist.after))))
    if rows:
        yield Fields(tuple(rows))
    yield from material.told(file, (*path, "ask"), "Question", checklist.sources)
    written = material.data(file).get("checklists", {}).get(checklist.id, {}).get("items", [])
    lines: list[Label] = []
    for number, item in enumerate(checklist.items):
        rule = written[number].get("rule") if number < len(written) else None
        tells = material.facts(item.sets)
        if item.then is not None:
            tells = f"asks on: {item.then.replace('_', ' ')}"
        lines += material.label(file, (*path, "items", number, "text"), f"{tells} ({rule})" if rule else tells)
    lines += material.label(file, (*path, "none"), "button for \u201cnone of these\u201d")
    yield from _labels(iter(lines))
    yield from material.told(file, (*path, "because"), "Parents read, after \u201cWhy:\u201d")
    yield from material.told(file, (*path, "simple_check"), "Said after \u201cNot sure\u201d, once")
    yield from material.sign(f"{checklist.dialog}.checklists.{checklist.id}")


def _labels(rows: Iterator[Label]) -> Iterator[Labels]:
    found = tuple(rows)
    if found:
        yield Labels(found)
