"""The checklists of a dialog: several signs in one message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.facts.level import Action, Level
from bot.facts.value import Value
from bot.script.conditions import facts_of
from bot.script.document import Items, Mapped, Node
from bot.script.model import Checklist, Item
from bot.script.problems import Place
from bot.script.read_condition import ConditionReader
from bot.script.read_level import read_action, read_level
from bot.script.read_value import opposite, read_values
from bot.script.rules import Rule, RuleBook
from bot.script.shapes import ChecklistShape, ItemShape, old_names
from bot.script.vocabulary import Vocabulary

MAX_ITEMS = 8


def read_checklist(
    name: str, shape: ChecklistShape, dialog: str, section: Mapped, book: RuleBook, reader: ConditionReader
) -> Checklist:
    """Read one checklist; faulty lines keep what could be read of them."""
    place, entry = section.keys[name], section.entries[name]
    entries = entry.entries if isinstance(entry, Mapped) else {}
    level, action = _floor(shape, entries, place, reader)
    pick = shape.pick == "yes"
    if len(shape.items) > MAX_ITEMS and not pick:
        what = f"'{name}' has {len(shape.items)} lines; {MAX_ITEMS} is the limit."
        reader.problems.add(place, what, "Make two checklists of it.")
    lines = entries["items"]
    items: list[Item] = []
    used: dict[str, int] = {}
    for one, part in zip(shape.items, lines.parts if isinstance(lines, Items) else (), strict=True):
        if isinstance(part, Mapped):
            item = _item(one, part, level, book, reader, pick=pick)
            used[item.id] = used.get(item.id, 0) + 1
            number = "" if used[item.id] == 1 else f"_{used[item.id]}"
            items.append(replace(item, id=f"{item.id}{number}"))
    return Checklist(
        name,
        dialog,
        shape.ask,
        place,
        tuple(items),
        level=level,
        action=action,
        because=shape.because,
        simple_check=shape.simple_check,
        none=shape.none,
        pick=pick,
        after=_after(shape, entries, book, reader),
        sources=tuple(shape.sources),
        renamed_from=old_names(shape.renamed_from),
    )


def _floor(
    shape: ChecklistShape, entries: Mapping[str, Node], place: Place, reader: ConditionReader
) -> tuple[Level | None, Action | None]:
    if "level" not in entries:
        return None, None
    if shape.because is None:
        reader.problems.add(place, "this checklist has a level, but gives no reason for it.", "Add 'because: ...'.")
    level = read_level(entries["level"], reader.problems)
    return level, None if level is None else read_action(entries.get("action"), level, reader.problems)


def _after(
    shape: ChecklistShape, entries: Mapping[str, Node], book: RuleBook, reader: ConditionReader
) -> frozenset[str]:
    """The rules after whose advice the checklist is shown: each can be "go" as well as "call"."""
    for rule in shape.after or ():
        place = entries["after"].place
        if rule not in book.rules:
            reader.problems.unknown(place, "rule", rule, book.rules)
        elif not {Action.GO, Action.CALL} <= {row.action for row in book.rules[rule].levels}:
            what = f"rule {rule} is not both 'go' and 'call', so nothing is left to ask after its advice."
            reader.problems.add(place, what, "Name a rule with both actions, or put the checklist into the plan.")
    return frozenset(shape.after or ())


def _item(
    shape: ItemShape, part: Mapped, level: Level | None, book: RuleBook, reader: ConditionReader, *, pick: bool
) -> Item:
    sets = read_values(reader, part.entries["sets"])
    denied = read_values(reader, part.entries["denied"]) if "denied" in part.entries else {}
    if not pick:
        _check_can_be_denied({name: value for name, value in sets.items() if name not in denied}, part, reader)
    if shape.rule is not None:
        _check_rule(shape.rule, sets, part.entries["rule"].place, level, book, reader)
    return Item(next(iter(sets), "item"), shape.text, sets, shape.then, denied, old_names(shape.renamed_from))


def _check_can_be_denied(sets: Mapping[str, Value], part: Mapped, reader: ConditionReader) -> None:
    """See that "None of these" means something for every fact of a line."""
    for name, value in sets.items():
        try:
            opposite(reader.vocabulary.facts[name], value, None)
        except (TypeError, ValueError):
            given = part.entries["sets"]
            place = given.keys[name] if isinstance(given, Mapped) else given.place
            what = f"'None of these' would say nothing about '{name}' here."
            reader.problems.add(place, what, "Add 'denied: {...}', or ask for it in a question of its own.")


def _check_rule(
    name: str, sets: Mapping[str, Value], place: Place, level: Level | None, book: RuleBook, reader: ConditionReader
) -> None:
    """See that a line names a rule that it can raise, and that reaches the level of the checklist."""
    problems = reader.problems
    if name not in book.rules:
        problems.unknown(place, "rule", name, book.rules)
        return
    rule = book.rules[name]
    if sets and not _looked_at(rule, reader.vocabulary) & set(sets):
        what = f"rule {name} does not look at '{next(iter(sets))}'."
        problems.add(place, what, "Name the rule that this line raises.", about=("rule says", name))
    elif level is not None and rule.highest < level:
        what = f"the checklist says {level.name}, but rule {name} of this line only {rule.highest.name}."
        cure = "Move the line to another checklist, or lower the level of this one."
        problems.add(place, what, cure, about=("rule says", name))


def _looked_at(rule: Rule, vocabulary: Vocabulary) -> frozenset[str]:
    """Every fact that a rule looks at, also behind the facts that are computed."""
    found: set[str] = set()
    todo = [name for row in rule.levels for name in facts_of(row.when)]
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            derived = vocabulary.derived.get(name)
            if derived is not None:
                conditions = derived.count_of if derived.condition is None else (derived.condition,)
                todo.extend(fact for condition in conditions for fact in facts_of(condition))
    return frozenset(found)
