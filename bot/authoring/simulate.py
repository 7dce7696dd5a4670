"""Cases played through the real engine: level, flags, gates, inputs and the whole transcript of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any

from bot.authoring.cases import Case, CaseFile, input_of_raw
from bot.authoring.chat import Chat
from bot.authoring.persona import MAX_TURNS, Persona, Raw
from bot.facts.level import Action, Level
from bot.facts.value import Born, DaysOld, Number, Value, from_json
from bot.script.model import Input
from bot.talk.effects import Ask, CheckEnded, Escalate, FlagLowered, FlagRaised, Say
from bot.talk.engine import Engine
from bot.talk.flow import start_check
from bot.talk.session import Pending, Session, Stage
from bot.talk.start import begin
from bot.talk.turn import Turn

MIDDLE = 4
"""The turn at which `raw_at: middle` types its message."""

GATES = ("massage", "gymnastics", "bath", "swimming")
DOUBTS = {
    "temperature_point": "confirm",
    "temperature_fahrenheit": "confirm_then_convert",
    "birth_date_choose": "confirm_month",
    "age_unit": "ask_unit",
    "age_at_limit": "confirm",
    "birth_date_confirm": "confirm",
}


@dataclass(slots=True)
class Played:
    """What came of a case."""

    case: Case
    chat: Chat
    level: Level | None = None
    action: Action | None = None
    rules: tuple[str, ...] = ()
    gates: Mapping[str, str] = field(default_factory=dict)
    input: Mapping[str, Any] | None = None
    result_turn: int | None = None
    faults: list[str] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """Whether everything came out as expected."""
        return not self.faults

    def json(self) -> dict[str, Any]:
        """The result as plain JSON."""
        result = len(self.chat.lines) if self.result_turn is None else self.result_turn + 1
        return {
            "id": self.case.id,
            "level": "NONE" if self.level is None else self.level.name,
            "action": None if self.action is None else self.action.value.split(" ")[0],
            "rules": list(self.rules),
            "gates": dict(self.gates),
            "input": self.input,
            "messages": [text for line in self.chat.lines[:result] for text in line.bot],
            "turns": [{"parent": line.parent, "bot": list(line.bot)} for line in self.chat.lines],
            "result_turn": self.result_turn,
        }


def play(engine: Engine, case: Case) -> Played:
    """Play one case from its dialog, as if started from the menu."""
    chat = Chat(engine, datetime.combine(case.today, time(12), UTC))
    persona = _persona(engine, case)
    _start(chat, case)
    played = Played(case, chat)
    message = case.drivers.get("raw_message")
    if case.drivers.get("children") == "2":
        chat.types("two babies")
    at = case.drivers.get("raw_at", "start")
    for number in range(MAX_TURNS):
        pending = chat.session.prompt.pending if chat.session.prompt else None
        due = {"start": number == 0, "middle": number >= MIDDLE, "how_to": pending is Pending.STEP}[at]
        if message is not None and due:
            chat.types(message)
            message = None
        elif _over(chat):
            break
        else:
            before = persona.typed_raw
            persona.answer(chat)
            if persona.typed_raw > before:
                played.input = _input(persona, chat)
                if persona.raw is not None and played.input["action"] == "out_of_scope":
                    break
        _note_gates(played, chat)
        if played.result_turn is None and _told(chat):
            played.result_turn = len(chat.lines) - 1
    else:
        played.faults.append("the chat does not end")
    _note_result(played, chat)
    return played


def _persona(engine: Engine, case: Case) -> Persona:
    text = case.drivers.get("age_raw") or case.drivers.get("temperature_raw")
    wanted = case.expected.get("expected_input") or {}
    times = int(wanted.get("after_failures", 1)) if isinstance(wanted, Mapping) else 1
    raw = None if text is None else Raw(input_of_raw(case), text, times)
    return Persona(
        engine.script,
        case.facts,
        case.today,
        all_unknown=case.drivers.get("all_unknown") in ("true", "yes"),
        danger_unknown=case.drivers.get("danger_unknown") in ("true", "yes"),
        raw=raw,
    )


def _start(chat: Chat, case: Case) -> None:
    """Begin the case's dialog as the menu would, onboarding done and no country chosen."""
    chat.session = Session(stage=Stage.READY, consent=True)
    turn = Turn(chat.engine.tools, chat.session, chat.now)
    start_check(turn, case.dialog, {})
    begin(turn)
    chat.adopt(turn, f"({case.dialog})")


def _told(chat: Chat) -> bool:
    """Whether the parent has been told a result: an outcome, or an EMERGENCY that ended the questions."""
    check = chat.session.check
    return check is None or check.ended or any(key.startswith("outcome") for key in check.said)


def _over(chat: Chat) -> bool:
    prompts = chat.session.prompts
    if not prompts or prompts[0].pending is Pending.MENU:
        return True
    # After an emergency advice the parent may still name the sign; then nothing is left to answer.
    return prompts[-1].pending is Pending.EMERGENCY


def _note_gates(played: Played, chat: Chat) -> None:
    moment = chat.moment
    if moment is not None:
        played.gates = {gate: moment.gate_state(gate).result for gate in GATES if gate in chat.engine.script.book.gates}


def _note_result(played: Played, chat: Chat) -> None:
    raised: dict[str, FlagRaised] = {}
    ended: CheckEnded | None = None
    for effect in chat.everything:
        if isinstance(effect, FlagRaised):
            raised[effect.rule] = effect
        if isinstance(effect, FlagLowered):
            raised.pop(effect.rule, None)
        if isinstance(effect, CheckEnded):
            ended = effect
    book = chat.engine.script.book.rules
    played.rules = tuple(rule for rule in raised if rule in book)
    if ended is not None and not (ended.cut_short and ended.level is None):
        played.level = max((one.level for one in raised.values()), default=Level.REASSURE)
        of_level = [one.action for one in raised.values() if one.level is played.level]
        played.action = next((action for action in Action if action in of_level), None)


