"""A copy of the shipped scripts with one change, and what the proof says of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from bot.authoring.proof.finding import Finding, Property
from bot.authoring.proof.prove import Prover
from bot.authoring.proof.seal import Seal, read_seal
from bot.authoring.proof.witness import played
from bot.places import Places, find_places
from bot.script.load import Folder, load_script, read_folder
from bot.script.machine import compile_dialog
from bot.script.model import Kind
from bot.script.script import Script


@cache
def places() -> Places:
    """Where the shipped scripts are."""
    return find_places(None)


@cache
def folder() -> Folder:
    """The shipped scripts."""
    return read_folder(places().dialogs, places().content)


@cache
def seal() -> Seal:
    """What they were sealed as."""
    return read_seal(places().content)


def planted(path: str, before: str, after: str) -> Script:
    """The shipped scripts with one text replaced, at the one place where it stands."""
    text = folder().files[path]
    assert text.count(before) == 1, f"{before!r} stands {text.count(before)} times in {path}"
    return load_script(Folder({**folder().files, path: text.replace(before, after)}))


def without(dialog: str, target: str, kind: Kind | None = None) -> Script:
    """The shipped scripts without one step of a plan; the check of the scripts would refuse some of these."""
    script = load_script(folder())
    before = script.dialogs[dialog]
    plan = tuple(item for item in before.plan if item.target != target or kind not in (None, item.kind))
    assert len(plan) < len(before.plan)
    after = replace(before, plan=plan)
    machines = {**script.machines, dialog: compile_dialog(after)}
    return replace(script, dialogs={**script.dialogs, dialog: after}, machines=machines)


def found(script: Script, *properties: Property) -> list[Finding]:
    """What the proof finds by these properties; the first one is played on the real engine."""
    return list(_found(script, *properties))


def first(script: Script, what: Property) -> Finding:
    """The first thing that the proof finds by this property, played on the real engine; it looks for no other."""
    return next(_found(script, what))


def names(script: Script, what: Property, fact: str) -> bool:
    """Whether a finding by this property names the fact; the proof stops at the first that does."""
    return any(fact in one.what for one in _found(script, what))


def _found(script: Script, *properties: Property) -> Iterator[Finding]:
    parts = Prover(script, seal(), places().content).parts()
    for one in properties:
        for number, finding in enumerate(parts[one]()):
            yield played(script, finding) if number == 0 else finding
