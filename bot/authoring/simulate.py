"""Cases played through the real engine: level, flags, gates, inputs and the whole transcript of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any

from bot.authoring.cases import Case, CaseFile
from bot.authoring.chat import Chat, Line
from bot.authoring.judge import judge
from bot.authoring.persona import MAX_TURNS, Persona, Raw
from bot.authoring.played import About, Played
from bot.authoring.typed_raw import made_of
from bot.facts.level import Action, Level
from bot.script.model import Input
from bot.talk.check import LIST_A_FACTS
from bot.talk.effects import AnswerKept, CheckEnded, FlagLowered, FlagRaised
from bot.talk.engine import Engine
from bot.talk.flow import start_check
from bot.talk.moment import needs_of
from bot.talk.session import Pending, Session, Stage, tell
from bot.talk.start import begin
from bot.talk.turn import Turn
from bot.triage.gate import gate_state
from bot.triage.knowledge import Knowledge, Told

LATEST_MIDDLE = 12
"""The turn at which `raw_at: middle` types its message at the latest, when nothing that takes typing was asked."""


def play_all(engine: Engine, file: CaseFile, only: Iterable[str] = ()) -> Iterator[Played]:
    """Play and judge every case, or those named, one after another."""
    names = frozenset(only)
    for case in file.cases:
        if not names or case.id in names:
            played = play(engine, case)
            judge(played, file.concepts)
            yield played


def play(engine: Engine, case: Case) -> Played:
    """Play one case from its dialog, as if started from the menu, up to the end of its check."""
    player = _Player(engine, case)
    wrong = player.play()
    level, action, rules = _result(player.chat)
    told = player.told_at
    if case.expected.tests_input and player.input_at is not None:
        # What the engine made of the text is the result of an input test.
        told = player.input_at
    played = Played(
        case,
        player.chat,
        level,
        action,
        rules,
        _gates(player.chat, player.persona, case.dialog, level),
        player.input,
        told,
    )
    if wrong is not None:
        played.note(About.CHAT, wrong)
    return played


@dataclass(slots=True)
class _Player:
    """Plays one case turn by turn."""

    engine: Engine
    case: Case
    chat: Chat = field(init=False)
    persona: Persona = field(init=False)
    input: dict[str, Any] | None = None
    input_at: int | None = None
    told_at: int | None = None

    def __post_init__(self) -> None:
        self.chat = Chat(self.engine, datetime.combine(self.case.today, time(12), UTC))
        self.persona = _persona(self.engine, self.case)

    def play(self) -> str | None:
        """Take turns until the check is over; say what went wrong, if anything did."""
        drivers = self.case.drivers
        self._start()
        if drivers.get("children") == "2":
            self.chat.types("two babies")
        message = drivers.get("raw_message")
        at = drivers.get("raw_at", "start")
        for number in range(MAX_TURNS):
            if message is not None and self._due(at, number):
                self._type(message)
                message = None
                self.persona.not_yet = frozenset()
            elif self._over():
                return None
            else:
                before = self.persona.typed_raw
                self.persona.answer(self.chat)
                if self.persona.typed_raw > before and self.persona.raw is not None:
                    self._note_input(self.persona.raw, self.persona.typed_raw)
                    if self.input is not None and self.input["action"] == "out_of_scope":
                        return None
            if self.told_at is None and _told(self.chat):
                self.told_at = len(self.chat.lines) - 1
        return "the chat does not end"

    def _start(self) -> None:
        """Begin the case's dialog as the menu would, onboarding done and no country chosen."""
        self.chat.session = Session(stage=Stage.READY, consent=True)
        turn = Turn(self.engine.tools, self.chat.session, self.chat.now)
        start_check(turn, self.case.dialog, {})
        begin(turn)
        self.chat.adopt(turn, f"({self.case.dialog})")

    def _due(self, at: str, number: int) -> bool:
        prompt = self.chat.session.prompt
        match at:
            case "start":
                return number == 0
            case "how_to":
                return prompt is not None and prompt.pending is Pending.STEP
            case _:
                return self._input() is not None or number >= LATEST_MIDDLE

    def _input(self) -> Input | None:
        """The input of the question that is asked now."""
        prompt = self.chat.session.prompt
        if prompt is None or prompt.pending is not Pending.POSITION:
            return None
        dialog, _, name = prompt.question.partition(".")
        question = self.engine.script.dialogs[dialog].questions.get(name)
        return None if question is None else question.input

    def _type(self, message: str) -> None:
        raw = Raw(self._input(), message)
        self.chat.types(message)
        self._note_input(raw, 1)

    def _note_input(self, raw: Raw, times: int) -> None:
        self.input = made_of(self.chat, raw, times)
        self.input_at = len(self.chat.lines) - 1

    def _over(self) -> bool:
        prompts = self.chat.session.prompts
        if not prompts or prompts[0].pending is Pending.MENU:
            return True
        # After an emergency advice the parent may still be asked something; then nothing is left to answer.
        return prompts[-1].pending is Pending.EMERGENCY


