"""What the answers about a fact mean: a fingerprint that a change of wording leaves as it is."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping

from bot.facts.value import Value, to_json
from bot.script.model import Dialog
from bot.script.vocabulary import Vocabulary


def meanings(vocabulary: Vocabulary, dialogs: Iterable[Dialog]) -> Mapping[str, str]:
    """A fingerprint for each fact: its type and options, and what the answers of every question about it set."""
    parts: dict[str, set[str]] = defaultdict(set)
    for fact in vocabulary.facts.values():
        parts[fact.id].add(f"{fact.type}{fact.options}{fact.unit}{fact.valid_for}")
    for dialog in dialogs:
        for question in dialog.questions.values():
            for option in (*question.options, *question.bands):
                parts[question.id].add(f"{question.id}.{option.id}:{option.then}")
                for name, value in option.sets.items():
                    parts[name].add(f"{question.id}.{option.id}={_stable(value)}")
            parts[question.id].add(f"{question.id}:{question.input}")
        for checklist in dialog.checklists.values():
            for item in checklist.items:
                for name, value in item.sets.items():
                    parts[name].add(f"{checklist.id}.{item.id}={_stable(value)}:{item.then}")
    return {name: _digest(found) for name, found in parts.items()}


def _stable(value: Value) -> str:
    """A text of a value that does not depend on the order in which sets happen to be kept."""
    return str(to_json(value))


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(parts)).encode()).hexdigest()[:12]
