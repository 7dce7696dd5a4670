"""A question that waits for an answer while the script changes: whether its buttons still say what they said."""

from __future__ import annotations

from dataclasses import replace

from bot.script.model import HowTo
from bot.talk.asked import find_checklist, find_question
from bot.talk.session import Pending, Prompt
from bot.talk.turn import Turn


def steps_meaning(howto: HowTo) -> str:
    """Which steps a how-to has, and for whom each is."""
    return " ".join((howto.gate, *(f"{step.id}:{','.join(sorted(step.only))}" for step in howto.steps)))


def still_means(turn: Turn, prompt: Prompt) -> Prompt | None:
    """The question as it may still be answered; None where it has to be asked again."""
    match prompt.pending:
        case Pending.POSITION if prompt.data.get("kind") == "checklist":
            return _list(turn, prompt)
        case Pending.POSITION:
            return prompt if find_question(turn, prompt.question) and _same(turn, prompt, prompt.question) else None
        case Pending.CONFIRM | Pending.STALE_DANGER:
            return prompt if _same(turn, prompt, str(prompt.data["about"])) else None
        case Pending.EPISODE if "about" in prompt.data:
            return prompt if _same(turn, prompt, str(prompt.data["about"])) else None
        case Pending.STEP:
            return prompt if _same_step(turn, prompt) else None
        case Pending.CHANGE:
            # Its buttons are numbers of answers in the history.
            same = prompt.data.get("given") == [one.question for one in turn.check.given]
            return prompt if same else None
        case Pending.REVIEW:
            # What was read back may have changed once more.
            return None
        case _:
            return prompt


def _same(turn: Turn, prompt: Prompt, key: str) -> bool:
    return key in turn.script.meanings and prompt.data.get("meaning") == turn.script.meanings[key]


def _list(turn: Turn, prompt: Prompt) -> Prompt | None:
    """A checklist of which some lines are as they were: only those are answered by it, the others are asked again."""
    key, meanings = prompt.question, turn.script.meanings
    checklist = find_checklist(turn, key)
    if checklist is None:
        return None
    if meanings[key] == prompt.data["meaning"]:
        return prompt
    shown = dict(prompt.data["meanings"])
    changed = [line for line, meant in shown.items() if meanings.get(f"{key}:{line}") != meant]
    if len(changed) == len(shown):
        return None
    return replace(prompt, data={**prompt.data, "gone": changed, "changed": True})


def _same_step(turn: Turn, prompt: Prompt) -> bool:
    howto = turn.script.howtos.get(str(prompt.data["howto"]))
    dialog, _, step = str(prompt.data["key"]).partition(".")
    machine = turn.script.machines.get(dialog)
    if howto is None or machine is None or step not in machine.items:
        return False
    if prompt.data.get("meaning") != steps_meaning(howto):
        return False
    turn.update_check(steps={**turn.check.steps, str(prompt.data["key"]): int(prompt.data["number"])})
    return True
