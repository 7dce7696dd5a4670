"""What is called otherwise than in an earlier version: `renamed_from`, by which answers are found again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.facts.value import Choice, Many, Value
from bot.script.model import Checklist, Dialog, Question
from bot.script.rules import Rule
from bot.script.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Renames:
    """Old names and what they are now.

    `lists` are checklists by their present dialog; `options`, `lines` and `values` are by the present key of their
    question ("dialog.question"), their checklist, and their fact.
    """

    dialogs: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    lines: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def nothing(self) -> bool:
        """Whether everything has the name that it always had."""
        parts = (self.dialogs, self.facts, self.rules, self.lists, self.options, self.lines, self.values)
        return not any(parts)

    def key(self, key: str) -> str:
        """The present key of a question or a checklist."""
        dialog, dot, name = key.partition(".")
        dialog = self.dialogs.get(dialog, dialog)
        name = self.lists.get(dialog, {}).get(name) or self.facts.get(name, name)
        return f"{dialog}{dot}{name}"

    def value(self, fact: str, value: Value) -> Value:
        """A value by the present names of the options of its fact."""
        names = self.values.get(fact)
        if not names:
            return value
        if isinstance(value, Choice):
            return Choice(frozenset(names.get(one, one) for one in value.possible), value.settled)
        if isinstance(value, Many):
            certain = frozenset(names.get(one, one) for one in value.certain)
            return Many(certain, frozenset(names.get(one, one) for one in value.possible))
        return value


def find_renames(vocabulary: Vocabulary, rules: Iterable[Rule], dialogs: Iterable[Dialog]) -> Renames:
    """Collect every `renamed_from` of a script."""
    known = tuple(dialogs)
    lists: dict[str, dict[str, str]] = {}
    options: dict[str, dict[str, str]] = {}
    lines: dict[str, dict[str, str]] = {}
    values: dict[str, dict[str, str]] = {}
    for dialog in known:
        for checklist in dialog.checklists.values():
            key = f"{dialog.id}.{checklist.id}"
            _note(lists, dialog.id, _old(checklist))
            _note(lines, key, {old: line.id for line in checklist.items for old in line.renamed_from})
        for question in dialog.questions.values():
            _note(options, f"{dialog.id}.{question.id}", dict(_old_options(question)))
            _note(values, question.id, dict(_old_values(question)))
    return Renames(
        {old: dialog.id for dialog in known for old in dialog.renamed_from},
        {old: fact.id for fact in vocabulary.facts.values() for old in fact.renamed_from},
        {old: rule.id for rule in rules for old in rule.renamed_from},
        lists,
        options,
        lines,
        values,
    )


def _note(where: dict[str, dict[str, str]], key: str, names: Mapping[str, str]) -> None:
    if names:
        where[key] = {**where.get(key, {}), **names}


def _old(checklist: Checklist) -> dict[str, str]:
    return dict.fromkeys(checklist.renamed_from, checklist.id)


def _old_options(question: Question) -> Iterator[tuple[str, str]]:
    for option in (*question.options, *question.bands):
        for old in option.renamed_from:
            yield old, option.id


def _old_values(question: Question) -> Iterator[tuple[str, str]]:
    """Where an option is a value of its fact, and not a button that sets one, the value has the new name as well."""
    for option in question.options:
        value = option.sets.get(question.id)
        if isinstance(value, Choice) and value.exact == option.id:
            for old in option.renamed_from:
                yield old, option.id
