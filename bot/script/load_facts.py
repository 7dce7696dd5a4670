"""`content/facts.yaml`: the vocabulary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.facts.age import AgeLimit
from bot.facts.span import read_span
from bot.facts.value import Value
from bot.script.conditions import Condition, facts_of
from bot.script.document import Mapped, Node, Scalar
from bot.script.problems import Place, Problems
from bot.script.read_condition import KNOWN, NOT_SURE, ConditionReader
from bot.script.read_value import read_value
from bot.script.shaped import section, shaped
from bot.script.shapes import DerivedShape, FactShape, old_names
from bot.script.vocabulary import AgeFunction, Derived, Fact, FactType, Scope, Vocabulary, refuse_name

_BIRTH = {"birth_date": FactType.DATE}
_BIRTH_AND_WEEKS = _BIRTH | {"gestation_weeks": FactType.NUMBER}
_AGE_FACTS: Mapping[AgeFunction | None, Mapping[str, FactType]] = {
    AgeFunction.FROM_BIRTH: _BIRTH,
    AgeFunction.CORRECTED: _BIRTH_AND_WEEKS,
    AgeFunction.YOUNGER: _BIRTH_AND_WEEKS,
}


def load_vocabulary(node: Node, problems: Problems) -> Vocabulary:
    """Read all facts; mistakes are noted and the facts concerned left out."""
    facts: dict[str, Fact] = {}
    derived: dict[str, Derived] = {}
    # First the names and types, so that conditions can look at facts that stand further down.
    for name, entry, place in _entries(node, "facts", problems):
        fact = shaped(FactShape, entry, problems, f"fact '{name}'")
        if refuse_name(name, place, problems) and fact is not None:
            facts[name] = Fact(
                name,
                FactType(fact.type),
                Scope(fact.scope),
                place,
                options=tuple(fact.options or ()),
                unit=fact.unit or "",
                private=fact.private == "yes",
                about=fact.about or "",
                renamed_from=old_names(fact.renamed_from),
            )
    for name, entry, place in _entries(node, "derived", problems):
        found = shaped(DerivedShape, entry, problems, f"derived fact '{name}'")
        if refuse_name(name, place, problems) and found is not None:
            derived[name] = Derived(name, FactType(found.type), place)
    names = Vocabulary(facts, derived)
    if node.place.file in problems.files():
        # A fact that was left out would make every condition about it look wrong.
        return names
    reader = ConditionReader(names, problems, looks=frozenset())
    full = {
        name: _complete(facts[name], entry, reader, problems)
        for name, entry, _ in _entries(node, "facts", Problems())
        if name in facts and isinstance(entry, Mapped)
    }
    computed = {
        name: _computed(derived[name], entry, reader, problems)
        for name, entry, _ in _entries(node, "derived", Problems())
        if name in derived and isinstance(entry, Mapped)
    }
    _check_ages(full, computed, problems)
    _refuse_circles(full, computed, problems)
    return Vocabulary(full, computed)


def _entries(node: Node, name: str, problems: Problems) -> Iterator[tuple[str, Node, Place]]:
    cure = f"Add '{name}:' with a name for each fact."
    part = section(node, name, problems, cure, besides=("facts", "derived", "approved"))
    if part is not None:
        for key, entry in part.entries.items():
            yield key, entry, part.keys[key]


def _complete(fact: Fact, entry: Mapped, reader: ConditionReader, problems: Problems) -> Fact:
    def part(name: str) -> Node | None:
        return entry.entries.get(name)

    valid_for = None
    if isinstance(span := part("valid_for"), Scalar):
        try:
            valid_for = read_span(span.text)
        except ValueError:
            cure = "Write for example '30 minutes', '1 hour' or '2 days'."
            problems.add(span.place, f"'{span.text}' is not a span of time.", cure)
    if fact.scope in (Scope.NOW, Scope.HOW_TO) and valid_for is None and span is None:
        problems.add(fact.place, f"'{fact.id}' goes stale, but not after how long.", "Add 'valid_for: 2 hours'.")
    _check_options(fact, entry, problems)
    return Fact(
        fact.id,
        fact.type,
        fact.scope,
        fact.place,
        options=fact.options,
        unit=fact.unit,
        valid_for=valid_for,
        usual=_usual(fact, part("usual"), reader),
        ages=_ages(part("ages"), reader),
        ask_if=_condition(part("ask_if"), reader),
        harmless=_harmless(part("harmless_unknown"), reader),
        private=fact.private,
        about=fact.about,
        renamed_from=fact.renamed_from,
    )


def _check_options(fact: Fact, entry: Mapped, problems: Problems) -> None:
    if fact.type not in (FactType.CHOICE, FactType.MANY):
        if fact.options:
            what = f"a fact of type '{fact.type}' has no options of its own."
            problems.add(entry.keys["options"], what, "Take them out, or write 'type: choice'.")
    elif len(fact.options) < 2:
        problems.add(fact.place, f"'{fact.id}' has fewer than two options.", "Add 'options: [...]'.")
    for option in fact.options:
        if option in (NOT_SURE, KNOWN):
            what = f"'{option}' cannot be an option: it means something else here."
            problems.add(entry.keys["options"], what, "Take it out.")


def _usual(fact: Fact, node: Node | None, reader: ConditionReader) -> Value | None:
    if node is None:
        return None
    if isinstance(node, Scalar) and node.text == "unknown":
        node = Scalar("not sure", node.place)
    return read_value(reader, fact.id, node, node.place)


def _ages(node: Node | None, reader: ConditionReader) -> AgeLimit | None:
    return None if node is None else reader.age_limit(node)


def _condition(node: Node | None, reader: ConditionReader) -> Condition | None:
    return None if node is None else reader.read(node)


def _harmless(node: Node | None, reader: ConditionReader) -> AgeLimit | bool:
    if node is None:
        return False
    if isinstance(node, Scalar) and node.text in ("yes", "no"):
        return node.text == "yes"
    return reader.age_limit(node) or False


def _computed(derived: Derived, entry: Mapped, reader: ConditionReader, problems: Problems) -> Derived:
    function = entry.entries.get("function")
    name = function.text if isinstance(function, Scalar) else None
    given = entry.entries.get("from")
    if name in list(AgeFunction):
        found, type_ = replace(derived, function=AgeFunction(name)), FactType.AGE
    elif name == "count_of" and "of" in entry.entries:
        found, type_ = replace(derived, count_of=reader.read_list(entry.entries["of"])), FactType.NUMBER
    elif name is None and given is not None:
        found, type_ = replace(derived, condition=reader.read(given)), FactType.YES_NO
    else:
        problems.add(derived.place, f"'{derived.id}' does not say how it is computed.", "Add 'from: {...}'.")
        return derived
    if derived.type is not type_:
        what = f"what is computed like this is of type '{type_}', not '{derived.type}'."
        problems.add(entry.keys["type"], what, f"Write 'type: {type_}'.")
    return found


def _check_ages(facts: Mapping[str, Fact], derived: Mapping[str, Derived], problems: Problems) -> None:
    """See that every age can be worked out: from the facts that the functions know by their names."""
    for one in derived.values():
        for name, type_ in _AGE_FACTS.get(one.function, {}).items():
            if name not in facts or facts[name].type is not type_:
                what = f"'{one.id}' is worked out from '{name}', and there is no such fact of type '{type_}'."
                problems.add(one.place, what, f"Add '{name}' under 'facts:'.")


def _refuse_circles(facts: dict[str, Fact], derived: dict[str, Derived], problems: Problems) -> None:
    """A fact whose `ask_if` or `from` leads back to itself can never be decided."""
    needs: dict[str, frozenset[str]] = {}
    for name, fact in facts.items():
        needs[name] = facts_of(fact.ask_if) if fact.ask_if is not None else frozenset()
    for name, one in derived.items():
        conditions = (*one.count_of, *((one.condition,) if one.condition is not None else ()))
        needs[name] = frozenset().union(*(facts_of(condition) for condition in conditions))
    places = {name: fact.place for name, fact in facts.items()} | {n: one.place for n, one in derived.items()}
    settled: set[str] = set()
    for start in needs:
        circle = _circle(start, needs, settled, [])
        if circle:
            what = f"'{circle[0]}' waits for itself: {' -> '.join(circle)}."
            problems.add(places[circle[0]], what, "Take one of these conditions out.")
            return


def _circle(name: str, needs: dict[str, frozenset[str]], settled: set[str], path: list[str]) -> list[str]:
    if name in path:
        return [*path[path.index(name) :], name]
    if name in settled:
        return []
    for needed in sorted(needs.get(name, ())):
        if found := _circle(needed, needs, settled, [*path, name]):
            return found
    settled.add(name)
    return []
