"""What a version has to pass: the stages of `steady ready`, with the proof's certificate kept."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.authoring.proof.certificate import Certificate
from bot.authoring.proof.prove import prove
from bot.authoring.ready import PROOF, STAGES, Stage
from bot.places import Places
from bot.script.load import load_places


@dataclass(slots=True)
class Proved:
    """The proof as a stage; afterwards `certificate` says in a line what was proved, if all was."""

    certificate: str | None = field(default=None)

    def look(self, places: Places) -> list[str]:
        """Prove, and give what does not hold."""
        found = prove(load_places(places.dialogs, places.content), places.content)
        self.certificate = summary(found) if found.clean else None
        return [f"not safe for every child: {one.what} See all of it: steady check --prove" for one in found.findings]


def usual(proved: Proved) -> tuple[Stage, ...]:
    """All that is looked at, in this order."""
    return tuple(Stage(one.name, proved.look) if one is PROOF else one for one in STAGES)


def summary(certificate: Certificate) -> str:
    """A certificate in a line, to be kept with the version."""
    edits = certificate.counts.get("edits since the seal", 0)
    return (
        f"script {certificate.script[:16]} proved in {sum(certificate.asked.values())} questions, sealed table "
        f"{certificate.seal} (sealed by {certificate.sealed_by}), {edits} edits since the seal, {certificate.solver}"
    )
