"""Chapter 5: the how-tos; chapter 6: results and the safety net; the program's own words and the menu."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.authoring.document.blocks import Block, Fields, Heading, Label, Labels, Para
from bot.authoring.document.material import Material
from bot.script.conditions import ALWAYS
from bot.script.outcomes import OutcomeText
from bot.script.phrases import OF_A_COMMAND

OUTCOMES, PHRASES, MENU = "content/outcomes.yaml", "content/phrases.yaml", "content/menu.yaml"


def howtos(material: Material) -> Iterator[Block]:
    """Every how-to, step by step."""
    yield Heading(1, "How-tos")
    yield Para("One step a message, each with \u201cNext\u201d, \u201cStop\u201d and \u201cSomething is wrong\u201d.")
    for howto in material.script.howtos.values():
        file = howto.place.file
        yield Heading(2, howto.title)
        sources = material.titled(material.data(file).get("sources", ()))
        yield Fields((("Gate", howto.gate.replace("_", " ")), ("File", file), ("Sources", sources)))
        yield Labels(tuple(material.label(file, ("title",), "title")))
        for number, step in enumerate(howto.steps):
            only = f", where the gate is {' or '.join(sorted(step.only)).replace('_', ' ')}" if step.only else ""
            what = f"Step {step.id.replace('_', ' ')}{only}"
            yield from material.told(file, ("steps", number, "text"), what, step.sources)


def outcomes(material: Material) -> Iterator[Block]:
    """What is told at the end of a check."""
    told = material.script.outcomes
    yield Heading(1, "Results and safety net")
    yield Para(
        "An EMERGENCY is told at once and ends the questions: its message, then what to do until help comes. Every "
        "other result is its message, then advice, then the safety net. {reasons} is filled with the reasons of the "
        "rules."
    )
    parts: tuple[tuple[str, str, str, Sequence[OutcomeText]], ...] = (
        ("levels", "The message of each level", "Told as the message of this level", tuple(told.levels.values())),
        ("instead", "Instead of it, for some rules", "Told instead", told.instead),
        ("meanwhile", "Until help comes: the first three that apply", "Said until help comes", told.meanwhile),
        ("advice", "Advice: the first five that apply, in this order", "Advice", told.advice),
        ("safety_net", "Safety net: the lines for this age", "Line of the safety net", told.safety_net),
    )
    for section, title, what, texts in parts:
        yield Heading(2, title)
        for one in texts:
            yield Heading(3, one.id.replace("_", " "))
            rows = []
            if one.rules:
                rows.append(("For the rules", ", ".join(sorted(one.rules))))
            if one.when != ALWAYS:
                rows.append(("If", material.words(one.when)))
            if rows:
                yield Fields(tuple(rows))
            yield from material.told(OUTCOMES, (section, one.id, "say"), what, one.sources)
            yield from material.sign(f"outcomes.{section}.{one.id}")


def own_words(material: Material) -> Iterator[Block]:
    """The menu, and what the program says by itself."""
    yield Heading(1, "The menu and the program's own words")
    yield Para(
        "These stand in no conversation: the menu, the first minutes, the emergency card, and what is said when an "
        "answer was not understood."
    )
    yield Heading(2, "The menu")
    yield from material.told(MENU, ("ask",), "Question")
    rows: list[Label] = []
    asks: list[Block] = []
    for entry in material.script.menu.every:
        leads = f"begins \u201c{material.script.dialogs[entry.start].title}\u201d" if entry.start else "asks on"
        rows += material.label(MENU, (*entry.path, "text"), f"opens {entry.opens}" if entry.opens else leads)
        asks += material.told(MENU, (*entry.path, "ask"), f"Question below \u201c{entry.text}\u201d")
    yield Labels(tuple(rows))
    yield from asks
    yield Heading(2, "Texts")
    commands: list[Label] = []
    for key in material.script.phrases:
        kind, _, name = key.partition(".")
        if kind == "button":
            continue
        if name.startswith(OF_A_COMMAND):
            commands += material.label(PHRASES, ("texts", name), f"/{name.removeprefix(OF_A_COMMAND)}")
        else:
            yield from material.told(PHRASES, ("texts", name), name.replace("_", " "))
            yield from material.sign(f"phrases.texts.{name}")
    yield Heading(2, "Commands and buttons")
    buttons: list[Label] = []
    for key in material.script.phrases:
        kind, _, name = key.partition(".")
        if kind == "button":
            buttons += material.label(PHRASES, ("buttons", name), f"button: {name.replace('_', ' ')}")
    yield Labels((*commands, *buttons))
