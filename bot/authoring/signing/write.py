"""Writes a signature into a YAML file in place; no other character of the file changes."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from bot.script.approval import NOBODY, Approval
from bot.script.signables import APPROVED

_PLAIN = re.compile(r"[^\W\d_][\w.' -]*[\w.]")
"""A text that needs no quotes in any place of a YAML file."""


@dataclass(frozen=True, slots=True)
class _Edit:
    """Characters `start` to `end` of a file become `text`."""

    start: int
    end: int
    text: str


def with_approvals(text: str, signed: Sequence[tuple[Sequence[str | int], Approval | None]]) -> str:
    """The file with each signature at its path, which ends with `approved`, or in that part of the file.

    None takes a signature back: `{by: nobody yet}`. Raises KeyError where a path leads nowhere.
    """
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    if root is None:
        raise KeyError(text)
    edits: list[_Edit] = []
    new_part: list[str] = []
    for path, approval in signed:
        steps, value = [str(step) for step in path], written(approval)
        if steps[0] == APPROVED and _entry(root, APPROVED) is None:
            new_part.append(f"  {steps[1]}: {value}\n")
        else:
            edits.append(_edit(text, root, steps, value))
    if new_part:
        edits.append(_at_the_end(text, "".join([f"{APPROVED}:\n", *new_part])))
    in_order = sorted(edits, key=lambda one: one.start)
    # From the end, so that the places of the others stay; of two at one place the first stands first.
    for edit in in_order[::-1]:
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def written(approval: Approval | None) -> str:
    """A signature as it stands in a file, on one line."""
    if approval is None:
        return f"{{by: {NOBODY}}}"
    by, role = _quoted(approval.by), _quoted(approval.role)
    return f'{{by: {by}, role: {role}, on: {approval.on.isoformat()}, covers: "{approval.covers}"}}'


def _quoted(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _edit(text: str, root: yaml.Node, path: list[str], value: str) -> _Edit:
    holder: yaml.Node = root
    for step in path[:-1]:
        entry = _entry(holder, step)
        if entry is None:
            raise KeyError(path)
        holder = entry[1]
    there = _entry(holder, path[-1])
    if there is not None:
        return _Edit(there[1].start_mark.index, _end(there[1]), value)
    return _added(text, holder, f"{path[-1]}: {value}")


def _entry(node: yaml.Node, name: str) -> tuple[yaml.Node, yaml.Node] | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next(((key, value) for key, value in node.value if key.value == name), None)


def _end(node: yaml.Node) -> int:
    """Where a value ends: that of lines below each other would reach to the next word, over blank lines and remarks."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


def _added(text: str, holder: yaml.Node, line: str) -> _Edit:
    """A new line of a mapping: below its sources where it has some, else below all of it."""
    if not isinstance(holder, yaml.MappingNode) or not holder.value:
        raise KeyError(line)
    if holder.flow_style:
        at = int(holder.end_mark.index) - 1
        return _Edit(at, at, f", {line}")
    beside = _entry(holder, "sources") or holder.value[-1]
    end = _end(beside[1])
    # The end of a text under '|' lies behind its line; that of any other value in it.
    at = end if text[:end].endswith("\n") else text.find("\n", end) + 1
    indent = " " * int(beside[0].start_mark.column)
    newline = _newline(text)
    if at == 0 or not text[:at].endswith("\n"):
        return _Edit(len(text), len(text), f"{newline}{indent}{line}{newline}")
    return _Edit(at, at, f"{indent}{line}{newline}")


def _at_the_end(text: str, lines: str) -> _Edit:
    newline = _newline(text)
    before = newline if text.endswith("\n") else newline * 2
    return _Edit(len(text), len(text), before + lines.replace("\n", newline))


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
