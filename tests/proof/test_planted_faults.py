"""Planted faults: the proof catches each, and shows a child or a chat for it."""

from __future__ import annotations

import pytest
from proof_helpers import first, found, names, planted, without

from bot.authoring.proof.finding import Property
from bot.script.model import Kind
from bot.script.problems import ScriptError

RULES, GATES, FACTS = "content/red_flags.yaml", "content/gates.yaml", "content/facts.yaml"


def test_a_shortcut_past_the_temperature_is_found_with_a_chat_that_ends_too_low() -> None:
    script = planted(
        "dialogs/rest_of_check.yaml",
        "  - do: worry\n  - do: temperature\n",
        "  - do: worry\n",
    )
    # Without a fresh vaccine the temperature is asked earlier; after one, nobody asks any more.
    finding = first(script, Property.COMPLETE)
    assert finding.dialog is not None
    assert "temperature_c" in finding.what
    assert finding.confirmed is True
    assert "STEADY" in finding.chat


def test_a_dropped_flag_is_found() -> None:
    script = planted(RULES, "when: {vomiting: [green, blood]}", "when: {vomiting: [blood]}")
    finding = first(script, Property.SEALED)
    assert finding.rules == ("E-10",)
    assert "LOOSER" in finding.what
    assert "vomiting green" in finding.what


def test_a_limit_that_is_one_step_too_high_is_found() -> None:
    script = planted(
        FACTS, "any: [{temperature_c: at least 37.95}, {temp", "any: [{temperature_c: at least 37.96}, {temp"
    )
    what = "\n".join(one.what for one in found(script, Property.SEALED))
    assert "LOOSER than sealed, by the change of fever" in what
    assert "temperature_c 37.95" in what


def test_a_deleted_gate_is_refused_by_the_check_and_found_by_the_proof() -> None:
    with pytest.raises(ScriptError, match="does not stand behind its gate"):
        planted("dialogs/massage.yaml", "  - gate: massage\n", "")
    script = without("massage", "massage", Kind.GATE)
    assert "without gate massage before it" in first(script, Property.GATES).what


def test_a_reason_against_a_how_to_that_was_taken_out_is_found() -> None:
    script = planted(
        GATES,
        """      - id: M-06
        when: {under_investigation: yes}
        because: the doctor or physiotherapist who knows your child has to agree first
        sources: [tremor:372, massage safety pages]
""",
        "",
    )
    assert "under_investigation yes" in first(script, Property.SEALED).what


def test_not_sure_that_counts_as_no_is_found() -> None:
    script = planted(
        RULES, "when: {non_blanching_rash: yes}}\n", "when: {non_blanching_rash: yes}}\n    not_sure: as no\n"
    )
    finding = first(script, Property.SEALED)
    assert "E-06 is no longer raised as URGENT" in finding.what
    assert "non_blanching_rash not sure" in finding.what


def test_a_fact_that_is_made_harmless_is_found() -> None:
    script = planted(
        FACTS,
        "    about: Lips, tongue and face, not hands",
        "    harmless_unknown: yes\n    about: Lips, tongue and face, not hands",
    )
    assert any("by the change of colour" in one.what for one in found(script, Property.SEALED))


def test_a_line_that_sets_the_wrong_fact_is_found() -> None:
    script = planted(
        "dialogs/danger_signs.yaml",
        "        sets: {non_blanching_rash: yes}\n        rule: E-06",
        "        sets: {allergic_signs: yes}\n        rule: E-15",
    )
    assert "non_blanching_rash yes" in first(script, Property.SEALED).what
    assert "non_blanching_rash" in first(script, Property.COMPLETE).what


@pytest.mark.parametrize(
    ("dialog", "target", "fact"),
    [
        ("warning_signs", "vomiting", "vomiting"),
        ("warning_signs", "head_injury_signs", "head_injury_signs"),
        ("rest_of_check", "tone", "arching"),
        ("danger_signs", "danger_signs", "breathing"),
    ],
)
def test_a_question_that_is_left_out_is_found(dialog: str, target: str, fact: str) -> None:
    assert names(without(dialog, target), Property.COMPLETE, fact)


def test_a_condition_that_skips_a_question_is_found() -> None:
    script = planted("dialogs/rest_of_check.yaml", "  - do: tone\n", "  - when: {tremor: no}\n    do: tone\n")
    finding = first(script, Property.COMPLETE)
    assert finding.confirmed is True, finding.what


def test_a_rule_that_can_never_hold_is_found() -> None:
    script = planted(RULES, "when: {vomiting: [green, blood]}", "when: {vomiting: green, all: [{vomiting: blood}]}")
    assert any("E-10 can never be" in one.what for one in found(script, Property.NOTHING_DEAD))
