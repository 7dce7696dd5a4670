"""Every rule of URGENT or EMERGENCY is told in the turn of its deciding answer, on the real engine."""

from __future__ import annotations

from dataclasses import replace

from proof_helpers import folder

from bot.authoring.proof.escalation import Escalations
from bot.script.load import load_script

NO_DECIDING_TURN = frozenset({"T-04", "T-07"})
"""Rules of which no example can be put one answer before the flag."""


def test_every_serious_rule_is_told_in_the_turn_of_its_deciding_answer() -> None:
    escalations = Escalations(load_script(folder()), every_rule=True)
    assert list(escalations.findings()) == []
    assert set(escalations.not_shown) <= NO_DECIDING_TURN


def test_without_the_danger_check_nothing_is_taken_for_shown() -> None:
    script = load_script(folder())
    dialogs = {name: dialog for name, dialog in script.dialogs.items() if name != "danger_check"}

    [found] = Escalations(replace(script, dialogs=dialogs)).findings()

    assert "there is no dialog 'danger_check'" in found.what
