"""The check of plain language: grade, sentences, emergencies and questions, each with file, line and cure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.authoring.plain.emergency import strays_in_emergency
from bot.authoring.plain.kinds import Kind, kinds
from bot.authoring.plain.questions import strays_in_questions
from bot.authoring.plain.reading import too_hard
from bot.script.document import Node, find
from bot.script.load import Loaded
from bot.script.problems import Place, Problem
from bot.script.text_ids import Text


def check_plain(loaded: Loaded) -> Iterator[Problem]:
    """Texts that a tired parent cannot read at once; files with another mistake are left for later."""
    script = loaded.script
    if script is None:
        return
    wrong = {one.place.file for one in loaded.problems}
    for text, kind in kinds(script).values():
        if text.file in wrong:
            continue
        found = [*too_hard(text.text, kind), *(strays_in_emergency(text.text) if kind is Kind.EMERGENCY else ())]
        for one in found:
            yield Problem(_place(loaded.nodes, text, one.line), one.what, one.cure)
    for strayed in strays_in_questions(script):
        if strayed.place.file not in wrong:
            yield Problem(strayed.place, strayed.what, strayed.cure)


def _place(nodes: Mapping[str, Node], text: Text, line: int) -> Place:
    """The very line of a text of several lines, which begins below its name."""
    start = find(nodes[text.file], text.path) if text.file in nodes else Place(text.file, 1)
    return Place(start.file, start.line + 1 + line) if "\n" in text.text.strip() else start
