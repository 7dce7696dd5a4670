"""A question or a checklist is shown, at the stage that it has reached."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bot.facts.level import Level
from bot.script.model import Checklist, Item, Question
from bot.talk import checklist as lists
from bot.talk import position
from bot.talk.effects import Button, Mark
from bot.talk.remaining import remaining
from bot.talk.session import ListState, Pending
from bot.talk.summary import summary_lines
from bot.talk.turn import Turn


def progress(turn: Turn) -> tuple[int, int]:
    """The number of this question, and about how many there are."""
    number = len(turn.check.given) + 1
    return number, number + max(remaining(turn.moment, turn.check) - 1, 0)


def show_question(
    turn: Turn, question: Question, *, before: str | None = None, bands: bool = False, hint: bool = False
) -> None:
    """Ask a question; after three unclear answers in an easier form. A hint says how to answer it."""
    key = position.question_key(question.dialog, question.id)
    parts = [turn.voice.say(question.ask, summary="\n".join(summary_lines(turn)))]
    if before is not None:
        parts.insert(0, before)
    parts += _last_time(turn, key)
    if question.why is not None and before is None:
        parts.append(turn.voice.say(question.why))
    if question.hint is not None and hint:
        parts.append(turn.voice.say(question.hint))
    options = question.bands if bands and question.bands else question.options
    buttons = [Button(option.id, option.text) for option in options]
    label = question.not_sure or turn.script.button("not_sure")
    buttons.append(Button("not_sure", label))
    if turn.check.given:
        buttons.append(turn.button("back"))
    turn.ask(
        Pending.POSITION,
        key,
        "\n\n".join(parts),
        buttons,
        progress=progress(turn),
        private=_private(turn, question.facts),
        kind="question",
        meaning=turn.script.meanings[key],
        bands=bool(bands and question.bands),
    )


def show_checklist(turn: Turn, checklist: Checklist, *, before: str | None = None) -> None:
    """Ask a checklist at the stage that it has reached."""
    key = position.question_key(checklist.dialog, checklist.id)
    lines = list_lines(turn, checklist)
    state = turn.check.lists.get(key, ListState())
    parts = [] if before is None else [before]
    if checklist.pick:
        parts.append(turn.voice.say(checklist.ask))
    elif state.stage == lists.MAIN:
        parts.append(turn.voice.say(checklist.ask))
        parts.append("\n".join(f"{number}. {turn.voice.say(one.text)}" for number, one in enumerate(lines, 1)))
    elif state.stage == lists.WHICH:
        parts.append(turn.phrase("which"))
    else:
        parts.append(turn.phrase("which_not_sure"))
    parts += _last_time(turn, key)
    turn.ask(
        Pending.POSITION,
        key,
        "\n\n".join(parts),
        list_buttons(turn, checklist, lines, state),
        progress=progress(turn) if checklist.pick or state.stage == lists.MAIN else None,
        private=_private(turn, checklist.facts),
        kind="checklist",
        **_lines(turn, key, lines),
    )


def _lines(turn: Turn, key: str, lines: Iterable[Item]) -> dict[str, Any]:
    """Which lines are shown, and what they mean."""
    meanings = turn.script.meanings
    shown = [line.id for line in lines]
    return {"meaning": meanings[key], "lines": shown, "meanings": {name: meanings[f"{key}:{name}"] for name in shown}}


def _last_time(turn: Turn, key: str) -> list[str]:
    """What the parent said before the question was changed by an edit."""
    said = turn.check.hints.get(key)
    return [] if said is None else [turn.phrase("last_time", answer=said)]


def _private(turn: Turn, facts: Iterable[str]) -> bool:
    return any(turn.script.vocabulary.facts[name].private for name in facts)


def show_lines_after(turn: Turn, checklist: Checklist, lines: Sequence[Item], text: str) -> None:
    """Ask for signs after an emergency advice, each at a tap: nothing of it has to be answered."""
    key = position.question_key(checklist.dialog, checklist.id)
    buttons = list_buttons(turn, checklist, tuple(lines), turn.check.lists[key])
    turn.ask(
        Pending.POSITION,
        key,
        text,
        # Where there is nothing to go back to, the list has no "back".
        buttons[:-1],
        kind="checklist",
        **_lines(turn, key, lines),
    )


def list_lines(turn: Turn, checklist: Checklist) -> tuple[Item, ...]:
    """The lines to show: those that are open, or all that make sense when the list is gone through again."""
    return position.visible(turn.moment, turn.check, checklist)


def list_buttons(turn: Turn, checklist: Checklist, lines: tuple[Item, ...], state: ListState) -> list[Button]:
    """The buttons of a checklist at its stage; "none of these" is never the first."""
    if state.stage == lists.MAIN and not checklist.pick:
        danger = checklist.level is Level.EMERGENCY
        buttons = [
            Button("yes", turn.script.button("yes_one_of_these"), danger=danger),
            Button("none", checklist.none or turn.script.button("none_of_these")),
            turn.button("not_sure"),
        ]
        return [*buttons, turn.button("back")] if turn.check.given else buttons
    marks = {Mark.YES: turn.script.text("mark_yes"), Mark.NOT_SURE: turn.script.text("mark_not_sure")}
    toggles = []
    for line in lines:
        mark = state.marks.get(line.id, Mark.NONE)
        text = turn.voice.say(line.text)
        label = f"{marks[mark]} {text}" if mark in marks else text
        toggles.append(Button(f"item_{line.id}", label, mark))
    if checklist.pick:
        last = [turn.button("back")] if turn.check.given else []
        return [*toggles, turn.button("done"), turn.button("not_sure"), *last]
    return [*toggles, turn.button("done"), turn.button("back", option="list_back")]
