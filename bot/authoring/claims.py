"""What must hold after every turn, whatever the parent did (design.md, "Always"; proof.md, section 8)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from bot.authoring.chat import ChatError
from bot.authoring.claims_of_safety import CLAIMS_OF_SAFETY
from bot.authoring.taken import Taken
from bot.facts.level import Level
from bot.script.model import Kind
from bot.talk import position
from bot.talk.around import NOTHING, Around
from bot.talk.effects import Ask, Button, Effect, Escalate, Redraw, Say, Silence
from bot.talk.engine import Engine
from bot.talk.events import Command, Event, Pressed, Sent, Typed
from bot.talk.moment import Moment
from bot.talk.session import Pending, Session
from bot.talk.session_json import dump, load
from bot.talk.understand import meant

MAX_TEXT = 4096
"""Letters in one message of Telegram."""

MAX_EMERGENCY = 400
MAX_BUTTON_DATA = 64
"""Bytes behind one button of Telegram."""


class ClaimError(ChatError):
    """A turn broke a claim; the message says which."""


def hold(taken: Taken) -> None:
    """Hold a turn to every claim; raises ClaimError with all that it broke."""
    broken = [what for claim in CLAIMS for what in claim(taken)]
    if broken:
        said = "\n".join(taken.texts)
        raise ClaimError(f"{taken.event!r}: {'; '.join(broken)}. The bot said:\n{said}")


def _there_is_a_reply(taken: Taken) -> Iterator[str]:
    if not any(isinstance(effect, Say | Ask | Escalate | Redraw | Silence) for effect in taken.effects):
        yield "there is no reply"


def _there_is_one_way_on(taken: Taken) -> Iterator[str]:
    if not taken.after.prompts:
        yield "nothing is asked"
    shown = {
        (effect.turn, effect.question): effect.buttons
        for effect in taken.effects
        if isinstance(effect, Ask | Escalate | Redraw)
    }
    for prompt in taken.after.prompts:
        buttons = shown.get((taken.after.turn, prompt.question))
        if buttons is None and taken.after.turn == taken.before.turn and prompt in taken.before.prompts:
            continue
        options = {button.option: button.text for button in buttons or ()}
        if options != dict(prompt.options) or len(options) != len(buttons or ()) or not options:
            yield f"the buttons of {prompt.question} are not those that are waited for"


def _the_session_can_be_saved(taken: Taken) -> Iterator[str]:
    if load(json.loads(json.dumps(dump(taken.after)))) != taken.after:
        yield "the session is another one once it was saved"
    before, after = taken.before.turn, taken.after.turn
    if after < before or (any(isinstance(effect, Redraw) for effect in taken.effects) and after != before):
        yield f"turn {after} follows turn {before}"


def _messages_can_be_sent(taken: Taken) -> Iterator[str]:
    for effect in taken.effects:
        if isinstance(effect, Say | Ask | Escalate):
            if not effect.text.strip() or "{" in effect.text or len(effect.text) > MAX_TEXT:
                yield f"no text to send: {effect.text[:80]!r}"
            if isinstance(effect, Escalate) and effect.level is Level.EMERGENCY and len(effect.text) > MAX_EMERGENCY:
                yield f"an EMERGENCY text of {len(effect.text)} letters"
        if isinstance(effect, Ask | Escalate | Redraw):
            yield from _buttons_can_be_sent(effect.turn, effect.question, effect.buttons)


def _buttons_can_be_sent(turn: int, question: str, buttons: tuple[Button, ...]) -> Iterator[str]:
    for button in buttons:
        data = f"{turn}:{question}:{button.option}"
        if len(data.encode()) > MAX_BUTTON_DATA or not button.text.strip() or "{" in button.text:
            yield f"no button to send: {data!r} {button.text!r}"


def _emergency_words_are_heard(taken: Taken) -> Iterator[str]:
    if not isinstance(taken.event, Typed):
        return
    heard = taken.engine.tools.words.hear(taken.event.text)
    if heard is None:
        return
    prompt = taken.before.prompt
    asked = taken.after.prompt
    if heard.sign == "emergency_request":
        if asked is None or asked.pending is not Pending.CARD:
            yield "a call for help does not open the card"
    elif heard.certain:
        if not any(isinstance(effect, Escalate) and effect.level is Level.EMERGENCY for effect in taken.effects):
            yield "emergency words were not heard"
    elif prompt is not None and meant(taken.event.text, prompt.options, None) is not None:
        return
    elif asked is None or asked.pending is not Pending.WORD or len(taken.texts) != 1:
        yield "an emergency word was not asked about, in one message"


def _nothing_is_answered_but_by_an_answer(taken: Taken) -> Iterator[str]:
    event = taken.event
    no_answer = isinstance(event, Sent) or (isinstance(event, Command) and event.name != "back")
    if isinstance(event, Pressed) and taken.own_button is None:
        no_answer = True
    if not no_answer or not taken.same_check:
        return
    for name, told in taken.after.told.items():
        if taken.before.told.get(name) != told:
            yield f"{name} was answered by no answer"


def _the_question_is_the_replayed_one(taken: Taken) -> Iterator[str]:
    """The question that is kept as shown is the one that a full replay of the plan finds (decision 0005)."""
    prompt, check = taken.after.prompt, taken.after.check
    if prompt is None or check is None or check.ended or check.asked_again is not None or check.seen_due:
        return
    if prompt.pending not in (Pending.POSITION, Pending.STEP) or taken.after.turn == taken.before.turn:
        return
    spot = position.locate(Moment.of(taken.engine.script, taken.after, check, taken.now), check)
    found = "the end"
    if spot.item is not None:
        key = f"howto.{spot.item.target}" if spot.item.kind is Kind.HOWTO else ""
        found = key or position.question_key(spot.dialog, spot.item.target)
    if found != prompt.question:
        yield f"{prompt.question} is asked, a replay finds {found}"


CLAIMS = (
    _there_is_a_reply,
    _there_is_one_way_on,
    _the_session_can_be_saved,
    _messages_can_be_sent,
    _emergency_words_are_heard,
    _nothing_is_answered_but_by_an_answer,
    _the_question_is_the_replayed_one,
    *CLAIMS_OF_SAFETY,
)


class HeldEngine(Engine):
    """An engine that is held to every claim at every turn."""

    def step(
        self, session: Session, event: Event, now: datetime, around: Around = NOTHING
    ) -> tuple[Session, tuple[Effect, ...]]:
        """Take one event; raises ClaimError where a claim is broken."""
        after, effects = super().step(session, event, now, around)
        hold(Taken(self, session, event, after, effects, now))
        return after, effects
