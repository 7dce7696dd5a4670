"""Back, and changing an answer: a question is asked again, and only then may a level fall."""

from __future__ import annotations

from bot.talk.asked import find_checklist, find_question
from bot.talk.asking import show_checklist, show_question
from bot.talk.effects import Button
from bot.talk.flow import go_on
from bot.talk.outcome import floors
from bot.talk.session import Check, Pending
from bot.talk.turn import Turn

FLOOR = "floor_"
"""Prefix of the buttons that stand for a checklist answered by "yes" alone."""


def back(turn: Turn) -> bool:
    """Ask the last answered question again; False when there is none."""
    if turn.session.check is None or not turn.check.given:
        return False
    ask_again(turn, len(turn.check.given) - 1)
    return True


def ask_again(turn: Turn, index: int) -> None:
    """Ask an answered question again. Its flags stay until it is answered anew (Always 4)."""
    given = turn.check.given[index]
    lists = {key: state for key, state in turn.check.lists.items() if key != given.question}
    replaced = {name: one for name, one in turn.session.told.items() if name in given.facts}
    take_back(turn, index)
    turn.update_check(lists=lists, asked_again=given.question, replaced=replaced, steps={})
    question, checklist = find_question(turn, given.question), find_checklist(turn, given.question)
    if question is not None:
        show_question(turn, question)
    elif checklist is not None:
        show_checklist(turn, checklist)
    else:
        turn.update_check(asked_again=None)
        go_on(turn)


def take_back(turn: Turn, index: int) -> None:
    """Take an answer out of the history, and restore what was known before it, such as a band that it had narrowed."""
    given = turn.check.given[index]
    kept = (*turn.check.given[:index], *turn.check.given[index + 1 :])
    turn.update_check(given=kept)
    told = {name: one for name, one in turn.session.told.items() if name not in given.facts}
    turn.update(told={**told, **given.before})


def show_choices(turn: Turn) -> None:
    """List the answers of this check, to pick the one to change."""
    buttons = [Button(f"given_{index}", _label(turn, turn.check, index)) for index in range(len(turn.check.given))]
    answered = {one.question for one in turn.check.given}
    for key in floors(turn):
        checklist = find_checklist(turn, key)
        if checklist is not None and key not in answered:
            buttons.append(Button(f"{FLOOR}{key}", turn.voice.say(checklist.ask).splitlines()[0][:60]))
    turn.ask(Pending.CHANGE, "change", turn.phrase("change_which"), [*buttons, turn.button("continue")])


def list_again(turn: Turn, key: str) -> None:
    """Ask a checklist again that was answered by "yes" alone."""
    checklist = find_checklist(turn, key)
    if checklist is None:
        go_on(turn)
        return
    lists = {name: state for name, state in turn.check.lists.items() if name != key}
    turn.update_check(lists=lists, asked_again=key, steps={})
    show_checklist(turn, checklist)


def _label(turn: Turn, check: Check, index: int) -> str:
    given = check.given[index]
    question, checklist = find_question(turn, given.question), find_checklist(turn, given.question)
    if question is not None:
        return f"{question.short or question.id.replace('_', ' ')}: {given.label}"[:60]
    if checklist is not None:
        return turn.voice.say(checklist.ask).splitlines()[0][:60]
    return given.label[:60] or given.question
