"""What came of all mutants: how many were caught by what, and every survivor with why it matters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.authoring.mutants.judge import By, Judged
from bot.script.problems import Place


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
        grave = [one for one in self.survivors if one.by is By.NOTHING]
        if grave:
            lines += ["", "Survivors that change a level or a gate; an example beside the rule has to catch them:"]
            lines += [f"  {one.mutant.brief}" for one in grave]
        if len(grave) < len(self.survivors):
            lines += ["", "Survivors that change which questions come, and no child's level:", *self._by_place()]
        if looked < self.of:
            lines += ["", f"The time was up: {self.of - looked} were not looked at."]
        return "\n".join(lines)

    def _by_place(self) -> Iterator[str]:
        """The survivors that only change questions: a line for each place, with one of the mistakes there."""
        places: dict[Place, list[Judged]] = {}
        for one in sorted(self.survivors, key=lambda one: (one.mutant.place.file, one.mutant.place.line)):
            if one.by is not By.NOTHING:
                places.setdefault(one.mutant.place, []).append(one)
        for first, *others in places.values():
            yield f"  {first.mutant.brief}{f', and {len(others)} more there' if others else ''}"
