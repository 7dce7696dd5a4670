"""What every page for people says of itself: what nobody has reviewed, and that this is no medical device."""

from __future__ import annotations

from bot.script.script import Script


def standing(script: Script, what: str) -> str:
    """Such as "No clinician has reviewed these texts", while that is so."""
    if script.approvals.complete:
        return "Steady is no approved medical device."
    return f"**No clinician has reviewed {what}.** Steady is a research prototype and no approved medical device."
