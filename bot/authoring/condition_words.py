"""Conditions in words, for whoever edits the script: "younger age up to 3 months and (fever: yes or tremor: yes)"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.facts.matcher import Known, Matcher, OfAge, OneOf, Only, Within
from bot.facts.value import NOT_SURE_TOO
from bot.script.conditions import (
    All,
    AnyOf,
    Condition,
    Count,
    FactIs,
    FlagRaised,
    FlagsRaised,
    GateIs,
    LevelIs,
    Not,
)
from bot.script.vocabulary import AgeFunction, FactType, Vocabulary

AGES = {
    AgeFunction.FROM_BIRTH: "age",
    AgeFunction.CORRECTED: "corrected age",
    AgeFunction.YOUNGER: "younger age",
}
"""The younger age is the corrected age or the age from birth, whichever is lower."""

UNIT_ENDINGS = {"°C": "_c", "s": "_s", "hours": "_hours", "weeks": "_weeks", "days": "_days"}
OTHER = {"yes": "no", "no": "yes"}


def in_words(condition: Condition, vocabulary: Vocabulary) -> str:
    """Say a condition; one that always holds is "always"."""
    return _say(condition, vocabulary)


def fact_in_words(name: str, vocabulary: Vocabulary) -> str:
    """The name of a fact without underscores and without its unit."""
    derived = vocabulary.derived.get(name)
    if derived is not None and derived.function is not None:
        return AGES[derived.function]
    ending = UNIT_ENDINGS.get(vocabulary.unit_of(name))
    plain = name.removesuffix("_hours_ago") if name.endswith("_hours_ago") else name
    return plain.removesuffix(ending or "").replace("_", " ")


def matcher_in_words(name: str, matcher: Matcher, vocabulary: Vocabulary) -> str:
    """Say what is asked of a fact, as it follows the name of the fact."""
    match matcher:
        case OneOf(options, not_sure, none):
            order = vocabulary.options_of(name)
            told = sorted(options, key=lambda one: (order.index(one) if one in order else len(order), one))
            words = [one.replace("_", " ") for one in told]
            # Not "or", which stands between conditions.
            return ": " + " / ".join([*words, *["none"] * none, *[NOT_SURE_TOO] * not_sure])
        case Only(options):
            return ": only " + " / ".join(one.replace("_", " ") for one in sorted(options))
        case Within(interval):
            unit = vocabulary.unit_of(name)
            ago = " ago" if name.endswith("_ago") else ""
            said = name.split("_")
            return f" {interval}" + (f" {unit}{ago}" if unit and (ago or unit != said[0]) else "")
        case OfAge(limit):
            return f" {limit}"
        case Known():
            return " known"


def _say(condition: Condition, vocabulary: Vocabulary) -> str:
    match condition:
        case FactIs(fact, matcher):
            return fact_in_words(fact, vocabulary) + matcher_in_words(fact, matcher, vocabulary)
        case All(parts):
            return " and ".join(_joined(flat(parts), vocabulary)) or "always"
        case AnyOf(parts):
            return " or ".join(_part(part, vocabulary) for part in parts)
        case Not(part):
            return negated(part, vocabulary) or f"not ({_say(part, vocabulary)})"
        case Count(number, parts):
            return f"at least {number} of: " + "; ".join(_say(part, vocabulary) for part in parts)
        case FlagRaised(rule):
            return f"{rule} is raised"
        case FlagsRaised():
            return _flags(condition)
        case LevelIs(level, or_higher):
            return f"level {level.name}" + (" or higher" if or_higher else "")
        case GateIs(gate, result):
            return f"gate {gate.replace('_', ' ')} is {result.replace('_', ' ')}"


def flat(parts: Iterable[Condition]) -> Iterator[Condition]:
    """The parts of an "all", with those of an "all" inside it in its place."""
    for part in parts:
        if isinstance(part, All):
            yield from flat(part.parts)
        else:
            yield part


def _joined(parts: Iterable[Condition], vocabulary: Vocabulary) -> Iterator[str]:
    """The parts, of which limits of one fact that follow each other name it once."""
    before = None
    for part in parts:
        limit = part.fact if isinstance(part, FactIs) and isinstance(part.matcher, OfAge | Within) else None
        if isinstance(part, FactIs) and limit is not None and limit == before:
            yield matcher_in_words(part.fact, part.matcher, vocabulary).strip()
        else:
            yield _part(part, vocabulary)
        before = limit


def _part(part: Condition, vocabulary: Vocabulary) -> str:
    """A part of a whole: in brackets where it has parts itself."""
    said = _say(part, vocabulary)
    parts: Sequence[Condition] = part.parts if isinstance(part, All | AnyOf | Count) else ()
    return f"({said})" if len(parts) > 1 else said


def negated(part: Condition, vocabulary: Vocabulary) -> str | None:
    """Such as "tremor: no" for what is not "tremor: yes"; None where that takes a "not" around it."""
    match part:
        case All((one,)):
            return negated(one, vocabulary)
        case FactIs(fact, OneOf(options, False, False)) if (
            vocabulary.type_of(fact) is FactType.YES_NO and len(options) == 1
        ):
            # The same, also for "not sure": only a yes is no "no".
            return f"{fact_in_words(fact, vocabulary)}: {OTHER[next(iter(options))]}"
        case FactIs(fact, Known()):
            return f"{fact_in_words(fact, vocabulary)} not known"
        case LevelIs(level, True):
            return f"level below {level.name}"
        case FlagRaised(rule):
            return f"{rule} is not raised"
        case FlagsRaised(number=1):
            return f"no flags{_which(part)}"
        case _:
            return None


def _flags(wanted: FlagsRaised) -> str:
    return f"{wanted.number} or more flags{_which(wanted)}"


def _which(wanted: FlagsRaised) -> str:
    tag = "" if wanted.tag is None else f" with the tag {wanted.tag}"
    level = "" if wanted.level is None else f" of {wanted.level.name} or higher"
    besides = f" besides {', '.join(sorted(wanted.besides))}" if wanted.besides else ""
    return f"{tag}{level}{besides}"
