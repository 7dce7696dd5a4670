"""Buttons of older messages: never an answer, but a dangerous one is asked about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.facts.level import Level
from bot.facts.value import Value
from bot.talk import checklist as lists
from bot.talk.again import repeat
from bot.talk.asked import find_checklist, find_question
from bot.talk.effects import Mark
from bot.talk.events import Pressed
from bot.talk.flow import go_on, where_we_were
from bot.talk.giving import give
from bot.talk.list_answers import press_list
from bot.talk.session import Pending, Prompt
from bot.talk.turn import Turn


def press_old(turn: Turn, event: Pressed) -> None:
    """An old button is no answer; but an old dangerous one may be meant as a correction, so it is asked about."""
    told = _told_by(turn, event.question, event.option)
    if told is None or not _is_danger(turn, event.question, told):
        # Of a message that an edit of the script has made old in this very turn nothing is said: what changed is.
        repeat(turn, None if _was_waiting(turn, event) else turn.phrase("stale_button"))
        return
    facts = turn.script.vocabulary.facts
    private = any(facts[fact].private for fact in told.values)
    text = turn.phrase("word_heard_private") if private else turn.phrase("stale_danger", answer=told.label)
    buttons = [turn.button("yes", danger=True), turn.button("no")]
    meaning = turn.script.meanings.get(event.question)
    turn.ask(Pending.STALE_DANGER, "stale", text, buttons, about=event.question, option=event.option, meaning=meaning)


def _was_waiting(turn: Turn, event: Pressed) -> bool:
    """Whether the button belongs to a question that waited until the script was edited."""
    waited = any(one.question == event.question and event.option in one.options for one in turn.dropped)
    return waited and event.turn == turn.session.turn


def answer_old(turn: Turn, prompt: Prompt, option: str) -> None:
    """Take an old dangerous answer that was meant, and go on otherwise."""
    key, old = str(prompt.data["about"]), str(prompt.data["option"])
    told = _told_by(turn, key, old) if option == "yes" and turn.session.check is not None else None
    if told is None:
        where_we_were(turn)
    elif told.floor:
        turn.update_check(asked_again=key, replaced={**turn.check.replaced, key: {}})
        press_list(turn, key, "yes")
    else:
        give(turn, key, told.label, told.values)
        go_on(turn)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a button says: facts, or that one sign of a whole checklist is there (`floor`)."""

    label: str
    values: Mapping[str, Value]
    floor: bool = False


def _told_by(turn: Turn, key: str, option: str) -> _Told | None:
    """What a button of a question or a checklist says; None where that is nothing about the child."""
    question, checklist = find_question(turn, key), find_checklist(turn, key)
    if question is not None:
        for one in question.options:
            if one.id == option and one.sets:
                return _Told(one.text, one.sets)
    if checklist is not None and option == "yes" and checklist.level is not None:
        return _Told(turn.voice.say(checklist.ask).splitlines()[0], {}, floor=True)
    if checklist is not None and not checklist.pick:
        for line in checklist.items:
            if f"item_{line.id}" == option and line.then is None:
                told, _ = lists.answers(turn.script.vocabulary, [line], {line.id: Mark.YES}, {})
                return _Told(turn.voice.say(line.text), told)
    return None


def _is_danger(turn: Turn, key: str, told: _Told) -> bool:
    """Whether this by itself makes the level URGENT or worse, and worse than it is."""
    if turn.session.check is None or turn.check.ended:
        return False
    if told.floor:
        return True
    trial = Turn(turn.tools, turn.session, turn.now)
    before = trial.moment.level
    trial.keep_answers(key, told.values)
    after = trial.moment.level
    return after is not None and after >= Level.URGENT and (before is None or after > before)
