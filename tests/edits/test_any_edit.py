"""Whatever a parent does while the script is edited again and again: every claim holds after every single turn."""

from __future__ import annotations

from edit_kinds import MAKERS, engine_for
from edit_places import BABY, Spot
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.test_any_conversation import ENGINE, MANY, AnyConversation

RENAMES = frozenset({"question moved"})
"""Flags of a list have its present name; the claims of one turn compare names as they are."""


class AnyEdit(AnyConversation):
    """A parent without a plan, and moderators without mercy."""

    @rule(maker=st.integers(0, 99), choice=st.integers(0, 99))
    def the_script_is_edited(self, maker: int, choice: int) -> None:
        chat = self.chat
        spot = Spot("now", chat.session, dict(chat.buttons), chat.around, BABY)
        if chat.session.prompt is None:
            return
        found = [one for one in MAKERS[maker % len(MAKERS)](ENGINE.script, spot) if one.name not in RENAMES]
        if found:
            chat.engine = engine_for(ENGINE, found[choice % len(found)].script)

    @rule()
    def the_edit_is_taken_back(self) -> None:
        self.chat.engine = ENGINE


TestAnyEdit = AnyEdit.TestCase
TestAnyEdit.settings = settings(
    max_examples=MANY,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
