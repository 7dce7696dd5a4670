"""The conversation: a session and an event in, a session and effects out. No clock, no network, no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.errors import SteadyError
from bot.facts.level import Level
from bot.script.script import Script
from bot.talk import emergency
from bot.talk.again import repeat
from bot.talk.around import NOTHING, Around
from bot.talk.buttons import press, prompt_of
from bot.talk.changed import tell_what_changed, tell_what_rose
from bot.talk.closed import leave_closed
from bot.talk.commands import DEEP_LINK, command, global_word
from bot.talk.effects import Ask, Effect, Escalate, Redraw, Say, Silence
from bot.talk.emergency_numbers import EmergencyNumbers
from bot.talk.emergency_words import EmergencyWords
from bot.talk.events import Command, Due, Edited, Event, Media, Pressed, Sent, Typed
from bot.talk.library_words import LibraryWords
from bot.talk.menu import show_card, show_start
from bot.talk.old_buttons import press_old
from bot.talk.reconcile import reconcile
from bot.talk.reply_words import ReplyWords
from bot.talk.rescue import rescued
from bot.talk.session import Given, Pending, Prompt, Session, Stage
from bot.talk.turn import PAUSE, REACHED, Tools, Turn
from bot.talk.typed import MAX_TYPED, say_withheld, take_text
from bot.talk.understand import meant
from bot.talk.visit import keep_unheard
from bot.talk.withheld_words import WithheldWords

__all__ = ["PAUSE", "Engine", "EngineError"]


MAX_HEARD = 10_000
"""Emergency words are looked for in so many letters; no channel lets a message be longer."""


OPEN_TO_ALL = frozenset({"emergency", "help", "about", "privacy", "delete", "read", "summary"})
"""Commands that need no consent: nothing about the child is asked or kept for them."""


class EngineError(SteadyError):
    """The engine broke one of its own promises; the parent still gets the emergency line (Always 8)."""


class Engine:
    """The conversation over one script."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.tools = Tools(
            script,
            EmergencyWords.from_mapping(script.words),
            ReplyWords.from_mapping(script.words),
            EmergencyNumbers.from_mapping(script.numbers),
            WithheldWords(script.withheld),
            LibraryWords(script),
        )

    def step(
        self, session: Session, event: Event, now: datetime, around: Around = NOTHING
    ) -> tuple[Session, tuple[Effect, ...]]:
        """Take one event; raises EngineError where a turn would leave the parent without a reply or a way on."""
        if isinstance(event, Edited) and self._corrects(session, event):
            return self._correct(session, event, now, around)
        after, effects = self._step(session, event, now, around)
        if isinstance(event, Due):
            return after, effects
        answered = isinstance(event, Typed) and _given(after) not in ((), _given(session))
        return replace(after, answered_by=event.message if isinstance(event, Typed) and answered else ""), effects

    def _corrects(self, session: Session, event: Edited) -> bool:
        """Whether the message that was changed is the last answer; emergency words in it are never an answer."""
        last = bool(event.message) and event.message == session.answered_by and bool(_given(session))
        return last and self.tools.words.hear(event.text[:MAX_HEARD]) is None

    def _correct(
        self, session: Session, event: Edited, now: datetime, around: Around
    ) -> tuple[Session, tuple[Effect, ...]]:
        """Ask the question behind the last answer again, and take the new text as the answer."""
        asked, before = self._step(session, Command("back"), now, around)
        if _worst(session) >= Level.URGENT:
            # Advice to get help now is not taken back by the way: the parent sees the question again first.
            return asked, before
        after, effects = self._step(asked, Typed(event.text, event.message), now, around)
        records = tuple(one for one in before if not isinstance(one, Say | Ask | Escalate | Redraw | Silence))
        return replace(after, answered_by=event.message), (*records, *effects)

    def _step(
        self, session: Session, event: Event, now: datetime, around: Around
    ) -> tuple[Session, tuple[Effect, ...]]:
        turn = Turn(self.tools, session, now, around)
        if isinstance(event, Due):
            # The parent has done nothing: neither the turn nor the moment of the last sign of life changes.
            _come_due(turn, event)
            return turn.session, tuple(turn.effects)
        _take(turn, event)
        after, effects = turn.finish()
        if not any(isinstance(effect, Say | Ask | Escalate | Redraw | Silence) for effect in effects):
            raise EngineError("a turn ended without a reply.", cure="Tell the developers.")
        if after.prompt is None and not any(isinstance(effect, Silence) for effect in effects):
            raise EngineError("a turn left no way on.", cure="Tell the developers.")
        return after, effects

    def failure(self, session: Session, now: datetime) -> tuple[Session, tuple[Effect, ...]]:
        """The safe reply when `step` failed: the emergency line, the last known level, and the menu. Answers stay."""
        present = self._can_be_taken_over(session, now)
        turn = Turn(self.tools, present, now)
        turn.say(turn.phrase("failure"))
        if _worst(session) >= Level.URGENT:
            turn.say(turn.phrase("still_counts"))
        show_card(turn)
        after, effects = turn.finish()
        # The next turn still has to take the answers over to the present script.
        return replace(after, script=present.script, structure=present.structure), effects

    def _can_be_taken_over(self, session: Session, now: datetime) -> Session:
        """The session, or what is left of it where taking it over to this script is what fails (R18)."""
        try:
            reconcile(Turn(self.tools, session, now), Command("again"))
        except Exception:  # noqa: BLE001 (whatever is wrong with it, the next turn must not fail once more)
            return rescued(session, self.script)
        return session


