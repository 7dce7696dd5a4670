"""The funnel as a table for the terminal, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from bot.authoring.funnel.funnel import LEAST, Funnel

FEW = f"under {LEAST}"
HIDDEN = "-"
NOTE = (
    f"Numbers of parents, rounded down to a multiple of {LEAST}; fewer than {LEAST} are never told, nor what would\n"
    "tell them (-). Each parent is counted once in a dialog. Who was told to get help at once, or has not\n"
    "finished yet, counts as gone on."
)


@dataclass(frozen=True, slots=True)
class Report:
    """What was counted: from a day until before another, of which versions, and the dialogs with too few parents."""

    first: date
    until: date
    versions: tuple[str, ...]
    funnels: tuple[Funnel, ...]
    too_few: tuple[str, ...]

    @property
    def days(self) -> str:
        """The days in words, both ends included."""
        return f"{self.first} to {self.until - timedelta(days=1)}"


def table(report: Report) -> str:
    """The whole report as text."""
    of = ", ".join(version[:12] for version in report.versions) or "none"
    parts = [f"Where parents leave, {report.days}. Versions: {of}", *map(_one, report.funnels)]
    if report.too_few:
        parts.append(f"Fewer than {LEAST} parents began: {', '.join(report.too_few)}.")
    parts.append(NOTE if report.funnels else "Today is not counted yet: it is told when it is over.")
    return "\n\n".join(parts)


def as_json(report: Report) -> str:
    """The whole report for programs; null is fewer than ten, or what would tell how many those are."""
    shown = {
        "first_day": report.first.isoformat(),
        "last_day": (report.until - timedelta(days=1)).isoformat(),
        "versions": list(report.versions),
        "rounded_down_to": LEAST,
        "dialogs": [asdict(one) for one in report.funnels],
        "fewer_than_ten_began": list(report.too_few),
    }
    return json.dumps(shown, ensure_ascii=False, indent=2)


def _one(funnel: Funnel) -> str:
    ends = (
        f"{funnel.title} ({funnel.dialog}): {funnel.began} began, {_number(funnel.result)} came to a result, "
        f"{_number(funnel.emergency)} were told to get help at once, {_number(funnel.left)} left."
    )
    rows = [("Question", "Reached", "Went on", "Left", "Left, %")]
    for step in funnel.steps:
        went_on = HIDDEN if step.left is None else _number(step.went_on)
        rows.append((step.words, str(step.reached), went_on, _number(step.left), step.percent))
    lines = [ends, "", *_columns(rows)]
    if funnel.others:
        lines.append(f"{funnel.others} more were reached by fewer than {LEAST}.")
    return "\n".join(lines)


def _number(parents: int | None) -> str:
    return FEW if parents is None else str(parents)


def _columns(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for words, *numbers in rows:
        cells = [number.rjust(width) for number, width in zip(numbers, widths[1:], strict=True)]
        yield "  ".join((words.ljust(widths[0]), *cells)).rstrip()
