"""Reading values of a file of chats, with one plain problem for each mistake."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.facts.level import Level
from bot.script.articles import ARTICLE
from bot.script.document import Items, Mapped, Node, Scalar
from bot.script.menu import MAY_I
from bot.script.model import Kind
from bot.script.problems import Place, Problems
from bot.script.read_level import read_level
from bot.script.script import Script

ENGINE_QUESTIONS = (
    "consent", "country", "menu", "card", "word", "emergency", "urgent", "outcome", "seen", "resume", "change",
    "reached", "closed", "history", "episode", "diary_days", "delete", "stale", "confirm",
    "summary", "own_questions",
)  # fmt: skip
"""What the program asks by itself, outside all dialogs."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads against a script; mistakes go to `problems`."""

    script: Script
    problems: Problems

    def keys(self, node: Mapped, known: Iterable[str]) -> None:
        """Note every name that means nothing here."""
        for name in node.entries:
            if name not in known:
                self.problems.unknown(node.keys[name], "entry", name, known)

    def text(self, node: Node | None) -> str:
        """One text; empty where there is none."""
        if node is None:
            return ""
        if not isinstance(node, Scalar):
            self.problems.add(node.place, "one text is expected here.", "Write it on one line.")
            return ""
        return node.text.strip()

    def parts(self, node: Node | None) -> tuple[Node, ...]:
        """The parts of a list; a single thing is a list of one."""
        if node is None:
            return ()
        return node.parts if isinstance(node, Items) else (node,)

    def texts(self, node: Node | None) -> tuple[str, ...]:
        """One text or several."""
        return tuple(self.text(one) for one in self.parts(node))

    def level(self, node: Node | None) -> Level | None:
        """A level, where one is named."""
        return None if node is None else read_level(node, self.problems)

    def number(self, node: Node | None, form: re.Pattern[str], cure: str) -> int | None:
        """The number in a text of this form."""
        if node is None:
            return None
        found = form.fullmatch(self.text(node))
        if found is None:
            self.problems.add(node.place, f"'{self.text(node)}' is no limit.", cure)
            return None
        return int(found[1])

    def rule(self, name: str, place: Place) -> str:
        """The name of a rule."""
        if name not in self.script.book.rules:
            self.problems.unknown(place, "rule", name, self.script.book.rules)
        return name

    def question(self, node: Node | None) -> str | None:
        """The key of a question, such as temperature.temperature_c."""
        if node is None:
            return None
        name = self.text(node)
        known = [
            f"{dialog.id}.{item.target}"
            for dialog in self.script.dialogs.values()
            for item in dialog.plan
            if item.kind in (Kind.ASK, Kind.CHECKLIST)
        ]
        levels = (f"menu.{entry.id}" for entry in self.script.menu.entries if entry.entries)
        lists = (MAY_I, *(f"{MAY_I}.{chapter}" for chapter in self.script.withheld.chapters))
        library = (*self.script.library.keys, *(f"{ARTICLE}.{article}" for article in self.script.articles))
        howtos = (f"howto.{howto}" for howto in self.script.howtos)
        every = (*known, *howtos, *ENGINE_QUESTIONS, *levels, *lists, *library)
        if name not in every:
            self.problems.unknown(node.place, "question", name, every)
        return name
