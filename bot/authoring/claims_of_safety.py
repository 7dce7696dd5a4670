"""What must hold after every turn of levels, flags and what is kept (design.md, Always 4, 5, 8, 10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from bot.authoring.taken import Taken
from bot.facts.level import Level
from bot.talk.effects import AnswerKept, CheckEnded, CheckStarted, EpisodeSaved, Escalate, FlagLowered, FlagRaised
from bot.talk.giving import NEVER_LOWERED_BY_READING
from bot.talk.moment import Moment, highest
from bot.talk.session import Check, Flag, Pending
from bot.talk.turn import PRIVATE_RULE
from bot.triage.assess import assess
from bot.triage.knowledge import Knowledge, Told

A_DAY = timedelta(hours=24)


def _flags_are_never_lost(taken: Taken) -> Iterator[str]:
    check = taken.before.check
    if check is None or taken.forgotten:
        return
    after = taken.after.check
    if taken.same_check and after is not None:
        answered_again = set(check.replaced) - set(after.replaced)
        corrected = bool(answered_again) or taken.says("not_happening_reply")
        for name, flag in check.flags.items():
            if _at_least(after.flags, name, flag.level):
                continue
            if not corrected:
                yield f"{name} fell from {flag.level.name} although nothing was corrected"
            slip = taken.own_button == "mistyped" or taken.says("not_happening_reply")
            if name in NEVER_LOWERED_BY_READING and not slip and any("temperature" in key for key in answered_again):
                yield f"{name} was lowered by a second reading"
    elif check.kept:
        for name, flag in check.flags.items():
            kept = PRIVATE_RULE if flag.private else name
            serious = flag.level >= Level.URGENT and taken.now - flag.at <= A_DAY
            if serious and not _at_least(taken.after.recent, kept, flag.level):
                yield f"{name} did not stay with the child"


def _serious_advice_stays_a_day(taken: Taken) -> Iterator[str]:
    forgotten = taken.forgotten
    if forgotten or taken.says("seen_yes"):
        return
    for name, flag in taken.before.recent.items():
        if taken.now - flag.at <= A_DAY and not _at_least(taken.after.recent, name, flag.level):
            yield f"{name} was forgotten within a day"
    after = taken.after.check
    if after is not None and after.kept and not after.seen_due:
        for name, flag in taken.after.recent.items():
            own = flag.at >= after.started
            if not own and taken.now - flag.at <= A_DAY and not _at_least(after.carried, name, flag.level):
                yield f"{name} is neither asked about nor counted"


def _every_true_flag_is_raised(taken: Taken) -> Iterator[str]:
    check = taken.after.check
    if check is None or taken.after.told == taken.before.told:
        return
    moment = Moment.of(taken.engine.script, taken.after, check, taken.now)
    for name, one in moment.own.items():
        if not _at_least(check.flags, name, one.level):
            yield f"{name} holds and was not raised"


def _danger_is_answered(taken: Taken) -> Iterator[str]:
    """A level of URGENT or above is told in the turn in which it is reached."""
    told = max((effect.level for effect in taken.effects if isinstance(effect, Escalate)), default=Level.REASSURE)
    raised = {effect.rule: effect.level for effect in taken.effects if isinstance(effect, FlagRaised)}
    if taken.after.check is not None:
        flags = {} if not taken.same_check or taken.before.check is None else taken.before.check.flags
        fresh = {name: one.level for name, one in taken.after.check.flags.items() if name not in flags}
        raised |= fresh
    new = max(raised.values(), default=Level.REASSURE)
    before = highest({name: flag.raised(name) for name, flag in _flags(taken.before.check).items()})
    rose = new is Level.EMERGENCY or (new is Level.URGENT and (before is None or before < Level.URGENT))
    if rose and told < new and not (taken.says("still_counts") or taken.says("seen_ask")):
        yield f"{new.name} was reached and not told"
    check = taken.after.check
    if check is not None and check.asked_again is None and not check.ended:
        own = highest({name: flag.raised(name) for name, flag in check.flags.items()})
        if own is Level.EMERGENCY:
            yield "the questions go on after an EMERGENCY"


def _reassurance_is_earned(taken: Taken) -> Iterator[str]:
    script = taken.engine.script
    calm = [script.outcomes.levels[name].text.strip().splitlines()[0] for name in ("reassure", "no_danger_sign")]
    check = taken.before.check
    if check is None or not any(text.startswith(tuple(calm)) for text in taken.texts):
        return
    flags = {**_levels(check.flags), **_levels(check.carried)}
    for effect in taken.effects:
        if isinstance(effect, FlagRaised):
            flags[effect.rule] = effect.level
        if isinstance(effect, FlagLowered):
            flags.pop(effect.rule, None)
    if taken.same_check and taken.after.check is not None:
        flags = {**_levels(taken.after.check.flags), **_levels(taken.after.check.carried)}
    if max(flags.values(), default=Level.REASSURE) > Level.REASSURE:
        yield f"reassured although {', '.join(flags)} counts"
    if check.kept:
        kept = {
            effect.fact: Told(effect.value, effect.at) for effect in taken.effects if isinstance(effect, AnswerKept)
        }
        told = {**taken.before.told, **kept, **(taken.after.told if taken.same_check else {})}
        knowledge = Knowledge(script.vocabulary, told, now=taken.now, today=taken.now.date(), closing=True)
        level = assess(script.book, knowledge).level
        if level is not None and level > Level.REASSURE:
            yield f"reassured although something is open that could be {level.name}"


def _an_edit_reassures_nobody(taken: Taken) -> Iterator[str]:
    """After an edit that changed more than words, an end below SOON comes only once the answers were read back (R6)."""
    check, script = taken.before.check, taken.engine.script
    if check is None or not check.kept or not (check.unreviewed or taken.before.structure != script.structure):
        return
    if taken.before.prompt is not None and taken.before.prompt.pending is Pending.REVIEW:
        return
    names = ("reassure", "no_danger_sign", "routine")
    calm = [script.outcomes.levels[name].text.strip().splitlines()[0].split("{")[0] for name in names]
    cut_short = any(isinstance(effect, CheckEnded) and effect.cut_short for effect in taken.effects)
    told = [text for text in taken.texts for start in calm if start and text.startswith(start)]
    if told and not cut_short and f"outcome {Level.REASSURE.name}" not in check.said:
        yield f"reassured by an edit: {told[0][:60]!r}"


def _leaving_repeats_the_level(taken: Taken) -> Iterator[str]:
    check = taken.before.check
    if check is None or taken.same_check or not taken.texts:
        return
    flags = [flag for flag in (*check.flags.values(), *check.carried.values()) if taken.now - flag.at <= A_DAY]
    level = max((flag.level for flag in flags), default=Level.REASSURE)
    repeated = any(taken.says(phrase) for phrase in ("still_counts", "seen_ask", "deleted"))
    if level >= Level.URGENT and not repeated and not taken.escalated:
        yield f"left at {level.name} without a word of it"


def _private_answers_stay_private(taken: Taken) -> Iterator[str]:
    script = taken.engine.script
    facts = script.vocabulary.facts
    private_rules = {rule.id for rule in script.book.rules.values() if rule.private}
    for effect in taken.effects:
        if isinstance(effect, EpisodeSaved):
            if any(facts[name].private for name in effect.answers):
                yield "a private answer stands in the diary"
            if private_rules.intersection(effect.reasons):
                yield "a private reason stands in the diary"
        if isinstance(effect, AnswerKept) and facts[effect.fact].private != effect.private:
            yield f"{effect.fact} is kept as if it were not private"
        if isinstance(effect, FlagRaised) and effect.rule in private_rules and not effect.private:
            yield f"{effect.rule} is kept as if it were not private"
    if taken.after.check is None:
        held = {name for name in (*taken.after.told, *taken.after.meanings) if name in facts and facts[name].private}
        if held:
            yield f"{', '.join(sorted(held))} outlive the check"
        if private_rules.intersection(taken.after.recent):
            yield "a private reason outlives the check"


def _nothing_is_kept_before_consent(taken: Taken) -> Iterator[str]:
    records = AnswerKept | CheckEnded | CheckStarted | EpisodeSaved | FlagLowered | FlagRaised
    if taken.before.consent or taken.forgotten:
        return
    if any(isinstance(effect, records) for effect in taken.effects):
        yield "something is recorded before consent"
    if taken.after.check is None and (taken.after.told or taken.after.meanings or taken.after.recent):
        yield "something is kept from before consent"


def _flags(check: Check | None) -> Mapping[str, Flag]:
    return {} if check is None else check.flags


def _levels(flags: Mapping[str, Flag]) -> dict[str, Level]:
    return {name: flag.level for name, flag in flags.items()}


def _at_least(flags: Mapping[str, Flag], name: str, level: Level) -> bool:
    return name in flags and flags[name].level >= level


CLAIMS_OF_SAFETY = (
    _flags_are_never_lost,
    _serious_advice_stays_a_day,
    _every_true_flag_is_raised,
    _danger_is_answered,
    _reassurance_is_earned,
    _an_edit_reassures_nobody,
    _leaving_repeats_the_level,
    _private_answers_stay_private,
    _nothing_is_kept_before_consent,
)
