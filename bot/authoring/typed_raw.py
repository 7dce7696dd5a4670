"""What the engine made of a text that a case types: accepted, refused, asked about, or heard as an emergency."""

from __future__ import annotations

import re
from typing import Any

from bot.authoring.chat import Chat
from bot.authoring.persona import Raw
from bot.facts.value import Born, DaysOld, Number, Value, from_json
from bot.script.model import Input
from bot.talk.effects import AnswerKept, FlagRaised
from bot.talk.moment import WORD_FLAG
from bot.talk.session import Pending

DOUBTS = {
    "temperature_point": "confirm",
    "temperature_fahrenheit": "confirm_then_convert",
    "birth_date_choose": "confirm_month",
    "age_unit": "ask_unit",
    "age_at_limit": "confirm",
    "birth_date_confirm": "confirm",
    "temperature_slip": "confirm",
}
OUT_OF_SCOPE = ("age_out_of_scope", "age_adult")


def field_of(field: Input | None, text: str) -> str:
    """The name of an input: a text with two separators is a date, everything else at that question is an age."""
    if field is Input.BIRTH_DATE:
        return "birth_date" if len(re.findall(r"\d+[./-]", text)) >= 2 else "age"
    return "any" if field is None else "temperature"


def made_of(chat: Chat, raw: Raw, typed: int) -> dict[str, Any]:
    """What the last turn made of a raw text that was typed for the `typed`-th time."""
    field = field_of(raw.field, raw.text)
    prompt = chat.session.prompt
    if any(isinstance(effect, FlagRaised) and effect.rule.startswith(WORD_FLAG) for effect in chat.effects):
        return {"field": field, "action": "interrupt_emergency"}
    if prompt is not None and prompt.pending is Pending.CONFIRM:
        action = DOUBTS[str(prompt.data["doubt"])]
        values = [from_json(value) for value in dict(prompt.data["values"]).values()]
        name = "suggest_c" if action == "confirm" else "value_c"
        return {"field": field, "action": action, **(_number(values[0], chat, name) if len(values) == 1 else {})}
    if prompt is not None and prompt.pending is Pending.WORD:
        return {"field": field, "action": "confirm"}
    if any(chat.engine.script.text(phrase).split("{")[0].strip()[:40] in chat.text for phrase in OUT_OF_SCOPE):
        return {"field": field, "action": "out_of_scope"}
    if prompt is not None and prompt.data.get("bands"):
        return {"field": field, "action": "offer_age_buttons", "after_failures": typed}
    return {"field": field, **_taken(chat, raw)}


def _taken(chat: Chat, raw: Raw) -> dict[str, Any]:
    fact = "birth_date" if raw.field is Input.BIRTH_DATE else "temperature_c"
    for effect in chat.effects:
        if isinstance(effect, AnswerKept) and effect.fact == fact:
            return {"action": "accept", **_number(effect.value, chat, "value_c")}
    return {"action": "reject"}


def _number(value: Value | None, chat: Chat, name: str) -> dict[str, Any]:
    match value:
        case Number(interval) if interval.exact is not None:
            return {name: float(interval.exact)}
        case Born(on):
            return {"age_days": (chat.now.date() - on).days}
        case DaysOld(_, high, _):
            return {"age_days": high}
        case _:
            return {}
