"""What the diary knows already: on how many days it came, and whether it comes more often.

The diary may miss days, so that it is never the last word: its number is shown and confirmed, any other answer counts
instead, and where it knows nothing the question is asked as ever. Whether it is getting worse is only suggested.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal

from bot.facts.interval import Interval
from bot.facts.value import YES, Number
from bot.talk.giving import give
from bot.talk.position import question_key
from bot.talk.session import Pending, Prompt
from bot.talk.turn import Turn

DAYS, WORSE = "days_recurring", "getting_worse"
"""The facts that the diary knows something about."""

WEEK = timedelta(days=7)

FEWEST_DAYS = 2
"""With fewer days than this the diary has nothing to tell: it may simply be new."""

MOST_EVENTS = 100
"""As many of the newest events are looked at."""

SHOWN = "diary days"
"""Remembered in `said`: the parent was shown what the diary has."""


def ask_from_diary(turn: Turn, facts: Collection[str]) -> bool:
    """Before these facts are asked: show on how many days the diary has it, once; say whether it was shown."""
    if DAYS not in facts or SHOWN in turn.check.said or not _open(turn, DAYS):
        return False
    days = len({*_days(turn, turn.now.date() - WEEK + timedelta(days=1)), turn.now.date()})
    if days < FEWEST_DAYS:
        return False
    turn.update_check(said=turn.check.said | {SHOWN})
    buttons = [turn.button("yes"), turn.button("no"), turn.button("not_sure")]
    turn.ask(Pending.DIARY, "diary_days", turn.phrase("diary_days", days=str(days)), buttons, days=days)
    return True


def take_diary(turn: Turn, prompt: Prompt, option: str) -> None:
    """Take the answer: "no" leaves it to the question itself; "not sure" counts as at least what the diary has."""
    days = Decimal(int(prompt.data["days"]))
    question = next((one.questions[DAYS] for one in turn.script.dialogs.values() if DAYS in one.questions), None)
    if option == "no" or question is None or turn.session.check is None:
        return
    exact = option == "yes"
    value = Number.of(days) if exact else Number(Interval(days, None))
    label = f"{days} days" if exact else f"{days} days or more"
    give(turn, question_key(question.dialog, question.id), label, {DAYS: value})


def hint_from_diary(turn: Turn, facts: Collection[str]) -> str | None:
    """How often the diary has it this week and the week before, where it comes clearly more often; else nothing."""
    if WORSE not in facts or not _open(turn, WORSE):
        return None
    today = turn.now.date()
    found = _days(turn, today - 2 * WEEK + timedelta(days=1))
    this_week = sum(one > today - WEEK for one in found)
    before = len(found) - this_week
    if before < 1 or this_week < max(2 * before, before + 2):
        return None
    return turn.phrase("diary_more_often", now=str(this_week), before=str(before))


def _open(turn: Turn, fact: str) -> bool:
    knowledge = turn.moment.knowledge
    return fact in turn.moment.wanted and knowledge.askable(fact) and knowledge.answered(fact) is None


def _days(turn: Turn, first: date) -> list[date]:
    """The day of each event with shaking since a day."""
    entries = turn.around.diary.page(offset=0, limit=MOST_EVENTS)
    return [one.at.date() for one in entries if one.at.date() >= first and one.answers.get("tremor") == YES]
