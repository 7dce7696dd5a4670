"""A script that changed under a running conversation: answers stay, but for those whose question means something else.

Source: research page flow_engines.md, rules R1 to R9; raised flags are never touched here (R5).
"""

from __future__ import annotations

from bot.talk.check import DANGER_DIALOG
from bot.talk.turn import Turn


def reconcile(turn: Turn) -> bool:
    """Take the session over to the present script; say so when something has to be asked again."""
    session = turn.session
    if session.script in ("", turn.script.hash):
        return False
    changed = {
        fact
        for fact, meaning in session.meanings.items()
        if fact in session.told and turn.script.meanings.get(fact) != meaning
    }
    gone = {fact for fact in session.told if fact not in turn.script.vocabulary.facts}
    turn.update(script=turn.script.hash)
    if session.check is not None and session.check.dialog not in turn.script.dialogs:
        # A dialog that is gone: its answers and flags stay with the danger check, which every script has.
        turn.update_check(dialog=DANGER_DIALOG)
    if not changed and not gone:
        return False
    turn.forget_answers(changed | gone)
    turn.say(turn.phrase("questions_changed"))
    return True
