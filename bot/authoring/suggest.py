"""Chats for ways that no chat takes, ready to be copied into a file of chats; each was run and takes its way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.authoring.chat import START as NOON
from bot.authoring.conversation import Conversation, Parent
from bot.authoring.conversations import run
from bot.authoring.possible import Possible, TooMany
from bot.authoring.trail import Trail, Way
from bot.authoring.write_facts import write_facts
from bot.facts.value import DaysOld, Value
from bot.script.conditions import All, Condition, Not
from bot.script.machine import END, START
from bot.script.model import Dialog, Kind
from bot.script.problems import Place
from bot.script.script import Script
from bot.talk.engine import Engine
from bot.triage.knowledge import BIRTH

_NOWHERE = Place("", 0)
_AGES = (150, 20, 75, 400)
"""Days of life at which a way is looked for where it does not depend on the age."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A chat that takes a way, as it is written in a file; `text` is None where none was found."""

    way: Way
    text: str | None


def suggest(engine: Engine, trail: Trail, ways: Iterable[Way]) -> Iterator[Suggestion]:
    """Look for a chat for each of these ways; one that takes several is given once."""
    possible = Possible.of(engine.script)
    left = sorted(ways)
    while left:
        way = left[0]
        found = _chat(engine, trail, possible, way)
        if found is None:
            left.remove(way)
            yield Suggestion(way, None)
            continue
        text, taken = found
        left = [other for other in left if other not in taken]
        yield Suggestion(way, text)


def _chat(engine: Engine, trail: Trail, possible: Possible, way: Way) -> tuple[str, frozenset[Way]] | None:
    for flow, condition in _flows(engine.script, way):
        try:
            facts = possible.find(condition)
        except TooMany:
            continue
        if facts is None:
            continue
        for days in _AGES:
            child = {BIRTH: _old(days), **facts} if BIRTH not in facts else dict(facts)
            claim = f"In '{way.dialog}' the way from {way.source} to {way.target} is taken"
            ran = run(engine, Conversation(claim, flow, NOON, Parent(child), _NOWHERE), trail)
            if way in ran.ways and not ran.faults and ran.result.level is not None:
                return _written(claim, flow, child, ran.result.level.name), ran.ways
            if BIRTH in facts:
                break
    return None


def _old(days: int) -> Value:
    return DaysOld(days, days, NOON.date())


def _written(claim: str, flow: str, child: dict[str, Value], level: str) -> str:
    lines = [
        f"- chat: {claim}",
        f"  dialog: {flow}",
        f"  parent: {write_facts(child)}",
        f"  expect: {{level: {level}}}",
        "  show: end",
    ]
    return "\n".join(lines)


def _flows(script: Script, way: Way) -> Iterator[tuple[str, Condition]]:
    """Every flow in which the way can be taken, with what must hold for it."""
    own = _of_way(script.dialogs[way.dialog], way)
    for flow in script.dialogs.values():
        if not flow.part:
            for path in _paths(script, flow, way.dialog):
                yield flow.id, All((*path, *own))


def _paths(script: Script, dialog: Dialog, wanted: str) -> Iterator[tuple[Condition, ...]]:
    """The conditions of the steps by which a dialog comes to another one."""
    if dialog.id == wanted:
        yield ()
        return
    for item in dialog.plan:
        if item.kind is Kind.DO and item.target in script.dialogs:
            for path in _paths(script, script.dialogs[item.target], wanted):
                yield (item.when, *path)


def _of_way(dialog: Dialog, way: Way) -> tuple[Condition, ...]:
    names = [START, *(item.id for item in dialog.plan), END]
    source, target = names.index(way.source), names.index(way.target)
    whens = {item.id: item.when for item in dialog.plan}
    ends = [whens[name] for name in (way.source, way.target) if name in whens]
    return (*ends, *(Not(whens[name]) for name in names[source + 1 : target]))
