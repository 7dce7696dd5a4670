"""What a typed text must find: the file of searches beside the chats, run at the menu of a simulated chat."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.authoring.chat import Chat
from bot.places import Places
from bot.script.articles import ARTICLE, FOUND, LIBRARY
from bot.script.document import Items, Mapped, Scalar, compose
from bot.script.load import load_places
from bot.script.problems import Place, Problems, ScriptError
from bot.script.script import Script
from bot.talk.effects import Ask, Escalate, Say
from bot.talk.engine import Engine
from bot.talk.library import DANGER, MENU_ENTRY

FILE = ("tests", "conversations", "searches", "typed.yaml")
"""Where the file stands beside the dialogs."""

_FILLED = re.compile(r"\{[a-z_]+\}")
_KEYS = ("typed", "first", "finds")
_FIRST = ("danger", "emergency", "asks if now", "nothing")


@dataclass(frozen=True, slots=True)
class Search:
    """One typed text: what stands first, and the first article or warning; either may be left out."""

    typed: str
    first: str | None
    finds: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Came:
    """What a parent gets: the same two things."""

    first: str
    finds: str | None


def read_searches(text: str, file: str, script: Script) -> tuple[Search, ...]:
    """Read the file; raises ScriptError with every mistake in it."""
    problems = Problems()
    node = compose(text, file)
    rows = node.entries.get("searches") if isinstance(node, Mapped) else None
    if not isinstance(rows, Items):
        problems.add(node.place, "'searches' is missing in this file.", "Begin with 'searches:' and a list below it.")
        raise ScriptError(problems.found)
    found = [one for row in rows.parts if (one := _row(row, script, problems)) is not None]
    problems.raise_if_any()
    return tuple(found)


def _row(row: object, script: Script, problems: Problems) -> Search | None:
    if not isinstance(row, Mapped):
        return None
    for name in row.entries:
        if name not in _KEYS:
            problems.unknown(row.keys[name], "entry", name, _KEYS)
    said = {name: one.text.strip() for name, one in row.entries.items() if isinstance(one, Scalar)}
    if "typed" not in said or len(said) < 2:
        problems.add(row.place, "a search needs 'typed' and 'first' or 'finds'.", "Compare it with another one.")
        return None
    texts = (*script.articles, *(one.id for one in script.withheld.passages.values() if not one.silent))
    if "finds" in said and said["finds"] not in texts:
        problems.unknown(row.keys["finds"], "article or warning", said["finds"], texts)
    kinds = (*_FIRST, *texts, *(f"menu {one.id}" for one in script.menu.every))
    if "first" in said and said["first"] not in kinds:
        problems.unknown(row.keys["first"], "thing to come first", said["first"], kinds)
    return Search(said["typed"], said.get("first"), said.get("finds"), row.place)


def came_of(engine: Engine, typed: str) -> Came:
    """What comes of a text typed at the menu."""
    chat = Chat(engine).commands("start").presses("agree").presses("not_sure").types(typed)
    asked = next((one for one in reversed(chat.effects) if isinstance(one, Ask)), None)
    if any(isinstance(one, Escalate) for one in chat.effects):
        return Came("emergency", None)
    if asked is None or asked.question == "word":
        return Came("asks if now", None)
    if asked.question.startswith(f"{ARTICLE}."):
        name = asked.question.removeprefix(f"{ARTICLE}.")
        return Came(name, name)
    if asked.question == f"{LIBRARY}.{FOUND}":
        options = [_named(button.option) for button in asked.buttons]
        texts = (*engine.script.articles, *engine.script.withheld.passages)
        return Came(options[0], next((one for one in options if one in texts), None))
    warned = [one for one in chat.effects if isinstance(one, Say)]
    for passage in engine.script.withheld.passages.values():
        if warned and passage.say and max(_FILLED.split(passage.say), key=len).strip() in warned[0].text:
            return Came(passage.id, passage.id)
    if chat.session.check is not None:
        return Came(f"menu {chat.session.check.entry}", None)
    if asked.question.startswith("menu."):
        return Came(f"menu {asked.question.removeprefix('menu.')}", None)
    opened = next((one.id for one in engine.script.menu.every if one.opens == asked.question), None)
    return Came("nothing" if opened is None else f"menu {opened}", None)


def _named(option: str) -> str:
    if option == DANGER:
        return "danger"
    return f"menu {option.removeprefix(MENU_ENTRY)}" if option.startswith(MENU_ENTRY) else option


def misses(engine: Engine, searches: tuple[Search, ...]) -> Iterator[str]:
    """The texts that find something else, each in one line."""
    for one in searches:
        came = came_of(engine, one.typed)
        if one.first is not None and came.first != one.first:
            yield f"{one.place}: “{one.typed}” should show '{one.first}' first, and shows '{came.first}'."
        if one.finds is not None and came.finds != one.finds:
            yield f"{one.place}: “{one.typed}” should find '{one.finds}', and finds '{came.finds or 'nothing'}'."


def searches_to_mend(places: Places) -> list[str]:
    """The same for the file beside the dialogs; without one nothing is searched."""
    path = places.dialogs.parent.joinpath(*FILE)
    if not path.is_file():
        return []
    engine = Engine(load_places(places.dialogs, places.content))
    try:
        searches = read_searches(path.read_text(encoding="utf-8"), Path(path).name, engine.script)
    except ScriptError as error:
        return [str(one) for one in error.problems]
    return list(misses(engine, searches))
