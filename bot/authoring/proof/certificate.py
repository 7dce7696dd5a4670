"""What was proved, of which scripts, with how many questions; or what was found instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.authoring.proof.finding import CLAIMS, Finding, Property

MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Certificate:
    """The result of a proof; without findings it is a certificate."""

    script: str
    seal: str
    sealed_by: str
    solver: str
    counts: Mapping[str, int]
    asked: Mapping[Property, int]
    findings: Sequence[Finding]
    seconds: float

    @property
    def clean(self) -> bool:
        """Whether every property holds."""
        return not self.findings

    def text(self) -> str:
        """The certificate, or the findings with their chats, as lines for a person."""
        return self._certificate() if self.clean else self._findings()

    def _certificate(self) -> str:
        counts = ", ".join(f"{number} {name}" for name, number in self.counts.items())
        lines = [
            "Proved for every child, over all answers, also not sure, skipped and stale:",
            *(f"  ({one.value}) {claim}  [{self.asked.get(one, 0)} questions]" for one, claim in CLAIMS.items()),
            f"Looked at: {counts}.",
            f"Script {self.script[:16]}, sealed table {self.seal} (sealed by {self.sealed_by}), {self.solver}.",
            f"{sum(self.asked.values())} questions in {self.seconds:.1f} seconds of computing.",
        ]
        return "\n".join(lines)

    def _findings(self) -> str:
        number = len(self.findings)
        lines = [f"NOT proved: {number} {'thing does' if number == 1 else 'things do'} not hold.", ""]
        for finding in self.findings[:MOST_SHOWN]:
            lines.append(f"({finding.property.value}) {finding.what}")
            if finding.confirmed is False:
                lines.append("    The real engine does not show this: it is a mistake of the proof. Please report it.")
            if finding.chat:
                lines += [f"    {row}".rstrip() for row in finding.chat.splitlines()]
            lines.append("")
        if number > MOST_SHOWN:
            lines.append(f"... and {number - MOST_SHOWN} more.")
        return "\n".join(lines).rstrip()
