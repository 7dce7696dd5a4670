"""Back, and changing an answer: a question is asked again, and only then may a level fall."""

from __future__ import annotations

from collections.abc import Mapping

from bot.talk.asked import find_checklist, find_question
from bot.talk.asking import show_checklist, show_question
from bot.talk.effects import Button
from bot.talk.flow import go_on
from bot.talk.outcome import floors
from bot.talk.session import Pending
from bot.talk.turn import Turn
from bot.triage.knowledge import Told

FLOOR = "floor_"
"""Prefix of the buttons that stand for a checklist answered by "yes" alone."""


def back(turn: Turn) -> bool:
    """Ask the last answered question again; False when there is none."""
    found = correctable(turn)
    if not found:
        return False
    ask_again(turn, found[-1])
    return True


def correctable(turn: Turn) -> list[int]:
    """The answers of this check that can be asked again: not what emergency words told, nor a question that is gone."""
    if turn.session.check is None:
        return []
    return [
        index
        for index, one in enumerate(turn.check.given)
        if find_question(turn, one.question) is not None or find_checklist(turn, one.question) is not None
    ]


def ask_again(turn: Turn, index: int) -> None:
    """Ask an answered question again. Its flags stay until it is answered anew (Always 4)."""
    given = turn.check.given[index]
    taken = {name: one for name, one in turn.session.told.items() if name in given.facts}
    take_back(turn, index)
    _ask_again(turn, given.question, taken)


def _ask_again(turn: Turn, key: str, taken: Mapping[str, Told]) -> None:
    """Show a question whose answer was taken back; until it is answered, an EMERGENCY does not end the questions."""
    check = turn.check
    lists = {name: state for name, state in check.lists.items() if name != key}
    replaced = {**check.replaced, key: {**check.replaced.get(key, {}), **taken}}
    turn.update(tries=0)
    turn.update_check(lists=lists, asked_again=key, replaced=replaced, steps={}, ended=False)
    question, checklist = find_question(turn, key), find_checklist(turn, key)
    if question is not None:
        show_question(turn, question)
    elif checklist is not None:
        show_checklist(turn, checklist)


def take_back(turn: Turn, index: int) -> None:
    """Take an answer out of the history, and restore what was known before it, such as a band that it had narrowed."""
    given = turn.check.given[index]
    kept = (*turn.check.given[:index], *turn.check.given[index + 1 :])
    turn.update_check(given=kept)
    told = {name: one for name, one in turn.session.told.items() if name not in given.facts}
    turn.update(told={**told, **given.before})


def show_choices(turn: Turn) -> None:
    """List the answers of this check, to pick the one to change."""
    buttons = [Button(f"given_{index}", _label(turn, index)) for index in correctable(turn)]
    answered = {one.question for one in turn.check.given}
    for key in floors(turn):
        checklist = find_checklist(turn, key)
        if checklist is not None and key not in answered:
            buttons.append(Button(f"{FLOOR}{key}", turn.voice.say(checklist.ask).splitlines()[0][:60]))
    given = [one.question for one in turn.check.given]
    buttons.append(turn.button("continue"))
    turn.ask(Pending.CHANGE, "change", turn.phrase("change_which"), buttons, given=given)


def list_again(turn: Turn, key: str) -> None:
    """Ask a checklist again that was answered by "yes" alone."""
    checklist = find_checklist(turn, key)
    if checklist is None:
        go_on(turn)
        return
    _ask_again(turn, key, {})


def _label(turn: Turn, index: int) -> str:
    given = turn.check.given[index]
    question, checklist = find_question(turn, given.question), find_checklist(turn, given.question)
    if checklist is not None:
        return turn.voice.say(checklist.ask).splitlines()[0][:60]
    if question is None:
        return given.question
    title = question.short or turn.script.dialogs[question.dialog].title
    facts = turn.script.vocabulary.facts
    if any(facts[fact].private for fact in question.facts if fact in facts):
        # A private answer never stands in a read-back, which others may see (Always 10).
        return title
    return f"{title}: {given.label}"[:60]
