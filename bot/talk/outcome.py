"""What a parent is told of the level: an emergency at once, an outcome at the end."""

from __future__ import annotations

from datetime import timedelta

from bot.facts.level import Action, Level
from bot.talk.advice import advice_text, main_text, meanwhile_text, safety_net_text
from bot.talk.check import save_episode
from bot.talk.closed import SAVES
from bot.talk.effects import Button, CheckEnded, Remind
from bot.talk.giving import with_usual
from bot.talk.moment import LIST_FLAG, WORD_FLAG, Moment, highest
from bot.talk.session import Pending
from bot.talk.turn import REACHED, Turn

TWO_CHILDREN = "two children"
"""Remembered in `said` when a parent wrote about two children: the outcome reminds of the other one."""


def ended_key(action: Action | None) -> str:
    """The name under which an EMERGENCY with this action is remembered as recorded."""
    return f"ended {None if action is None else action.value}"


ENDED = frozenset(ended_key(action) for action in (None, *Action))
"""In `said`: with which action the end of the check was recorded last."""

ASK_REACHED_AFTER = timedelta(minutes=3)
"""How long after an emergency advice that was not answered the parent is asked, once (clinical/wording.md)."""


def show_emergency(turn: Turn) -> None:
    """Give the emergency advice; the questions are over, but an answer can still be corrected."""
    moment = turn.moment
    private = any(flag.private for flag in turn.check.flags.values() if flag.level is Level.EMERGENCY)
    text = main_text(moment, turn.voice, moment.own, request=False)
    meanwhile = meanwhile_text(moment, turn.voice, moment.own)
    if not turn.check.ended:
        if SAVES in turn.check.said or any(item.saves for item in turn.script.dialogs[turn.check.dialog].plan):
            save_episode(turn)
        turn.update_check(ended=True, said=turn.check.said - ENDED)
        turn.effects.append(Remind(REACHED, turn.now + ASK_REACHED_AFTER, turn.number))
    _record_end(turn, moment)
    turn.escalate(
        text,
        Level.EMERGENCY,
        "emergency",
        Pending.EMERGENCY,
        emergency_buttons(turn),
        private=private,
    )
    if meanwhile is not None:
        turn.say(meanwhile)
    if TWO_CHILDREN in turn.check.said:
        turn.say(turn.phrase("two_children"))


def _record_end(turn: Turn, moment: Moment) -> None:
    """Record how the check ended, and again where a sign told afterwards asks for more ("go" became "call")."""
    key = ended_key(moment.action)
    if key in turn.check.said:
        return
    if turn.check.kept:
        turn.effects.append(CheckEnded(turn.check.number, moment.level, moment.action, turn.now, cut_short=False))
    turn.update_check(said=(turn.check.said - ENDED) | {key})


def floors(turn: Turn) -> list[str]:
    """The checklists that raised their level by "yes" before a line was named."""
    return [rule.removeprefix(LIST_FLAG) for rule in turn.check.flags if rule.startswith(LIST_FLAG)]


def emergency_buttons(turn: Turn) -> list[Button]:
    """What a parent can answer to an emergency advice."""
    buttons = [turn.button("calling"), turn.button("cannot_reach", danger=True)]
    if turn.session.check is not None and any(rule.startswith(WORD_FLAG) for rule in turn.check.flags):
        buttons.append(turn.button("not_happening"))
    if turn.session.check is not None and (turn.check.given or floors(turn)):
        buttons.append(turn.button("change_answer"))
    buttons.append(turn.button("to_menu"))
    return buttons


def outcome_key(moment: Moment) -> str:
    """The name under which an outcome is remembered as told; a level that rises is told again."""
    return f"outcome {'NONE' if moment.level is None else moment.level.name}"


def say_outcome(turn: Turn, moment: Moment) -> None:
    """Tell the level reached: the action, why, what helps, and the safety net."""
    dialog = turn.script.dialogs[turn.check.dialog]
    level = moment.level
    calm = dialog.instead_of_reassure
    if calm is not None and (level or Level.REASSURE) is Level.REASSURE:
        text = turn.voice.say(calm.text)
    else:
        text = main_text(moment, turn.voice, moment.raised, request=dialog.request)
    if level is not None and level >= Level.URGENT:
        private = any(flag.private for flag in turn.check.flags.values() if flag.level is level)
        turn.escalate(text, level, "outcome", Pending.URGENT, (), private=private)
    else:
        turn.say(text)
    advice = advice_text(moment, turn.voice, moment.raised, level)
    if advice is not None:
        turn.say(advice)
    turn.say(safety_net_text(moment, turn.voice))
    if TWO_CHILDREN in turn.check.said:
        turn.say(turn.phrase("two_children"))
    turn.update_check(said=turn.check.said | {outcome_key(moment)})


def settle_closing(turn: Turn) -> bool:
    """Raise what the questions left open; where something could still be serious, at least ROUTINE is told.

    What would not raise the level is left out: nothing is said about a sign that nobody was asked about.
    """
    level = highest(turn.moment.own)
    closing = turn.moment.closing().own
    return turn.raise_rules({rule: one for rule, one in closing.items() if level is None or one.level > level})


def settle_named(turn: Turn) -> None:
    """After an EMERGENCY a sign was named: raise its rules, taking what was never asked as usual.

    Only the reason and what to do meanwhile become clearer; the level is there already.
    """
    told = with_usual(turn, turn.session.told)
    moment = Moment(turn.script, told, turn.check.flags, turn.check.dialog, turn.now)
    turn.raise_rules({rule: one for rule, one in moment.own.items() if one.level is Level.EMERGENCY})


def say_closed(turn: Turn, gate: str) -> None:
    """Say why a how-to cannot be shown now."""
    state = turn.moment.gate_state(gate)
    reasons = "\n".join(dict.fromkeys(f"• {turn.voice.say(one.because)}" for one in state.reasons))
    title = next((one.title for one in turn.script.howtos.values() if one.gate == gate), gate)
    turn.say(turn.phrase("gate_closed", title=title, reasons=reasons))
