"""Whatever a parent does, in whatever order: every claim of `bot.authoring.claims` holds after every single turn."""

from __future__ import annotations

import os
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.authoring.chat import START, Chat
from bot.authoring.claims import HeldEngine
from bot.authoring.persona import Persona
from bot.facts.value import Born, Value
from bot.places import find_places
from bot.script.load import load_places
from bot.talk.events import Media
from bot.talk.session import Pending

MANY = int(os.environ.get("STEADY_EXAMPLES", "20"))
"""How many conversations are tried; a nightly run sets more."""

ENGINE = HeldEngine(load_places(find_places(None).dialogs, find_places(None).content))

IN_A_DIALOG = frozenset({Pending.POSITION, Pending.CONFIRM, Pending.URGENT, Pending.STEP})

TEXTS = st.sampled_from(
    [
        "yes", "no", "none", "not sure", "1", "2", "1, 3", "9.", "3 weeks", "5 weeks", "3 months", "6", "36.8", "38.2",
        "38,2", "375", "100.4", "45.2", "33.0", "42.3", "03/04/2025", "31.02.2025", "2025-11-01", "asdf", "", " ",
        "help", "back", "menu", "cancel", "start again", "stop", "next", "continue", "two babies", "blue blanket",
        "ok thank you", "x" * 5000, "34 years", "5 years", "12.12.2031", "crying", "Kenya", "Keny", "Menu", "Done",
        "I am calling now", "None of these", "\N{PILE OF POO}", "%s {baby} \\ \0 <b>",
    ]
)  # fmt: skip
EMERGENCIES = st.sampled_from(
    [
        "he is not breathing", "she turned blue", "no respira", "baby wont wake up", "having a seizure", "blue", "fit",
        "went under water", "I shook her", "SOS", "x" * 4000 + " she is not breathing",
    ]
)  # fmt: skip
COMMANDS = st.sampled_from(
    ["start", "menu", "cancel", "back", "help", "emergency", "privacy", "about", "delete", "summary", "nonsense"]
)
AGES = st.sampled_from([0, 3, 8, 20, 27, 28, 34, 35, 40, 61, 62, 91, 92, 93, 150, 200, 300, 500, 900])
JUMPS = st.sampled_from([1, 60, 299, 301, 1799, 1801, 3700, 8000, 50_000, 86_399, 90_000])


class AnyConversation(RuleBasedStateMachine):
    """A parent without a plan."""

    chat: Chat

    @initialize(consents=st.booleans(), entry=st.integers(0, 17))
    def begin(self, *, consents: bool, entry: int) -> None:
        self.chat = Chat(ENGINE)
        self.chat.commands("start")
        if consents:
            self.chat.presses("agree").presses("not_sure")
            labels = [one.text for one in ENGINE.script.menu.every if one.start is not None]
            for one in ENGINE.script.menu.way_to(labels[entry % len(labels)]):
                self.chat.presses(one.id)

    @rule(choice=st.integers(0, 99))
    def press_something(self, choice: int) -> None:
        shown = [(prompt.question, option) for prompt in self.chat.session.prompts for option in prompt.options]
        question, option = shown[choice % len(shown)]
        self.chat.presses_old(self.chat.session.turn, question, option)

    @precondition(lambda self: self.in_a_dialog())
    @rule(answers=st.integers(1, 14), days=AGES, restless=st.booleans())
    def answer_as_usual(self, answers: int, days: int, *, restless: bool) -> None:
        """Usual answers go deep into a dialog; single random ones never would."""
        facts: dict[str, Value] = {"birth_date": Born(START.date() - timedelta(days=days))}
        persona = Persona(self.chat.engine.script, facts, self.chat.now.date(), all_unknown=restless)
        for _ in range(answers):
            if not self.in_a_dialog():
                return
            persona.answer(self.chat)

    @rule(text=TEXTS)
    def type_something(self, text: str) -> None:
        self.chat.types(text)

    @rule(text=EMERGENCIES)
    def type_an_emergency(self, text: str) -> None:
        self.chat.types(text)

    @rule(media=st.sampled_from(list(Media)))
    def send_media(self, media: Media) -> None:
        self.chat.sends(media)

    @rule(command=COMMANDS)
    def command(self, command: str) -> None:
        self.chat.commands(command)

    @rule(ago=st.integers(0, 40), choice=st.integers(0, 30))
    def press_an_old_button(self, ago: int, choice: int) -> None:
        keys = list(self.chat.buttons)
        turn, question = keys[-1 - ago % len(keys)]
        buttons = self.chat.buttons[(turn, question)]
        self.chat.presses_old(turn, question, buttons[choice % len(buttons)].option)

    @rule(option=st.sampled_from(["yes", "item_breathing", "given_0", "given_99", "country_XX", "", "next", "%s"]))
    def forge_a_button(self, option: str) -> None:
        self.chat.presses_old(self.chat.session.turn, self.chat.asked or "menu", option)

    @rule(seconds=JUMPS)
    def wait(self, seconds: float) -> None:
        self.chat.waits(seconds=seconds)

    @invariant()
    def something_is_asked(self) -> None:
        if hasattr(self, "chat"):
            assert self.chat.session.prompts

    def in_a_dialog(self) -> bool:
        prompt = self.chat.session.prompt
        return prompt is not None and prompt.pending in IN_A_DIALOG


TestAnyConversation = AnyConversation.TestCase
TestAnyConversation.settings = settings(
    max_examples=MANY,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
