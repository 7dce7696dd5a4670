"""The plan of a dialog: its steps from the top."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.script.conditions import ALWAYS
from bot.script.document import Items, Mapped, Node, Scalar
from bot.script.model import Kind, PlanItem
from bot.script.problems import Place, Problem, ScriptError, did_you_mean, unknown
from bot.script.read_condition import ConditionReader

_NOUNS = {Kind.ASK: "question", Kind.SAY: "text", Kind.DO: "dialog", Kind.HOWTO: "how-to"}
_KINDS = tuple(kind.value for kind in Kind)
_ALL = (*_KINDS, "when")
_ENDING = ("saves", "instead_of_reassure")


@dataclass(frozen=True, slots=True)
class Targets:
    """What the steps of a plan may name; for the `refused` kinds a name was already told to be wrong."""

    names: Mapping[Kind, Iterable[str]]
    refused: frozenset[Kind] = frozenset()


def read_plan(node: Node, targets: Targets, reader: ConditionReader) -> tuple[PlanItem, ...]:
    """Read all steps; a step with a mistake is left out."""
    plan: list[PlanItem] = []
    names: dict[str, int] = {}
    for part in node.parts if isinstance(node, Items) else ():
        try:
            item = _item(part, targets, reader)
        except ScriptError as error:
            reader.problems.found.extend(error.problems)
            continue
        if item is not None:
            names[item.id] = names.get(item.id, 0) + 1
            plan.append(item if names[item.id] == 1 else replace(item, id=f"{item.id}#{names[item.id]}"))
    return tuple(plan)


def _item(node: Node, targets: Targets, reader: ConditionReader) -> PlanItem | None:
    if isinstance(node, Scalar):
        if node.text == Kind.FINISH:
            return PlanItem(Kind.FINISH.value, Kind.FINISH, "", node.place)
        if node.text in _KINDS:
            raise _says_nothing(Kind(node.text), node.place)
        raise _refused(node.place, f"'{node.text}' is no step of a plan.", did_you_mean(node.text, _KINDS))
    if not isinstance(node, Mapped):
        raise _refused(node.place, "a step is expected here.", "Write for example '- ask: temperature_c'.")
    kind = _kind(node)
    when = reader.read(node.entries["when"]) if "when" in node.entries else ALWAYS
    if kind is Kind.FINISH:
        saves, calm = _ending(node.entries[kind], targets)
        return PlanItem(Kind.FINISH.value, kind, "", node.place, when, saves, calm)
    target = node.entries[kind]
    if not isinstance(target, Scalar) or not target.text:
        raise _says_nothing(kind, node.keys[kind])
    if target.text not in targets.names[kind]:
        if kind in targets.refused:
            return None
        raise ScriptError([unknown(node.keys[kind], _noun(kind), target.text, targets.names[kind])])
    return PlanItem(f"{kind.value}_{target.text}", kind, target.text, target.place, when)


def _noun(kind: Kind) -> str:
    return _NOUNS.get(kind, kind.value)


def _kind(node: Mapped) -> Kind:
    """The one kind of a step, told by its key."""
    present = [name for name in node.entries if name in _KINDS]
    strange = [name for name in node.entries if name not in (*_KINDS, "when")]
    if strange and not present:
        raise _refused(node.keys[strange[0]], f"'{strange[0]}' is no step of a plan.", did_you_mean(strange[0], _ALL))
    if not present:
        raise _refused(node.place, "'when' stands alone.", "Add below it what to do then, for example 'ask: name'.")
    if strange:
        what = f"'{present[0]}' has '{strange[0]}' beside it, which means nothing there."
        raise _refused(node.keys[strange[0]], what, did_you_mean(strange[0], _ALL))
    if len(present) > 1:
        what = f"one step has both '{present[0]}' and '{present[1]}'."
        raise _refused(node.keys[present[1]], what, "Begin a new line with '- ' for the second.")
    return Kind(present[0])


def _ending(node: Node, targets: Targets) -> tuple[str | None, str | None]:
    """What 'finish' saves, and the text that it says where it would say that all seems well."""
    if isinstance(node, Scalar) and not node.text:
        return None, None
    entries = node.entries if isinstance(node, Mapped) else {}
    strange = next((name for name in entries if name not in _ENDING), None)
    if strange is not None and isinstance(node, Mapped):
        raise _refused(node.keys[strange], f"'finish' has no entry '{strange}'.", did_you_mean(strange, _ENDING))
    saves, calm = entries.get("saves"), entries.get("instead_of_reassure")
    if not entries or (saves is not None and not (isinstance(saves, Scalar) and saves.text == "episode")):
        cure = "Write 'finish' or 'finish: {saves: episode}'."
        raise _refused(node.place, "'finish' can only save an episode.", cure)
    if calm is None:
        return "episode", None
    if not isinstance(calm, Scalar) or calm.text not in targets.names[Kind.SAY]:
        text = calm.text if isinstance(calm, Scalar) else ""
        if Kind.SAY in targets.refused:
            return None, None
        raise ScriptError([unknown(calm.place, "text", text, targets.names[Kind.SAY])])
    return None if saves is None else "episode", calm.text


def _says_nothing(kind: Kind, place: Place) -> ScriptError:
    return _refused(place, f"'{kind.value}' does not say which {_noun(kind)}.", f"Write '{kind.value}: name'.")


def _refused(place: Place, what: str, cure: str) -> ScriptError:
    return ScriptError([Problem(place, what, cure)])
