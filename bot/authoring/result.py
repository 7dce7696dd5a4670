"""What came of a chat: level, action, rules, gates, and how many taps it took."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.authoring.chat import Chat, Line
from bot.facts.level import Action, Level
from bot.talk.effects import CheckEnded, CheckStarted, FlagLowered, FlagRaised
from bot.talk.events import Due
from bot.talk.moment import Moment


@dataclass(frozen=True, slots=True)
class Result:
    """The last check of a chat, as far as it came; `line` is the turn in which its result was told."""

    level: Level | None
    action: Action | None
    rules: Mapping[str, Level]
    gates: Mapping[str, str]
    line: int | None

    @classmethod
    def of(cls, chat: Chat) -> Result:
        """Read it from the chat's turns."""
        first = _last_check(chat)
        lines = chat.lines[first:]
        level, action = _level(chat, lines)
        told = next((number for number, line in enumerate(lines, first) if told_result(line)), None)
        return cls(level, action, _rules(chat, lines), _gates(chat, lines), told)

    def taps(self, chat: Chat) -> int:
        """How often the parent pressed, typed or sent something up to the result."""
        last = len(chat.lines) if self.line is None else self.line + 1
        return sum(line.event is not None and not isinstance(line.event, Due) for line in chat.lines[:last])


def told_result(line: Line) -> bool:
    """Whether the parent has been told a result by now: an outcome, or an EMERGENCY that ended the questions."""
    check = line.after.check
    if check is None:
        return any(isinstance(effect, CheckEnded) for effect in line.effects)
    return check.ended or any(key.startswith("outcome") for key in check.said)


def _last_check(chat: Chat) -> int:
    started = [
        number
        for number, line in enumerate(chat.lines)
        if any(isinstance(effect, CheckStarted) for effect in line.effects)
    ]
    return started[-1] if started else 0


def _moment(chat: Chat, line: Line) -> Moment | None:
    check = line.after.check
    if check is None:
        return None
    return Moment.of(chat.engine.script, line.after, check, line.at)


def _level(chat: Chat, lines: list[Line]) -> tuple[Level | None, Action | None]:
    moment = _moment(chat, lines[-1]) if lines else None
    if moment is not None:
        return moment.level, moment.action
    for line in reversed(lines):
        for effect in line.effects:
            if isinstance(effect, CheckEnded):
                no_flag = effect.level is None and not effect.cut_short
                return (Level.REASSURE if no_flag else effect.level), effect.action
    return None, None


def _rules(chat: Chat, lines: list[Line]) -> dict[str, Level]:
    """Every flag of the check at its level; flags of whole lists and of emergency words are no rules."""
    raised: dict[str, Level] = {}
    for line in lines:
        if line.after.check is not None:
            raised = {rule: flag.level for rule, flag in line.after.check.flags.items()}
            continue
        # The turn that closed the check: what it raised and lowered is told by its effects alone.
        for effect in line.effects:
            if isinstance(effect, FlagRaised):
                raised[effect.rule] = effect.level
            if isinstance(effect, FlagLowered):
                raised.pop(effect.rule, None)
    return {rule: level for rule, level in raised.items() if rule in chat.engine.script.book.rules}


def _gates(chat: Chat, lines: list[Line]) -> dict[str, str]:
    """What each gate allowed when the check was last under way."""
    for line in reversed(lines):
        moment = _moment(chat, line)
        if moment is not None:
            return {gate: moment.gate_state(gate).result for gate in chat.engine.script.book.gates}
    return {}