def _persona(engine: Engine, case: Case) -> Persona:
    drivers = case.drivers
    raw = None
    for name, at in (("age_raw", Input.BIRTH_DATE), ("temperature_raw", Input.TEMPERATURE)):
        if name in drivers and raw is None:
            raw = Raw(at, drivers[name], int(case.expected.input.get("after_failures", 1)))
    persona = Persona(
        engine.script,
        case.facts,
        case.today,
        all_unknown=bool(drivers.get("all_unknown")),
        danger_unknown=bool(drivers.get("danger_unknown")),
        raw=raw,
    )
    if "raw_message" in drivers and drivers.get("raw_at", "start") != "start":
        # What the message tells happens when it is typed, not before.
        persona.not_yet = LIST_A_FACTS
    return persona


def _told(chat: Chat) -> bool:
    """Whether the parent has been told a result: an outcome, or an EMERGENCY that ended the questions."""
    check = chat.session.check
    return check is None or check.ended or any(key.startswith("outcome") for key in check.said)


def _result(chat: Chat) -> tuple[Level | None, Action | None, tuple[str, ...]]:
    """The highest level that was raised, its most urgent action, and the rules; None where no check was made."""
    raised: dict[str, FlagRaised] = {}
    ended: CheckEnded | None = None
    for effect in chat.everything:
        if isinstance(effect, FlagRaised):
            raised[effect.rule] = effect
        if isinstance(effect, FlagLowered):
            raised.pop(effect.rule, None)
        if isinstance(effect, CheckEnded):
            ended = effect
    rules = tuple(rule for rule in raised if rule in chat.engine.script.book.rules)
    if ended is None or (ended.cut_short and ended.level is None):
        return None, None, rules
    level = max((one.level for one in raised.values()), default=Level.REASSURE)
    of_level = [one.action for one in raised.values() if one.level is level]
    return level, next((action for action in Action if action in of_level), None), rules


def _gates(chat: Chat, persona: Persona, dialog: str, level: Level | None) -> Mapping[str, str]:
    """What each gate allows at the end of the check: all that was told in it, and the level that came of it.

    A gate that this dialog does not pass is told as for a parent who has been asked the rest as well.
    """
    script = chat.engine.script
    told = _all_told(chat)
    if told is None:
        return {}
    rest = {name: persona.value(name) for name in script.vocabulary.facts if name not in told}
    passed = needs_of(script, script.dialogs[dialog]).gates
    results: dict[str, str] = {}
    for gate in script.book.gates:
        answers = told if gate in passed else tell(told, rest, chat.now)
        knowledge = Knowledge(script.vocabulary, answers, now=chat.now, today=chat.now.date())
        results[gate] = gate_state(script.book, gate, knowledge, level or Level.REASSURE).result
    return results


def _all_told(chat: Chat) -> Mapping[str, Told] | None:
    """Everything that was told in the check; the turn that ends it also deletes what was told."""
    last = None
    for line in chat.lines:
        if line.after.check is not None:
            last = line
    if last is None:
        return None
    told = last.after.told
    for line in _after(chat, last):
        for effect in line.effects:
            if isinstance(effect, AnswerKept):
                told = tell(told, {effect.fact: effect.value}, effect.at)
    return told


def _after(chat: Chat, last: Line) -> Iterator[Line]:
    found = False
    for line in chat.lines:
        if found:
            yield line
        found = found or line is last
