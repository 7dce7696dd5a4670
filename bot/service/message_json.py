"""Messages as plain JSON, so that the outbox can still deliver them after a restart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.facts.level import Action, Level
from bot.talk.effects import Ask, Button, Document, Escalate, Mark, Redraw, Say

Shown = Say | Ask | Redraw | Escalate | Document
"""The messages that reach a parent; silence does not."""


def kind_of(message: Shown) -> str:
    """The kind under which the outbox keeps a message."""
    return type(message).__name__.lower()


def dump_message(message: Shown) -> dict[str, Any]:
    """The message as plain JSON; `load_message` gives it back unchanged."""
    match message:
        case Say(text):
            return {"text": text}
        case Ask(text, turn, question, buttons, progress, private):
            return {
                "text": text,
                "turn": turn,
                "question": question,
                "buttons": _dump_buttons(buttons),
                "progress": None if progress is None else list(progress),
                "private": private,
            }
        case Redraw(turn, question, buttons, text):
            return {"turn": turn, "question": question, "buttons": _dump_buttons(buttons), "text": text}
        case Document(name, text):
            return {"name": name, "text": text}
        case Escalate(text, level, action, turn, question, buttons, private):
            return {
                "text": text,
                "level": level.name,
                "action": None if action is None else action.value,
                "turn": turn,
                "question": question,
                "buttons": _dump_buttons(buttons),
                "private": private,
            }


def load_message(kind: str, data: Mapping[str, Any]) -> Shown:
    """Read a message written by `dump_message`; raises ValueError for an unknown kind."""
    match kind:
        case "say":
            return Say(data["text"])
        case "ask":
            progress = data["progress"]
            return Ask(
                data["text"],
                data["turn"],
                data["question"],
                _load_buttons(data["buttons"]),
                None if progress is None else (progress[0], progress[1]),
                data.get("private", False),
            )
        case "redraw":
            return Redraw(data["turn"], data["question"], _load_buttons(data["buttons"]), data.get("text"))
        case "document":
            return Document(data["name"], data["text"])
        case "escalate":
            return Escalate(
                data["text"],
                Level[data["level"]],
                None if data["action"] is None else Action(data["action"]),
                data["turn"],
                data["question"],
                _load_buttons(data["buttons"]),
                data["private"],
            )
    raise ValueError(f"no kind of message: {kind}")


def _dump_buttons(buttons: Iterable[Button]) -> list[dict[str, Any]]:
    return [{"option": one.option, "text": one.text, "mark": one.mark.value, "danger": one.danger} for one in buttons]


def _load_buttons(data: Iterable[Mapping[str, Any]]) -> tuple[Button, ...]:
    return tuple(Button(one["option"], one["text"], Mark(one["mark"]), one["danger"]) for one in data)
