"""`steady check`: everything that is wrong with a script, in one list."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.authoring.check_conditions import check_conditions
from bot.authoring.check_order import check_order
from bot.authoring.check_ranges import check_ranges
from bot.authoring.documents.check_inventory import check_inventory
from bot.authoring.plain.check_plain import check_plain
from bot.authoring.plain.grade import NOT_MEASURED, can_measure
from bot.authoring.signing.questions import check_open_questions
from bot.script.load import Folder, Loaded, look_at
from bot.script.load_approvals import notes
from bot.script.problems import Problem, once_each
from bot.script.unfinished import unfinished
from bot.triage.examples import wrong_examples

ContentCheck = Callable[[Loaded], Iterator[Problem]]


def check_examples(loaded: Loaded) -> Iterator[Problem]:
    """The children beside each rule for whom it does not do what it should."""
    if loaded.founded and loaded.script is not None:
        for one in wrong_examples(loaded.script.vocabulary, loaded.script.book):
            yield replace(one.problem, about=("example", one.rule))


CONTENT_CHECKS: tuple[ContentCheck, ...] = (
    check_examples,
    check_conditions,
    check_ranges,
    check_order,
    check_inventory,
    check_plain,
    check_open_questions,
)
"""Checks that take longer than a start of the bot may. To add one, write it in a module of its own and name it here.

Each is given what could be read and gives what is wrong; `loaded.script` may be None.
"""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: `problems` are to be mended, what is `unfinished` is not to be published yet.

    `notes` are to be known, such as a signature that an edit has voided.
    `unseen` says what could not be looked at on this machine.
    """

    problems: tuple[Problem, ...]
    unfinished: tuple[Problem, ...]
    dialogs: int
    rules: int
    examples: int
    notes: tuple[Problem, ...] = ()
    unseen: tuple[str, ...] = ()

    def as_text(self) -> str:
        """The list for people, and what was looked at or how much is to be done."""
        lines = [str(problem) for problem in self.problems]
        if lines:
            lines.append(f"{counted(len(lines), 'thing')} to mend")
        else:
            lines.append(f"No problems found: {self.dialogs} dialogs, {self.rules} rules, {self.examples} examples.")
        if self.unfinished:
            lines += ["", "Not finished, so it cannot be published:", *map(str, self.unfinished)]
        if self.notes:
            lines += ["", "To be known:", *map(str, self.notes)]
        lines += self.unseen
        return "\n".join(lines)

    def as_json(self, more: Mapping[str, Any] | None = None) -> str:
        """The same for programs, with what else was looked at."""
        told = {
            "problems": [_as_data(one) for one in self.problems],
            "unfinished": [_as_data(one) for one in self.unfinished],
            "notes": [_as_data(one) for one in self.notes],
            "unseen": list(self.unseen),
            "looked_at": {"dialogs": self.dialogs, "rules": self.rules, "examples": self.examples},
            **(more or {}),
        }
        return json.dumps(told, indent=2, ensure_ascii=False)


def _as_data(problem: Problem) -> dict[str, str | int]:
    place = problem.place
    return {"file": place.file, "line": place.line, "what": problem.what, "cure": problem.cure}


def counted(number: int, noun: str) -> str:
    """Such as "1 thing" or "3 things"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def check_folder(folder: Folder) -> Checked:
    """Look for everything that is wrong with a script."""
    loaded = look_at(folder)
    found = [*loaded.problems, *(one for check in CONTENT_CHECKS for one in check(loaded))]
    # Where a rule can never hold, or always does, its examples only say the same once more.
    broken = {name for kind, name in (one.about for one in found if one.about is not None) if kind == "rule"}
    problems = [one for one in found if one.about is None or one.about[0] != "example" or one.about[1] not in broken]
    script = loaded.script
    rules = [] if script is None else list(script.book.rules.values())
    return Checked(
        once_each(problems),
        unfinished(loaded.nodes),
        0 if script is None else len(script.dialogs),
        len(rules),
        sum(len(rule.fires_for) + len(rule.quiet_for) for rule in rules),
        () if script is None else notes(script.approvals),
        () if can_measure() else (NOT_MEASURED,),
    )
