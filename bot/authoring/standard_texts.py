"""Texts that come again and again, by their names: a transcript is shorter, and a change of one shows in few places."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.script.script import Script
from bot.talk.effects import Ask, Button

_PLACEHOLDER = re.compile(r"\\{[a-z_]+\\}")
_NUMBERED = re.compile(r"(?:^\d+\. .+\n?)+\Z", re.MULTILINE)
ITEM = "item_"
MANY_LINES = 3


@dataclass(frozen=True, slots=True)
class StandardTexts:
    """The texts of a script that have a name."""

    script: Script
    patterns: Mapping[str, re.Pattern[str]]

    @classmethod
    def of(cls, script: Script) -> StandardTexts:
        """Gather them: what follows the main message of a result."""
        texts = {one.id: one.text for one in (*script.outcomes.meanwhile, *script.outcomes.advice)}
        texts |= {name: script.text(name) for name in ("at_night", "born_early", "saved")}
        return cls(script, {name: _pattern(text) for name, text in texts.items()})

    def named(self, text: str) -> str:
        """A message said; the safety net by its name."""
        if _pattern(self.script.text("safety_net_title")).match(text):
            return f"(the safety net, {text.count('• ')} signs)"
        return text

    def brief(self, text: str) -> str:
        """A message of a result in brief: what to do and why, or the names of the advice."""
        named = self.named(text)
        if named != text:
            return named
        parts = text.split("\n\n")
        names = [self._name(part) for part in parts]
        if all(names):
            return f"({', '.join(name for name in names if name)})"
        why = [part for part in parts[1:] if self._gives_reasons(part)]
        rest = len(parts) - 1 - len(why)
        return "\n".join([parts[0], *why, *(["..."] if rest else [])])

    def asked(self, ask: Ask) -> tuple[str, Sequence[Button]]:
        """A question; the menu, and the lines of a list, by their names."""
        if ask.question == "menu":
            return self._before(ask.text, self.script.menu.ask, "(the menu)"), ()
        if ask.question == "consent":
            return "(the first message, and whether the parent agrees)", ()
        lines = [button for button in ask.buttons if button.option.startswith(ITEM)]
        others = [button for button in ask.buttons if not button.option.startswith(ITEM)]
        text = ask.text
        if len(lines) > MANY_LINES:
            marked = [button.text for button in lines if button.mark.value != "none"]
            text += f"\n({len(lines)} lines{''.join(f'; {one}' for one in marked)})"
            return text, others
        found = _NUMBERED.search(text)
        if found and found[0].count("\n") + 1 > MANY_LINES:
            text = f"{text[: found.start()].rstrip()} ({len(found[0].splitlines())} lines)"
        return text, ask.buttons

    def _before(self, text: str, standard: str, name: str) -> str:
        first = standard.partition("{")[0].strip()
        before = text.partition(first)[0].strip()
        return f"{before}\n\n{name}" if before else name

    def _name(self, part: str) -> str | None:
        return next((name for name, pattern in self.patterns.items() if pattern.fullmatch(part)), None)

    def _gives_reasons(self, part: str) -> bool:
        names = ("reason_first", "reason_more", "reason_open_first", "reason_open_more", "reason_private")
        return all(any(_pattern(self.script.text(name)).fullmatch(row) for name in names) for row in part.splitlines())


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(_PLACEHOLDER.sub(".+?", re.escape(text.strip())), re.IGNORECASE)
