"""What the author of a script has marked as not finished: `draft: true` and `todo: ...`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.script.document import Items, Mapped, Node, Scalar
from bot.script.problems import Problem

_BUTTONS = ("options", "bands")
"""In these, a name is that of a button."""


def unfinished(nodes: Mapping[str, Node]) -> tuple[Problem, ...]:
    """Every draft and every note of what is still to do, in the order of files and lines."""
    return tuple(sorted(found for node in nodes.values() for found in _marks(node)))


def _marks(node: Node) -> Iterator[Problem]:
    if isinstance(node, Items):
        for part in node.parts:
            yield from _marks(part)
    if isinstance(node, Mapped):
        for name, value in node.entries.items():
            if isinstance(value, Scalar):
                if name == "todo" and value.text:
                    what = f"still to do: {' '.join(value.text.split()).removesuffix('.')}."
                    yield Problem(node.keys[name], what, "Do it, and take the line 'todo' out.")
                if name == "draft" and value.text == "true":
                    cure = "Take the line 'draft' out once parents may see it."
                    yield Problem(node.keys[name], "this is a draft.", cure)
            elif name not in _BUTTONS:
                yield from _marks(value)
