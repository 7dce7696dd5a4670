"""Buttons that were just shown: each kind of question has its own answer."""

from __future__ import annotations

from bot.talk import corrections, emergency
from bot.talk.again import repeat
from bot.talk.asked import find_question
from bot.talk.commands import back, cancel, restart
from bot.talk.diary_facts import take_diary
from bot.talk.doubts import confirm
from bot.talk.effects import ForgetParent
from bot.talk.events import Pressed
from bot.talk.flow import conclude, go_on, where_we_were
from bot.talk.giving import answer_option
from bot.talk.history import press_entry, press_history
from bot.talk.library import MENU_ENTRY, press_library
from bot.talk.list_answers import press_list
from bot.talk.may_i import press_may_i
from bot.talk.menu import show_card, show_menu, show_start
from bot.talk.old_buttons import answer_old
from bot.talk.outcome import show_emergency
from bot.talk.session import Pending, Prompt, Session
from bot.talk.start import answer_consent, answer_country, answer_seen, choose_from_menu, start_danger_check
from bot.talk.turn import Turn
from bot.talk.visit import SUMMARY, answer_seen_first, press_question, press_summary


def prompt_of(turn: Turn, event: Pressed) -> Prompt | None:
    """The question that a button belongs to, when it is one of those shown last."""
    if event.turn != turn.session.turn:
        return None
    for prompt in turn.session.prompts:
        if prompt.question == event.question and event.option in prompt.options:
            return prompt
    return None


def press(turn: Turn, prompt: Prompt, option: str) -> None:  # noqa: C901 (one line for each kind of question)
    """Take a button of a question that was just shown."""
    match prompt.pending:
        case Pending.POSITION:
            _answer(turn, prompt, option)
        case Pending.CONSENT:
            answer_consent(turn, option)
        case Pending.COUNTRY:
            answer_country(turn, option)
        case Pending.MENU:
            if not choose_from_menu(turn, option):
                # The way back; any other that the menu does not know was taken out of it since.
                show_menu(turn, before=None if option == "step_back" else turn.phrase("no_longer_here"))
        case Pending.SUMMARY if option == "check_danger_signs":
            start_danger_check(turn, None)
        case Pending.SUMMARY:
            press_summary(turn, option)
        case Pending.OWN_QUESTION:
            press_question(turn, option)
        case Pending.MAY_I if option == "check_danger_signs":
            start_danger_check(turn, None)
        case Pending.MAY_I:
            press_may_i(turn, prompt, option)
        case Pending.LIBRARY if option.startswith(MENU_ENTRY):
            if not choose_from_menu(turn, option.removeprefix(MENU_ENTRY)):
                show_menu(turn)
        case Pending.LIBRARY:
            press_library(turn, prompt, option)
        case Pending.CARD:
            _press_card(turn, option)
        case Pending.WORD:
            _answer_word(turn, prompt, option)
        case Pending.EMERGENCY:
            _press_emergency(turn, option)
        case Pending.HISTORY:
            press_history(turn, prompt, option)
        case Pending.EPISODE:
            press_entry(turn, prompt, option)
        case Pending.DIARY:
            take_diary(turn, prompt, option)
            where_we_were(turn)
        case Pending.CLOSED:
            _press_closed(turn, prompt, option)
        case Pending.REACHED:
            emergency.answer_emergency(turn, option)
        case Pending.URGENT:
            _press_urgent(turn, option)
        case Pending.RESUME:
            _press_resume(turn, option)
        case Pending.SEEN if prompt.data.get("then") == SUMMARY:
            answer_seen_first(turn, option)
        case Pending.SEEN:
            answer_seen(turn, option)
        case Pending.CHANGE:
            _press_change(turn, option)
        case Pending.DELETE:
            _press_delete(turn, option)
        case Pending.REVIEW:
            _press_review(turn, option)
        case Pending.STALE_DANGER:
            answer_old(turn, prompt, option)
        case Pending.CONFIRM:
            confirm(turn, prompt, option)
        case Pending.STEP:
            _press_step(turn, prompt, option)


