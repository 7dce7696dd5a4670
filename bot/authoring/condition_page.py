"""Conditions as lines that can be read aloud: what stands inside each other stands further to the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.authoring.condition_words import flat, in_words, negated
from bot.facts.level import Level
from bot.script.conditions import ALWAYS, All, AnyOf, Condition, Count, Not
from bot.script.rules import Rule
from bot.script.vocabulary import Vocabulary

WIDTH = 90
"""Characters that a line may have before its parts get lines of their own."""


def rule_lines(rule: Rule, vocabulary: Vocabulary) -> Iterator[str]:
    """When a rule is raised and as what: a sentence each, or a heading with the parts below it."""
    if not rule.levels:
        yield "It informs, and has no level."
    for row in rule.levels:
        action = "" if row.action is None else f", {row.action.value}"
        yield from when_lines(f"{row.level.name}{action}, when", row.when, vocabulary)
    for unless in rule.unless:
        yield from when_lines("Not when", unless, vocabulary)
    if rule.not_sure is None and rule.highest > Level.REASSURE:
        yield f"Where answers leave that open it counts one level lower: {rule.highest.lower.name}."
    for number, one in enumerate(rule.not_sure or ()):
        counts = "does not count" if one.level is None else f"counts as {one.level.name}"
        begin = f"{'Where answers leave that open' if number == 0 else 'Else'} it {counts}"
        if one.when == ALWAYS:
            yield f"{begin}."
        else:
            yield from when_lines(f"{begin}, when", one.when, vocabulary)


def when_lines(begin: str, condition: Condition, vocabulary: Vocabulary) -> Iterator[str]:
    """One sentence where the condition is short, else `begin` with the parts in lines below."""
    first, *rest = in_lines(condition, vocabulary)
    if not rest:
        yield f"{begin} {first}{'' if first.endswith('.') else '.'}"
        return
    yield f"{begin} {first}"
    yield from rest


def in_lines(condition: Condition, vocabulary: Vocabulary) -> list[str]:
    """The condition in one line, or a heading and a line with "- " for each part, indented by their depth."""
    said = in_words(condition, vocabulary)
    heading, parts = _opened(condition, vocabulary)
    if not parts or (len(said) <= WIDTH and not _mixed(condition, vocabulary)):
        return [said]
    lines = [heading]
    for part in parts:
        first, *rest = in_lines(part, vocabulary)
        lines += [f"  - {first}", *(f"    {line}" for line in rest)]
    return lines


def _opened(condition: Condition, vocabulary: Vocabulary) -> tuple[str, Sequence[Condition]]:
    """What is said above the parts of a condition, and the parts; none for what has none."""
    match condition:
        case All((one,)) | AnyOf((one,)):
            return _opened(one, vocabulary)
        case All(parts) if parts:
            return "all of this is true:", list(flat(parts))
        case AnyOf(parts):
            return "at least one of these is true:", parts
        case Count(number, parts):
            return f"at least {number} of these are true:", parts
        case Not(part) if not negated(part, vocabulary):
            return _opened_not(part, vocabulary)
        case _:
            return "", ()


def _opened_not(part: Condition, vocabulary: Vocabulary) -> tuple[str, Sequence[Condition]]:
    match part:
        case All((one,)) | AnyOf((one,)):
            return _opened(Not(one), vocabulary)
        case All(parts) if parts:
            return "not all of this is true together:", list(flat(parts))
        case AnyOf(parts):
            return "none of these is true:", parts
        case Count(number, parts):
            return f"fewer than {number} of these are true:", parts
        case _:
            return "", ()


def _mixed(condition: Condition, vocabulary: Vocabulary) -> bool:
    """Whether parts of parts would need brackets in one line, which nobody hears when it is read aloud."""
    _, parts = _opened(condition, vocabulary)
    return any(_opened(part, vocabulary)[1] for part in parts) or (bool(parts) and isinstance(condition, Not))
