"""What a parent is told of the level: an emergency at once, an outcome at the end."""

from __future__ import annotations

from bot.facts.level import Level
from bot.talk.advice import advice_text, main_text, meanwhile_text, safety_net_text
from bot.talk.check import save_episode
from bot.talk.effects import Button, CheckEnded
from bot.talk.moment import LIST_FLAG, WORD_FLAG, Moment
from bot.talk.session import Flag, Pending
from bot.talk.turn import Turn
from bot.triage.knowledge import Told

TWO_CHILDREN = "two children"
"""Remembered in `said` when a parent wrote about two children: the outcome reminds of the other one."""


def show_emergency(turn: Turn) -> None:
    """Give the emergency advice; the questions are over, but an answer can still be corrected."""
    moment = turn.moment
    private = any(flag.private for flag in turn.check.flags.values() if flag.level is Level.EMERGENCY)
    text = main_text(moment, turn.voice, moment.raised, request=False)
    meanwhile = meanwhile_text(moment, turn.voice, moment.raised)
    if not turn.check.ended:
        if any(item.saves for item in turn.script.dialogs[turn.check.dialog].plan):
            save_episode(turn)
        if turn.check.kept:
            turn.effects.append(CheckEnded(turn.check.number, moment.level, moment.action, turn.now, cut_short=False))
        turn.update_check(ended=True)
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


def settle_closing(turn: Turn) -> None:
    """Raise what the questions left open; where something could still be serious, at least ROUTINE is told."""
    closing = turn.moment.closing()
    for rule, one in closing.raised.items():
        before = turn.check.flags.get(rule)
        if before is None or before.level < one.level:
            turn.raise_flag(rule, Flag(one.level, one.action, one.sure, turn.now))


def settle_named(turn: Turn) -> None:
    """After an EMERGENCY a sign was named: raise its rules, taking what was never asked as usual.

    Only the reason and what to do meanwhile become clearer; the level is there already.
    """
    usual = {
        name: Told(fact.usual, turn.now)
        for name, fact in turn.script.vocabulary.facts.items()
        if fact.usual is not None and name not in turn.session.told
    }
    told = {**usual, **turn.session.told}
    moment = Moment(turn.script, told, turn.check.flags, turn.check.dialog, turn.now)
    for rule, one in moment.raised.items():
        if one.level is Level.EMERGENCY and rule not in turn.check.flags:
            book = turn.script.book.rules
            private = rule in book and book[rule].private
            turn.raise_flag(rule, Flag(one.level, one.action, one.sure, turn.now, private))


def say_closed(turn: Turn, gate: str) -> None:
    """Say why a how-to cannot be shown now."""
    state = turn.moment.gate_state(gate)
    reasons = "\n".join(dict.fromkeys(f"• {turn.voice.say(one.because)}" for one in state.reasons))
    title = next((one.title for one in turn.script.howtos.values() if one.gate == gate), gate)
    turn.say(turn.phrase("gate_closed", title=title, reasons=reasons))
