"""`content/gates.yaml`: when a how-to is closed."""

from __future__ import annotations

from collections.abc import Mapping

from bot.script.conditions import GateIs, walk
from bot.script.document import Items, Mapped, Node, Scalar, find
from bot.script.problems import Place, Problems
from bot.script.read_condition import LEVEL_AND_GATES, ConditionReader
from bot.script.rules import MEDICINE, AlwaysSaid, Closing, Gate, Opening
from bot.script.shaped import section, shaped
from bot.script.shapes import AlwaysSaidShape, GateShape
from bot.script.vocabulary import Vocabulary


def load_gates(node: Node, vocabulary: Vocabulary, problems: Problems) -> Mapping[str, Gate]:
    """Read all gates; a gate with a mistake is left out."""
    part = section(node, "gates", problems, "Add 'gates:' with a name for each gate.", besides=["always_said"])
    if part is None:
        return {}
    results = {name: ("closed", *_results(entry)) for name, entry in part.entries.items()}
    reader = ConditionReader(vocabulary, problems, gates=results, looks=LEVEL_AND_GATES)
    gates: dict[str, Gate] = {}
    for name, entry in part.entries.items():
        shape = shaped(GateShape, entry, problems, f"gate '{name}'")
        if shape is not None and isinstance(entry, Mapped):
            gates[name] = _gate(name, shape, entry, part.keys[name], reader)
    _refuse_circles(gates, problems)
    return gates


def load_always_said(node: Node, problems: Problems) -> tuple[AlwaysSaid, ...]:
    """Read what is always said, each with the gates, or the request for a medicine, that it goes with."""
    part = node.entries.get("always_said") if isinstance(node, Mapped) else None
    gates = node.entries.get("gates") if isinstance(node, Mapped) else None
    topics = {MEDICINE, *(gates.entries if isinstance(gates, Mapped) else ())}
    found: list[AlwaysSaid] = []
    for name, entry in part.entries.items() if isinstance(part, Mapped) else ():
        shape = shaped(AlwaysSaidShape, entry, problems, f"'{name}'")
        if shape is None or not isinstance(part, Mapped) or not isinstance(entry, Mapped):
            continue
        told = [shape.when] if isinstance(shape.when, str) else shape.when
        for topic in told:
            if topic not in topics:
                problems.unknown(find(entry, ["when"]), "gate", topic, topics)
        found.append(AlwaysSaid(name, frozenset(told), shape.say, part.keys[name]))
    return tuple(found)


def _results(entry: Node) -> list[str]:
    """The results of a gate, before anything else of it is read."""
    rows = entry.entries.get("otherwise") if isinstance(entry, Mapped) else None
    found = [row.entries.get("result") for row in _rows(rows)]
    return [one.text if isinstance(one, Scalar) else "open" for one in found]


def _rows(node: Node | None) -> list[Mapped]:
    return [part for part in node.parts if isinstance(part, Mapped)] if isinstance(node, Items) else []


def _gate(name: str, shape: GateShape, entry: Mapped, place: Place, reader: ConditionReader) -> Gate:
    closed, otherwise = _rows(entry.entries["closed"]), _rows(entry.entries["otherwise"])
    for row, part in zip(shape.closed, closed, strict=True):
        if not row.because:
            what = f"gate '{name}' does not say why it closes here ({row.id})."
            reader.problems.add(part.place, what, "Add 'because: ...'.")
    return Gate(
        name,
        tuple(
            Closing(row.id, reader.read(part.entries["when"]), row.because or "")
            for row, part in zip(shape.closed, closed, strict=True)
        ),
        tuple(
            Opening(row.id, row.result or "open", reader.read(part.entries["when"]))
            for row, part in zip(shape.otherwise, otherwise, strict=True)
        ),
        place,
    )


def _refuse_circles(gates: Mapping[str, Gate], problems: Problems) -> None:
    """A gate that looks at itself, through whatever others, can never be decided."""
    for gate in gates.values():
        circle = _circle(gates, (gate.id,))
        if circle:
            what = f"gate '{gate.id}' waits for itself: {' -> '.join(circle)}."
            problems.add(gate.place, what, "Take one of these 'gate:' conditions out.")
            return


def _circle(gates: Mapping[str, Gate], path: tuple[str, ...]) -> tuple[str, ...]:
    gate = gates.get(path[-1])
    conditions = [] if gate is None else [*(row.when for row in gate.closed), *(row.when for row in gate.otherwise)]
    for part in (part for condition in conditions for part in walk(condition)):
        if isinstance(part, GateIs):
            if part.gate == path[0]:
                return (*path, part.gate)
            if part.gate not in path and (found := _circle(gates, (*path, part.gate))):
                return found
    return ()