def _take(turn: Turn, event: Event) -> None:
    """Handle one event, in the order of design.md "A turn"."""
    event = reconcile(turn, event)
    leave_closed(turn)
    _handle(turn, event)
    tell_what_rose(turn)
    tell_what_changed(turn)


def _handle(turn: Turn, event: Event) -> None:
    if _emergency_words(turn, event):
        return
    if turn.session.stage is Stage.NEW and turn.session.check is None and _before_consent(turn, event):
        return
    if _step_back(turn, event):
        return
    if isinstance(event, Command):
        command(turn, event)
        return
    if isinstance(event, Typed) and global_word(turn, event.text):
        return
    if isinstance(event, Pressed):
        prompt = prompt_of(turn, event)
        if prompt is None:
            press_old(turn, event)
            return
        press(turn, prompt, event.option)
        return
    if isinstance(event, Edited):
        repeat(turn, turn.phrase("edited"))
        return
    if isinstance(event, Sent):
        repeat(turn, turn.phrase("forwarded" if event.media is Media.FORWARDED else "media"))
        return
    if isinstance(event, Typed):
        take_text(turn, event.text)


def _come_due(turn: Turn, event: Due) -> None:
    """Bring up what was to be brought up."""
    if event.turn is not None and event.turn > turn.session.turn:
        turn.effects.append(Silence("what wanted it brought up was forgotten"))
    elif event.kind == REACHED:
        emergency.ask_reached(turn)
    else:
        turn.effects.append(Silence(f"nothing is known of {event.kind!r}"))


def _worst(session: Session) -> Level:
    """The most severe level of this check and of the last day."""
    flags = [*session.recent.values()]
    if session.check is not None:
        flags += [*session.check.flags.values(), *session.check.carried.values()]
    return max((flag.level for flag in flags), default=Level.REASSURE)


def _given(session: Session) -> tuple[Given, ...]:
    return () if session.check is None else session.check.given


def _step_back(turn: Turn, event: Event) -> bool:
    """Take "back" as the button of that name, where the message has one of its own."""
    prompt = turn.session.prompt
    said = event.name if isinstance(event, Command) else None
    if isinstance(event, Typed):
        said = turn.tools.replies.meaning(event.text)
    option = next((one for one in ("list_back", "step_back") if prompt is not None and one in prompt.options), None)
    if said != "back" or prompt is None or option is None:
        return False
    press(turn, prompt, option)
    return True


def _said(event: Event) -> str:
    """The words of a parent in an event; those that are looked for in the library are among them."""
    match event:
        case Typed(text) | Edited(text) | Sent(_, text):
            return text
        case Command("read", argument):
            return argument
        case _:
            return ""


def _emergency_words(turn: Turn, event: Event) -> bool:
    text = _said(event)
    heard = turn.tools.words.hear(text[:MAX_HEARD])
    if heard is None:
        return False
    if heard.sign == emergency.REQUEST:
        show_card(turn)
        return True
    prompt = turn.session.prompt
    if prompt is not None and not heard.certain and _names_an_option(prompt, text):
        return False
    if isinstance(event, Command) and not heard.certain and turn.tools.library.titled(text) is not None:
        # "/read" with the title of an article that has such a word in it.
        return False
    keep_unheard(turn, text, heard)
    emergency.hear(turn, heard)
    return True


def _names_an_option(prompt: Prompt, text: str) -> bool:
    """Whether the text is exactly the label of a button that was just shown."""
    return meant(text, prompt.options, None) is not None


def _before_consent(turn: Turn, event: Event) -> bool:
    """Before consent there is the start text, the emergency card, and nothing else."""
    prompt = turn.session.prompt
    if isinstance(event, Pressed):
        shown = prompt_of(turn, event)
        if shown is not None:
            return False
        show_start(turn)
        return True
    if (
        isinstance(event, Typed)
        and prompt is not None
        and prompt.pending in (Pending.CONSENT, Pending.CARD, Pending.WORD)
    ):
        meaning = turn.tools.replies.meaning(event.text)
        named = {"yes": "agree", "no": "disagree"} if prompt.pending is Pending.CONSENT else {}
        option = meant(event.text, prompt.options, named.get(meaning or "", meaning))
        if option is not None:
            press(turn, prompt, option)
            return True
    if isinstance(event, Command) and (event.name in OPEN_TO_ALL or event.argument.startswith(DEEP_LINK)):
        return False
    if isinstance(event, Typed) and prompt is not None and prompt.pending is Pending.LIBRARY:
        return False
    if isinstance(event, Typed) and (passage := turn.tools.withheld.about(event.text[:MAX_TYPED])) is not None:
        say_withheld(turn, passage)
        return True
    if isinstance(event, Sent):
        turn.say(turn.phrase("media"))
    show_start(turn)
    return True
