"""A session as plain JSON, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.facts.level import Action, Level
from bot.facts.value import from_json, to_json
from bot.talk.effects import Mark
from bot.talk.session import Check, Flag, Given, ListState, Pending, Prompt, Session, Stage
from bot.triage.knowledge import Told


def dump(session: Session) -> dict[str, Any]:
    """The session as plain JSON; `load` gives it back unchanged."""
    return {
        "turn": session.turn,
        "stage": session.stage.value,
        "consent": session.consent,
        "country": session.country,
        "nickname": session.nickname,
        "told": _dump_told(session.told),
        "meanings": dict(session.meanings),
        "check": None if session.check is None else _dump_check(session.check),
        "recent": _dump_flags(session.recent),
        "prompts": [
            {
                "pending": prompt.pending.value,
                "question": prompt.question,
                "options": dict(prompt.options),
                "data": dict(prompt.data),
            }
            for prompt in session.prompts
        ],
        "tries": session.tries,
        "seen_at": None if session.seen_at is None else session.seen_at.isoformat(),
        "script": session.script,
        "structure": session.structure,
        "answered_by": session.answered_by,
        "counted": dict(session.counted),
    }


def load(data: Mapping[str, Any]) -> Session:
    """Read a session written by `dump`."""
    return Session(
        turn=data["turn"],
        stage=Stage(data["stage"]),
        consent=data["consent"],
        country=data["country"],
        nickname=data["nickname"],
        told=_load_told(data["told"]),
        meanings=dict(data["meanings"]),
        check=None if data["check"] is None else _load_check(data["check"]),
        recent=_load_flags(data["recent"]),
        prompts=tuple(
            Prompt(Pending(one["pending"]), one["question"], dict(one["options"]), dict(one["data"]))
            for one in data["prompts"]
        ),
        tries=data["tries"],
        seen_at=None if data["seen_at"] is None else datetime.fromisoformat(data["seen_at"]),
        script=data["script"],
        structure=data.get("structure", ""),
        answered_by=data.get("answered_by", ""),
        counted=dict(data.get("counted", {})),
    )


def _dump_told(told: Mapping[str, Told]) -> dict[str, Any]:
    return {fact: {"value": to_json(one.value), "at": one.at.isoformat()} for fact, one in told.items()}


def _load_told(data: Mapping[str, Any]) -> dict[str, Told]:
    return {fact: Told(from_json(one["value"]), datetime.fromisoformat(one["at"])) for fact, one in data.items()}


def _dump_flags(flags: Mapping[str, Flag]) -> dict[str, Any]:
    return {rule: _dump_flag(flag) for rule, flag in flags.items()}


def _load_flags(data: Mapping[str, Any]) -> dict[str, Flag]:
    return {rule: _load_flag(flag) for rule, flag in data.items()}


def _dump_flag(flag: Flag) -> dict[str, Any]:
    return {
        "level": flag.level.name,
        "action": None if flag.action is None else flag.action.value,
        "sure": flag.sure,
        "at": flag.at.isoformat(),
        "private": flag.private,
    }


def _load_flag(data: Mapping[str, Any]) -> Flag:
    action = None if data["action"] is None else Action(data["action"])
    return Flag(Level[data["level"]], action, data["sure"], datetime.fromisoformat(data["at"]), data["private"])


def _dump_check(check: Check) -> dict[str, Any]:
    announced = check.announced
    return {
        "number": check.number,
        "dialog": check.dialog,
        "started": check.started.isoformat(),
        "entry": check.entry,
        "kept": check.kept,
        "flags": _dump_flags(check.flags),
        "carried": _dump_flags(check.carried),
        "seen_due": check.seen_due,
        "given": [
            {"question": one.question, "label": one.label, "facts": list(one.facts), "before": _dump_told(one.before)}
            for one in check.given
        ],
        "lists": {
            name: {
                "stage": one.stage,
                "marks": {item: mark.value for item, mark in one.marks.items()},
                "checked": one.checked,
                "deferred": list(one.deferred),
                "meaning": one.meaning,
            }
            for name, one in check.lists.items()
        },
        "said": sorted(check.said),
        "steps": dict(check.steps),
        "asked_again": check.asked_again,
        "replaced": {key: _dump_told(told) for key, told in check.replaced.items()},
        "announced": None
        if announced is None
        else [announced[0].name, None if announced[1] is None else announced[1].value],
        "ended": check.ended,
        "odd_reading": check.odd_reading,
        "unreviewed": check.unreviewed,
        "hints": dict(check.hints),
        "counted": None if check.counted is None else list(check.counted),
    }


def _load_check(data: Mapping[str, Any]) -> Check:
    announced = data["announced"]
    return Check(
        number=data["number"],
        dialog=data["dialog"],
        started=datetime.fromisoformat(data["started"]),
        entry=data["entry"],
        kept=data["kept"],
        flags=_load_flags(data["flags"]),
        carried=_load_flags(data["carried"]),
        seen_due=data["seen_due"],
        given=tuple(
            Given(one["question"], one["label"], tuple(one["facts"]), _load_told(one["before"]))
            for one in data["given"]
        ),
        lists={
            name: ListState(
                one["stage"],
                {item: Mark(mark) for item, mark in one["marks"].items()},
                one["checked"],
                tuple(one["deferred"]),
                one.get("meaning", ""),
            )
            for name, one in data["lists"].items()
        },
        said=frozenset(data["said"]),
        steps=dict(data["steps"]),
        asked_again=data["asked_again"],
        replaced={key: _load_told(told) for key, told in data["replaced"].items()},
        announced=None
        if announced is None
        else (Level[announced[0]], None if announced[1] is None else Action(announced[1])),
        ended=data["ended"],
        odd_reading=data["odd_reading"],
        unreviewed=data.get("unreviewed", False),
        hints=dict(data.get("hints", {})),
        counted=None if data.get("counted") is None else tuple(data["counted"]),
    )
