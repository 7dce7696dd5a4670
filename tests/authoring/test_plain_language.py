"""How a text is measured, and what is too hard for a tired parent."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.authoring import check, ready
from bot.authoring.plain import grade as grading
from bot.authoring.plain.emergency import is_instruction, strays_in_emergency
from bot.authoring.plain.grade import NOT_MEASURED
from bot.authoring.plain.kinds import EMERGENCY_PHRASES, Kind, kinds
from bot.authoring.plain.questions import MAX_BUTTONS, MORE_BUTTONS, TWO_QUESTIONS
from bot.authoring.plain.reading import measured, too_hard
from bot.authoring.plain.sentences import sentences
from bot.places import Places, find_places
from bot.script.check_banned import LANGUAGE
from bot.script.load import Folder, load_places, read_folder
from bot.script.phrases import TEXTS

PLACES = find_places()
SCRIPT = load_places(PLACES.dialogs, PLACES.content)

HARD = "Continue observation of the temperature and documentation of any deterioration. " * 4
LONG = "Take off the cap and the coat, and open the window a bit, and then look at the clock and at the door."


def findings(text: str, kind: Kind = Kind.USUAL) -> list[str]:
    return [one.what for one in too_hard(text, kind)]


def strays(text: str) -> list[str]:
    return [f"{one.line}: {one.what}" for one in strays_in_emergency(text)]


def test_every_line_ends_a_sentence_and_its_bullet_is_no_word() -> None:
    found = sentences("Do this:\n• Look at {baby}\n2. Call. Then wait.\n")

    assert [(one.text, one.line, one.listed) for one in found] == [
        ("Do this:", 0, False),
        ("Look at your baby", 1, True),
        ("Call.", 2, True),
        ("Then wait.", 2, True),
    ]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("38.0 °C or more", 4),
        ("at 21:40", 2),
        ("born on 01.11.2026", 3),
        ("Call {emergency_number} now", 3),
        ("send /delete – or not", 4),
        ("{reasons}", 0),
    ],
)
def test_a_number_is_one_word_and_signs_are_none(written: str, words: int) -> None:
    assert sum(one.words for one in sentences(written)) == words


def test_a_decimal_point_ends_no_sentence() -> None:
    assert len(sentences("It is 38.0 °C. Call now.")) == 2


def test_a_long_sentence_is_told_alone_with_how_to_mend_it() -> None:
    (found,) = too_hard(LONG, Kind.USUAL)

    assert found.what == "a sentence has 23 words; 20 is the limit."
    assert found.cure.startswith("Split this sentence: 'Take off the cap")


def test_a_text_of_long_words_is_too_hard_and_the_words_are_named() -> None:
    (found,) = too_hard(HARD, Kind.USUAL)

    assert "the reading grade of this text is" in found.what
    assert "deterioration" in found.cure


def test_an_emergency_has_a_lower_limit() -> None:
    text = "Measure again under the arm after half an hour, and write the number down. After that, look at {baby}."

    assert findings(text) == []
    assert "4 is the limit" in findings(text, Kind.EMERGENCY)[0]


def test_short_texts_labels_and_the_fixed_first_words_have_no_grade() -> None:
    assert findings("Continue observation of deterioration.") == []
    assert findings(HARD, Kind.LABEL) == []
    assert measured("Go to the hospital emergency department now. " * 5) is None


def test_an_instruction_begins_with_a_verb_of_the_list_also_after_a_condition() -> None:
    assert is_instruction("Call 112 now.")
    assert is_instruction("If you know how, give rescue breaths.")
    assert is_instruction("Then call someone.")
    assert not is_instruction("It was right to say so.")
    assert not is_instruction("Say: “My baby needs an ambulance.”")


def test_in_an_emergency_a_line_asks_for_one_thing_and_a_step_is_short() -> None:
    assert strays("Call {emergency_number} now.\n\n• Stay close. Do not feed.\n") == []
    assert strays("Call {emergency_number} now. Open the door.") == [
        "0: this line of an EMERGENCY message asks for 2 things."
    ]
    assert "has 23 words" in strays(f"Call {{emergency_number}} now.\n• {LONG}")[0]


def test_the_number_comes_early_and_alone_on_its_line() -> None:
    assert strays("1. Call {emergency_number}.") == []
    assert "another number" in strays("Call {emergency_number} in 5 minutes.")[0]
    assert "66 words stand before" in strays("• one two three four five\n" * 13 + "Call {emergency_number}.")[0]


def test_advice_in_an_emergency_is_held_to_the_lower_grade() -> None:
    kind = {name: one for name, (_, one) in kinds(SCRIPT).items()}

    assert kind["outcomes.levels.emergency_call.say"] is Kind.EMERGENCY
    assert kind["outcomes.instead.parent_at_limit.say"] is Kind.EMERGENCY
    assert kind["outcomes.meanwhile.fit.say"] is Kind.EMERGENCY
    assert kind["phrases.texts.card"] is Kind.EMERGENCY
    assert kind["red_flags.rules.F-01.because"] is Kind.EMERGENCY_PART
    assert kind["danger_signs.checklists.danger_signs.ask"] is Kind.EMERGENCY_PART
    assert kind["outcomes.levels.soon.say"] is Kind.USUAL
    assert kind["phrases.buttons.yes"] is Kind.LABEL
    assert kind["fever_screen.title"] is Kind.LABEL


def test_the_phrases_of_emergencies_exist() -> None:
    assert set(TEXTS) >= EMERGENCY_PHRASES


def test_an_exception_that_is_not_needed_any_more_is_taken_out() -> None:
    questions = [one for dialog in SCRIPT.dialogs.values() for one in dialog.questions.values()]
    lists = [one for dialog in SCRIPT.dialogs.values() for one in dialog.checklists.values()]

    assert {one.id for one in questions if len(one.options) > MAX_BUTTONS} == set(MORE_BUTTONS)
    asked = [(one.id, one.ask) for one in questions] + [(one.id, one.ask) for one in lists]
    assert {name for name, ask in asked if ask.count("?") > 1} == set(TWO_QUESTIONS)


@pytest.mark.parametrize("word", ["seizure", "convulsions", "clinician", "triage", "symptoms", "stool", "ashamed"])
def test_a_word_of_doctors_and_a_word_of_blame_are_refused(word: str) -> None:
    watch = SCRIPT.withheld.watch(LANGUAGE)

    assert [banned.because for _, banned in watch.find(f"Look for {word} now.")]


def test_an_edit_that_is_hard_to_read_is_found_on_its_line() -> None:
    files = dict(read_folder(PLACES.dialogs, PLACES.content).files)
    old = "      • Call today or tomorrow. The visit should be within 7 days.\n"
    text = files["content/outcomes.yaml"]
    files["content/outcomes.yaml"] = text.replace(old, f"      • {LONG}\n")
    line = text[: text.index(old)].count("\n") + 1

    (found,) = check.check_folder(Folder(files)).problems

    assert (found.place.file, found.place.line) == ("content/outcomes.yaml", line)


class TestWithoutTextstat:
    @pytest.fixture(autouse=True)
    def without(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(grading, "find_spec", lambda name: None)

    def test_the_check_says_in_one_line_that_the_grade_was_not_measured(self) -> None:
        told = check.check_folder(read_folder(PLACES.dialogs, PLACES.content))

        assert told.problems == ()
        assert told.as_text().splitlines()[-1] == NOT_MEASURED

    def test_sentences_are_still_counted(self) -> None:
        assert findings(LONG) == ["a sentence has 23 words; 20 is the limit."]
        assert findings(HARD) == []

    def test_ready_needs_it(self, tmp_path: Path) -> None:
        stage = next(one for one in ready.STAGES if one.name == "Check")

        assert stage.to_mend(Places(PLACES.dialogs, PLACES.content)) == [NOT_MEASURED]
