"""Ids that a button cannot carry: it has room for a turn, a question and an option, and no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.script.articles import ARTICLE, FOUND, LIBRARY
from bot.script.document import Node, find
from bot.script.menu import MAY_I
from bot.script.model import Dialog
from bot.script.problems import Problems
from bot.script.script import Script

MAX_IDS = 50
"""Characters of a question with its dialog, and of one of its options: 64 bytes less a turn of twelve digits."""

_LINE = "item_"
# Of the buttons that the program adds to a question or a list the one with the longest name.
_ADDED = "list_back"
_Path = tuple[str | int, ...]


def check_ids(script: Script, nodes: Mapping[str, Node], problems: Problems) -> None:
    """Note questions whose name and options together are too long for a button."""
    for dialog in script.dialogs.values():
        if dialog.place.file not in nodes:
            continue
        for path, question, option in _buttons(dialog):
            # The names in a button: "dialog.question" and the option.
            over = len(f"{dialog.id}.{question}{option}") - MAX_IDS
            if over > 0:
                place = find(nodes[dialog.place.file], path)
                what = f"'{dialog.id}', '{question}' and '{option}' are too long for a button, by {over} letters."
                problems.add(place, what, "Shorten one of these names.")
    for passage in script.withheld.passages.values():
        over = len(f"{MAY_I}.{passage.chapter or ''}{passage.id}") - MAX_IDS
        if over > 0 and passage.place.file in nodes:
            what = f"'{passage.chapter}' and '{passage.id}' are too long for a button, by {over} letters."
            problems.add(passage.place, what, "Shorten one of these names.")
    chapters = {name: chapter.id for chapter in script.library.chapters.values() for name in chapter.articles}
    for name, article in script.articles.items():
        chapter = max(FOUND, chapters.get(name, ""), key=len)
        # In a list its button has its own name; under its pages the longest button is that to the danger signs.
        longest = max(f"{LIBRARY}.{chapter}{name}", f"{ARTICLE}.{name}check_danger_signs", key=len)
        over = len(longest) - MAX_IDS
        if over > 0 and article.place.file in nodes:
            what = f"the name '{name}' is too long for a button, by {over} letters."
            problems.add(article.place, what, "Shorten the name of the article.")


def _buttons(dialog: Dialog) -> Iterator[tuple[_Path, str, str]]:
    """Where it stands, the question, and the longest option: one problem for each question."""
    for question in dialog.questions.values():
        options = [_ADDED, *(one.id for one in (*question.options, *question.bands))]
        yield ("questions", question.id), question.id, max(options, key=len)
    for checklist in dialog.checklists.values():
        options = [_ADDED, *(f"{_LINE}{one.id}" for one in checklist.items)]
        yield ("checklists", checklist.id), checklist.id, max(options, key=len)
