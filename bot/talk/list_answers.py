"""Answers to a checklist: yes, none, not sure, a tick, done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.facts.level import Level
from bot.facts.value import Value
from bot.script.model import Checklist, Item
from bot.talk import checklist as lists
from bot.talk import position
from bot.talk.again import still_asked
from bot.talk.asked import find_checklist
from bot.talk.asking import list_buttons, show_checklist, show_lines_after
from bot.talk.effects import Mark
from bot.talk.flow import go_on, where_we_were
from bot.talk.giving import give
from bot.talk.outcome import settle_named, show_emergency
from bot.talk.session import Flag, ListState, Prompt, tell
from bot.talk.turn import Turn
from bot.triage.assess import assess
from bot.triage.knowledge import Knowledge


def press_list(turn: Turn, key: str, option: str) -> None:
    """Take a button of a checklist."""
    checklist = find_checklist(turn, key)
    if checklist is None:
        where_we_were(turn)
        return
    state = turn.check.lists.get(key, ListState())
    lines = _shown(turn, key)
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
                _show_stage(turn, checklist)
        case "none":
            _give_list(turn, checklist, lines, lists.none_marked(lines))
        case "not_sure" if checklist.pick:
            _give_list(turn, checklist, lines, lists.all_unsure(lines))
        case "not_sure":
            if checklist.simple_check is not None and not state.checked:
                _set_list(turn, key, ListState(lists.MAIN, {}, True, state.deferred))
                again = turn.phrase("check_again")
                _show_stage(turn, checklist, before=f"{turn.voice.say(checklist.simple_check)}\n\n{again}")
            else:
                _set_list(turn, key, ListState(lists.UNSURE, {}, state.checked, state.deferred))
                _show_stage(turn, checklist)
        case "list_back":
            _set_list(turn, key, ListState(lists.MAIN, {}, state.checked, state.deferred))
            _show_stage(turn, checklist)
        case _:
            _done(turn, checklist, key)


def _show_stage(turn: Turn, checklist: Checklist, *, before: str | None = None) -> None:
    """Show the list at its new stage, unless after a pause something else comes first."""
    if still_asked(turn, position.question_key(checklist.dialog, checklist.id)):
        show_checklist(turn, checklist, before=before)
    else:
        go_on(turn)


def name_lines(turn: Turn, prompt: Prompt, lines: Sequence[str]) -> None:
    """Take typed numbers as "yes, these": the level of the list counts as well as what each line says."""
    checklist = find_checklist(turn, prompt.question)
    if checklist is None:
        where_we_were(turn)
        return
    if checklist.level is not None:
        flag = Flag(checklist.level, checklist.action, sure=True, at=turn.now)
        turn.raise_flag(lists.floor_flag(checklist), flag)
    state = turn.check.lists.get(prompt.question, ListState())
    _set_list(turn, prompt.question, replace(state, stage=lists.WHICH))
    _give_list(turn, checklist, _shown(turn, prompt.question), dict.fromkeys(lines, Mark.YES))


def _after_floor(turn: Turn, key: str) -> None:
    """The level of the list is told first; naming the sign comes after it and can only raise it further."""
    checklist = find_checklist(turn, key)
    go_on(turn)
    if checklist is None or turn.session.check is None or not turn.check.ended:
        return
    show_lines_after(turn, checklist, checklist.items, turn.phrase("which_after_emergency"))


def _set_list(turn: Turn, key: str, state: ListState) -> None:
    stamped = replace(state, meaning=turn.script.meanings[key])
    turn.update_check(lists={**turn.check.lists, key: stamped})


def _toggle(turn: Turn, key: str, item: str) -> None:
    """Mark a line in place; what it tells is judged at once, so that an EMERGENCY never waits for "Done"."""
    checklist = find_checklist(turn, key)
    lines = _shown(turn, key)
    if checklist is None:
        where_we_were(turn)
        return
    state = turn.check.lists.get(key, ListState(lists.WHICH))
    if checklist.pick:
        state = replace(state, stage=lists.WHICH)
    state = lists.toggled(state, item)
    _set_list(turn, key, state)
    ticked = tuple(line for line in lines if state.marks.get(line.id) is Mark.YES)
    if state.marks.get(item) is Mark.YES and not turn.check.ended and _are_emergency(turn, checklist, ticked):
        # Of the other lines nothing was said yet: they stay open.
        _give_list(turn, checklist, ticked, dict.fromkeys((line.id for line in ticked), Mark.YES))
        return
    if any(one.question == key and one.data.get("changed") for one in turn.session.prompts):
        # The script was edited since it was shown: the message has other lines than there are now.
        _show_stage(turn, checklist)
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


def _shown(turn: Turn, key: str) -> tuple[Item, ...]:
    """The lines of the checklist that is on the parent's screen, as far as they still mean the same."""
    checklist = find_checklist(turn, key)
    prompt = next((one for one in turn.session.prompts if one.question == key), None)
    if checklist is None or prompt is None:
        return ()
    gone = prompt.data.get("gone", ())
    return tuple(line for line in checklist.items if line.id in prompt.data["lines"] and line.id not in gone)


