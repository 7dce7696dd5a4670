"""Rules, gates and facts in words: their names, and what was written there before and is written now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.authoring.changes.both import Both, differing
from bot.authoring.changes.words import quoted, reworded
from bot.authoring.condition_words import fact_in_words, in_words
from bot.authoring.proof.meant import value_as_text
from bot.authoring.rule_card import condition_lines
from bot.facts.value import Choice, DaysOld, Many, NoSuch, NotSure, Number
from bot.script.conditions import All, AnyOf, Count, FactIs, Not
from bot.script.rules import Gate, Rule
from bot.script.script import Script
from bot.script.vocabulary import Derived, Fact

RULES, GATES, FACTS = "content/red_flags.yaml", "content/gates.yaml", "content/facts.yaml"
HEADINGS = {
    RULES: f"Red flags ({RULES})",
    GATES: f"When a how-to may be shown ({GATES})",
    FACTS: f"Facts ({FACTS})",
}
FIELDS = {
    "ages": "the ages at which it is asked",
    "ask_if": "when it is asked",
    "usual": "what counts where it is not asked",
    "valid_for": "for how long an answer counts",
    "harmless": "whether “not sure” does no harm",
    "options": "its answers",
    "type": "its kind of answer",
    "scope": "how long it is kept",
    "private": "whether it is kept from other eyes",
    "unit": "its unit",
    "function": "how it is computed",
}

Named = Rule | Gate | Fact | Derived


def named_in(script: Script, name: str) -> Named | None:
    """The rule, gate or fact of this name."""
    book, vocabulary = script.book, script.vocabulary
    tables: tuple[Named | None, ...] = (
        book.rules.get(name), book.gates.get(name), vocabulary.facts.get(name), vocabulary.derived.get(name),
    )  # fmt: skip
    return next((one for one in tables if one is not None), None)


def file_of(one: Named | None) -> str:
    """The file in which it stands."""
    match one:
        case Rule():
            return RULES
        case Gate():
            return GATES
        case _:
            return FACTS


def name_of(both: Both, name: str) -> str:
    """A name that a nurse reads, with the id behind it where that says more."""
    one = named_in(both.new, name) or named_in(both.old, name)
    match one:
        case Rule():
            return f"{one.title} [{name}]"
        case Gate():
            return f"The gate of {name.replace('_', ' ')}"
        case _:
            script = both.new if named_in(both.new, name) is not None else both.old
            plain = fact_in_words(name, script.vocabulary)
            return f"“{plain}”" if plain == name else f"“{plain}” [{name}]"


def in_words_of(both: Both, name: str) -> str:
    """What was written and is written now; of what is new or gone the whole of it."""
    old, new = (list(_lines(script, name)) for script in (both.old, both.new))
    now, before = named_in(both.new, name), named_in(both.old, name)
    if before is None:
        return f"It is new: {now.about if isinstance(now, Fact) else ' '.join(new)}"
    if now is None:
        return f"It is deleted; it was: {before.about if isinstance(before, Fact) else ' '.join(old)}"
    gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
    parts = [f"{reworded(one, other)}." for one, other in zip(gone, come, strict=False)]
    parts += [f"No longer: {quoted(one)}." for one in gone[len(come) :]]
    parts += [f"New: {quoted(one)}." for one in come[len(gone) :]]
    return " ".join(parts) or _not_shown(both, name)


def _not_shown(both: Both, name: str) -> str:
    """What differs where the words are the same: the order of lines, or what has no words."""
    old, new = named_in(both.old, name), named_in(both.new, name)
    if old is None or new is None or type(old) is not type(new):
        return "It is another kind of thing."
    names = sorted(differing(old, new))
    return f"Different: {', '.join(FIELDS.get(one, one) for one in names)}."


def _lines(script: Script, name: str) -> Iterator[str]:
    one, vocabulary = named_in(script, name), script.vocabulary
    match one:
        case Rule():
            yield from condition_lines(vocabulary, one)
            if one.tags:
                yield f"Counted as: {', '.join(sorted(one.tags))}."
            if one.private:
                yield "Kept from other eyes."
        case Gate():
            yield from (f"Closed when {in_words(row.when, vocabulary)} ({row.because})." for row in one.closed)
            yield from (f"Else {row.result} when {in_words(row.when, vocabulary)}." for row in one.otherwise)
        case Fact():
            yield from (f"{words}: {_plainly(script, getattr(one, field))}." for field, words in FIELDS.items()
                        if getattr(one, field, None) not in (None, (), "", False))  # fmt: skip
        case Derived():
            if one.condition is not None:
                yield f"It means: {in_words(one.condition, vocabulary)}."
            yield from (f"It counts: {in_words(part, vocabulary)}." for part in one.count_of)
            if one.function is not None:
                yield f"{FIELDS['function']}: {one.function.value}."
        case None:
            pass


def _plainly(script: Script, value: object) -> str:
    match value:
        case All() | AnyOf() | Not() | Count() | FactIs():
            return in_words(value, script.vocabulary)
        case Choice() | Many() | Number() | NoSuch() | NotSure() | DaysOld():
            return value_as_text(value)
        case bool():
            return "yes" if value else "no"
        case Sequence() if not isinstance(value, str):
            return ", ".join(str(one) for one in value)
        case _:
            return str(value)
