"""Back to where the parent was: what was asked is shown once more, with fresh buttons."""

from __future__ import annotations

from bot.talk import emergency, library, may_i, visit
from bot.talk.asked import find_checklist, find_question
from bot.talk.asking import show_checklist, show_question
from bot.talk.closed import show_closed
from bot.talk.flow import go_on, offer_to_go_on, where_we_were
from bot.talk.history import show_history
from bot.talk.menu import ask_country, ask_seen, show_card, show_menu_again, show_start
from bot.talk.outcome import show_emergency
from bot.talk.position import locate, question_key
from bot.talk.session import Pending, Prompt
from bot.talk.turn import Turn

IN_A_DIALOG = frozenset({Pending.POSITION, Pending.CONFIRM, Pending.URGENT, Pending.STEP, Pending.REVIEW})
"""What may be asked by a dialog; after a pause it may not be the next thing any more."""


def repeat(turn: Turn, before: str | None, *, after_prompt: bool = True) -> None:  # noqa: C901 (one line for each question)
    """Say something and show again what was asked, with fresh buttons."""
    prompt = turn.session.prompt if after_prompt else None
    if before is not None:
        turn.say(before)
    if turn.paused and prompt is not None and prompt.pending in IN_A_DIALOG:
        offer_resume(turn)
        return
    if prompt is None or prompt.pending in (Pending.CHANGE, Pending.DELETE, Pending.STALE_DANGER):
        where_we_were(turn)
        return
    match prompt.pending:
        case Pending.CONSENT:
            show_start(turn)
        case Pending.COUNTRY:
            ask_country(turn)
        case Pending.MENU:
            show_menu_again(turn, prompt.question)
        case Pending.MAY_I:
            may_i.show_again(turn, prompt.question)
        case Pending.LIBRARY:
            library.show_again(turn, prompt)
        case Pending.CARD:
            show_card(turn)
        case Pending.WORD:
            data = prompt.data
            emergency.ask_word(turn, str(data["sign"]), str(data["word"]), dict(data["sets"]))
        case Pending.EMERGENCY:
            show_emergency(turn)
        case Pending.SEEN:
            ask_seen(turn, then=prompt.data.get("then"))
        case Pending.SUMMARY:
            visit.show_controls(turn)
        case Pending.OWN_QUESTION:
            visit.show_questions(turn)
        case Pending.HISTORY:
            show_history(turn, offset=int(prompt.data["offset"]))
        case Pending.CLOSED:
            show_closed(turn, prompt.data.get("entry"))
        case Pending.RESUME:
            offer_resume(turn)
        case Pending.URGENT:
            offer_to_go_on(turn)
        case Pending.REVIEW:
            go_on(turn)
        case Pending.POSITION if turn.check.ended:
            show_emergency(turn)
        case Pending.POSITION | Pending.CONFIRM:
            _repeat_question(turn, prompt)
        case _:
            where_we_were(turn)


def _repeat_question(turn: Turn, prompt: Prompt) -> None:
    key = str(prompt.data.get("about", prompt.question))
    question, checklist = find_question(turn, key), find_checklist(turn, key)
    if not still_asked(turn, key):
        go_on(turn)
    elif question is not None:
        show_question(turn, question, bands=bool(prompt.data.get("bands")))
    elif checklist is not None:
        show_checklist(turn, checklist)
    else:
        where_we_were(turn)


def still_asked(turn: Turn, key: str) -> bool:
    """Whether this is still the next question: after a pause the danger signs may have to come first."""
    if turn.check.asked_again == key:
        return True
    spot = locate(turn.moment, turn.check)
    return spot.item is not None and question_key(spot.dialog, spot.item.target) == key


def offer_resume(turn: Turn) -> None:
    """Ask whether to go on with the check that was left, or to start again."""
    title = turn.script.dialogs[turn.check.dialog].title
    buttons = [turn.button("continue"), turn.button("start_again"), turn.button("to_menu")]
    turn.ask(Pending.RESUME, "resume", turn.phrase("resume", dialog=title), buttons)
