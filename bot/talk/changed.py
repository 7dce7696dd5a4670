"""What a parent is told because the script was edited: at once what is more urgent now, else one sentence."""

from __future__ import annotations

from bot.talk.effects import Ask, Escalate, Redraw, Say
from bot.talk.flow import where_we_were
from bot.talk.session import Pending
from bot.talk.turn import CHANGED_UNTOLD, Turn

GOES_ON = frozenset({Pending.POSITION, Pending.CONFIRM, Pending.STEP, Pending.CLOSED, Pending.SEEN})
"""What is asked where the check goes on."""


def tell_what_rose(turn: Turn) -> None:
    """Tell of a level that the edited rules have made URGENT or higher, in this turn and before all else.

    What the parent did is done, as far as it was an answer; what would have been shown for it gives way.
    """
    told = any(isinstance(effect, Escalate) for effect in turn.effects)
    if turn.risen and not told and turn.session.check is not None:
        turn.take_back_messages()
        where_we_were(turn)


def tell_what_changed(turn: Turn) -> None:
    """Tell in one sentence that questions changed, once the check goes on; an urgent message is not delayed by it."""
    check = turn.session.check
    if check is None or CHANGED_UNTOLD not in check.said:
        return
    shown = turn.waiting
    escalated = any(isinstance(effect, Escalate) for effect in turn.effects)
    if shown is None or escalated or shown.pending not in {*GOES_ON, Pending.REVIEW}:
        return
    turn.update_check(said=check.said - {CHANGED_UNTOLD})
    if shown.pending is not Pending.REVIEW:
        # The review says it itself.
        first = next(n for n, effect in enumerate(turn.effects) if isinstance(effect, Say | Ask | Redraw))
        turn.effects.insert(first, Say(turn.phrase("questions_changed")))
