"""Played cases as lines to read: one for each case, what is wrong under it, and a summary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from bot.authoring.played import About, Played
from bot.facts.level import Level

INDENT = "        "


def case_lines(played: Played) -> list[str]:
    """One case: passed or failed, level and action, turns up to the result, rules, gates; then each difference."""
    verdict = "pass" if played.passed else "FAIL"
    level = played.level_name if played.action is None else f"{played.level_name} {played.action}"
    rules = ", ".join(played.rules) or "no rule"
    heading = f"{verdict}  {played.case.id:<8} {level:<15} {played.turns:>3} turns  {rules}"
    if played.case.title:
        heading = f"{heading}  ({played.case.title})"
    lines = [heading]
    if played.gates:
        lines.append(f"{INDENT}gates: {', '.join(f'{gate} {result}' for gate, result in played.gates.items())}")
    if played.input is not None:
        made = ", ".join(f"{name} {value}" for name, value in played.input.items())
        lines.append(f"{INDENT}typed text: {made}")
    lines += [f"{INDENT}{fault.about}: {fault}" for fault in played.faults]
    return lines


@dataclass(slots=True)
class Summary:
    """What came of all cases together; it keeps numbers and not the chats."""

    cases: int = 0
    failed: list[str] = field(default_factory=list)
    levels: int = 0
    under: list[str] = field(default_factory=list)
    over: list[str] = field(default_factory=list)
    emergencies: int = 0
    untold: list[str] = field(default_factory=list)
    gates: int = 0
    inputs: int = 0
    texts: int = 0
    wrong: dict[About, int] = field(default_factory=dict)
    turns: list[tuple[int, str]] = field(default_factory=list)

    @classmethod
    def of(cls, all_played: Iterable[Played]) -> Summary:
        """Count the cases."""
        summary = cls()
        for played in all_played:
            summary.add(played)
        return summary

    def add(self, played: Played) -> None:
        """Count one case."""
        expected, name = played.case.expected, played.case.id
        self.cases += 1
        self.levels += bool(expected.levels) and not expected.tests_input
        self.gates += len(expected.gates)
        self.inputs += bool(expected.input)
        self.texts += len(expected.says) + len(expected.never_says)
        for group, belongs in ((self.failed, not played.passed), (self.under, played.under), (self.over, played.over)):
            if belongs:
                group.append(name)
        if Level.EMERGENCY in expected.levels and expected.levels == (Level.EMERGENCY,):
            self.emergencies += 1
            if played.level is not Level.EMERGENCY or not played.told_emergency:
                self.untold.append(name)
        for fault in played.faults:
            self.wrong[fault.about] = self.wrong.get(fault.about, 0) + 1
        self.turns.append((played.turns, name))

    @property
    def passed(self) -> bool:
        """Whether every case came out as expected."""
        return not self.failed

    def lines(self) -> list[str]:
        """The summary, readable."""
        many = len(self.failed)
        told = self.emergencies - len(self.untold)
        lines = [
            f"{self.cases} {'case' if self.cases == 1 else 'cases'}: {self.cases - many} passed, {many} failed"
            f"{_named(self.failed)}",
            f"Under-triage: {_share(self.under, self.levels)}",
            f"Over-triage:  {_share(self.over, self.levels)}",
            f"Emergencies:  {told} of {self.emergencies} told in a message{_named(self.untold)}",
            f"Gates:        {self._right(About.GATE, self.gates)}",
            f"Inputs:       {self.inputs} typed texts, {self.wrong.get(About.INPUT, 0)} differences",
            f"Concepts:     {self._right(About.TEXT, self.texts)}",
        ]
        if self.turns:
            worst, name = max(self.turns)
            middle = median(number for number, _ in self.turns)
            lines.append(f"Turns:        median {middle:g}, worst {worst} ({name})")
        return lines

    def _right(self, about: About, number: int) -> str:
        return f"{number - self.wrong.get(about, 0)} of {number} as expected"


def _named(names: Sequence[str]) -> str:
    return f": {', '.join(names)}" if names else ""


def _share(names: Sequence[str], of: int) -> str:
    share = f" ({100 * len(names) / of:.1f} %)" if of else ""
    return f"{len(names)} of {of}{share}{_named(names)}"
