"""Chapter 1: every rule, the gravest level first; chapter 2: the gates, and what is always said."""

from __future__ import annotations

from collections.abc import Iterator

from bot.authoring.check import counted
from bot.authoring.condition_page import in_lines, rule_lines
from bot.authoring.condition_words import fact_in_words
from bot.authoring.document.blocks import Block, Fields, Heading, Para, Table
from bot.authoring.document.material import Material
from bot.facts.level import Level
from bot.script.outcomes import OutcomeText
from bot.script.rules import Example, Rule
from bot.script.vocabulary import AgeFunction

RULES, GATES, OUTCOMES = "content/red_flags.yaml", "content/gates.yaml", "content/outcomes.yaml"
MAX_EXAMPLES = 3
"""Children shown on each side of a rule; all of them are tried by `steady check`."""

_AGES = {
    AgeFunction.FROM_BIRTH: "the age from birth",
    AgeFunction.CORRECTED: "the age counted from the due date, for a child born early",
    AgeFunction.YOUNGER: "the age from birth or the corrected age, whichever is lower",
}


def rules(material: Material) -> Iterator[Block]:
    """Every rule, by the gravest level that it can have."""
    yield Heading(1, "Rules, by level")
    yield Para(
        "Each rule says which answers mean how fast a child must be seen. After every answer all rules are looked "
        "at, and the gravest level counts. Under each rule stand made-up children: for some it must be raised, for "
        "others not."
    )
    book = material.script.book
    for level in sorted(Level, reverse=True):
        mine = [rule for rule in book.rules.values() if rule.levels and rule.highest is level]
        if mine:
            yield Heading(2, f"{level.name}: {counted(len(mine), 'rule')}")
            for rule in mine:
                yield from _rule(material, rule)
    informing = [rule for rule in book.rules.values() if not rule.levels]
    if informing:
        yield Heading(2, "Rules without a level, which inform")
        for rule in informing:
            yield from _rule(material, rule)
    yield from _words(material)


def _words(material: Material) -> Iterator[Block]:
    """What the words in conditions mean that no question asks for."""
    vocabulary = material.script.vocabulary
    yield Heading(2, "Words in the conditions")
    rows = []
    for name, derived in vocabulary.derived.items():
        if derived.function is not None:
            means = _AGES[derived.function]
        elif derived.condition is not None:
            means = "\n".join(in_lines(derived.condition, vocabulary))
        else:
            parts = (in_lines(part, vocabulary) for part in derived.count_of)
            means = "\n".join(["how many of these are true:", *(f"  - {' '.join(part)}" for part in parts)])
        rows.append((fact_in_words(name, vocabulary), means))
    rows += [
        (fact_in_words(name, vocabulary), fact.about) for name, fact in vocabulary.facts.items() if fact.about.strip()
    ]
    yield Table(("Word", "Means"), tuple(rows), (3, 10))


def _rule(material: Material, rule: Rule) -> Iterator[Block]:
    yield Heading(3, f"{rule.id}  {rule.title}")
    rows = [("Raised as", "\n".join(rule_lines(rule, material.script.vocabulary)))]
    said = list(_said_with(material, rule))
    if said:
        rows.append(("Said with it", ", ".join(said)))
    if rule.private:
        rows.append(("Private", "never named in the diary, in a preview or to a second carer"))
    if rule.fires_for:
        rows.append(("Raised for", _children(material, rule.fires_for)))
    if rule.quiet_for:
        rows.append(("Not raised for", _children(material, rule.quiet_for)))
    rows.append(("Sources", material.titled(rule.sources)))
    yield Fields(tuple(rows))
    yield from material.told(RULES, ("rules", rule.id, "because"), "Parents read, after \u201cWhy:\u201d")
    yield from material.sign(rule.id)


def _said_with(material: Material, rule: Rule) -> Iterator[str]:
    outcomes = material.script.outcomes
    parts: dict[str, tuple[OutcomeText, ...]] = {
        "instead": outcomes.instead,
        "meanwhile": outcomes.meanwhile,
        "advice": outcomes.advice,
    }
    for section, texts in parts.items():
        for one in texts:
            if rule.id in one.rules:
                yield material.pointer(OUTCOMES, (section, one.id, "say"))


def _children(material: Material, examples: tuple[Example, ...]) -> str:
    shown = [f"\u2013 {material.facts(one.facts, one.today)}" for one in examples[:MAX_EXAMPLES]]
    more = len(examples) - len(shown)
    return "\n".join([*shown, *([f"\u2013 and {more} more"] if more else [])])


def gates(material: Material) -> Iterator[Block]:
    """When a how-to has to wait, and what is always said with it."""
    yield Heading(1, "When a how-to has to wait")
    yield Para(
        "A how-to is shown only where its gate is open. One reason closes it, and so does a reason that nobody can "
        "rule out: here \u201cnot sure\u201d always closes."
    )
    written = material.data(GATES).get("gates", {})
    for gate in material.script.book.gates.values():
        yield Heading(2, f"Gate: {gate.id.replace('_', ' ')}")
        closed = written.get(gate.id, {}).get("closed", [])
        for number, row in enumerate(gate.closed):
            sources = closed[number].get("sources", ()) if number < len(closed) else ()
            yield Fields(((f"{row.id}: closed if", material.words(row.when)),))
            path = ("gates", gate.id, "closed", number, "because")
            yield from material.told(GATES, path, "Parents read, as the reason", sources)
        rows = tuple((one.id, one.result.replace("_", " "), material.words(one.when)) for one in gate.otherwise)
        yield Table(("If nothing closes it", "Result", "When"), rows, (2, 2, 6))
        yield from material.sign(f"gates.gates.{gate.id}")
    yield Heading(2, "Always said")
    yield Para("Said with every showing of these how-tos, before the first step, and also where the gate is closed.")
    said = material.data(GATES).get("always_said", {})
    for always in material.script.book.always_said:
        yield Heading(3, f"{always.id}  with {', '.join(sorted(always.topics)).replace('_', ' ')}")
        sources = said.get(always.id, {}).get("sources", ())
        yield from material.told(GATES, ("always_said", always.id, "say"), "Parents read", sources)
        yield from material.sign(f"gates.always_said.{always.id}")
