"""A script that changed under a running conversation: answers stay, but for those whose question means something else.

Source: research page flow_engines.md, rules R1 to R9; raised flags are never touched here (R5).
"""

from __future__ import annotations

from bot.talk.asked import find_checklist, find_question, meaning
from bot.talk.check import DANGER_DIALOG
from bot.talk.session import Pending, Prompt
from bot.talk.turn import Turn


def reconcile(turn: Turn) -> bool:
    """Take the session over to the present script; give whether something has to be asked again.

    Comes before all else in a turn, since no answer may be read by a script that does not know it.
    """
    session = turn.session
    if session.script in ("", turn.script.hash):
        return False
    turn.script_changed = True
    facts, meanings = turn.script.vocabulary.facts, turn.script.meanings
    gone = {fact for fact in session.told if fact not in facts}
    changed = {fact for fact, known in session.meanings.items() if fact in session.told and meanings.get(fact) != known}
    turn.update(script=turn.script.hash)
    if session.check is not None and session.check.dialog not in turn.script.dialogs:
        # A dialog that is gone: its answers and flags stay with the danger check, which every script has.
        turn.update_check(dialog=DANGER_DIALOG)
    turn.forget_answers(changed | gone)
    kept = tuple(prompt for prompt in session.prompts if _means_the_same(turn, prompt))
    turn.update(prompts=kept)
    return session.check is not None and bool(changed or gone or len(kept) < len(session.prompts))


def _means_the_same(turn: Turn, prompt: Prompt) -> bool:
    """Whether the buttons that the parent sees still say what they said."""
    if prompt.pending is not Pending.POSITION:
        return True
    asked = find_question(turn, prompt.question) or find_checklist(turn, prompt.question)
    return asked is not None and prompt.data.get("meaning") == meaning(turn.script, asked.facts)
