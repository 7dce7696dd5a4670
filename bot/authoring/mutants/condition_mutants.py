"""Every way in which one condition can be a little wrong: a part dropped, a limit shifted, an option forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.facts.age import AgeLimit, Side
from bot.facts.interval import Interval
from bot.facts.level import Level
from bot.facts.matcher import Matcher, OfAge, OneOf, Only, Within
from bot.script.conditions import All, AnyOf, Condition, Count, FactIs, FlagsRaised, LevelIs, Not


@dataclass(frozen=True, slots=True)
class Wrong:
    """A condition with one mistake, and the mistake in words."""

    kind: str
    before: str
    after: str
    condition: Condition


def wrong_conditions(condition: Condition) -> Iterator[Wrong]:
    """Every condition that differs in one place."""
    match condition:
        case All(parts) | AnyOf(parts) | Count(_, parts):
            yield from _of_parts(condition, parts)
        case Not(part):
            yield Wrong("forgets 'not'", "not", "without", part)
            for one in wrong_conditions(part):
                yield replace(one, condition=Not(one.condition))
        case FactIs(fact, matcher):
            for kind, before, after, changed in _matchers(matcher):
                yield Wrong(kind, f"{fact} {before}", f"{fact} {after}", FactIs(fact, changed))
        case FlagsRaised(number=number):
            for other in (number - 1, number + 1):
                if other > 0:
                    yield Wrong("counts otherwise", str(number), str(other), replace(condition, number=other))
        case LevelIs(level, or_higher):
            for step in (-1, 1):
                if level + step in list(Level):
                    other_level = Level(level + step)
                    yield Wrong("shifts the level", level.name, other_level.name, LevelIs(other_level, or_higher))
        case _:
            pass


def _of_parts(condition: All | AnyOf | Count, parts: tuple[Condition, ...]) -> Iterator[Wrong]:
    if len(parts) > 1:
        for index in range(len(parts)):
            rest = (*parts[:index], *parts[index + 1 :])
            yield Wrong("drops a part", short(parts[index]), "nothing", _with(condition, rest))
        if isinstance(condition, All):
            yield Wrong("any for all", "all", "any", AnyOf(parts))
        elif isinstance(condition, AnyOf):
            yield Wrong("all for any", "any", "all", All(parts))
    if isinstance(condition, Count):
        for number in (condition.number - 1, condition.number + 1):
            yield Wrong("counts otherwise", str(condition.number), str(number), Count(number, parts))
    for index, part in enumerate(parts):
        for one in wrong_conditions(part):
            yield replace(one, condition=_with(condition, (*parts[:index], one.condition, *parts[index + 1 :])))


def _with(condition: All | AnyOf | Count, parts: tuple[Condition, ...]) -> Condition:
    if isinstance(condition, Count):
        return Count(condition.number, parts)
    return AnyOf(parts) if isinstance(condition, AnyOf) else All(parts)


def _matchers(matcher: Matcher) -> Iterator[tuple[str, str, str, Matcher]]:
    match matcher:
        case OneOf(options, not_sure, none):
            for option in sorted(options) if len(options) > 1 else ():
                yield "forgets a value", option, "without it", replace(matcher, options=options - {option})
            if options in ({"yes"}, {"no"}):
                other = frozenset({"yes", "no"}) - options
                yield "swaps yes and no", next(iter(options)), next(iter(other)), OneOf(other, not_sure, none)
            if not_sure and (options or none):
                yield "not sure as no", "not sure", "without it", replace(matcher, not_sure=False)
            if none and (options or not_sure):
                yield "forgets 'none'", "none", "without it", replace(matcher, none=False)
        case Only(options):
            for option in sorted(options) if len(options) > 1 else ():
                yield "forgets a value", option, "without it", Only(options - {option})
        case Within(interval):
            for shifted in shifted_intervals(interval):
                yield "shifts a limit", str(interval), str(shifted), Within(shifted)
        case OfAge(limit):
            for other_limit in shifted_ages(limit):
                yield "shifts an age", str(limit), str(other_limit), OfAge(other_limit)
        case _:
            pass


def shifted_intervals(interval: Interval) -> Iterator[Interval]:
    """The same stretch with one end a step further, or a step nearer; and with the limit itself on the other side."""
    low, high = interval.low, interval.high
    made: list[tuple[Decimal | None, Decimal | None, bool, bool]] = []
    for sign in (-1, 1):
        if low is not None:
            made.append((low + sign * _step(low), high, interval.low_in, interval.high_in))
        if high is not None:
            made.append((low, high + sign * _step(high), interval.low_in, interval.high_in))
    if interval.exact is None:
        made.append((low, high, not interval.low_in, interval.high_in))
        made.append((low, high, interval.low_in, not interval.high_in))
    for ends in made:
        try:
            shifted = Interval(*ends)
        except ValueError:
            continue
        if shifted != interval:
            yield shifted


def _step(number: Decimal) -> Decimal:
    return Decimal(1) if number == number.to_integral_value() else Decimal("0.1")


def shifted_ages(limit: AgeLimit) -> Iterator[AgeLimit]:
    """The same limit one unit later and earlier, and with the day itself on the other side."""
    yield replace(limit, number=limit.number + 1)
    if limit.number > 1:
        yield replace(limit, number=limit.number - 1)
    if limit.side is not Side.FROM:
        yield replace(limit, side=Side.UNDER if limit.side is Side.UP_TO else Side.UP_TO)


def short(condition: Condition) -> str:
    """A condition in a few words."""
    match condition:
        case FactIs(fact, matcher):
            return f"{fact} {_told(matcher)}"
        case All(parts):
            return " and ".join(short(part) for part in parts) or "always"
        case AnyOf(parts):
            return f"({' or '.join(short(part) for part in parts)})"
        case Not(part):
            return f"not ({short(part)})"
        case Count(number, parts):
            return f"{number} of ({', '.join(short(part) for part in parts)})"
        case _:
            return str(condition)


def _told(matcher: Matcher) -> str:
    match matcher:
        case OneOf(options, not_sure, none):
            return "/".join([*sorted(options), *(["not sure"] if not_sure else []), *(["none"] if none else [])])
        case Only(options):
            return f"only {'/'.join(sorted(options))}"
        case Within(interval):
            return str(interval)
        case OfAge(limit):
            return str(limit)
        case _:
            return "known"
