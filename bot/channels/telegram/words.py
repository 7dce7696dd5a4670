"""The few words that the channel itself puts beside a message, from the script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from bot.script.script import Script
from bot.service.turns import LAST_WORDS


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of progress, of an answer, of covered text; what marks a line; and what is said at the very last."""

    progress: str = "{number}/{total}"
    answered: str = "→ {answer}"
    covered: str = "…"
    marks: tuple[str, ...] = ()
    last: str = LAST_WORDS

    @classmethod
    def of(cls, script: Script) -> Self:
        """The words of a script."""
        return cls(
            progress=script.text("progress").strip(),
            answered=script.text("answered").strip(),
            covered=script.text("covered").strip(),
            marks=(script.text("mark_yes").strip(), script.text("mark_not_sure").strip()),
        )
