"""The fingerprint of everything but the words, and the two fingerprints of each question."""

import pytest
from script_helpers import edited, load

from bot.script.meaning import fingerprints

D, F, R = "dialogs/fever.yaml", "content/facts.yaml", "content/red_flags.yaml"
BEFORE = load()


@pytest.mark.parametrize(
    ("file", "edit"),
    [
        (D, ("Does {baby} feel hot?", "Is {baby} hot?")),
        (D, ("text: Drinks less", "text: Drinks too little")),
        (D, ("not_sure: No thermometer", "not_sure: I have none")),
        (D, ("Keep {baby} cool.", "Cool {baby}.")),
        (D, ("title: Fever check", "title: Fever")),
        (D, ("# Fever.", "# A remark, and a line more.\n")),
        (R, ("because: blue lips can mean too little oxygen", "because: blue lips need help")),
        (R, ("    title: Blue\n", "    title: Blue lips\n")),
    ],
)
def test_other_words_leave_the_structure_as_it_is(file: str, edit: tuple[str, str]) -> None:
    after = load(edited(file, edit))

    assert after.structure == BEFORE.structure
    assert after.hash != BEFORE.hash


@pytest.mark.parametrize(
    ("file", "edit"),
    [
        (D, ("  - ask: temperature_c\n  - when", "  - checklist: ill\n  - ask: temperature_c\n  - when")),
        (D, ("  - when: {temperature_c: not sure}\n    ask: feels_hot", "  - ask: feels_hot")),
        (D, ("sets: {temperature_c: under 38.0}", "sets: {temperature_c: 36.0 to 37.9}")),
        (D, ("sets: {feeding: [reduced, none]}, then: feeding", "sets: {feeding: none}")),
        (F, ("ages: under 24 months", "ages: under 12 months")),
        (R, ("when: {colour: blue}", "when: {colour: [blue, pale]}")),
    ],
)
def test_any_other_edit_changes_the_structure(file: str, edit: tuple[str, str]) -> None:
    changed = edited(file, edit)
    if "pale" in edit[1]:
        changed[file] = changed[file].replace("- {age: 2 months, colour: pale}", "- {age: 2 months, colour: normal}")

    assert load(changed).structure != BEFORE.structure


def test_wording_and_meaning_of_a_question_are_told_apart() -> None:
    before = fingerprints(BEFORE.vocabulary, BEFORE.dialogs.values())
    reworded = load(edited(D, ("Does {baby} feel hot?", "Is {baby} hot?")))
    after = fingerprints(reworded.vocabulary, reworded.dialogs.values())

    changed = {key for key in before if before[key] != after[key]}
    assert changed == {"fever.feels_hot"}
    assert before["fever.feels_hot"].meaning == after["fever.feels_hot"].meaning


def test_a_declared_rename_means_the_same() -> None:
    renamed = edited(
        D, ("      normal: As usual", "      usual: {text: As usual, sets: {feeding: normal}, renamed_from: as_ever}")
    )
    other = edited(D, ("      normal: As usual", "      as_ever: {text: As usual, sets: {feeding: normal}}"))

    assert load(renamed).meanings["fever.feeding"] == load(other).meanings["fever.feeding"]
