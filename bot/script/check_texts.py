"""Texts that a chat cannot show: too long, or with a placeholder that nobody fills."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.script.phrases import MAX_LABEL, TEXTS
from bot.script.problems import Place, Problems, did_you_mean
from bot.script.script import Script

MAX_MESSAGE = 4096
"""Characters of a Telegram message."""

MAX_TEXT = 1500
"""Characters of one text of ours: the engine adds reasons, a summary or a list of lines to it."""

MAX_ITEM = 60
MAX_EMERGENCY = 400
"""Characters of an EMERGENCY message with the longest reason that it can have."""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
COMMON = frozenset({"baby", "emergency_number"})
FACTS = frozenset({"temperature_c"})
OUTCOME = COMMON | {"reasons"}


def check_texts(script: Script, problems: Problems) -> None:
    """Note texts and labels over their limit and unknown placeholders."""
    for place, text, limit, allowed in _texts(script):
        if len(text) > limit:
            problems.add(
                place,
                f"a text of {len(text)} characters; {limit} is the limit here.",
                f"Shorten it. Its longest line begins '{_longest(text)[:40]}'.",
            )
        for name in _PLACEHOLDER.findall(text):
            if name not in allowed:
                cure = did_you_mean(name, allowed)
                problems.add(place, f"nobody fills the placeholder '{{{name}}}' here.", cure)
    _check_emergency(script, problems)


def _longest(text: str) -> str:
    return max(text.splitlines(), key=len, default="")


def _texts(script: Script) -> Iterator[tuple[Place, str, int, frozenset[str]]]:
    for dialog in script.dialogs.values():
        for question in dialog.questions.values():
            yield question.place, question.ask, MAX_TEXT, COMMON | {"summary"}
            for text in (question.why, question.hint):
                if text is not None:
                    yield question.place, text, MAX_TEXT, COMMON
            for option in (*question.options, *question.bands):
                yield question.place, option.text, MAX_LABEL, frozenset()
            if question.not_sure is not None:
                yield question.place, question.not_sure, MAX_LABEL, frozenset()
        for checklist in dialog.checklists.values():
            yield checklist.place, checklist.ask, MAX_TEXT, COMMON
            if checklist.simple_check is not None:
                yield checklist.place, checklist.simple_check, MAX_TEXT, COMMON
            if checklist.because is not None:
                yield checklist.place, checklist.because, MAX_TEXT, COMMON
            for item in checklist.items:
                yield checklist.place, item.text, MAX_ITEM, COMMON
        for say in dialog.texts.values():
            yield say.place, say.text, MAX_TEXT, COMMON
    for howto in script.howtos.values():
        for step in howto.steps:
            yield howto.place, step.text, MAX_TEXT, COMMON
    for rule in script.book.rules.values():
        yield rule.place, rule.because, MAX_TEXT, COMMON | FACTS
    outcomes = script.outcomes
    for outcome in outcomes.levels.values():
        yield outcome.place, outcome.text, MAX_TEXT, OUTCOME
    for group in (outcomes.instead, outcomes.meanwhile, outcomes.advice, outcomes.safety_net):
        for outcome in group:
            yield outcome.place, outcome.text, MAX_TEXT, OUTCOME
    for name, allowed in TEXTS.items():
        text = script.phrases.get(f"text.{name}", "")
        yield Place("content/phrases.yaml", 1), text, MAX_MESSAGE // 2, allowed | COMMON
    yield Place("content/menu.yaml", 1), script.menu.ask, MAX_TEXT, COMMON
    for entry in script.menu.entries:
        yield Place("content/menu.yaml", 1), entry.text, MAX_LABEL, frozenset()


def _check_emergency(script: Script, problems: Problems) -> None:
    """An EMERGENCY message must stay short with every reason that it may have to give."""
    reason = script.phrases.get("text.reason_first", "{because}")
    reasons = [rule.because for rule in script.book.rules.values() if any(row.level.value == 4 for row in rule.levels)]
    longest = max((len(reason.replace("{because}", because)) for because in reasons), default=0)
    for name in ("emergency_call", "emergency_go"):
        outcome = script.outcomes.levels.get(name)
        if outcome is None:
            continue
        length = len(outcome.text.replace("{reasons}", "x" * longest).replace("{emergency_number}", "112"))
        if length > MAX_EMERGENCY:
            problems.add(
                outcome.place,
                f"with its longest reason this message has {length} characters; {MAX_EMERGENCY} is the limit "
                "in an emergency.",
                f"Shorten it. Its longest line begins '{_longest(outcome.text)[:40]}'.",
            )
