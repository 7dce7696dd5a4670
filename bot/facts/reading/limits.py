"""The limits of what a parent may type, in one table that a clinician can sign."""

from __future__ import annotations

from collections.abc import Mapping

from bot.facts.reading import child_age, temperature, written_duration


def typed_limits() -> Mapping[str, str]:
    """Every limit of a typed answer, said in words with its numbers (source: rules.md sections 2 and 3)."""
    months = ", ".join(f"{number} = {days}" for number, days in child_age.DAYS_OF_MONTHS.items())
    return {
        "temperature, taken as it is": f"{temperature.LOWEST} to {temperature.HIGHEST} °C",
        "temperature, measured again before it counts": (
            f"{temperature.LOWEST_BELIEVABLE} to {temperature.HIGHEST_BELIEVABLE} °C"
        ),
        "age, the oldest child this guide is for": f"{child_age.OLDEST_MONTHS} months",
        "age typed in months, as days": months,
        "how long it lasted, at most": f"{written_duration.LONGEST // 3600} hours",
    }
