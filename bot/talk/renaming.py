"""A session by the names of the present script: what was renamed or moved since is found again under its new name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.script.renames import Renames
from bot.script.script import Script
from bot.talk.events import Event, Pressed
from bot.talk.moment import LIST_FLAG
from bot.talk.session import Check, Flag, Given, ListState, Pending, Prompt, Session
from bot.triage.knowledge import Told

LINE = "item_"
"""Prefix of the buttons that stand for a line of a checklist."""


@dataclass(frozen=True, slots=True)
class Names:
    """Old names and what they are now.

    `moved` are questions and checklists that stand in another dialog; `known` are the keys of all that there are.
    """

    renames: Renames
    known: Collection[str]
    moved: Mapping[str, str] = field(default_factory=dict)

    @property
    def nothing(self) -> bool:
        """Whether every name is as it was."""
        return self.renames.nothing and all(key in self.known for key in self.moved)

    def key(self, key: str) -> str:
        """The key of a question or a checklist; any other stays as it is."""
        if key in self.known:
            return key
        named = self.renames.key(key)
        named = self.moved.get(named, named)
        return named if named in self.known else key

    def fact(self, fact: str) -> str:
        """The name of a fact."""
        return self.renames.facts.get(fact, fact)

    def rule(self, rule: str) -> str:
        """The name of a rule, or of the flag of a whole checklist."""
        if rule.startswith(LIST_FLAG):
            return f"{LIST_FLAG}{self.key(rule.removeprefix(LIST_FLAG))}"
        return self.renames.rules.get(rule, rule)

    def line(self, key: str, line: str) -> str:
        """The name of a line; `key` is the present one of its checklist."""
        return self.renames.lines.get(key, {}).get(line, line)

    def option(self, key: str, option: str) -> str:
        """The name of a button; `key` is the present one of its question or checklist."""
        if option.startswith(LINE):
            return f"{LINE}{self.line(key, option.removeprefix(LINE))}"
        return self.renames.options.get(key, {}).get(option, option)


def names_for(session: Session, script: Script) -> Names:
    """Which names of a session have another one now."""
    places: dict[str, list[str]] = {}
    for key in known_keys(script):
        places.setdefault(key.partition(".")[2], []).append(key)
    moved: dict[str, str] = {}
    for old in _keys(session):
        key = script.renames.key(old)
        there = places.get(key.partition(".")[2], [])
        if len(there) == 1:
            moved[key] = there[0]
    return Names(script.renames, known_keys(script), moved)


def known_keys(script: Script) -> frozenset[str]:
    """The keys of all questions and checklists."""
    return frozenset(
        f"{dialog.id}.{name}" for dialog in script.dialogs.values() for name in (*dialog.questions, *dialog.checklists)
    )


def _keys(session: Session) -> Iterator[str]:
    for prompt in session.prompts:
        if prompt.pending is Pending.POSITION:
            yield prompt.question
        yield str(prompt.data.get("about", ""))
    for source in session.meanings.values():
        yield source.partition("|")[0]
    if session.check is not None:
        yield from (given.question for given in session.check.given)
        yield from (*session.check.lists, *session.check.replaced, session.check.asked_again or "")


def renamed_event(names: Names, event: Event) -> Event:
    """A pressed button by the present names."""
    if not isinstance(event, Pressed):
        return event
    key = names.key(event.question)
    return Pressed(event.turn, key, names.option(key, event.option))


def renamed_session(names: Names, session: Session) -> Session:
    """The session by the present names."""
    if names.nothing:
        return session
    return replace(
        session,
        told=_told(names, session.told),
        meanings={names.fact(fact): _source(names, source) for fact, source in session.meanings.items()},
        check=None if session.check is None else _check(names, session.check),
        recent=_flags(names, session.recent),
        prompts=tuple(_prompt(names, prompt) for prompt in session.prompts),
    )


def _source(names: Names, source: str) -> str:
    key, bar, digests = source.partition("|")
    return f"{names.key(key)}{bar}{digests}"


def _told(names: Names, told: Mapping[str, Told]) -> dict[str, Told]:
    found: dict[str, Told] = {}
    for old, one in told.items():
        fact = names.fact(old)
        found[fact] = Told(names.renames.value(fact, one.value), one.at)
    return found


def _flags(names: Names, flags: Mapping[str, Flag]) -> dict[str, Flag]:
    return {names.rule(rule): flag for rule, flag in flags.items()}


def _check(names: Names, check: Check) -> Check:
    dialogs = names.renames.dialogs
    return replace(
        check,
        dialog=dialogs.get(check.dialog, check.dialog),
        flags=_flags(names, check.flags),
        carried=_flags(names, check.carried),
        given=tuple(
            Given(names.key(one.question), one.label, tuple(map(names.fact, one.facts)), _told(names, one.before))
            for one in check.given
        ),
        lists={names.key(key): _list(names, names.key(key), state) for key, state in check.lists.items()},
        said=frozenset(_step(names, key) for key in check.said),
        steps={_step(names, key): number for key, number in check.steps.items()},
        asked_again=None if check.asked_again is None else names.key(check.asked_again),
        replaced={names.key(key): _told(names, told) for key, told in check.replaced.items()},
        hints={names.key(key): label for key, label in check.hints.items()},
    )


def _list(names: Names, key: str, state: ListState) -> ListState:
    return replace(
        state,
        marks={names.line(key, line): mark for line, mark in state.marks.items()},
        deferred=tuple(names.line(key, line) for line in state.deferred),
    )


def _step(names: Names, key: str) -> str:
    """The name of a step of a plan, "dialog.step"; what else is remembered as said has no dialog in its name."""
    dialog, dot, step = key.partition(".")
    return f"{names.renames.dialogs.get(dialog, dialog)}{dot}{step}" if dot else key


def _prompt(names: Names, prompt: Prompt) -> Prompt:
    key = names.key(prompt.question)
    about = names.key(str(prompt.data.get("about", prompt.question)))
    data: dict[str, Any] = dict(prompt.data)
    if "about" in data:
        data["about"] = about
    if "option" in data:
        data["option"] = names.option(about, str(data["option"]))
    if "key" in data:
        data["key"] = _step(names, str(data["key"]))
    if "lines" in data:
        data["lines"] = [names.line(key, str(line)) for line in data["lines"]]
        data["meanings"] = {names.line(key, str(line)): one for line, one in dict(data["meanings"]).items()}
    return Prompt(prompt.pending, key, {names.option(key, one): text for one, text in prompt.options.items()}, data)
