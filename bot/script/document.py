"""A YAML file as moderators wrote it: every scalar stays text and every value knows its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import yaml

from bot.script.problems import Place, Problem, ScriptError

MAX_DEPTH = 20


@dataclass(frozen=True, slots=True)
class Scalar:
    """A piece of text; `block` tells that it was written under `|` or `>`."""

    text: str
    place: Place
    block: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    parts: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapped:
    """Named values, in the order of the file."""

    entries: Mapping[str, Node]
    keys: Mapping[str, Place]
    place: Place


Node = Scalar | Items | Mapped


def plain(node: Node) -> Any:
    """The node as dicts, lists and text."""
    match node:
        case Scalar(text):
            return text
        case Items(parts):
            return [plain(part) for part in parts]
        case Mapped(entries):
            return {key: plain(value) for key, value in entries.items()}


def find(node: Node, path: Sequence[str | int]) -> Place:
    """The place of the value at `path`, or of the nearest thing around it; a key is preferred to its value."""
    place = node.place
    for step in path:
        if isinstance(node, Mapped) and str(step) in node.entries:
            place = node.keys[str(step)]
            node = node.entries[str(step)]
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.parts):
            node = node.parts[step]
            place = node.place
        else:
            break
    return place


def compose(text: str, file: str) -> Node:
    """Read one document; raises ScriptError with the first mistake, its line and its cure."""
    try:
        events = list(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.YAMLError as error:
        raise ScriptError([_explain(error, text, file)]) from None
    builder = _Builder(file)
    documents = builder.documents(iter(events))
    if not documents:
        raise ScriptError([Problem(Place(file, 1), "the file is empty.", "Add the dialog, or delete the file.")])
    if len(documents) > 1:
        raise ScriptError(
            [
                Problem(
                    documents[1].place,
                    "a second document begins here (a line '---').",
                    "Take the line '---' out, or make two files.",
                )
            ]
        )
    return documents[0]


class _Builder:
    """Builds nodes from parser events and refuses what moderators never need."""

    def __init__(self, file: str) -> None:
        self._file = file

    def documents(self, events: Iterator[Any]) -> list[Node]:
        found: list[Node] = []
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                found.append(self._node(next(events), events, 0))
        return found

    def _place(self, event: Any) -> Place:
        return Place(self._file, event.start_mark.line + 1)

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        place = self._place(event)
        if isinstance(event, yaml.AliasEvent):
            self._refuse(place, f"'*{event.anchor}' points to another place.", "Write the value here once more.")
        if getattr(event, "anchor", None):
            self._refuse(place, f"'&{event.anchor}' marks a value for re-use.", "Take the mark out.")
        if event.tag is not None and event.tag != "!":
            self._refuse(place, f"'{event.tag}' is a YAML tag.", "Take it out; put the text in quotes if it is meant.")
        if depth > MAX_DEPTH:
            self._refuse(place, "this is nested too deeply.", "Make it simpler.")
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(event.value, place, block=event.style in ("|", ">"))
        if isinstance(event, yaml.SequenceStartEvent):
            return self._items(events, place, depth)
        return self._mapped(events, place, depth)

    def _items(self, events: Iterator[Any], place: Place, depth: int) -> Items:
        parts: list[Node] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            parts.append(self._node(event, events, depth + 1))
        return Items(tuple(parts), place)

    def _mapped(self, events: Iterator[Any], place: Place, depth: int) -> Mapped:
        entries: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._node(event, events, depth + 1)
            if not isinstance(key, Scalar):
                self._refuse(key.place, "a name is expected here, not a list or a mapping.", "Write 'name: value'.")
            if key.text in entries:
                self._refuse(
                    key.place,
                    f"'{key.text}' stands here twice (first in line {keys[key.text].line}).",
                    "Rename one of them, or take it out.",
                )
            keys[key.text] = key.place
            entries[key.text] = self._node(next(events), events, depth + 1)
        return Mapped(entries, keys, place)

    def _refuse(self, place: Place, what: str, cure: str) -> NoReturn:
        raise ScriptError([Problem(place, what, cure)])


_BLOCK_CURE = "Put the text on the next line under '|', where every sign is allowed."


def _explain(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """Say a parser's complaint in plain words, at the line that has to be changed."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 1 if mark is not None else 1
    complaint = str(getattr(error, "problem", "") or error)
    lines = text.splitlines()
    shown = lines[line - 1] if 0 < line <= len(lines) else ""
    for number in (line, line - 1):
        if 0 < number <= len(lines) and "\t" in re.match(r"\s*", lines[number - 1])[0]:  # type: ignore[index]
            return Problem(
                Place(file, number),
                "the line begins with a tab.",
                "Use spaces: two for each step to the right.",
            )
    place = Place(file, line)
    if "mapping values are not allowed" in complaint:
        if re.search(r":\s.*:(\s|$)", shown):
            return Problem(place, "there are two colons in this line.", _BLOCK_CURE)
        return Problem(place, "this line stands too far to the right, or the line above is not finished.", _INDENT)
    if "undefined alias" in complaint or "alias" in complaint:
        return Problem(place, "a text cannot begin with '*' or '&'.", _BLOCK_CURE)
    if "cannot start any token" in complaint:
        return Problem(place, "a text cannot begin with this sign.", _BLOCK_CURE)
    if "could not find expected ':'" in complaint or "simple key" in complaint:
        before = _last_written(lines, line)
        return Problem(Place(file, before), "a ':' is missing in this line.", "Write 'name: value'.")
    if "did not find expected ',' or '}'" in complaint or "did not find expected ',' or ']'" in complaint:
        return Problem(place, "a '{' or '[' is not closed, or a comma is missing.", "Close it in the same line.")
    if "quoted scalar" in complaint or "unexpected end of stream" in complaint:
        opened = getattr(error, "context_mark", None)
        return Problem(
            Place(file, opened.line + 1 if opened is not None else line),
            "a quotation mark is not closed.",
            _BLOCK_CURE,
        )
    if "did not find expected" in complaint or "block" in complaint:
        return Problem(place, "this line stands too far to the left or to the right.", _INDENT)
    return Problem(place, "this line cannot be read.", "Compare it with the lines around it, or undo the last change.")


_INDENT = "Move it under the line that it belongs to: two spaces for each step."


def _last_written(lines: Sequence[str], line: int) -> int:
    """The nearest line at or above `line` that holds something without a colon."""
    for number in range(min(line, len(lines)), 0, -1):
        if lines[number - 1].strip() and ":" not in lines[number - 1]:
            return number
    return line
