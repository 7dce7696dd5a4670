"""The next step of a check is found by replay and shown, up to its outcome."""

from __future__ import annotations

from bot.facts.level import ORDER, Action, Level
from bot.script.model import Kind
from bot.talk import position
from bot.talk.advice import main_text
from bot.talk.asking import show_checklist, show_question
from bot.talk.check import end_check, save_episode, start_check
from bot.talk.howto import show_step
from bot.talk.menu import show_menu
from bot.talk.outcome import outcome_key, say_closed, say_outcome, settle_closing, show_emergency
from bot.talk.session import Pending
from bot.talk.turn import Turn

__all__ = ["conclude", "go_on", "start_check"]


def go_on(turn: Turn) -> None:
    """Raise what has risen, then show the next step; texts are said until something waits for the parent."""
    turn.settle_flags()
    if _interrupt(turn):
        return
    while True:
        spot = position.locate(turn.moment, turn.check)
        item = spot.item
        if item is None or item.kind is Kind.FINISH:
            conclude(turn, saves=item is not None and item.saves is not None)
            return
        dialog = turn.script.dialogs[spot.dialog]
        match item.kind:
            case Kind.ASK:
                show_question(turn, dialog.questions[item.target])
                return
            case Kind.CHECKLIST:
                show_checklist(turn, dialog.checklists[item.target])
                return
            case Kind.SAY:
                turn.say(turn.voice.say(dialog.texts[item.target].text))
            case Kind.GATE:
                say_closed(turn, item.target)
                conclude(turn, saves=False)
                return
            case Kind.HOWTO:
                if outcome_key(turn.moment) not in turn.check.said:
                    say_outcome(turn, turn.moment)
                show_step(turn, position.said_key(spot.dialog, item), item.target)
                return
        turn.update_check(said=turn.check.said | {position.said_key(spot.dialog, item)})


def _interrupt(turn: Turn) -> bool:
    """EMERGENCY ends the questions at once; URGENT is said at once, then the parent may go on."""
    level, action = turn.moment.level, turn.moment.action
    if level is None or level < Level.URGENT or not _graver(turn.check.announced, level, action):
        return False
    turn.update_check(announced=(level, action))
    if level is Level.EMERGENCY:
        show_emergency(turn)
    else:
        show_urgent(turn)
    return True


def _graver(announced: tuple[Level, Action | None] | None, level: Level, action: Action | None) -> bool:
    if announced is None or level > announced[0]:
        return True
    return level is announced[0] and _rank(action) < _rank(announced[1])


def _rank(action: Action | None) -> int:
    return ORDER.index(action) if action in ORDER else len(ORDER)


def show_urgent(turn: Turn) -> None:
    """Give the advice for today at once; where questions are left, offer to go on."""
    moment = turn.moment
    private = any(flag.private for flag in turn.check.flags.values() if flag.level is Level.URGENT)
    text = main_text(moment, turn.voice, moment.raised, request=False)
    spot = position.locate(moment, turn.check)
    if spot.item is None or spot.item.kind is Kind.FINISH:
        conclude(turn, saves=spot.item is not None and spot.item.saves is not None)
        return
    turn.escalate(text, Level.URGENT, "urgent_said", Pending.URGENT, (), private=private)
    buttons = [turn.button("continue"), turn.button("stop_here")]
    if turn.check.given:
        buttons.append(turn.button("back"))
    turn.ask(Pending.URGENT, "urgent", turn.phrase("urgent_more"), buttons)


def conclude(turn: Turn, *, saves: bool, cut_short: bool = False) -> None:
    """End the check with its outcome, and show the menu."""
    if outcome_key(turn.moment) not in turn.check.said:
        if not cut_short:
            settle_closing(turn)
            if _interrupt_at_end(turn):
                return
        say_outcome(turn, turn.moment)
    if saves:
        save_episode(turn)
        turn.say(turn.phrase("saved"))
    end_check(turn, cut_short=cut_short)
    show_menu(turn)


def _interrupt_at_end(turn: Turn) -> bool:
    if turn.moment.level is Level.EMERGENCY and _graver(turn.check.announced, Level.EMERGENCY, turn.moment.action):
        turn.update_check(announced=(Level.EMERGENCY, turn.moment.action))
        show_emergency(turn)
        return True
    return False
