"""Advice of level URGENT or EMERGENCY that still counts (Always 4): it is said before anything that can wait.

A parent who reads what to take to a visit next week must not take that for leave to wait with what is for today.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.facts.level import Level
from bot.talk.session import Flag
from bot.talk.turn import STICKY_FOR, Turn

LEVEL_PHRASES = {Level.EMERGENCY: "seen_level_emergency", Level.URGENT: "seen_level_urgent"}


@dataclass(frozen=True, slots=True)
class Standing:
    """The gravest advice that counts now, and when it was given; `to_ask` where no check asks if the child was seen."""

    level: Level
    at: datetime
    to_ask: bool


def standing(turn: Turn) -> Standing | None:
    """The gravest advice of the last day, of this check and of those before; None where there is none."""
    session, check = turn.session, turn.session.check
    here = [] if check is None else [*check.flags.values(), *check.carried.values()]
    found = [one for one in (*here, *session.recent.values()) if _counts(turn, one)]
    if not found:
        return None
    level = max(one.level for one in found)
    return Standing(level, max(one.at for one in found if one.level is level), to_ask=check is None)


def standing_words(turn: Turn) -> str | None:
    """That the advice of the last day still counts, with its time; None where there is none."""
    found = standing(turn)
    if found is None:
        return None
    level = turn.phrase(LEVEL_PHRASES[found.level])
    return turn.phrase("standing_advice", when=when_words(turn, found.at), level=level)


def when_words(turn: Turn, at: datetime) -> str:
    """A moment of the last day, such as "Yesterday at 21:40"."""
    there = at.astimezone(turn.now.tzinfo)
    today = there.date() == turn.now.date()
    name = "today_at" if today else "yesterday_at"
    if not today and there.date() < turn.now.date() - timedelta(days=1):
        return f"{there.day} {there:%b}, {there:%H:%M}"
    return turn.phrase(name, time=there.strftime("%H:%M"))


def _counts(turn: Turn, flag: Flag) -> bool:
    return flag.level >= Level.URGENT and turn.now - flag.at <= STICKY_FOR
