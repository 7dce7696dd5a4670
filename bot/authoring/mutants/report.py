"""What came of all mutants: how many were caught by what, and every survivor with why it matters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.authoring.mutants.judge import By, Judged


@dataclass(frozen=True, slots=True)
class MutantReport:
    """The judged mutants, and of how many there are."""

    judged: Sequence[Judged]
    of: int
    seconds: float

    @property
    def survivors(self) -> tuple[Judged, ...]:
        """Those that nothing caught."""
        return tuple(one for one in self.judged if one.survives)

    @property
    def passed(self) -> bool:
        """Whether no survivor changes a level or a gate."""
        return not any(one.by is By.NOTHING for one in self.judged)

    def text(self) -> str:
        """The report for a person."""
        caught = Counter(one.by for one in self.judged)
        looked = len(self.judged)
        lines = [f"{looked} of {self.of} planted mistakes looked at in {self.seconds:.0f} seconds. Caught by:"]
        lines += [f"  {caught[by]:5} {by.value}" for by in By if caught[by]]
        if self.survivors:
            lines += ["", "Survivors:"]
            lines += [f"  {one.mutant.brief}\n      {one.by.value}" for one in self.survivors]
        if looked < self.of:
            lines += ["", f"The time was up: {self.of - looked} were not looked at."]
        return "\n".join(lines)
