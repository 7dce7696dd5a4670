"""One cell of the matrix: an edit, a place, what the parent does first after it; and what must hold of that turn."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from edit_kinds import Edit, engine_for
from edit_places import Spot

from bot.authoring.chat import Chat
from bot.authoring.claims import CLAIMS
from bot.authoring.persona import Persona
from bot.authoring.taken import Taken
from bot.facts.level import Level
from bot.talk.effects import Ask, CheckEnded, Effect, Escalate, Redraw, Say
from bot.talk.engine import Engine
from bot.talk.events import Command, Due, Event, Media, Pressed, Sent, Typed
from bot.talk.renaming import names_for, renamed_event, renamed_session
from bot.talk.session import Pending
from bot.talk.session_json import dump, load

MOST_ANSWERS = 60
REASSURING = ("reassure", "no_danger_sign", "routine")
RESTARTING = ("given_", "check_danger", "something_wrong", "start_again")
"""Buttons by which a parent takes answers back: to change one, or to go through the danger signs again."""


@dataclass(frozen=True)
class Cell:
    """What is tried."""

    edit: Edit
    spot: Spot
    event: Event

    def __str__(self) -> str:
        return f"{self.edit.name}, at [{self.spot.name}], then {self.event!r}"


def events(spot: Spot) -> tuple[Event, ...]:
    """What a parent may do first: press, type, send, command, press an old button, tell of danger; or nothing."""
    session = spot.session
    prompt = session.prompt
    assert prompt is not None
    shown = list(prompt.options)
    pressed = tuple(Pressed(session.turn, prompt.question, option) for option in dict.fromkeys((shown[0], shown[-1])))
    middle = Pressed(session.turn, prompt.question, shown[len(shown) // 2])
    older = next(((turn, key) for turn, key in reversed(list(spot.buttons)) if turn < session.turn), None)
    old = () if older is None else (Pressed(*older, spot.buttons[older][0].option),)
    return (
        *pressed,
        middle,
        Typed("36.8"),
        Typed("no"),
        Typed("1"),
        Sent(Media.PHOTO),
        Command("back"),
        Command("menu"),
        Command("start"),
        Command("history"),
        *old,
        Typed("he is not breathing"),
        Due("reached"),
    )


def take(engine: Engine, cell: Cell) -> tuple[Taken, Chat]:
    """Do the first turn with the edited script."""
    edited = engine_for(engine, cell.edit.script)
    chat = cell.spot.chat(edited)
    before = load(json.loads(json.dumps(dump(cell.spot.session))))
    after, effects = edited.step(before, cell.event, chat.now, chat.around)
    chat.session = after
    for effect in effects:
        if isinstance(effect, Ask | Escalate | Redraw) and effect.buttons:
            chat.buttons[(effect.turn, effect.question)] = effect.buttons
    if isinstance(cell.event, Due):
        return Taken(edited, before, cell.event, after, effects, chat.now), chat
    # What was renamed or moved is compared by its present name.
    names = names_for(before, edited.script)
    was, event = renamed_session(names, before), renamed_event(names, cell.event)
    return Taken(edited, was, event, after, effects, chat.now), chat


def judge(engine: Engine, cell: Cell, taken: Taken) -> Iterator[str]:
    """In which ways a turn does not hold what R20 asks for; `engine` talks by the script before the edit."""
    yield from (what for claim in CLAIMS for what in claim(taken))
    if not isinstance(cell.event, Due):
        yield from _one_reply(taken.effects)
    if load(json.loads(json.dumps(dump(taken.after)))) != taken.after:
        yield "the session is another one once it was saved"
    yield from _flags_stay(taken, _taken_back(engine, cell))
    yield from _answers_stay(cell, taken)
    if not cell.edit.wording and (said := reassurance(taken.engine, taken.effects, taken)):
        yield f"reassured by an edit: {said[:60]!r}"


def _one_reply(effects: tuple[Effect, ...]) -> Iterator[str]:
    """One question at most, and nothing after it: what waits for the parent is the last message.

    An EMERGENCY waits by its own buttons; what to do meanwhile and one list of signs may follow it. Where a list or a
    page changes in place, that is all.
    """
    shown = [one for one in effects if isinstance(one, Say | Ask | Escalate | Redraw)]
    asked = [one for one in shown if isinstance(one, Ask)]
    waits = [one for one in shown if isinstance(one, Escalate) and one.buttons]
    redrawn = [one for one in shown if isinstance(one, Redraw)]
    if not shown:
        yield "nothing is shown"
    elif redrawn:
        if shown != redrawn[:1]:
            yield "something is shown besides what changes in place"
    elif len(asked) > 1 or len(waits) > 1 or not (asked or waits):
        yield f"{len(asked)} questions and {len(waits)} emergencies are shown"
    elif asked and shown[-1] is not asked[0]:
        yield "something follows the question"


def _taken_back(engine: Engine, cell: Cell) -> frozenset[str]:
    """The flags that the parent takes back by this very event ("It is not happening"), edited or not."""
    if not _takes_back(cell.event) or cell.spot.session.check is None:
        return frozenset()
    chat = cell.spot.chat(engine)
    after, _ = engine.step(cell.spot.session, cell.event, chat.now, chat.around)
    kept = {} if after.check is None else after.check.flags
    return frozenset(cell.spot.session.check.flags.keys() - kept.keys())


def _flags_stay(taken: Taken, taken_back: frozenset[str]) -> Iterator[str]:
    """Flags are a superset of those before, at least as high; after the check the serious ones stay with the child."""
    before, after = taken.before.check, taken.after.check
    if before is None:
        return
    for name, flag in before.flags.items():
        if name in taken_back:
            continue
        if taken.same_check and after is not None:
            if name not in after.flags or after.flags[name].level < flag.level:
                yield f"{name} is no longer raised at {flag.level.name}"
        elif before.kept and flag.level >= Level.URGENT:
            kept = taken.after.recent.get("private" if flag.private else name)
            if kept is None or kept.level < flag.level:
                yield f"{name} did not stay with the child"


def _answers_stay(cell: Cell, taken: Taken) -> Iterator[str]:
    """Every answer whose meaning is the same is still there, unless the parent took it back or left the check."""
    event = taken.event
    if not taken.same_check or (isinstance(event, Command) and event.name == "back") or _takes_back(event):
        return
    if isinstance(event, Pressed) and event.option.startswith(RESTARTING):
        return
    gone = {one for one in taken.before.told if one not in taken.engine.script.vocabulary.facts}
    for fact, told in taken.before.told.items():
        if fact not in cell.edit.may_ask_again | gone and fact not in taken.after.told:
            yield f"the answer about {fact} is gone ({told.value})"


def _takes_back(event: Event) -> bool:
    return isinstance(event, Pressed) and event.option in ("back", "step_back", "list_back", "not_happening")


def reassurance(engine: Engine, effects: tuple[Effect, ...], taken: Taken) -> str | None:
    """A text among these that says that there is time, or that nothing was found."""
    script = engine.script
    calm = [script.outcomes.levels[name].text.strip().splitlines()[0] for name in REASSURING]
    dialogs = script.dialogs.values()
    calm += [one.text.strip().splitlines()[0] for dialog in dialogs if (one := dialog.instead_of_reassure) is not None]
    calm = [text.replace("{baby}", "your baby") for text in calm]
    if any(isinstance(one, CheckEnded) and one.cut_short for one in effects):
        return None
    return next((text for text in taken.texts if text.startswith(tuple(calm))), None)


def play_on(cell: Cell, chat: Chat) -> Iterator[str]:
    """Let the parent answer to the end: nothing reassuring is said before the answers were read back."""
    script = cell.edit.script
    persona = Persona(script, cell.spot.parent, chat.now.date())
    # A check that was begun after the edit has nothing to read back.
    number = None if cell.spot.session.check is None else cell.spot.session.check.number
    confirmed = False
    for _ in range(MOST_ANSWERS):
        check = chat.session.check
        if check is None or check.ended or check.number != number:
            return
        prompt = chat.session.prompt
        assert prompt is not None
        if prompt.pending is Pending.REVIEW:
            confirmed = True
            chat.presses("that_is_right")
        elif prompt.pending in (Pending.RESUME, Pending.CARD, Pending.HISTORY, Pending.CHANGE, Pending.EPISODE):
            if "continue" not in prompt.options:
                return
            chat.presses("continue")
        elif prompt.pending in (Pending.STALE_DANGER, Pending.WORD, Pending.DELETE, Pending.CLOSED):
            return
        else:
            persona.answer(chat)
        line = chat.lines[-1]
        assert line.event is not None
        taken = Taken(chat.engine, chat.session, line.event, line.after, line.effects, line.at)
        if not confirmed and (said := reassurance(chat.engine, line.effects, taken)):
            yield f"reassured before the answers were read back: {said[:60]!r}"
            return
    yield "the chat does not end"