def _are_emergency(turn: Turn, checklist: Checklist, ticked: tuple[Item, ...]) -> bool:
    """Whether these lines, with all that is known, are an EMERGENCY."""
    told, _ = _tell(turn, checklist, ticked, dict.fromkeys((line.id for line in ticked), Mark.YES))
    known = tell(turn.session.told, told, turn.now)
    knowledge = Knowledge(turn.script.vocabulary, known, now=turn.now, today=turn.now.date())
    return assess(turn.script.book, knowledge).level is Level.EMERGENCY


def _tell(
    turn: Turn, checklist: Checklist, lines: tuple[Item, ...], marks: Mapping[str, Mark]
) -> tuple[dict[str, Value], tuple[str, ...]]:
    """What the marked lines tell, and the lines left to other questions."""
    if checklist.pick:
        return lists.picked(lines, marks), ()
    knowledge = turn.moment.knowledge
    known = {name: value for name in knowledge.told if (value := knowledge.answered(name)) is not None}
    return lists.answers(turn.script.vocabulary, lines, marks, known)


def _done(turn: Turn, checklist: Checklist, key: str) -> None:
    lines = _shown(turn, key)
    marks = dict(turn.check.lists.get(key, ListState()).marks)
    if not any(mark is not Mark.NONE for mark in marks.values()):
        if turn.check.ended:
            show_emergency(turn)
            return
        # "Yes" or "not sure" without a name: every line may be the one.
        marks = lists.all_unsure(lines)
    _give_list(turn, checklist, lines, marks)


def take_ticks(turn: Turn) -> None:
    """Take the signs that were ticked when the parent leaves without "Done": they were told, the others were not."""
    prompt = turn.session.prompt
    if prompt is None or prompt.data.get("kind") != "checklist" or turn.session.check is None or turn.check.ended:
        return
    checklist = find_checklist(turn, prompt.question)
    marks = turn.check.lists.get(prompt.question, ListState()).marks
    ticked = tuple(line for line in _shown(turn, prompt.question) if marks.get(line.id) is Mark.YES)
    if checklist is None or not ticked:
        return
    told, _ = _tell(turn, checklist, ticked, dict.fromkeys((line.id for line in ticked), Mark.YES))
    turn.keep_answers(prompt.question, told)
    turn.settle_flags()


def read_back(turn: Turn, lines: tuple[Item, ...]) -> str:
    """The lines in a few words; private signs never stand in a read-back, which others may see (Always 10)."""
    facts = turn.script.vocabulary.facts
    return "; ".join(turn.voice.say(line.text) for line in lines if not any(facts[fact].private for fact in line.sets))


def _give_list(turn: Turn, checklist: Checklist, lines: tuple[Item, ...], marks: Mapping[str, Mark]) -> None:
    """Store what was said of these lines, and go on."""
    key = position.question_key(checklist.dialog, checklist.id)
    told, deferred = _tell(turn, checklist, lines, marks)
    state = turn.check.lists.get(key, ListState())
    floor = state.stage == lists.WHICH and not checklist.pick
    label = read_back(turn, tuple(line for line in lines if marks.get(line.id) is Mark.YES))
    if checklist.pick and not label:
        label = turn.script.button("not_sure")
    _set_list(turn, key, ListState(lists.MAIN, {}, False, (*state.deferred, *deferred)))
    give(turn, key, label, told, floor=floor)
    if turn.check.ended:
        turn.settle_flags()
        settle_named(turn)
        show_emergency(turn)
    else:
        go_on(turn)
