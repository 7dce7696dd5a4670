"""Answers to a checklist: yes, none, not sure, a tick, done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.facts.level import Level
from bot.facts.value import Many
from bot.talk import checklist as lists
from bot.talk.again import where_we_were
from bot.talk.asked import find_checklist
from bot.talk.asking import list_buttons, list_lines, show_checklist
from bot.talk.effects import Mark
from bot.talk.flow import go_on
from bot.talk.giving import give
from bot.talk.outcome import settle_named, show_emergency
from bot.talk.session import Flag, ListState, Pending, Prompt
from bot.talk.turn import Turn


def press_list(turn: Turn, key: str, option: str) -> None:
    """Take a button of a checklist."""
    checklist = find_checklist(turn, key)
    if checklist is None:
        where_we_were(turn)
        return
    state = turn.check.lists.get(key, ListState())
    lines = list_lines(turn, checklist)
    if option.startswith("item_"):
        _toggle(turn, key, option.removeprefix("item_"))
        return
    match option:
        case "yes":
            _set_list(turn, key, ListState(lists.WHICH, {}, state.checked, state.deferred))
            if checklist.level is not None:
                flag = Flag(checklist.level, checklist.action, sure=True, at=turn.now)
                turn.raise_flag(lists.floor_flag(checklist), flag)
                _after_floor(turn, key)
            else:
                show_checklist(turn, checklist)
        case "none":
            _give_list(turn, key, "", lists.none_marked(lines))
        case "not_sure" if checklist.pick:
            _give_list(turn, key, turn.script.button("not_sure"), lists.all_unsure(lines))
        case "not_sure":
            if checklist.simple_check is not None and not state.checked:
                _set_list(turn, key, ListState(lists.MAIN, {}, True, state.deferred))
                again = turn.phrase("check_again")
                show_checklist(turn, checklist, before=f"{turn.voice.say(checklist.simple_check)}\n\n{again}")
            else:
                _set_list(turn, key, ListState(lists.UNSURE, {}, state.checked, state.deferred))
                show_checklist(turn, checklist)
        case "list_back":
            _set_list(turn, key, ListState(lists.MAIN, {}, state.checked, state.deferred))
            show_checklist(turn, checklist)
        case _:
            _done(turn, key)


def name_lines(turn: Turn, prompt: Prompt, lines: Sequence[str]) -> None:
    """Take typed numbers as "yes, these": the level of the list counts as well as what each line says."""
    checklist = find_checklist(turn, prompt.question)
    if checklist is None:
        where_we_were(turn)
        return
    if checklist.level is not None:
        flag = Flag(checklist.level, checklist.action, sure=True, at=turn.now)
        turn.raise_flag(lists.floor_flag(checklist), flag)
    marks = dict.fromkeys(lines, Mark.YES)
    shown = tuple(line for line in checklist.items if line.id in prompt.data["lines"])
    _give_list(turn, prompt.question, _label(turn, shown, marks), marks)


def _after_floor(turn: Turn, key: str) -> None:
    """The level of the list is told first; naming the sign comes after it and can only raise it further."""
    checklist = find_checklist(turn, key)
    go_on(turn)
    if checklist is None or turn.session.check is None or not turn.check.ended:
        return
    lines = checklist.items
    state = turn.check.lists[key]
    turn.ask(
        Pending.POSITION,
        key,
        turn.phrase("which_after_emergency"),
        list_buttons(turn, checklist, lines, state)[:-1],
        kind="checklist",
        lines=[line.id for line in lines],
    )


def _set_list(turn: Turn, key: str, state: ListState) -> None:
    turn.update_check(lists={**turn.check.lists, key: state})


def _toggle(turn: Turn, key: str, item: str) -> None:
    """Mark a line in place; what it tells is judged at once, so that an EMERGENCY never waits for "Done"."""
    checklist = find_checklist(turn, key)
    prompt = next(one for one in turn.session.prompts if one.question == key)
    shown = [str(one) for one in prompt.data["lines"]]
    if checklist is None:
        where_we_were(turn)
        return
    lines = tuple(line for line in checklist.items if line.id in shown)
    state = turn.check.lists.get(key, ListState(lists.WHICH))
    if checklist.pick:
        state = replace(state, stage=lists.WHICH)
    state = lists.toggled(state, item)
    _set_list(turn, key, state)
    if state.marks.get(item) is Mark.YES and not turn.check.ended and _would_be_emergency(turn, lines, state):
        _give_list(turn, key, _label(turn, lines, state.marks), state.marks)
        return
    buttons = list_buttons(turn, checklist, lines, state)
    if turn.check.ended:
        buttons = buttons[:-1]
    prompts = tuple(
        Prompt(one.pending, one.question, {b.option: b.text for b in buttons}, one.data) if one.question == key else one
        for one in turn.session.prompts
    )
    turn.update(prompts=prompts)
    turn.redraw(key, buttons)


def _would_be_emergency(turn: Turn, lines: tuple[Any, ...], state: ListState) -> bool:
    ticked = {line: mark for line, mark in state.marks.items() if mark is Mark.YES}
    marked = tuple(line for line in lines if line.id in ticked)
    trial = Turn(turn.tools, turn.session, turn.now)
    if any(isinstance(value, Many) for line in marked for value in line.sets.values()):
        told = lists.picked(marked, ticked)
    else:
        told, _ = lists.answers(turn.script.vocabulary, marked, ticked, _known(turn))
    trial.keep_answers("trial", told)
    return trial.moment.level is Level.EMERGENCY


def _known(turn: Turn) -> dict[str, Any]:
    knowledge = turn.moment.knowledge
    return {name: value for name in knowledge.told if (value := knowledge.answered(name)) is not None}


def _done(turn: Turn, key: str) -> None:
    checklist = find_checklist(turn, key)
    if checklist is None:
        where_we_were(turn)
        return
    prompt = next((one for one in turn.session.prompts if one.question == key), None)
    shown = [str(one) for one in prompt.data["lines"]] if prompt is not None else []
    lines = tuple(line for line in checklist.items if line.id in shown)
    state = turn.check.lists.get(key, ListState())
    named = any(mark is not Mark.NONE for mark in state.marks.values())
    if not named and turn.check.ended:
        show_emergency(turn)
        return
    marks = dict(state.marks)
    if not named:
        # "Yes" or "not sure" without a name: every line may be the one.
        marks = lists.all_unsure(lines)
    _give_list(turn, key, _label(turn, lines, marks), marks)


def _label(turn: Turn, lines: tuple[Any, ...], marks: Mapping[str, Mark]) -> str:
    facts = turn.script.vocabulary.facts
    ticked = [line for line in lines if marks.get(line.id) is Mark.YES]
    # Private signs never stand in a read-back, which others may see (Always 10).
    return "; ".join(turn.voice.say(line.text) for line in ticked if not any(facts[fact].private for fact in line.sets))


def _give_list(turn: Turn, key: str, label: str, marks: Mapping[str, Mark]) -> None:
    checklist = find_checklist(turn, key)
    if checklist is None:
        where_we_were(turn)
        return
    prompt = next((one for one in turn.session.prompts if one.question == key), None)
    shown = None if prompt is None else {str(one) for one in prompt.data.get("lines", ())}
    lines = tuple(
        line
        for line in (checklist.items if turn.check.ended else list_lines(turn, checklist))
        if shown is None or line.id in shown
    )
    if checklist.pick:
        told = lists.picked(lines, marks)
        deferred: tuple[str, ...] = ()
    else:
        told, deferred = lists.answers(turn.script.vocabulary, lines, marks, _known(turn))
    state = turn.check.lists.get(key, ListState())
    _set_list(turn, key, ListState(lists.MAIN, {}, False, (*state.deferred, *deferred)))
    give(turn, key, label, told)
    if turn.check.ended:
        settle_named(turn)
        show_emergency(turn)
    else:
        go_on(turn)
