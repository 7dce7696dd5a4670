"""After "go to the hospital": the few signs that would make it "call the emergency number"."""

from __future__ import annotations

from collections.abc import Iterator

from bot.facts.level import Action, Level
from bot.facts.value import is_exact
from bot.script.model import Checklist, Item
from bot.talk import checklist as lists
from bot.talk.asking import show_lines_after
from bot.talk.moment import most_urgent
from bot.talk.position import question_key
from bot.talk.session import ListState
from bot.talk.turn import Turn


def ask_what_would_call(turn: Turn) -> None:
    """Show one list of signs that make the advice more urgent, once; it stands whatever is answered, or if nothing is.

    The EMERGENCY itself never waits for these: it was told before (source: rules.md C-02, and section 1 on actions).
    """
    if most_urgent(turn.moment.own) is not Action.GO:
        return
    raised = {rule for rule, one in turn.moment.own.items() if one.level is Level.EMERGENCY}
    for checklist in _after(turn, raised):
        key = question_key(checklist.dialog, checklist.id)
        lines = [line for line in checklist.items if _is_open(turn, line)]
        if lines and key not in turn.check.lists:
            turn.update_check(
                lists={**turn.check.lists, key: ListState(lists.WHICH, meaning=turn.script.meanings[key])}
            )
            show_lines_after(turn, checklist, lines, turn.voice.say(checklist.ask))
            return


def _after(turn: Turn, raised: set[str]) -> Iterator[Checklist]:
    for dialog in turn.script.dialogs.values():
        for checklist in dialog.checklists.values():
            if checklist.after & raised:
                yield checklist


def _is_open(turn: Turn, line: Item) -> bool:
    """Whether the parent could still tell something by this line."""
    knowledge = turn.moment.knowledge
    answers = [knowledge.answered(fact) for fact in line.sets if knowledge.askable(fact)]
    return any(answer is None or not is_exact(answer) for answer in answers)
