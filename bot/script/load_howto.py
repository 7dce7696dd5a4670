"""`content/howto/*.yaml`: instructions, step by step, behind a gate."""

from __future__ import annotations

from bot.script.document import Items, Mapped, Node
from bot.script.model import HowTo, Step
from bot.script.problems import Problems, did_you_mean
from bot.script.rules import RuleBook
from bot.script.shaped import shaped
from bot.script.shapes import HowToShape
from bot.script.vocabulary import refuse_name


def load_howto(node: Node, stem: str, book: RuleBook, problems: Problems) -> HowTo | None:
    """Read one how-to; None after a mistake."""
    shape = shaped(HowToShape, node, problems, "the how-to")
    if shape is None or not isinstance(node, Mapped):
        return None
    refuse_name(shape.howto, node.keys["howto"], problems)
    if shape.howto != stem:
        what = f"the how-to is called '{shape.howto}', but the file '{stem}.yaml'."
        problems.add(node.keys["howto"], what, "Give both the same name.")
    if shape.gate not in book.gates:
        problems.unknown(node.keys["gate"], "gate", shape.gate, book.gates)
        return None
    results = book.gates[shape.gate].results
    steps = node.entries["steps"]
    seen: set[str] = set()
    for step, part in zip(shape.steps, steps.parts if isinstance(steps, Items) else (), strict=True):
        keys = part.keys if isinstance(part, Mapped) else {}
        if step.id in seen:
            problems.add(keys["id"], f"two steps are called '{step.id}'.", "Rename one of them.")
        seen.add(step.id)
        for result in step.only or ():
            if result not in results:
                what = f"gate '{shape.gate}' has no result '{result}'."
                problems.add(keys["only"], what, did_you_mean(result, results))
    return HowTo(
        shape.howto,
        shape.title,
        shape.gate,
        tuple(Step(s.id, s.text, frozenset(s.only or ()), tuple(s.sources)) for s in shape.steps),
        node.place,
    )
