"""The diary in the chat: a list that is paged in place, one event whole, corrected, deleted.

The level of an event is the advice of that time and never changes here. Nothing private stands in it (Always 10).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.facts.level import Level
from bot.talk.around import Entry
from bot.talk.asked import find_question
from bot.talk.correct_entry import changeable, is_graver, with_answer
from bot.talk.effects import Button, EpisodeChanged, EpisodeDeleted
from bot.talk.flow import where_we_were
from bot.talk.session import Pending, Prompt
from bot.talk.start import start_danger_check
from bot.talk.turn import Turn
from bot.talk.wording import print_moment

PER_PAGE = 5
EARLIER_DAYS = 7
"""An event can be moved to one of so many days before the one on which it stands."""

LIST, ENTRY, PART, ANSWER, DAY = "history", "episode", "episode_part", "episode_answer", "episode_day"

_LEVELS = {
    Level.EMERGENCY: "seen_level_emergency",
    Level.URGENT: "seen_level_urgent",
    Level.SOON: "history_level_soon",
    Level.ROUTINE: "history_level_routine",
    Level.REASSURE: "history_level_reassure",
}


def show_history(turn: Turn, *, before: str | None = None, offset: int = 0, without: int | None = None) -> None:
    """Show a page of the diary, newest first; `without` is an event that was deleted in this very turn."""
    total = turn.around.diary.count() - (without is not None)
    if total <= 0:
        turn.say("\n\n".join(part for part in (before, turn.phrase("history_empty")) if part))
        where_we_were(turn)
        return
    text, buttons, offset = _page(turn, offset, total, without)
    shown = text if before is None else f"{before}\n\n{text}"
    turn.ask(Pending.HISTORY, LIST, shown, buttons, offset=offset)


def press_history(turn: Turn, prompt: Prompt, option: str) -> None:
    """Take a button of the list; its pages replace one another in place."""
    if option in ("newer", "older"):
        step = PER_PAGE if option == "older" else -PER_PAGE
        text, buttons, offset = _page(turn, int(prompt.data["offset"]) + step, turn.around.diary.count(), None)
        new = Prompt(prompt.pending, prompt.question, {one.option: one.text for one in buttons}, {"offset": offset})
        turn.update(prompts=tuple(new if one.question == LIST else one for one in turn.session.prompts))
        turn.redraw(LIST, buttons, text)
    elif option.startswith("entry_"):
        entry = turn.around.diary.get(int(option.removeprefix("entry_")))
        if entry is None:
            show_history(turn)
        else:
            show_entry(turn, entry, offset=int(prompt.data["offset"]))
    else:
        where_we_were(turn)


def show_entry(turn: Turn, entry: Entry, *, before: str | None = None, danger: bool = False, offset: int = 0) -> None:
    """Show one event whole."""
    parts = [] if before is None else [before]
    parts.append(turn.phrase("history_entry", when=print_moment(entry.at), level=_level(turn, entry)))
    if entry.lines:
        parts.append("\n".join(entry.lines))
    parts.extend(_reasons(turn, entry))
    parts.append(turn.phrase("history_then"))
    buttons = [turn.button("check_danger_signs", danger=True)] if danger else []
    buttons += [turn.button("change_entry"), turn.button("delete_entry"), turn.button("to_list")]
    if not danger:
        buttons.append(turn.button("check_danger_signs"))
    turn.ask(Pending.EPISODE, ENTRY, "\n\n".join(parts), [*buttons, _on(turn)], entry=entry.id, offset=offset)


def press_entry(turn: Turn, prompt: Prompt, option: str) -> None:
    """Take a button of one event: change it, delete it, or go back."""
    entry = turn.around.diary.get(int(prompt.data["entry"]))
    if option == "check_danger_signs":
        start_danger_check(turn, None)
    elif option in ("to_menu", "continue"):
        where_we_were(turn)
    elif entry is None or option == "to_list":
        show_history(turn, offset=int(prompt.data.get("offset", 0)))
    elif option == "change_entry":
        _ask_part(turn, entry)
    elif option == "delete_entry":
        _ask_delete(turn, entry)
    elif option == "delete_now":
        turn.effects.append(EpisodeDeleted(entry.id))
        show_history(turn, before=turn.phrase("entry_deleted"), without=entry.id)
    elif option == "when":
        _ask_day(turn, entry)
    elif option.startswith("part_"):
        _ask_answer(turn, entry, option.removeprefix("part_"))
    elif option.startswith("day_"):
        _take_day(turn, entry, int(option.removeprefix("day_")))
    elif prompt.question == ANSWER and option.startswith("to_"):
        _take_answer(turn, entry, str(prompt.data["about"]), option.removeprefix("to_"))
    else:
        show_entry(turn, entry)


def _page(turn: Turn, offset: int, total: int, without: int | None) -> tuple[str, list[Button], int]:
    offset = max(0, min(offset, (total - 1) // PER_PAGE * PER_PAGE))
    found = [one for one in turn.around.diary.page(offset=offset, limit=PER_PAGE + 1) if one.id != without]
    shown = found[:PER_PAGE]
    lines = [f"{number}. {print_moment(one.at)}: {_level(turn, one)}" for number, one in enumerate(shown, offset + 1)]
    title = turn.phrase("history_title", first=str(offset + 1), last=str(offset + len(shown)), total=str(total))
    buttons = [
        Button(f"entry_{one.id}", f"{number}. {print_moment(one.at)}") for number, one in enumerate(shown, offset + 1)
    ]
    if offset > 0:
        buttons.append(turn.button("newer"))
    if offset + len(shown) < total:
        buttons.append(turn.button("older"))
    return "\n\n".join([title, "\n".join(lines)]), [*buttons, _on(turn)], offset


def _on(turn: Turn) -> Button:
    """The button that leaves the diary."""
    running = turn.session.check is not None and not turn.check.ended
    return turn.button("continue") if running else turn.button("to_menu")


def _level(turn: Turn, entry: Entry) -> str:
    """The advice of that time; where only a private reason made it, nothing of it stands here (Always 10)."""
    if entry.level is None or (entry.level >= Level.URGENT and not entry.reasons):
        return turn.phrase("history_level_none")
    return turn.phrase(_LEVELS[entry.level])


def _reasons(turn: Turn, entry: Entry) -> Iterator[str]:
    book = turn.script.book.rules
    seen: set[str] = set()
    for rule in entry.reasons:
        if rule not in book or book[rule].private or "{temperature_c}" in book[rule].because:
            continue
        because = turn.phrase("reason_first", because=turn.voice.say(book[rule].because))
        if because not in seen and len(seen) < 2:
            seen.add(because)
            yield because


def _ask_delete(turn: Turn, entry: Entry) -> None:
    text = turn.phrase("entry_delete_ask", when=print_moment(entry.at))
    buttons = [turn.button("delete_entry", option="delete_now"), turn.button("keep_entry", option="keep")]
    turn.ask(Pending.EPISODE, ENTRY, text, buttons, entry=entry.id)


def _ask_part(turn: Turn, entry: Entry) -> None:
    buttons = [Button("when", turn.phrase("entry_when", when=print_moment(entry.at)))]
    buttons += [Button(f"part_{question}", label) for question, label in changeable(turn, entry)]
    turn.ask(
        Pending.EPISODE,
        PART,
        turn.phrase("change_which"),
        [*buttons, turn.button("back", option="to_entry")],
        entry=entry.id,
    )


def _ask_day(turn: Turn, entry: Entry) -> None:
    days = [entry.at - timedelta(days=back) for back in range(EARLIER_DAYS + 1)]
    buttons = [Button(f"day_{back}", f"{day:%a} {day.day} {day:%b}") for back, day in enumerate(days)]
    turn.ask(
        Pending.EPISODE,
        DAY,
        turn.phrase("entry_which_day"),
        [*buttons, turn.button("back", option="to_entry")],
        entry=entry.id,
    )


def _take_day(turn: Turn, entry: Entry, back: int) -> None:
    at = entry.at - timedelta(days=back)
    _keep(turn, entry, replace(entry, at=at))


def _ask_answer(turn: Turn, entry: Entry, key: str) -> None:
    question = find_question(turn, key)
    if question is None:
        _ask_part(turn, entry)
        return
    buttons = [Button(f"to_{one.id}", one.text) for one in question.options if one.sets and one.then is None]
    buttons.append(turn.button("not_sure", option="to_not_sure"))
    turn.ask(
        Pending.EPISODE,
        ANSWER,
        turn.voice.say(question.ask),
        [*buttons, turn.button("back", option="entry_as_it_is")],
        entry=entry.id,
        about=key,
        meaning=turn.script.meanings[key],
    )


def _take_answer(turn: Turn, entry: Entry, key: str, option: str) -> None:
    question = find_question(turn, key)
    changed = None if question is None else with_answer(turn, entry, question, option)
    if changed is None:
        show_entry(turn, entry)
        return
    _keep(turn, entry, changed)


def _keep(turn: Turn, before: Entry, entry: Entry) -> None:
    """Store the corrected event; where its answers would be graver advice now, the danger signs come first."""
    turn.effects.append(EpisodeChanged(entry.id, entry.at, entry.answers, entry.lines, entry.questions))
    graver = is_graver(turn, before, entry)
    show_entry(turn, entry, before=turn.phrase("entry_graver" if graver else "entry_changed"), danger=graver)
