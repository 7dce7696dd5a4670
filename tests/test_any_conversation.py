"""Whatever a parent does, in whatever order: the claims of design.md "Always" hold after every single turn."""

from __future__ import annotations

import os
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.authoring.chat import Chat
from bot.authoring.persona import Persona
from bot.facts.level import Level
from bot.facts.value import Born
from bot.places import find_places
from bot.script.load import load_places
from bot.talk import position
from bot.talk.effects import Ask, Escalate, Redraw, Say, Silence
from bot.talk.engine import Engine
from bot.talk.events import Media
from bot.talk.session import Pending
from bot.talk.start import DANGER_DIALOG

MANY = int(os.environ.get("STEADY_EXAMPLES", "25"))
"""How many conversations are tried; a nightly run sets more."""

TEXTS = st.sampled_from(
    [
        "yes", "no", "none", "not sure", "1", "2", "3 weeks", "3 months", "36.8", "38.2", "375", "100.4", "45.2",
        "03/04/2025", "31.02.2025", "2025-11-01", "asdf", "", " ", "help", "back", "menu", "two babies",
        "blue blanket", "ok thank you", "x" * 5000, "34 years", "5 years", "12.12.2031", "crying", "\N{PILE OF POO}",
    ]
)  # fmt: skip
EMERGENCIES = st.sampled_from(
    [
        "he is not breathing",
        "she turned blue",
        "no respira",
        "baby wont wake up",
        "having a seizure",
        "went under water",
    ]
)
ANSWERED = frozenset({Pending.POSITION, Pending.URGENT, Pending.STEP, Pending.CONFIRM})
"""The questions that a parent who answers as usual goes on with."""

COMMANDS = st.sampled_from(["start", "menu", "cancel", "back", "help", "emergency", "privacy", "about", "nonsense"])


@cache
def engine() -> Engine:
    """The engine over the scripts of this checkout."""
    places = find_places(None)
    return Engine(load_places(places.dialogs, places.content))


