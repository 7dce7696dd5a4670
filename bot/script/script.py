"""All dialogs and content of one version: immutable, checked, and named by the hash of its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.script.approval import Approvals
from bot.script.articles import Article, Library
from bot.script.machine import DialogMachine
from bot.script.menu import Menu
from bot.script.model import Dialog, HowTo
from bot.script.outcomes import Outcomes
from bot.script.renames import Renames
from bot.script.rules import RuleBook
from bot.script.vocabulary import Vocabulary
from bot.script.withheld import Withheld


@dataclass(frozen=True, slots=True)
class Script:
    """What the engine talks from.

    `words` and `numbers` are the plain contents of `words.yaml` and `emergency_numbers.yaml`;
    `local` are the facts that dialogs keep to themselves; `meanings` fingerprint what answers mean (see
    bot.script.meaning), `structure` everything but the words; `renames` are the names of an earlier version.
    """

    hash: str
    vocabulary: Vocabulary
    book: RuleBook
    dialogs: Mapping[str, Dialog]
    machines: Mapping[str, DialogMachine]
    howtos: Mapping[str, HowTo]
    outcomes: Outcomes
    phrases: Mapping[str, str]
    menu: Menu
    withheld: Withheld
    words: Mapping[str, Any] = field(default_factory=dict)
    numbers: Mapping[str, Any] = field(default_factory=dict)
    local: frozenset[str] = frozenset()
    meanings: Mapping[str, str] = field(default_factory=dict)
    structure: str = ""
    renames: Renames = field(default_factory=Renames)
    approvals: Approvals = field(default_factory=Approvals)
    articles: Mapping[str, Article] = field(default_factory=dict)
    library: Library = field(default_factory=Library)

    @property
    def unapproved(self) -> tuple[str, ...]:
        """The ids of everything that a clinician has to sign and nobody has signed as it stands now."""
        return self.approvals.unapproved

    def button(self, name: str) -> str:
        """The label of one of the engine's own buttons."""
        return self.phrases[f"button.{name}"]

    def text(self, name: str) -> str:
        """One of the engine's own texts."""
        return self.phrases[f"text.{name}"]