def _press_card(turn: Turn, option: str) -> None:
    if option == "check_danger_signs":
        emergency.danger_signs_again(turn)
    elif option == "continue" and turn.session.check is not None:
        go_on(turn)
    elif option == "to_start":
        show_start(turn)
    else:
        cancel(turn)


def _answer_word(turn: Turn, prompt: Prompt, option: str) -> None:
    sign, sets = str(prompt.data["sign"]), dict(prompt.data["sets"])
    if option == "yes":
        emergency.happening(turn, sign, sets)
    elif option == "before":
        emergency.danger_signs_again(turn)
    else:
        turn.say(turn.phrase("not_happening_reply"))
        where_we_were(turn)


def _press_emergency(turn: Turn, option: str) -> None:
    if option == "change_answer":
        corrections.show_choices(turn)
    elif option == "to_menu":
        cancel(turn)
    else:
        emergency.answer_emergency(turn, option)


def _press_urgent(turn: Turn, option: str) -> None:
    if option == "stop_here":
        dialog = turn.script.dialogs[turn.check.dialog]
        conclude(turn, saves=any(item.saves for item in dialog.plan), cut_short=True)
    elif option == "back":
        back(turn)
    else:
        go_on(turn)


def _press_review(turn: Turn, option: str) -> None:
    if option == "change_answer":
        corrections.show_choices(turn)
    elif option == "emergency":
        show_card(turn)
    else:
        turn.update_check(unreviewed=False)
        go_on(turn)


def _press_closed(turn: Turn, prompt: Prompt, option: str) -> None:
    if option == "emergency":
        show_card(turn)
    elif option != "check_danger_signs":
        cancel(turn)
    elif turn.session.check is not None and not turn.check.ended:
        go_on(turn)
    else:
        start_danger_check(turn, prompt.data.get("entry"))


def _press_resume(turn: Turn, option: str) -> None:
    if option == "start_again":
        restart(turn)
    elif option == "to_menu":
        cancel(turn)
    else:
        go_on(turn)


def _press_change(turn: Turn, option: str) -> None:
    if option == "continue":
        if turn.check.ended:
            show_emergency(turn)
        else:
            go_on(turn)
        return
    if option.startswith(corrections.FLOOR):
        corrections.list_again(turn, option.removeprefix(corrections.FLOOR))
        return
    corrections.ask_again(turn, int(option.removeprefix("given_")))


def _press_delete(turn: Turn, option: str) -> None:
    if option != "delete":
        repeat(turn, turn.phrase("kept"), after_prompt=False)
        return
    turn.effects.append(ForgetParent())
    turn.session = Session(turn=turn.session.turn)
    turn.say(turn.phrase("deleted"))
    show_start(turn)


def _press_step(turn: Turn, prompt: Prompt, option: str) -> None:
    key, number = str(prompt.data["key"]), int(prompt.data["number"])
    if option == "something_wrong":
        emergency.danger_signs_again(turn)
        return
    if option == "stop" or (option == "next" and prompt.data["last"]):
        turn.say(turn.phrase("howto_stopped" if option == "stop" else "howto_done"))
        turn.update_check(said=turn.check.said | {key})
        go_on(turn)
        return
    step = number + 1 if option == "next" else max(number - 1, 0)
    turn.update_check(steps={**turn.check.steps, key: step})
    # The gate is looked at again at every step: its facts may have gone stale.
    go_on(turn)


def _answer(turn: Turn, prompt: Prompt, option: str) -> None:
    if option == "back":
        back(turn)
        return
    if prompt.data.get("kind") == "checklist":
        press_list(turn, prompt.question, option)
        return
    question = find_question(turn, prompt.question)
    if question is not None and answer_option(turn, question, option, bands=bool(prompt.data.get("bands"))):
        go_on(turn)
        return
    where_we_were(turn)
