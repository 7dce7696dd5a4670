"""What is counted for operators; the text form of Prometheus."""

from __future__ import annotations

from collections import Counter

_HELP = {
    "steady_updates_total": "Updates taken in, by what became of them.",
    "steady_polls_total": "Calls of getUpdates, by how they ended.",
    "steady_webhook_refused_total": "Calls of the webhook that were refused, by why.",
}


class Counters:
    """Counters by name and label; used by the event loop only."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, name: str, what: str) -> None:
        """Count one."""
        if name not in _HELP:
            raise ValueError(f"no counter {name}")
        self._counts[name, what] += 1

    def count(self, name: str, what: str) -> int:
        """How many there were."""
        return self._counts[name, what]

    def as_text(self, gauges: dict[str, tuple[str, float]]) -> str:
        """All counters, and values of this moment: name to explanation and value."""
        lines: list[str] = []
        for name, explanation in _HELP.items():
            lines += [f"# HELP {name} {explanation}", f"# TYPE {name} counter"]
            lines += [f'{name}{{what="{what}"}} {n}' for (one, what), n in sorted(self._counts.items()) if one == name]
        for name, (explanation, value) in gauges.items():
            lines += [f"# HELP {name} {explanation}", f"# TYPE {name} gauge", f"{name} {value:g}"]
        return "\n".join(lines) + "\n"
