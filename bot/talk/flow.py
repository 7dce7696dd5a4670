"""The next step of a check is found by replay and shown, up to its outcome."""

from __future__ import annotations

from bot.facts.level import Level
from bot.script.model import Checklist, Dialog, Kind, PlanItem
from bot.talk import position
from bot.talk.advice import main_text
from bot.talk.asking import show_checklist, show_question
from bot.talk.check import end_check, save_episode, start_check
from bot.talk.closed import CLOSED, SAVES, ends_unreassured, part_closed, tell_closed
from bot.talk.diary_facts import ask_from_diary, hint_from_diary
from bot.talk.graver_signs import ask_what_would_call
from bot.talk.howto import say_always, show_step
from bot.talk.menu import ask_seen, show_menu
from bot.talk.moment import PlanView, graver, highest, most_urgent
from bot.talk.outcome import outcome_key, say_closed, say_outcome, settle_closing, show_emergency
from bot.talk.review import must_review, show_review
from bot.talk.session import Pending
from bot.talk.turn import Turn

__all__ = ["conclude", "go_on", "start_check", "where_we_were"]


def where_we_were(turn: Turn) -> None:
    """Go on with the check, repeat the emergency advice that ended it, or show the menu."""
    if turn.session.check is None:
        show_menu(turn)
    elif turn.check.ended:
        show_emergency(turn)
    else:
        go_on(turn)


def go_on(turn: Turn) -> None:
    """Raise what has risen, then show the next step; texts are said until something waits for the parent."""
    turn.settle_flags()
    if _interrupt(turn) or tell_closed(turn):
        return
    if turn.check.seen_due:
        ask_seen(turn)
        return
    while True:
        spot = position.locate(turn.moment, turn.check)
        item = spot.item
        if part_closed(turn, spot.dialog):
            _conclude_closed(turn)
            return
        if item is None or item.kind is Kind.FINISH:
            conclude(turn, saves=item is not None and item.saves is not None)
            return
        dialog = turn.script.dialogs[spot.dialog]
        match item.kind:
            case Kind.ASK | Kind.CHECKLIST:
                _ask(turn, dialog, item)
                return
            case Kind.SAY:
                turn.say(turn.voice.say(dialog.texts[item.target].text))
            case Kind.GATE | Kind.HOWTO if must_review(turn) and outcome_key(turn.moment) not in turn.check.said:
                show_review(turn)
                return
            case Kind.GATE:
                _say_closed(turn, item.target)
                conclude(turn, saves=False)
                return
            case Kind.HOWTO:
                _show_howto(turn, position.said_key(spot.dialog, item), item.target)
                return
        turn.update_check(said=turn.check.said | {position.said_key(spot.dialog, item)})


def _ask(turn: Turn, dialog: Dialog, item: PlanItem) -> None:
    """Ask a question or a checklist; what the diary knows about it is shown first."""
    asked = dialog.questions[item.target] if item.kind is Kind.ASK else dialog.checklists[item.target]
    if ask_from_diary(turn, asked.facts):
        return
    if isinstance(asked, Checklist):
        show_checklist(turn, asked, before=hint_from_diary(turn, asked.facts))
    else:
        show_question(turn, asked)


def _show_howto(turn: Turn, key: str, howto: str) -> None:
    if outcome_key(turn.moment) not in turn.check.said:
        if settle_closing(turn):
            # Something is still open: the gate is looked at again with the level that it makes.
            go_on(turn)
            return
        say_outcome(turn, turn.moment)
    show_step(turn, key, howto)


def _say_closed(turn: Turn, gate: str) -> None:
    """Say why the how-to has to wait; with URGENT the triage message stands alone (source: rules.md section 5)."""
    if (turn.moment.level or Level.REASSURE) < Level.URGENT:
        say_closed(turn, gate)
        say_always(turn, gate)


def _interrupt(turn: Turn) -> bool:
    """EMERGENCY ends the questions at once; URGENT is said at once, then the parent may go on.

    What an earlier check told is not told again here: it was said when the parent had not acted on it.
    """
    level, action = highest(turn.moment.own), most_urgent(turn.moment.own)
    if level is Level.EMERGENCY:
        show_emergency(turn)
        ask_what_would_call(turn)
        return True
    announced = turn.check.announced
    if level is not Level.URGENT or (announced is not None and not graver(announced, level, action)):
        return False
    turn.update_check(announced=(level, action))
    show_urgent(turn)
    return True


def show_urgent(turn: Turn) -> None:
    """Give the advice for today at once; where questions are left, offer to go on."""
    moment = turn.moment
    private = any(flag.private for flag in turn.check.flags.values() if flag.level is Level.URGENT)
    text = main_text(moment, turn.voice, moment.own, request=False)
    spot = position.locate(moment, turn.check)
    if spot.item is None or spot.item.kind is Kind.FINISH:
        conclude(turn, saves=spot.item is not None and spot.item.saves is not None)
        return
    turn.escalate(text, Level.URGENT, "urgent_said", Pending.URGENT, (), private=private)
    offer_to_go_on(turn)


def offer_to_go_on(turn: Turn) -> None:
    """After the advice for today: go on with the questions, or stop here."""
    buttons = [turn.button("continue"), turn.button("stop_here")]
    if turn.check.given:
        buttons.append(turn.button("back"))
    turn.ask(Pending.URGENT, "urgent", turn.phrase("urgent_more"), buttons)


def _conclude_closed(turn: Turn) -> None:
    """End a check at a part that was closed: what was found is told, and that not all could be asked."""
    turn.update_check(said=turn.check.said | {CLOSED})
    if not ends_unreassured(turn):
        turn.say(turn.phrase("closed_end"))
    conclude(turn, saves=False, cut_short=True)


def _say_after_the_result(turn: Turn) -> None:
    """Say the texts below `finish`: what to do comes first, and they look at the level that was told."""
    dialog = turn.script.dialogs[turn.check.dialog]
    finish = next((item for item in reversed(dialog.plan) if item.kind is Kind.FINISH), None)
    if finish is not None and dialog.after_the_result:
        for item in turn.script.machines[dialog.id].texts_after(finish, PlanView(turn.moment)):
            turn.say(turn.voice.say(dialog.texts[item.target].text))


def conclude(turn: Turn, *, saves: bool, cut_short: bool = False) -> None:
    """End the check with its outcome, and show the menu."""
    untold = outcome_key(turn.moment) not in turn.check.said
    if untold and not cut_short and must_review(turn):
        show_review(turn)
        return
    if untold:
        if not cut_short and settle_closing(turn) and highest(turn.moment.own) is Level.EMERGENCY:
            show_emergency(turn)
            return
        if ends_unreassured(turn):
            turn.say(turn.phrase("closed_end"))
        else:
            say_outcome(turn, turn.moment)
    if not cut_short and not ends_unreassured(turn):
        _say_after_the_result(turn)
    if saves or (SAVES in turn.check.said and not cut_short):
        save_episode(turn)
        turn.say(turn.phrase("saved"))
    summary = _is_for_the_doctor(turn)
    end_check(turn, cut_short=cut_short)
    show_menu(turn, summary=summary)


def _is_for_the_doctor(turn: Turn) -> bool:
    """Whether the menu offers the summary: a visit follows from this level, or is what this dialog is about."""
    level = turn.moment.level or Level.REASSURE
    visit = turn.script.dialogs[turn.check.dialog].instead_of_reassure is not None
    return turn.check.kept and (level >= Level.ROUTINE or visit)
