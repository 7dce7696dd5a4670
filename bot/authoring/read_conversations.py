"""Files of golden chats, as a nurse writes them; every mistake names its line and its cure."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from bot.authoring.chat import START
from bot.authoring.conversation import MENU, NEW, Conversation, Extent, Parent, Show
from bot.authoring.read_deeds import read_deeds
from bot.authoring.read_expected import read_expected
from bot.authoring.reading import Reading
from bot.facts.value import DaysOld, Value
from bot.script.document import Items, Mapped, Node, Scalar, compose
from bot.script.load_examples import read_examples
from bot.script.problems import Problems
from bot.script.read_condition import ConditionReader
from bot.script.script import Script

CHAT = (
    "chat",
    "dialog",
    "menu",
    "start",
    "at",
    "parent",
    "known",
    "turns",
    "expect",
    "known_fault",
    "show",
    "transcript",
)
UNSURE = {"everything_else": "all_unknown", "danger_signs": "danger_unknown"}
"""What a parent may be unsure of all at once."""

NOT_TOLD = {"today": "Write 'at: 2026-01-15' beside 'parent'.", "level": "Write it under 'expect'."}
_FROM = re.compile(r"from (\d{1,3})")


def read_conversations(text: str, file: str, script: Script) -> tuple[Conversation, ...]:
    """Read the chats of one file; raises ScriptError with everything that is wrong in it."""
    problems = Problems()
    found = _file(compose(text, file), Reading(script, problems))
    problems.raise_if_any()
    return tuple(found)


def _file(node: Node, reading: Reading) -> list[Conversation]:
    """One chat, or several under `chats:`."""
    if not isinstance(node, Mapped):
        reading.problems.add(node.place, "this is no chat.", "Begin with 'chat: what must come out'.")
        return []
    if "chats" not in node.entries:
        return [_chat(node, reading)]
    reading.keys(node, ("about", "chats"))
    found: list[Conversation] = []
    for part in reading.parts(node.entries["chats"]):
        if isinstance(part, Mapped):
            found.append(_chat(part, reading))
        else:
            reading.problems.add(part.place, "this is no chat.", "Begin each chat with '- chat: '.")
    for number, one in enumerate(found):
        if one.chat in (other.chat for other in found[:number]):
            reading.problems.add(one.place, "two chats claim the same.", "Say what is different in this one.")
    return found


def _chat(node: Mapped, reading: Reading) -> Conversation:
    reading.keys(node, CHAT)
    entries = node.entries
    at = _at(entries.get("at"), reading)
    claim = reading.text(entries.get("chat"))
    if not claim:
        reading.problems.add(node.place, "the chat does not say what it claims.", "Begin with 'chat: ...'.")
    expect = entries.get("expect")
    # One mistake, one message: a misspelt 'expect' or a level that is missing beside its action was told already.
    told = isinstance(expect, Mapped) and {"level", "action"} & expect.entries.keys()
    if not told and "turns" not in entries and entries.keys() <= set(CHAT):
        what = "the chat does not say which level must come out."
        reading.problems.add(node.place, what, "Write 'expect: {level: URGENT}'.")
    return Conversation(
        claim,
        _start(node, reading),
        at,
        _parent(entries.get("parent"), at.date(), reading),
        node.place,
        _menu(entries.get("menu"), reading),
        read_deeds(entries.get("turns"), reading),
        read_expected(expect, reading),
        _show(entries.get("show"), reading),
        _transcript(entries.get("transcript"), reading),
        reading.text(entries.get("known_fault")) or None,
        _known(node, at.date(), reading),
    )


def _start(node: Mapped, reading: Reading) -> str:
    begins = [name for name in ("dialog", "menu", "start") if name in node.entries]
    if not begins and "turns" in node.entries:
        return NEW
    if len(begins) != 1:
        what = "the chat begins in two places." if begins else "the chat does not say where it begins."
        reading.problems.add(node.place, what, "Write one of: dialog, menu, start.")
        return MENU
    if begins[0] == "menu":
        return MENU
    place = node.entries[begins[0]]
    text = reading.text(place)
    known = [*(flow for flow, dialog in reading.script.dialogs.items() if not dialog.part), NEW, MENU]
    if text not in known:
        reading.problems.unknown(place.place, "dialog", text, known)
    return text


def _menu(node: Node | None, reading: Reading) -> str | None:
    text = reading.text(node)
    labels = [entry.text for entry in reading.script.menu.every if entry.start is not None]
    if node is not None and text not in labels:
        reading.problems.unknown(node.place, "button in the menu", text, labels)
    return text or None


def _at(node: Node | None, reading: Reading) -> datetime:
    if node is None:
        return START
    text = reading.text(node)
    try:
        moment = datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        cure = "Write it as 2026-01-15, or with a time as 2026-01-15 23:30."
        reading.problems.add(node.place, f"'{text}' is no date.", cure)
        return START
    return moment if ":" in text else moment.replace(hour=START.hour)


def _parent(node: Node | None, today: date, reading: Reading) -> Parent:
    if node is None:
        return Parent()
    if not isinstance(node, Mapped):
        cure = "Write '{age: 2 months, temperature_c: 38.0}'."
        reading.problems.add(node.place, "'parent' says nothing about the child.", cure)
        return Parent()
    for name in node.entries:
        if name in UNSURE and reading.text(node.entries[name]) != "not sure":
            what = f"'{name}' can only be 'not sure'."
            reading.problems.add(node.keys[name], what, f"Write '{name}: not sure'.")
        if name in NOT_TOLD:
            reading.problems.add(node.keys[name], f"'{name}' is nothing that a parent tells.", NOT_TOLD[name])
    told = {name: one for name, one in node.entries.items() if name not in UNSURE and name not in NOT_TOLD}
    facts = _facts(Mapped(told, node.keys, node.place), today, reading)
    return Parent(facts, **{UNSURE[name]: True for name in node.entries if name in UNSURE})


def _facts(child: Mapped, today: date, reading: Reading) -> dict[str, Value]:
    reader = ConditionReader(reading.script.vocabulary, reading.problems)
    return {
        name: DaysOld(value.low, value.high, today) if isinstance(value, DaysOld) else value
        for example in read_examples(Items((child,), child.place), reader)
        for name, value in example.facts.items()
    }


def _known(node: Mapped, today: date, reading: Reading) -> dict[str, Value]:
    """What is known when a dialog begins."""
    known = node.entries.get("known")
    if known is None:
        return {}
    if not isinstance(known, Mapped) or "dialog" not in node.entries:
        cure = "Write 'dialog: danger_check' and 'known: {age: 2 months}'."
        reading.problems.add(known.place, "'known' names facts with which a dialog begins.", cure)
        return {}
    return _facts(known, today, reading)


def _show(node: Node | None, reading: Reading) -> Show:
    if node is None:
        return Show()
    text = reading.text(node)
    if text in (Extent.ALL, Extent.END):
        return Show(Extent(text))
    found = _FROM.fullmatch(text)
    if found is None:
        reading.problems.add(node.place, f"'{text}' is no part of a chat.", "Write 'all', 'end' or 'from 5'.")
        return Show()
    return Show(Extent.FROM, int(found[1]))


def _transcript(node: Node | None, reading: Reading) -> str | None:
    if node is None:
        return None
    if not isinstance(node, Scalar) or not node.block:
        cure = "Delete it, and record it with --update."
        reading.problems.add(node.place, "the transcript is recorded, not written.", cure)
        return None
    return node.text