def _input(persona: Persona, chat: Chat) -> dict[str, Any]:
    """What the engine made of a raw text."""
    raw = persona.raw
    prompt = chat.session.prompt
    action = "reject"
    found: dict[str, Any] = {}
    said = chat.text
    if any(isinstance(effect, Escalate) for effect in chat.effects):
        action = "interrupt_emergency"
    elif prompt is not None and prompt.pending is Pending.CONFIRM:
        action = DOUBTS[str(prompt.data["doubt"])]
        values = [from_json(value) for value in dict(prompt.data["values"]).values()]
        for value in values[:1]:
            found |= _number(value, persona, "suggest_c" if action == "confirm" else "value_c")
    elif prompt is not None and prompt.data.get("bands"):
        action = "offer_age_buttons"
        found["after_failures"] = persona.typed_raw
    elif _mentions(chat, "age_out_of_scope") or _mentions(chat, "age_adult"):
        action = "out_of_scope"
    elif chat.session.check is not None and chat.session.check.given:
        last = chat.session.check.given[-1]
        asked = "birth_date" if raw is not None and raw.field is Input.BIRTH_DATE else "temperature_c"
        if asked in last.facts and prompt is not None and not prompt.question.endswith(f".{asked}"):
            action = "accept"
            found |= _number(chat.session.told[asked].value, persona, "value_c")
    del said
    name = "temperature" if raw is not None and raw.field is Input.TEMPERATURE else _age_field(raw)
    return {"field": name, "action": action, **found}


def _age_field(raw: Raw | None) -> str:
    """A text with two separators is a date; everything else is an age."""
    return "birth_date" if raw is not None and len(re.findall(r"\d+[./-]", raw.text)) >= 2 else "age"


def _mentions(chat: Chat, phrase: str) -> bool:
    text = chat.engine.script.text(phrase).split("{")[0].strip()[:40]
    return bool(text) and text in chat.text


def _number(value: Value, persona: Persona, name: str) -> dict[str, Any]:
    match value:
        case Number(interval) if interval.exact is not None:
            return {name: float(interval.exact)}
        case Born(on):
            return {"age_days": (persona.today - on).days}
        case DaysOld(_, high, _):
            return {"age_days": high}
        case _:
            return {}


# Judging.


def judge(played: Played, concepts: Mapping[str, str]) -> None:
    """Compare with what the case expects, and note each difference in a few words."""
    expected = played.case.expected
    levels = played.case.levels
    # NONE marks an input test: it has no result of its own.
    if levels and levels != (None,) and played.level not in levels:
        got = "NONE" if played.level is None else played.level.name
        names = ", ".join("NONE" if level is None else level.name for level in levels)
        lowest = min((-1 if level is None else level.value for level in levels), default=-1)
        kind = "under-triage" if (-1 if played.level is None else played.level.value) < lowest else "over-triage"
        played.faults.append(f"{kind}: {got}, expected {names}")
    wanted_action = expected.get("expected_action")
    if wanted_action and played.level is Level.EMERGENCY and played.action != wanted_action:
        played.faults.append(f"action {played.action}, expected {wanted_action}")
    for gate, result in (expected.get("expected_gate") or {}).items():
        if played.gates.get(gate) != result:
            played.faults.append(f"gate {gate} is {played.gates.get(gate)}, expected {result}")
    _judge_input(played, expected.get("expected_input"))
    _judge_concepts(played, concepts, expected)


def _judge_input(played: Played, wanted: Mapping[str, Any] | None) -> None:
    if not wanted:
        return
    got = played.input or {}
    interrupted = any(isinstance(effect, Escalate) for effect in played.chat.everything)
    if wanted["action"] == "interrupt_emergency" and interrupted:
        return
    for name in ("action", "suggest_c", "value_c", "age_days"):
        if name in wanted and str(got.get(name)) != str(wanted[name]) and not _same(got.get(name), wanted[name]):
            played.faults.append(f"input {name} is {got.get(name)}, expected {wanted[name]}")


def _same(one: Any, other: Any) -> bool:
    try:
        return float(one) == float(other)
    except (TypeError, ValueError):
        return False


def _judge_concepts(played: Played, concepts: Mapping[str, str], expected: Mapping[str, Any]) -> None:
    first = 0 if played.result_turn is None else played.result_turn
    shown = "\n".join(_shown(effect) for line in played.chat.lines[first:] for effect in line.effects if _shown(effect))
    whole = "\n".join(text for line in played.chat.lines for text in line.bot)
    for name in expected.get("must_mention") or ():
        if name in concepts and not re.search(concepts[name], shown, re.IGNORECASE):
            where = "" if not re.search(concepts[name], whole, re.IGNORECASE) else " (only before the result)"
            played.faults.append(f"does not mention {name}{where}")
    for name in expected.get("must_not_mention") or ():
        if name in concepts and (found := re.search(concepts[name], shown, re.IGNORECASE)):
            played.faults.append(f"mentions {name}: {found[0]!r}")


def _shown(effect: object) -> str:
    return effect.text if isinstance(effect, Say | Ask | Escalate) else ""


def play_all(engine: Engine, file: CaseFile, only: Iterable[str] = ()) -> Sequence[Played]:
    """Play and judge every case, or those named."""
    names = frozenset(only)
    results = []
    for case in file.cases:
        if names and case.id not in names:
            continue
        played = play(engine, case)
        judge(played, file.concepts)
        results.append(played)
    return results
