"""One line about what parents see now: for whoever asks whether a script is ready."""

from __future__ import annotations

from bot.authoring.changes.report import summary
from bot.authoring.changes.versions import Library, compared
from bot.errors import SteadyError


def against_now(library: Library) -> str:
    """How much the folder differs from what parents see now, by class; never a reason to stop."""
    try:
        current, note = library.current()
        told = summary(compared(current, library.edited))
    except SteadyError as error:
        return str(error).splitlines()[0]
    return f"{told} {note}".strip()
