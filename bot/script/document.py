"""A YAML file as moderators wrote it: every scalar stays text and every value knows its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import yaml

from bot.script.complaints import BELOW, cannot_begin, explain, unseen_sign
from bot.script.problems import Place, Problem, ScriptError

MAX_DEPTH = 20
_ODD_SPACE = re.compile("[\\xa0\\u2000-\\u200f\\u2028\\u2029\\u202f\\u205f\\u2060\\u3000\\ufeff]")
_REMARK = 'Put the text in "double quotes", or write two spaces before a remark.'


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
    if (unseen := unseen_sign(text, file)) is not None:
        raise ScriptError([unseen])
    try:
        events = list(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.YAMLError as error:
        raise ScriptError([explain(error, text, file)]) from None
    document = _Builder(file, text.splitlines()).document(iter(events))
    if document is None:
        raise ScriptError([Problem(Place(file, 1), "the file is empty.", "Put its text back, or delete the file.")])
    return document


class _Builder:
    """Builds nodes from parser events and refuses what moderators never need."""

    def __init__(self, file: str, lines: Sequence[str]) -> None:
        self._file = file
        self._lines = lines

    def document(self, events: Iterator[Any]) -> Node | None:
        found: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                node = self._node(next(events), events, 0)
                # A file of blank lines and remarks is a document that holds nothing.
                if isinstance(node, Scalar) and not node.text:
                    continue
                if found is not None:
                    what = "a second document begins at this line '---'."
                    self._refuse(self._place(event), what, "Take the line '---' out, or make two files.")
                found = node
        return found

    def _place(self, event: Any) -> Place:
        return Place(self._file, event.start_mark.line + 1)

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        place = self._place(event)
        for sign, found in (("*", isinstance(event, yaml.AliasEvent)), ("&", event.anchor), ("!", _tagged(event))):
            if found:
                raise ScriptError([cannot_begin(place, sign)])
        if depth > MAX_DEPTH:
            self._refuse(place, "too many things stand inside each other here.", "Make it simpler.")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, place)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._items(events, place, depth)
        return self._mapped(event, events, place, depth)

    def _scalar(self, event: Any, place: Place) -> Scalar:
        block = event.style in ("|", ">")
        end = event.end_mark
        if not block and end.line != event.start_mark.line:
            if re.match(r"-\S", event.value):
                self._refuse(place, "a space is missing after the '-'.", "Write '- ' and then the rest.")
            self._refuse(place, "this text goes on in the next line.", f"{BELOW}.")
        # Nobody would notice that a text such as "Room # 3" ends at the sign.
        if not event.style and event.value and re.match(r" #", self._lines[end.line][end.column :]):
            self._refuse(place, "what follows the '#' is left out of this text.", _REMARK)
        return Scalar(event.value, place, block=block)

    def _items(self, events: Iterator[Any], place: Place, depth: int) -> Items:
        parts: list[Node] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            parts.append(self._node(event, events, depth + 1))
        return Items(tuple(parts), place)

    def _mapped(self, start: Any, events: Iterator[Any], place: Place, depth: int) -> Mapped:
        entries: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._name(event, events, depth)
            if key.text in entries:
                self._refuse(
                    key.place,
                    f"'{key.text}' stands here twice (first in line {keys[key.text].line}).",
                    "Rename one of them, or take it out.",
                )
            following = next(events)
            if (
                start.flow_style
                and isinstance(following, yaml.ScalarEvent)
                and not (following.value or following.style)
            ):
                self._cut(key, next(reversed(entries.values()), None))
            keys[key.text] = key.place
            entries[key.text] = self._node(following, events, depth + 1)
        return Mapped(entries, keys, place)

    def _name(self, event: Any, events: Iterator[Any], depth: int) -> Scalar:
        key = self._node(event, events, depth + 1)
        if not isinstance(key, Scalar):
            self._refuse(key.place, "a name is expected before the ':' here.", "Write 'name: value'.")
        if not key.text:
            self._refuse(key.place, "the name before the ':' is missing.", "Write 'name: value'.")
        if _ODD_SPACE.search(key.text):
            what = f"in '{_ODD_SPACE.sub('', key.text)}' or before it stands a sign that only looks like a space."
            self._refuse(key.place, what, "Delete it and type the line anew.")
        return key

    def _cut(self, key: Scalar, before: Node | None) -> NoReturn:
        """A name without a value between '{' and '}': mostly a text with a comma in it."""
        if ":" in key.text:
            self._refuse(key.place, f"a space is missing after the ':' in '{key.text}'.", "Write 'name: value'.")
        if isinstance(before, Scalar) and re.search(r"[0-9]$", before.text) and re.match(r"[0-9]", key.text):
            what = f"a number with a comma stands here: '{before.text},{key.text}'."
            self._refuse(key.place, what, f"Write it with a point: '{before.text}.{key.text}'.")
        if before is None:
            cure = "Write '{name: value}'; a text that begins with '{' needs \"double quotes\"."
            self._refuse(key.place, f"'{key.text}' has no value.", cure)
        what = f"the comma before '{key.text}' ends the text."
        self._refuse(key.place, what, 'Put the whole text in "double quotes".')

    def _refuse(self, place: Place, what: str, cure: str) -> NoReturn:
        raise ScriptError([Problem(place, what, cure)])


def _nothing(event: Any) -> bool:
    return isinstance(event, yaml.ScalarEvent) and not event.value and not event.style


def _tagged(event: Any) -> bool:
    return getattr(event, "tag", None) is not None
