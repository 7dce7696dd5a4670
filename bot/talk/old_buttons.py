"""Buttons of older messages: never an answer, but a dangerous one is asked about."""

from __future__ import annotations

from bot.facts.level import Level
from bot.talk.again import repeat, where_we_were
from bot.talk.asked import find_checklist, find_question
from bot.talk.events import Pressed
from bot.talk.flow import go_on
from bot.talk.giving import answer_option
from bot.talk.list_answers import press_list
from bot.talk.session import Pending, Prompt
from bot.talk.turn import Turn


def press_old(turn: Turn, event: Pressed) -> None:
    """An old button is no answer; but an old dangerous one may be meant as a correction, so it is asked about."""
    danger = _danger_of(turn, event)
    if danger is not None:
        buttons = [turn.button("yes", danger=True), turn.button("no")]
        text = turn.phrase("stale_danger", answer=danger)
        turn.ask(Pending.STALE_DANGER, "stale", text, buttons, about=event.question, option=event.option)
        return
    repeat(turn, turn.phrase("stale_button"))


def _danger_of(turn: Turn, event: Pressed) -> str | None:
    """What an old button would say, when that by itself is URGENT or worse."""
    if turn.session.check is None or turn.check.ended:
        return None
    checklist = find_checklist(turn, event.question)
    if checklist is not None and event.option == "yes" and checklist.level is not None:
        return turn.voice.say(checklist.ask).splitlines()[0]
    question = find_question(turn, event.question)
    if question is None:
        return None
    option = next((one for one in question.options if one.id == event.option), None)
    if option is None:
        return None
    trial = Turn(turn.tools, turn.session, turn.now)
    before = trial.moment.level
    trial.keep_answers(event.question, dict(option.sets))
    after = trial.moment.level
    if after is not None and after >= Level.URGENT and (before is None or after > before):
        return option.text
    return None


def answer_old(turn: Turn, prompt: Prompt, option: str) -> None:
    """Take an old dangerous answer that was meant, and go on otherwise."""
    if option == "no" or turn.session.check is None:
        where_we_were(turn)
        return
    key, old = str(prompt.data["about"]), str(prompt.data["option"])
    question, checklist = find_question(turn, key), find_checklist(turn, key)
    if question is not None:
        answer_option(turn, question, old, bands=False)
        go_on(turn)
    elif checklist is not None:
        turn.update_check(asked_again=key)
        press_list(turn, key, "yes")
    else:
        where_we_were(turn)
