"""(h): every state of every dialog reaches an end, and what an answer leaves open is asked."""

from __future__ import annotations

from collections.abc import Iterator

from bot.authoring.proof.finding import Finding, Property
from bot.authoring.proof.tellers import asked_in
from bot.script.machine import END, START
from bot.script.model import Checklist, Kind
from bot.script.script import Script


def ends(script: Script) -> Iterator[Finding]:
    """Look at the machines as they really are, and at what the answers leave to other questions."""
    for name, machine in script.machines.items():
        edges = list(machine.edges())
        follows: dict[str, set[str]] = {}
        for edge in edges:
            follows.setdefault(edge.source, set()).add(edge.target)
        always = {edge.source for edge in edges if not edge.guarded}
        for state in (START, *machine.items):
            if END not in _reachable(follows, state):
                yield Finding(Property.NO_DEAD_END, f"from step {state} of {name} no end is reached", dialog=name)
            elif state not in always:
                what = f"after step {state} of {name} there is no way on that needs no condition"
                yield Finding(Property.NO_DEAD_END, what, dialog=name)
    for dialog in script.dialogs.values():
        if dialog.part:
            continue
        if not any(item.kind is Kind.FINISH for item in dialog.plan):
            yield Finding(Property.NO_DEAD_END, f"{dialog.id} has no 'finish'", dialog=dialog.id)
        asked = asked_in(script, dialog)
        keys = {one.key for one in asked}
        for one in asked:
            answers = one.one.items if isinstance(one.one, Checklist) else one.one.options
            for answer in answers:
                if answer.then is not None and f"{one.one.dialog}.{answer.then}" not in keys:
                    what = f"{one.key}: '{answer.text}' leaves it to '{answer.then}', which {dialog.id} never asks"
                    yield Finding(Property.NO_DEAD_END, what, dialog=dialog.id)


def _reachable(follows: dict[str, set[str]], state: str) -> set[str]:
    found, waiting = {state}, [state]
    while waiting:
        fresh = follows.get(waiting.pop(), set()) - found
        found |= fresh
        waiting += fresh
    return found
