"""A check begins and ends; an event goes into the diary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.facts.level import Level
from bot.facts.value import Value
from bot.script.vocabulary import Scope
from bot.talk.advice import public_reasons
from bot.talk.effects import CheckEnded, CheckStarted, EpisodeSaved
from bot.talk.session import Check, Flag
from bot.talk.summary import summary
from bot.talk.turn import KEPT_FOR_NEXT_CHECK, PRIVATE_RULE, STICKY_FOR, Turn

DANGER_DIALOG = "danger_check"
"""The dialog behind the emergency button: danger signs come first in it."""

LIST_A_FACTS = frozenset(
    {
        "breathing",
        "chest_indrawing",
        "fast_breathing",
        "breathing_rate",
        "colour",
        "unresponsive",
        "hard_to_wake",
        "moves_only_when_touched",
        "floppy_sudden",
        "suspected_fit",
        "non_blanching_rash",
        "swallowed_substance",
        "under_water",
        "allergic_signs",
    }
)
"""The facts of list A (source: rules.yaml asked_in), asked again after "it happened before" or "something is wrong"."""


def start_check(turn: Turn, dialog: str, known: Mapping[str, Value], entry: str | None = None) -> None:
    """Begin a check; signs are asked anew, what is known about the child is not.

    A check that is still there is closed first, so that its URGENT and EMERGENCY stay with the child.
    """
    if turn.session.check is not None:
        untold = not turn.check.kept and any(flag.level >= Level.URGENT for flag in turn.check.flags.values())
        end_check(turn, cut_short=not turn.check.ended)
        if untold:
            # Nothing of it is kept before consent, so that nobody will ask whether the child was seen.
            turn.say(turn.phrase("still_counts"))
    facts = turn.script.vocabulary.facts
    told = {
        name: one
        for name, one in turn.session.told.items()
        if name in facts and (facts[name].scope is Scope.CHILD or name in KEPT_FOR_NEXT_CHECK)
    }
    recent = {rule: flag for rule, flag in turn.session.recent.items() if turn.now - flag.at <= STICKY_FOR}
    number = turn.number
    kept = turn.session.consent
    check = Check(number, dialog, turn.now, entry=entry, kept=kept, seen_due=bool(recent) and kept)
    turn.update(told=told, recent=recent, check=check, tries=0)
    if check.kept:
        turn.effects.append(CheckStarted(number, dialog, turn.now))
    if known:
        turn.keep_answers("menu", dict(known))


def end_check(turn: Turn, *, cut_short: bool) -> None:
    """Close the check: its level is recorded, its URGENT and EMERGENCY flags stay for a day, private answers go."""
    check = turn.check
    level, action = turn.moment.level, turn.moment.action
    if check.kept and not check.ended:
        turn.effects.append(CheckEnded(check.number, level, action, turn.now, cut_short))
    facts = turn.script.vocabulary.facts
    told = {
        name: one
        for name, one in turn.session.told.items()
        if check.kept
        and name in facts
        and not facts[name].private
        and (facts[name].scope is Scope.CHILD or name in KEPT_FOR_NEXT_CHECK)
    }
    recent = _with_serious(turn.session.recent, check.flags) if check.kept else turn.session.recent
    meanings = {name: meaning for name, meaning in turn.session.meanings.items() if name in told}
    turn.update(check=None, told=told, meanings=meanings, recent=recent, tries=0)


def _with_serious(recent: Mapping[str, Flag], flags: Mapping[str, Flag]) -> dict[str, Flag]:
    """The serious flags of the last day with those of this check; of a private one the reason is gone."""
    found = dict(recent)
    for rule, flag in flags.items():
        name = PRIVATE_RULE if flag.private else rule
        if flag.level >= Level.URGENT and (name not in found or found[name].level <= flag.level):
            found[name] = replace(flag, private=False)
    return found


def save_episode(turn: Turn) -> None:
    """Put the event into the diary, with its level and the reasons that may be named."""
    check, moment = turn.check, turn.moment
    if not check.kept:
        return
    facts = turn.script.vocabulary.facts
    answers = {
        name: one.value
        for name, one in turn.session.told.items()
        if name in facts and not facts[name].private and facts[name].scope is not Scope.CHILD
    }
    lines = summary(turn)
    reasons = public_reasons(moment, moment.raised)
    turn.effects.append(
        EpisodeSaved(check.number, turn.now, moment.level, reasons, answers, tuple(lines.values()), tuple(lines))
    )
