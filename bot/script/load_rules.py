"""`content/red_flags.yaml`: the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.facts.level import Level
from bot.script.conditions import ALWAYS, All, Condition, FlagRaised, FlagsRaised, walk
from bot.script.document import Items, Mapped, Node, Scalar
from bot.script.load_examples import read_examples
from bot.script.load_gates import load_always_said, load_gates
from bot.script.problems import Place, Problems
from bot.script.read_condition import FLAGS, ConditionReader
from bot.script.read_level import read_action, read_level
from bot.script.rules import LevelRow, NotSureRow, Rule, RuleBook
from bot.script.shaped import section, shaped
from bot.script.shapes import RuleShape, old_names
from bot.script.vocabulary import Vocabulary

MAX_BECAUSE = 160
_STRATA: Mapping[str | None, int] = {None: 1} | {str(number): number for number in range(1, 10)}


def load_rules(node: Node, vocabulary: Vocabulary, problems: Problems) -> Mapping[str, Rule]:
    """Read all rules; a rule with a mistake is left out."""
    part = section(node, "rules", problems, "Add 'rules:' with a name for each rule.")
    if part is None:
        return {}
    tags = {tag for entry in part.entries.values() for tag in _tags(entry)}
    reader = ConditionReader(vocabulary, problems, rules=part.entries, tags=tags, looks=FLAGS)
    rules: dict[str, Rule] = {}
    strata_known = True
    for name, entry in part.entries.items():
        shape = shaped(RuleShape, entry, problems, f"rule {name}")
        if shape is not None and isinstance(entry, Mapped):
            rules[name] = _rule(name, shape, entry, part.keys[name], reader)
            if shape.stratum not in _STRATA:
                what = f"'stratum' cannot be '{shape.stratum}'."
                problems.add(entry.keys["stratum"], what, "Write a number from 1 to 9.")
                strata_known = False
    if strata_known:
        _check_strata(rules, problems)
    return rules


def _tags(entry: Node) -> Iterable[str]:
    tags = entry.entries.get("tags") if isinstance(entry, Mapped) else None
    return [part.text for part in tags.parts if isinstance(part, Scalar)] if isinstance(tags, Items) else []


def _rule(name: str, shape: RuleShape, entry: Mapped, place: Place, reader: ConditionReader) -> Rule:
    problems = reader.problems
    common = reader.read(entry.entries["when"]) if "when" in entry.entries else ALWAYS
    levels = entry.entries["levels"]
    rows = tuple(
        row
        for part in (levels.parts if isinstance(levels, Items) else ())
        if isinstance(part, Mapped) and (row := _row(part, common, reader)) is not None
    )
    if not shape.levels and shape.information is None:
        problems.add(place, f"rule {name} has no level.", "Add one under 'levels:', or 'information: ...'.")
    if len(shape.because) > MAX_BECAUSE:
        what = f"'because' has {len(shape.because)} characters; {MAX_BECAUSE} is the limit."
        problems.add(entry.keys["because"], what, "Shorten it: it is part of a message.")
    if shape.levels and not shape.fires_for:
        problems.add(place, f"rule {name} has no example under 'fires_for'.", "Add a child for whom it is raised.")
    if shape.levels and not shape.quiet_for:
        problems.add(place, f"rule {name} has no example under 'quiet_for'.", "Add a child for whom it stays quiet.")
    return Rule(
        name,
        shape.title,
        rows,
        shape.because,
        tuple(shape.sources),
        place,
        unless=_unless(entry.entries.get("unless"), reader),
        not_sure=_not_sure(entry.entries.get("not_sure"), reader),
        stratum=_STRATA.get(shape.stratum, 1),
        tags=frozenset(shape.tags),
        private=shape.private == "yes",
        text=shape.text,
        fires_for=read_examples(entry.entries.get("fires_for"), reader),
        quiet_for=read_examples(entry.entries.get("quiet_for"), reader),
        renamed_from=old_names(shape.renamed_from),
    )


def _row(part: Mapped, common: Condition, reader: ConditionReader) -> LevelRow | None:
    level = read_level(part.entries["level"], reader.problems)
    if level is None:
        return None
    own = reader.read(part.entries["when"])
    when = own if common == ALWAYS else common if own == ALWAYS else All((common, own))
    return LevelRow(level, read_action(part.entries.get("action"), level, reader.problems), when)


def _unless(node: Node | None, reader: ConditionReader) -> tuple[Condition, ...]:
    if not isinstance(node, Items):
        return ()
    found: list[Condition] = []
    for part in node.parts:
        if isinstance(part, Scalar):
            if part.text in reader.rules:
                found.append(FlagRaised(part.text))
            else:
                reader.problems.unknown(part.place, "rule", part.text, reader.rules)
        else:
            found.append(reader.read(part))
    return tuple(found)


def _not_sure(node: Node | None, reader: ConditionReader) -> tuple[NotSureRow, ...] | None:
    if node is None:
        return None
    if isinstance(node, Scalar):
        return (NotSureRow(_counts_as(node, reader.problems), ALWAYS),)
    rows = []
    for part in node.parts if isinstance(node, Items) else ():
        if not isinstance(part, Mapped) or set(part.entries) != {"level", "when"}:
            reader.problems.add(part.place, "'not_sure' is not complete.", "Write '{level: URGENT, when: {...}}'.")
            continue
        rows.append(NotSureRow(_counts_as(part.entries["level"], reader.problems), reader.read(part.entries["when"])))
    return tuple(rows)


def _counts_as(node: Node, problems: Problems) -> Level | None:
    if isinstance(node, Scalar) and node.text == "as no":
        return None
    return read_level(node, problems)


def _check_strata(rules: Mapping[str, Rule], problems: Problems) -> None:
    """A rule may look only at rules of lower strata: else two rules could each wait for the other."""
    for rule in rules.values():
        conditions = [
            *(row.when for row in rule.levels),
            *rule.unless,
            *(row.when for row in rule.not_sure or ()),
        ]
        for part in (part for condition in conditions for part in walk(condition)):
            match part:
                case FlagRaised(other) if other == rule.id:
                    problems.add(rule.place, f"{rule.id} looks at its own flag.", "Take it out, or name another rule.")
                case FlagRaised(other) if other in rules and rules[other].stratum >= rule.stratum:
                    what = f"{rule.id} looks at the flag of {other}, which is not decided before it."
                    problems.add(rule.place, what, f"Write 'stratum: {rules[other].stratum + 1}' in {rule.id}.")
                case FlagsRaised() if rule.stratum == 1:
                    what = f"{rule.id} counts other flags, which are not decided before it."
                    problems.add(rule.place, what, f"Write 'stratum: 2' or higher in {rule.id}.")
                case _:
                    pass


def load_rule_book(rules: Node, gates: Node, vocabulary: Vocabulary, problems: Problems) -> RuleBook:
    """Read rules and gates together."""
    found = load_gates(gates, vocabulary, problems)
    return RuleBook(load_rules(rules, vocabulary, problems), found, load_always_said(gates, problems))
