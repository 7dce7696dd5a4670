"""What lies behind a chat after a turn, for whoever edits the script: facts, flags, gates, position, wants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.script.script import Script
from bot.talk import position
from bot.talk.moment import Moment, needs_of
from bot.talk.session import Flag, Session
from bot.talk.wording import print_value

BEGIN = "--- explained ---"
END = "--- end ---"


def explained(script: Script, session: Session, now: datetime) -> list[str]:
    """The lines of the block after a turn."""
    return [BEGIN, *_lines(script, session, now), END]


def _lines(script: Script, session: Session, now: datetime) -> Iterator[str]:
    waits = "nothing" if session.prompt is None else f"{session.prompt.pending.value} ({session.prompt.question})"
    yield f"turn {session.turn}, waits for: {waits}"
    check = session.check
    if check is None or check.dialog not in script.dialogs:
        yield f"no check is running; stage {session.stage.value}"
        yield from _flags("flags of the last 24 hours", session.recent)
        return
    moment = Moment.of(script, session, check, now)
    kept = "" if check.kept else ", before consent: nothing of it is kept"
    yield f"check {check.number}: {check.dialog}, {'over' if check.ended else _position(moment, session)}{kept}"
    yield f"level so far: {'none' if moment.level is None else moment.level.name}"
    yield from _facts(script, moment, session)
    yield from _flags("flags", check.flags)
    for gate in sorted(needs_of(script, moment.dialog).gates):
        state = moment.gate_state(gate)
        reasons = f" by {', '.join(reason.id for reason in state.reasons)}" if state.reasons else ""
        yield f"gate {gate}: {state.result}{reasons}"
    yield f"wanted: {', '.join(sorted(moment.wanted)) or 'nothing'}"


def _position(moment: Moment, session: Session) -> str:
    if session.check is None:
        return "nowhere"
    spot = position.locate(moment, session.check)
    return f"at {spot.dialog}.{'end' if spot.item is None else spot.item.id}"


def _facts(script: Script, moment: Moment, session: Session) -> Iterator[str]:
    if not session.told:
        yield "facts: none"
        return
    yield "facts:"
    for name, told in sorted(session.told.items()):
        fact = script.vocabulary.facts.get(name)
        if fact is None:
            yield f"  {name} (the script has it no more)"
        else:
            stale = " (stale)" if moment.knowledge.stale(name) else ""
            yield f"  {name} = {print_value(fact, told.value, moment.now.date())}{stale}"


def _flags(title: str, flags: Mapping[str, Flag]) -> Iterator[str]:
    if not flags:
        yield f"{title}: none"
        return
    yield f"{title}:"
    for rule, flag in sorted(flags.items()):
        action = "" if flag.action is None else f" {flag.action.value}"
        yield f"  {rule} {flag.level.name}{action}, {'sure' if flag.sure else 'not sure'}"
