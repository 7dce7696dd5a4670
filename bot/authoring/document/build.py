"""Puts the chapters together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.authoring.changes.change import Changes
from bot.authoring.document.blocks import Block, Bullets, Document, Figure, Heading
from bot.authoring.document.closing import changed, open_questions, others, to_sign
from bot.authoring.document.dialogs import Draw, conversations, lists_and_questions
from bot.authoring.document.front import HOW, front, how_it_decides
from bot.authoring.document.howtos import howtos, outcomes, own_words
from bot.authoring.document.material import Material
from bot.authoring.document.rules import gates, rules
from bot.authoring.document.sources import sources
from bot.authoring.document.warnings import emergency, library, withheld
from bot.script.document import Node
from bot.script.script import Script


@dataclass(frozen=True, slots=True)
class Since:
    """What is different from another version, and how that one is called."""

    name: str
    changes: Changes


def build(
    script: Script, nodes: Mapping[str, Node], *, today: date, draw: Draw, since: Since | None = None
) -> Document:
    """The document of a script that is without a mistake; the same arguments give the same document."""
    # The first pass learns the numbers of texts that are pointed to before they come.
    first = Material(script, nodes)
    list(_chapters(first, named_only, since))
    material = Material(script, nodes, known=first.numbers)
    return Document(front(material, today), tuple(_chapters(material, draw, since)))


def named_only(name: str) -> Figure:
    """Draws nothing: a picture that is named and not shown, as in Markdown."""
    return Figure(name, 0)


def _chapters(material: Material, draw: Draw, since: Since | None) -> Iterator[Block]:
    number = 0
    for block in _joined(_in_order(material, draw, since)):
        # The page that says how it decides is the one without a number: everybody reads it.
        if isinstance(block, Heading) and block.level == 1 and block.text != HOW:
            number += 1
            yield replace(block, text=f"{number}  {block.text}")
        else:
            yield block


def _joined(blocks: Iterator[Block]) -> Iterator[Block]:
    """Points that follow each other as one list."""
    points: tuple[str, ...] = ()
    for block in blocks:
        if isinstance(block, Bullets):
            points += block.points
            continue
        if points:
            yield Bullets(points)
            points = ()
        yield block
    if points:
        yield Bullets(points)


def _in_order(material: Material, draw: Draw, since: Since | None) -> Iterator[Block]:
    yield from how_it_decides(material)
    told: list[Block] = []
    for chapter in (
        rules(material),
        gates(material),
        lists_and_questions(material, draw),
        conversations(material, draw),
        howtos(material),
        outcomes(material),
        own_words(material),
        emergency(material),
        withheld(material),
        library(material),
        others(material),
    ):
        for block in chapter:
            told.append(block)
            yield block
    yield from open_questions(material)
    yield from changed(None if since is None else since.changes, "" if since is None else since.name)
    yield from sources(material, told)
    yield from to_sign(material)
