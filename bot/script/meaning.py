"""What answers mean: fingerprints that a change of wording leaves as they are, and one of the wording itself.

Names count as they first were (`renamed_from`), so that what was merely renamed means the same. What decides about an
answer (rules, conditions, gates) is no part of its meaning: it is applied anew to the answers that there are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.facts.value import Choice, Many, Value, to_json
from bot.script.model import Checklist, Dialog, Item, Option, Question
from bot.script.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """Of one question or checklist: what its answers mean, and what is read."""

    meaning: str
    wording: str


def meanings(vocabulary: Vocabulary, dialogs: Iterable[Dialog]) -> Mapping[str, str]:
    """Fingerprints of meaning, by what they are of.

    `fact` is how a fact is defined, `dialog.question` what the answers of a question or all lines of a checklist say,
    `dialog.checklist:line` what one line says, and `dialog.question/fact` what an answer there says about that fact.
    """
    known = tuple(dialogs)
    writer = _Writer(vocabulary, known)
    found = {name: _digest([writer.definition(name)]) for name in vocabulary.facts}
    for dialog in known:
        for question in dialog.questions.values():
            key = f"{dialog.id}.{question.id}"
            parts = writer.question(question)
            found[key] = _digest(parts)
            # The answer is one: whatever it sets was said by choosing among all of these.
            bands = frozenset[str]().union(*(option.sets for option in question.bands))
            for fact in question.facts | bands:
                found[f"{key}/{fact}"] = _digest([*parts, f"about {writer.fact(fact)}"])
        for checklist in dialog.checklists.values():
            found.update(_of_checklist(writer, f"{dialog.id}.{checklist.id}", checklist))
    return found


def _of_checklist(writer: _Writer, key: str, checklist: Checklist) -> Mapping[str, str]:
    lines = {line.id: writer.line(line) for line in checklist.items}
    found = {f"{key}:{name}": _digest([line]) for name, line in lines.items()}
    found[key] = _digest([f"pick {checklist.pick}", f"level {checklist.level}", *lines.values()])
    for fact in checklist.facts:
        about = [lines[line.id] for line in checklist.items if fact in line.sets]
        found[f"{key}/{fact}"] = _digest([f"pick {checklist.pick}", f"about {writer.fact(fact)}", *about])
    return found


def fingerprints(vocabulary: Vocabulary, dialogs: Iterable[Dialog]) -> Mapping[str, Fingerprints]:
    """Both fingerprints of every question and checklist, by its key ("dialog.question")."""
    known = tuple(dialogs)
    meant = meanings(vocabulary, known)
    found: dict[str, Fingerprints] = {}
    for dialog in known:
        asked: tuple[Question | Checklist, ...] = (*dialog.questions.values(), *dialog.checklists.values())
        for one in asked:
            key = f"{dialog.id}.{one.id}"
            found[key] = Fingerprints(meant[key], _digest(_words(one)))
    return found


def _words(asked: Question | Checklist) -> list[str]:
    """Everything that a parent reads there."""
    if isinstance(asked, Checklist):
        own = (asked.ask, asked.because, asked.simple_check, asked.none)
        return [*(f"{number} {text}" for number, text in enumerate(own)), *(f"{x.id} {x.text}" for x in asked.items)]
    texts = (asked.ask, asked.short, asked.why, asked.hint, asked.not_sure)
    labels = (f"{option.id} {option.text}" for option in (*asked.options, *asked.bands))
    return [*(f"{number} {text}" for number, text in enumerate(texts)), *labels]


class _Writer:
    """Writes down what things say, by the names that they had first."""

    def __init__(self, vocabulary: Vocabulary, dialogs: Iterable[Dialog]) -> None:
        self._facts = vocabulary.facts
        self._lists: dict[str, str] = {}
        self._values: dict[str, dict[str, str]] = {}
        for dialog in dialogs:
            for checklist in dialog.checklists.values():
                if checklist.renamed_from:
                    self._lists[checklist.id] = checklist.renamed_from[0]
            for question in dialog.questions.values():
                for option in question.options:
                    if option.renamed_from:
                        self._values.setdefault(question.id, {})[option.id] = option.renamed_from[0]

    def fact(self, name: str) -> str:
        fact = self._facts.get(name)
        return fact.renamed_from[0] if fact is not None and fact.renamed_from else name

    def definition(self, name: str) -> str:
        fact = self._facts.get(name)
        if fact is None:
            return ""
        options = [self._value(name, option) for option in fact.options]
        return f"{self.fact(name)} {fact.type} {options} {fact.unit} {fact.valid_for}"

    def question(self, question: Question) -> list[str]:
        parts = [f"input {question.input}"]
        for kind, options in (("option", question.options), ("band", question.bands)):
            parts += [f"{kind} {self._option(option)}" for option in options]
        facts = {question.id, *(fact for option in (*question.options, *question.bands) for fact in option.sets)}
        return [*parts, *(self.definition(fact) for fact in facts)]

    def line(self, line: Item) -> str:
        definitions = sorted(self.definition(fact) for fact in line.sets)
        return f"{self._told(line.sets)} then {self._then(line.then)} none {self._told(line.denied)} {definitions}"

    def _option(self, option: Option) -> str:
        name = option.renamed_from[0] if option.renamed_from else option.id
        return f"{name}: {self._told(option.sets)} then {self._then(option.then)}"

    def _then(self, name: str | None) -> str:
        return "" if name is None else self._lists.get(name, self.fact(name))

    def _told(self, sets: Mapping[str, Value]) -> str:
        told = sorted((self.fact(fact), self._stable(fact, value)) for fact, value in sets.items())
        return ", ".join(f"{fact}={value}" for fact, value in told)

    def _stable(self, fact: str, value: Value) -> str:
        """A text of a value that does not depend on the order in which sets happen to be kept."""
        match value:
            case Choice(possible, settled):
                return f"{sorted(self._value(fact, one) for one in possible)} {settled}"
            case Many(certain, possible):
                return f"{[sorted(self._value(fact, one) for one in some) for some in (certain, possible)]}"
            case _:
                return str(to_json(value))

    def _value(self, fact: str, value: str) -> str:
        return self._values.get(fact, {}).get(value, value)


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(parts)).encode()).hexdigest()[:12]