class AnyConversation(RuleBasedStateMachine):
    """A parent without a plan."""

    @initialize(consents=st.booleans(), dialog=st.integers(0, 6))
    def begin(self, *, consents: bool, dialog: int) -> None:
        self.chat = Chat(engine())
        self.flags: dict[str, Level] = {}
        self.check: int | None = None
        self.asked_again = False
        self.chat.commands("start")
        if consents:
            self.chat.presses("agree").presses("not_sure")
            entries = engine().script.menu.entries
            self.chat.presses(entries[dialog % len(entries)].id)

    # What a parent may do.

    @rule(choice=st.integers(0, 30))
    def press_something(self, choice: int) -> None:
        options = [option for prompt in self.chat.session.prompts for option in prompt.options]
        option = options[choice % len(options)]
        self.note(option)
        self.chat.presses(option)

    @precondition(lambda self: self.running())
    @rule(answers=st.integers(1, 12), days=st.integers(0, 900))
    def answer_as_usual(self, answers: int, days: int) -> None:
        born = Born(date(2026, 1, 15) - timedelta(days=days))
        persona = Persona(engine().script, {"birth_date": born}, self.chat.now.date())
        for _ in range(answers):
            prompt = self.chat.session.prompt
            if prompt is None or prompt.pending not in (
                Pending.POSITION,
                Pending.URGENT,
                Pending.STEP,
                Pending.CONFIRM,
            ):
                return
            persona.answer(self.chat)
            self.check_all()

    @rule(text=TEXTS)
    def type_something(self, text: str) -> None:
        self.note("back" if text == "back" else "")
        self.chat.types(text)

    @rule(text=EMERGENCIES)
    def type_an_emergency(self, text: str) -> None:
        before = len(self.chat.escalations)
        self.chat.types(text)
        assert len(self.chat.escalations) > before, f"{text!r} was not answered with an escalation"
        assert self.chat.escalations[-1].level is Level.EMERGENCY

    @rule(media=st.sampled_from(list(Media)))
    def send_media(self, media: Media) -> None:
        self.chat.sends(media)

    @rule(command=COMMANDS)
    def command(self, command: str) -> None:
        self.note(command)
        self.chat.commands(command)

    @rule(turns_ago=st.integers(1, 4), choice=st.integers(0, 30))
    def press_an_old_button(self, turns_ago: int, choice: int) -> None:
        old = [key for key in self.chat.buttons if key[0] <= self.chat.session.turn - turns_ago]
        if old:
            turn, question = old[choice % len(old)]
            buttons = self.chat.buttons[(turn, question)]
            self.chat.presses_old(turn, question, buttons[choice % len(buttons)].option)

    @rule(option=st.sampled_from(["yes", "item_breathing", "given_0", "given_99", "country_XX", "", "next", "%s"]))
    def forge_a_button(self, option: str) -> None:
        question = self.chat.asked or "menu"
        if not any(option in prompt.options for prompt in self.chat.session.prompts):
            self.chat.presses_old(self.chat.session.turn, question, option)

    @rule(minutes=st.sampled_from([0.02, 4, 6, 31, 70, 300, 1500]))
    def wait(self, minutes: float) -> None:
        self.chat.waits(minutes=minutes)

    # What must hold.

    def running(self) -> bool:
        check = self.chat.session.check
        return check is not None and not check.ended

    def note(self, action: str) -> None:
        """Some actions ask a question again, and only then may a flag fall."""
        self.asked_again = action in ("back", "not_happening") or action.startswith(("given_", "floor_"))

    @invariant()
    def everything_holds(self) -> None:
        if hasattr(self, "chat") and self.chat.lines:
            self.check_all()

    def check_all(self) -> None:
        self.there_is_a_reply()
        self.there_is_one_way_on()
        self.texts_can_be_sent()
        self.flags_are_never_lost()
        self.danger_is_answered()
        self.reassurance_is_earned()
        self.the_question_is_the_replayed_one()

    def there_is_a_reply(self) -> None:
        assert any(isinstance(effect, Say | Ask | Escalate | Redraw | Silence) for effect in self.chat.effects)

    def there_is_one_way_on(self) -> None:
        session = self.chat.session
        assert session.prompts, "nothing is asked"
        shown = {(turn, question): buttons for (turn, question), buttons in self.chat.buttons.items()}
        for prompt in session.prompts:
            buttons = shown.get((session.turn, prompt.question), ())
            assert {button.option for button in buttons} == set(prompt.options), prompt.question
            assert prompt.options

    def texts_can_be_sent(self) -> None:
        for effect in self.chat.effects:
            if isinstance(effect, Say | Ask | Escalate):
                assert effect.text.strip()
                assert "{" not in effect.text, effect.text
                assert len(effect.text) <= 4096
            if isinstance(effect, Escalate) and effect.level is Level.EMERGENCY:
                assert len(effect.text) <= 400, effect.text
            if isinstance(effect, Ask | Escalate | Redraw):
                for button in effect.buttons:
                    code = f"{effect.turn}:{effect.question}:{button.option}"
                    assert len(code.encode()) <= 64, code

    def flags_are_never_lost(self) -> None:
        check = self.chat.session.check
        if check is None or check.number != self.check or self.asked_again or check.asked_again:
            self.flags = {}
        current = {} if check is None else {rule: flag.level for rule, flag in check.flags.items()}
        for name, level in self.flags.items():
            assert current.get(name, Level.REASSURE) >= level, f"{name} fell from {level.name}"
        self.flags = current
        self.check = None if check is None else check.number

    def danger_is_answered(self) -> None:
        """A level of URGENT or EMERGENCY is told in the turn in which it is reached."""
        check = self.chat.session.check
        if check is not None and self.chat.level is not None and self.chat.level >= Level.URGENT:
            assert check.announced is not None
            assert check.announced[0] >= self.chat.level or check.asked_again is not None

    def reassurance_is_earned(self) -> None:
        script = engine().script
        calm = [script.outcomes.levels[name].text.strip().splitlines()[0] for name in ("reassure", "no_danger_sign")]
        if any(line in text for line in calm for text in self.chat.said):
            assert not any(level >= Level.ROUTINE for level in self.flags.values()), (
                "reassured although a flag was raised"
            )

    def the_question_is_the_replayed_one(self) -> None:
        """The question that is kept as shown is the one that a full replay of the plan finds (decision 0005)."""
        prompt, check, moment = self.chat.session.prompt, self.chat.session.check, self.chat.moment
        if prompt is None or check is None or moment is None or check.ended:
            return
        if prompt.pending is not Pending.POSITION or check.asked_again is not None:
            return
        if self.chat.now != self.chat.session.seen_at:
            return
        spot = position.locate(moment, check)
        assert spot.item is not None
        assert position.question_key(spot.dialog, spot.item.target) == prompt.question


TestAnyConversation = AnyConversation.TestCase
TestAnyConversation.settings = settings(
    max_examples=MANY,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def test_the_emergency_button_leads_to_a_dialog_that_exists() -> None:
    assert DANGER_DIALOG in engine().script.dialogs
    assert Path(find_places(None).dialogs).is_dir()
