"""Edits of every other kind: what takes something from a child is never wording, and blanks are nothing."""

from __future__ import annotations

import pytest
from changed import Edit, changes, cut, edited, shipped, told

from bot.authoring.changes.compare import compare
from bot.authoring.changes.report import as_lines, summary
from bot.authoring.proof.solver import NoSolverError, Solver
from bot.script.edit_class import EditClass
from bot.script.problems import ScriptError

TEMPERATURE = "dialogs/temperature.yaml"
SIGNS = "dialogs/danger_signs.yaml"
RULES, GATES, FACTS = "content/red_flags.yaml", "content/gates.yaml", "content/facts.yaml"
OUTCOMES, MENU, WITHHELD = "content/outcomes.yaml", "content/menu.yaml", "content/withheld.yaml"
WORDS, NUMBERS = "content/words.yaml", "content/emergency_numbers.yaml"
BATH = "content/howto/bath.yaml"


def test_a_version_compared_with_itself_has_no_change() -> None:
    found = compare(shipped(), shipped())

    assert found.changes == ()
    assert summary(found) == "Nothing changes for a parent."


@pytest.mark.parametrize(
    "edit",
    [
        (TEMPERATURE, "How did you measure it?", "How did  you\n      measure it?"),
        (TEMPERATURE, "# No fever now?", "# No fever any more?"),
        (RULES, "when: {colour: [blue, grey, ", "when: {colour: [grey, blue, "),
    ],
    ids=["blanks", "a remark", "the order of values in a condition"],
)
def test_what_no_parent_can_notice_is_no_change(edit: Edit) -> None:
    assert told(edit) == []


SINCE_VACCINE = """      - id: M-05
        when: {vaccination_hours_ago: under 48}
        because: it is less than 48 hours since a vaccine
        sources: [massage safety pages, "general knowledge: cautious default"]
"""
VALID = "valid_for: 6 hours\n    usual: 0\n    about: On how many days there was a fever"
WHY = "    why: |\n      Some ways can miss a fever in a small baby.\n"
CLEAN_HANDS = "  clean_hands:\n    say: |\n      • Wash your hands.\n    sources: [NHS]\n"
EDITS: list[tuple[str, tuple[Edit, ...], set[str]]] = [
    ("an emergency word that is gone", ((WORDS, "        - breathin\n", ""),), {"looser"}),
    ("another emergency number", ((NUMBERS, 'unknown: "112"', 'unknown: "911"'),), {"looser"}),
    (
        "EMERGENCY: go, no longer call",
        ((RULES, "action: call, when: {colour", "action: go, when: {colour"),),
        {"looser"},
    ),
    ("a floor: go, no longer call", ((SIGNS, "    action: call", "    action: go"),), {"looser"}),
    ("a text of EMERGENCY", ((OUTCOMES, "• Unlock the door.", "• Open the door."),), {"wording"}),
    ("a text that may push out others", ((OUTCOMES, "  papers:\n", f"{CLEAN_HANDS}  papers:\n"),), {"structural"}),
    ("an advice that is gone", (cut(OUTCOMES, "  hungry:", 5),), {"looser"}),
    (
        "a gate that is closed less often",
        ((GATES, SINCE_VACCINE, ""),),
        {"looser"},
    ),
    (
        "two answers with each other's meaning",
        (
            (TEMPERATURE, "Hotter than usual, sets: {feels_hot: yes, feels_cold: no}", "Hotter than usual, sets: COLD"),
            (TEMPERATURE, "Colder than usual, sets: {feels_hot: no, feels_cold: yes}", "Colder than usual, sets: HOT"),
            (TEMPERATURE, "sets: COLD", "sets: {feels_hot: no, feels_cold: yes}"),
            (TEMPERATURE, "sets: HOT", "sets: {feels_hot: yes, feels_cold: no}"),
        ),
        {"stricter", "looser", "structural"},
    ),
    (
        "a button that begins another dialog",
        ((MENU, "    start: danger_check\n", "    start: fever_screen\n"),),
        {"structural"},
    ),
    ("an answer that is asked anew sooner", ((FACTS, VALID, VALID.replace("6 hours", "2 hours")),), {"stricter"}),
    ("an answer that is asked anew later", ((FACTS, VALID, VALID.replace("6 hours", "12 hours")),), {"looser"}),
    ("a source", ((TEMPERATURE, "    sources: [NICE NG143, AAP]\n", "    sources: [NICE NG143]\n"),), {"wording"}),
    ("an explanation that is gone", ((TEMPERATURE, WHY, ""),), {"wording"}),
    ("a step of a how-to that is gone", (cut(BATH, "  - id: never_leave", 8),), {"looser"}),
    (
        "a warning that is gone",
        ((WITHHELD, "        - neck ring|rings|float|floats|floaty", "        - neck float|floaty"),),
        {"looser"},
    ),
]


@pytest.mark.parametrize(("edits", "classes"), [one[1:] for one in EDITS], ids=[one[0] for one in EDITS])
def test_every_kind_of_edit_has_its_class(edits: tuple[Edit, ...], classes: set[str]) -> None:
    found = changes(*edits).changes

    assert {one.kind.value for one in found} == classes, [one.what for one in found]


def test_a_danger_text_in_other_words_is_marked() -> None:
    found = changes(("content/outcomes.yaml", "• Unlock the door.", "• Open the door."))

    assert found.changes[0].danger
    assert "Danger text: its approval is void." in "\n".join(as_lines(found))


def test_words_that_changed_are_never_cut() -> None:
    long = "Hold the thermometer under the arm for as long as it says, and press the arm to the side. " * 2
    [(_, what)] = told((TEMPERATURE, "How did you measure it?", f"{long}How did you measure it?"))

    assert long.strip() in what


def test_without_a_solver_whatever_is_more_than_words_is_structural(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise NoSolverError("the proof needs a SAT solver, which is not installed.")

    monkeypatch.setattr(Solver, "__init__", none)
    stricter = (RULES, "{fever: yes, age_younger: up to 3 months}", "{fever: yes, age_younger: up to 4 months}")
    found = changes(stricter, (TEMPERATURE, "How did you measure it?", "How did you take it?"))

    assert {one.kind for one in found.changes} == {EditClass.STRUCTURAL, EditClass.WORDING}
    assert not found.proved
    assert "no solver is installed" in "\n".join(as_lines(found))


def test_a_version_that_does_not_load_is_refused_with_its_problems() -> None:
    with pytest.raises(ScriptError, match=r"temperature\.yaml, line \d+"):
        compare(shipped(), edited((TEMPERATURE, "  - ask: temperature_method\n", "  - ask: temprature_method\n")))
