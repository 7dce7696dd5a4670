"""A counter-example as a chat: played on the real engine, readable, and as a test for tests/conversations/."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time

from bot.authoring.conversation import Conversation, Expected, Parent
from bot.authoring.conversations import Ran, run
from bot.authoring.proof.answers import BIRTH
from bot.authoring.proof.finding import Finding, Property
from bot.authoring.proof.meant import value_as_text
from bot.facts.level import Level
from bot.facts.value import NOT_SURE, DaysOld, Many, Value
from bot.script.load_examples import EXAMPLE_DAY
from bot.script.problems import Place
from bot.script.script import Script
from bot.talk.engine import Engine

DIALOG = "danger_check"
"""Where a counter-example is shown that belongs to no dialog of its own."""


def played(script: Script, finding: Finding) -> Finding:
    """The finding with the chat of its child; says whether the real engine shows the fault as well.

    A fault that the engine does not show is a mistake of the proof, and is told as such.
    """
    if finding.child is None:
        return finding
    ran = run(Engine(script), _conversation(script, finding))
    confirmed: bool | None = None
    if finding.property is Property.COMPLETE and finding.expected is not None:
        level = ran.result.level
        confirmed = (-1 if level is None else int(level)) < int(Level[finding.expected])
    return replace(finding, chat=_readable(ran), confirmed=confirmed)


def _conversation(script: Script, finding: Finding) -> Conversation:
    dialog = DIALOG
    if finding.dialog is not None and finding.dialog in script.dialogs and not script.dialogs[finding.dialog].part:
        dialog = finding.dialog
    return Conversation(
        finding.what,
        dialog,
        datetime.combine(EXAMPLE_DAY, time(12), UTC),
        Parent(unusual(script, finding.child or {})),
        Place("counter-example", 1),
        expected=Expected(level=None if finding.expected is None else Level[finding.expected]),
    )


def unusual(script: Script, child: Mapping[str, Value]) -> dict[str, Value]:
    """The answers that a simulated parent would not give by itself."""
    found: dict[str, Value] = {}
    for name, value in child.items():
        fact = script.vocabulary.facts.get(name)
        if fact is None or name in script.local:
            continue
        if value != (NOT_SURE if fact.usual is None else fact.usual):
            found[name] = value
    return found


def _readable(ran: Ran) -> str:
    level = "none" if ran.result.level is None else ran.result.level.name
    rules = ", ".join(ran.result.rules) or "nothing"
    return f"{ran.transcript}\n(the engine ends at {level}; raised: {rules})"


def as_test(script: Script, finding: Finding) -> str:
    """The counter-example as a file for tests/conversations/: it fails until the fault is mended."""
    one = _conversation(script, finding)
    facts = ", ".join(_entry(name, value) for name, value in one.parent.facts.items())
    claim = " ".join(finding.what.replace('"', "'").split())
    expect = f"expect: {{level: {finding.expected or 'ROUTINE'}}}"
    head = "# Found by `steady check --prove`. Say what must come out, record the transcript, and keep it as a test.\n"
    return f'{head}chat: "{claim[:300]}"\ndialog: {one.start}\nparent: {{{facts}}}\n{expect}\n'


def _entry(name: str, value: Value) -> str:
    match value:
        case DaysOld(low, _, _) if name == BIRTH:
            return f"age: {low} days"
        case Many(certain, possible) if certain == possible:
            return f"{name}: [{', '.join(sorted(certain))}]"
        case _:
            return f"{name}: {value_as_text(value)}"
