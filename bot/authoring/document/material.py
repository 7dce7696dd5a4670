"""What the chapters draw from: the script, its files, the numbers of the texts, and which of them were placed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.authoring.condition_words import fact_in_words, in_words
from bot.authoring.document.blocks import Label, Sign, Told
from bot.facts.value import DaysOld, Value
from bot.script.conditions import Condition
from bot.script.document import Node, plain
from bot.script.script import Script
from bot.script.text_ids import Text, text_id, texts_by_id
from bot.talk.wording import print_value

NOT_YET = "not approved by anybody yet"
_NO_DAY = date(2026, 1, 1)


@dataclass(slots=True)
class Material:
    """One pass over a script: `numbers` counts the texts as they are placed, `known` are those of the pass before.

    The first pass learns the numbers, so that the second can point to texts that come later.
    """

    script: Script
    nodes: Mapping[str, Node]
    known: Mapping[str, int] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    texts: Mapping[str, Text] = field(init=False)
    sources: Mapping[str, Mapping[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        self.texts = texts_by_id(self.script)
        self.sources = self.data("content/sources.yaml").get("sources", {})

    def data(self, file: str) -> dict[str, Any]:
        """A file as it is written; empty where there is none."""
        found = plain(self.nodes[file]) if file in self.nodes else {}
        return found if isinstance(found, dict) else {}

    def told(self, file: str, path: tuple[str | int, ...], what: str, sources: Iterable[str] = ()) -> Iterator[Told]:
        """Place a text; nothing where it is empty. Raises ValueError for one that was placed before."""
        name = text_id(file, path)
        if name in self.texts:
            yield Told(self._place(name), name, what, self.texts[name].text.strip(), tuple(sources))

    def label(self, file: str, path: tuple[str | int, ...], tells: str) -> Iterator[Label]:
        """Place a short wording, as a line of a table."""
        name = text_id(file, path)
        if name in self.texts:
            yield Label(self._place(name), name, self.texts[name].text.strip(), tells)

    def _place(self, name: str) -> int:
        if name in self.numbers:
            raise ValueError(f"{name} was placed before.")
        self.numbers[name] = len(self.numbers) + 1
        return self.numbers[name]

    def left(self) -> list[Text]:
        """The texts that no chapter has placed so far."""
        return [text for name, text in self.texts.items() if name not in self.numbers]

    def pointer(self, file: str, path: tuple[str | int, ...]) -> str:
        """Such as "no. 12", for a text that stands elsewhere."""
        name = text_id(file, path)
        return f"no. {self.known.get(name, self.numbers.get(name, 0))}"

    def sign(self, name: str) -> Iterator[Sign]:
        """The place to sign for a thing; nothing where it need not be signed."""
        found = self.script.approvals.signables.get(name)
        if found is None:
            return
        given = found.approval
        if given is None:
            state = NOT_YET
        else:
            state = f"approved by {given.by} ({given.role}) on {given.on.isoformat()}"
            if found.void:
                state = f"void: it was {state}, and has been changed since"
        yield Sign(name, found.covers, state)

    def words(self, condition: Condition) -> str:
        """A condition in words."""
        return in_words(condition, self.script.vocabulary)

    def facts(self, told: Mapping[str, Value], today: date = _NO_DAY) -> str:
        """What an answer tells, or what is known of a made-up child; an age is told in days."""
        vocabulary = self.script.vocabulary
        parts = []
        for name, value in told.items():
            fact = vocabulary.facts.get(name)
            if isinstance(value, DaysOld):
                parts.append(f"{_days(value, today)} old")
                continue
            said = str(value) if fact is None else print_value(fact, value, today)
            parts.append(f"{fact_in_words(name, vocabulary)}: {said}")
        return "; ".join(parts)

    def titled(self, names: Iterable[str]) -> str:
        """Sources with their titles."""
        return "; ".join(self._titled(name) for name in names)

    def _titled(self, name: str) -> str:
        title = self.sources.get(name, {}).get("title", "")
        return f"{name} ({title})" if title else name


def _days(age: DaysOld, today: date) -> str:
    """An age in days, as on this day."""
    more = max((today - age.asof).days, 0)
    low, high = age.low + more, age.high + more
    return f"{low} days" if low == high else f"{low} to {high} days"
