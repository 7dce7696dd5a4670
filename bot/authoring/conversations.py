"""Golden chats run through the real engine, judged by their claims, and compared with what was recorded."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.authoring.chat import Chat, ChatError
from bot.authoring.conversation import MENU, NEW, Claims, Conversation, Deed, Extent, Kind
from bot.authoring.persona import MAX_TURNS, Persona
from bot.authoring.result import Result
from bot.authoring.standard_texts import StandardTexts
from bot.authoring.trail import Trail, Way
from bot.authoring.transcript import Detail, Transcript
from bot.facts.level import Level
from bot.facts.value import Value
from bot.talk.engine import Engine
from bot.talk.flow import start_check
from bot.talk.session import Pending, Session, Stage
from bot.talk.start import begin, show_menu
from bot.talk.turn import Turn

DETAIL = {Extent.ALL: Detail.WHOLE, Extent.END: Detail.BRIEF}


@dataclass(frozen=True, slots=True)
class Ran:
    """A chat that was run: what came of it, in which ways it is not as claimed, and its transcript as of now."""

    conversation: Conversation
    chat: Chat
    result: Result
    faults: tuple[str, ...]
    transcript: str
    ways: frozenset[Way] = frozenset()

    @property
    def changed(self) -> bool:
        """Whether a parent sees something else than what was recorded."""
        return self.transcript != (self.conversation.transcript or "").rstrip("\n")

    def difference(self) -> str:
        """What a parent sees now (+) and what was recorded (-), line by line."""
        before = (self.conversation.transcript or "").rstrip("\n").splitlines()
        rows = difflib.unified_diff(before, self.transcript.splitlines(), "recorded", "now", lineterm="", n=2)
        return "\n".join(rows)


def run(engine: Engine, conversation: Conversation, trail: Trail | None = None) -> Ran:
    """Run one chat from its beginning; the engine of a traced script leaves its ways on the trail."""
    if trail is not None:
        trail.take()
    play = _Play(engine, conversation)
    try:
        play.all()
    except ChatError as error:
        play.faults.append(str(error))
    result = Result.of(play.chat)
    faults = [*play.faults, *_judged(conversation, play.chat, result)]
    detail = DETAIL.get(conversation.show.extent, Detail.NAMED)
    text = Transcript.of(StandardTexts.of(engine.script), play.chat.lines, play.in_full(), detail)
    ways = frozenset[Way]() if trail is None else trail.take()
    return Ran(conversation, play.chat, result, tuple(faults), text, ways)


@dataclass(slots=True)
class _Play:
    engine: Engine
    conversation: Conversation
    faults: list[str] = field(default_factory=list)
    written: list[int] = field(default_factory=list)
    chat: Chat = field(init=False)
    persona: Persona = field(init=False)

    def __post_init__(self) -> None:
        one = self.conversation
        self.chat = Chat(self.engine, one.at)
        parent = one.parent
        self.persona = Persona(
            self.engine.script,
            parent.facts,
            one.at.date(),
            all_unknown=parent.all_unknown,
            danger_unknown=parent.danger_unknown,
        )

    def all(self) -> None:
        """Begin, then do what stands under `turns`, or answer to the end."""
        one = self.conversation
        start(self.chat, one.start, one.known)
        if one.menu is not None:
            for entry in self.engine.script.menu.way_to(one.menu):
                self.chat.presses(entry.id)
        for deed in one.deeds:
            self._do(deed)
        if not one.deeds:
            self._answer(None)

    def in_full(self) -> range | list[int]:
        """The turns that the transcript shows in full."""
        show, count = self.conversation.show, len(self.chat.lines)
        match show.extent:
            case Extent.ALL:
                return range(count)
            case Extent.FROM:
                return range(show.first, count)
            case Extent.END:
                return range(count - 1, count)
            case Extent.USUAL:
                written = [*self.written, count - 1]
                return written if self.conversation.deeds else range(max(count - 2, 0), count)

    def _do(self, deed: Deed) -> None:
        if deed.kind is not Kind.UNTIL:
            self.written.append(len(self.chat.lines))
        match deed.kind:
            case Kind.PRESS:
                self.chat.presses(deed.what)
            case Kind.PRESS_EARLIER:
                self.chat.presses_earlier(deed.what, deed.of)
            case Kind.TYPE:
                self.chat.types(deed.what)
            case Kind.SEND:
                self.chat.sends(deed.media)
            case Kind.COMMAND:
                name, _, argument = deed.what.removeprefix("/").partition(" ")
                self.chat.commands(name, argument.strip())
            case Kind.WAIT:
                before = len(self.chat.lines)
                self.chat.waits(seconds=deed.span.total_seconds())
                if len(self.chat.lines) == before:
                    self.written.pop()
            case Kind.UNTIL:
                self._answer(deed.what)
        self._claims(deed.claims, deed)

    def _answer(self, question: str | None) -> None:
        """Let the persona answer up to a question, or to the end."""
        for _ in range(MAX_TURNS):
            if question is not None and self.chat.asked == question:
                return
            if is_over(self.chat):
                break
            self.persona.answer(self.chat)
        else:
            raise ChatError("the chat does not end")
        if question is not None:
            raise ChatError(f"the bot never asks {question!r}. At last it said:\n{self.chat.text}")

    def _claims(self, claims: Claims, deed: Deed) -> None:
        where = f"line {deed.place.line}: "
        self.faults.extend(where + fault for fault in said(self.chat.text, claims.says, claims.never_says))
        level = Result.of(self.chat).level
        if claims.level is not None and level is not claims.level:
            self.faults.append(f"{where}the level is {_name(level)}, expected {claims.level.name}")
        if claims.asks is not None and self.chat.asked != claims.asks:
            self.faults.append(f"{where}the bot asks {self.chat.asked}, expected {claims.asks}")


def start(chat: Chat, where: str, known: Mapping[str, Value] | None = None) -> None:
    """Begin a chat as a new parent, at the menu, or in a dialog as if from the menu; no country is chosen.

    A dialog may begin with facts that are `known`.
    """
    if where == NEW:
        chat.commands("start")
        return
    chat.session = Session(stage=Stage.READY, consent=True)
    turn = Turn(chat.engine.tools, chat.session, chat.now)
    if where == MENU:
        show_menu(turn)
    else:
        start_check(turn, where, known or {})
        begin(turn)
    chat.adopt(turn, f"({where})")


def is_over(chat: Chat) -> bool:
    """Whether nothing is left to answer: the menu is shown, or an emergency advice that waits for nothing more."""
    prompts = chat.session.prompts
    if not prompts or prompts[0].pending is Pending.MENU:
        return True
    # After an emergency advice the parent may still name the sign; then nothing is left to answer.
    return prompts[-1].pending is Pending.EMERGENCY


def said(text: str, wanted: Sequence[str], unwanted: Sequence[str]) -> Iterator[str]:
    """What a text should say and does not, or says and should not; capitals do not matter."""
    flat = " ".join(text.split()).casefold()
    for part in wanted:
        if " ".join(part.split()).casefold() not in flat:
            yield f"the bot does not say {part!r}"
    for part in unwanted:
        if " ".join(part.split()).casefold() in flat:
            yield f"the bot says {part!r}, and should not"


def _judged(conversation: Conversation, chat: Chat, result: Result) -> Iterator[str]:
    wanted = conversation.expected
    if wanted.level is not None and result.level is not wanted.level:
        yield f"the level is {_name(result.level)}, expected {wanted.level.name} (raised: {_rules(result)})"
    if wanted.action is not None and result.action is not wanted.action:
        got = "none" if result.action is None else result.action.value
        yield f"the action is {got}, expected {wanted.action.value}"
    for rule, level in wanted.rules.items():
        if rule not in result.rules:
            yield f"{rule} is not raised (raised: {_rules(result)})"
        elif level is not None and result.rules[rule] is not level:
            yield f"{rule} is raised at {result.rules[rule].name}, expected {level.name}"
    for rule in wanted.quiet:
        if rule in result.rules:
            yield f"{rule} is raised at {result.rules[rule].name}, and should not be"
    for gate, state in wanted.gates.items():
        if result.gates.get(gate) != state:
            yield f"gate {gate} is {result.gates.get(gate)}, expected {state}"
    if wanted.taps is not None and result.taps(chat) > wanted.taps:
        yield f"it takes {result.taps(chat)} taps, expected at most {wanted.taps}"
    first = 0 if result.line is None else result.line
    shown = "\n".join(text for line in chat.lines[first:] for text in line.bot)
    yield from said(shown, wanted.says, wanted.never_says)


def _name(level: Level | None) -> str:
    return "none" if level is None else level.name


def _rules(result: Result) -> str:
    return ", ".join(f"{rule} {level.name}" for rule, level in result.rules.items()) or "nothing"
