"""The fingerprint of what answers mean: another wording keeps it, another meaning does not."""

import pytest
from script_helpers import edited, load

D, F = "dialogs/fever.yaml", "content/facts.yaml"
BEFORE = load().meanings


def changed(*edits: tuple[str, str], file: str = D) -> set[str]:
    """The facts whose answers mean something else after an edit."""
    after = load(edited(file, *edits)).meanings
    names = {name for name in BEFORE.keys() | after.keys() if BEFORE.get(name) != after.get(name)}
    return {name.rpartition("/")[2] for name in names if "/" in name or "." not in name}


@pytest.mark.parametrize(
    "edit",
    [
        ("Does {baby} feel hot?", "Is {baby} hot?"),
        ("yes: Hot\n", "yes: Very hot\n"),
        ("text: Drinks less", "text: Drinks too little"),
        ("not_sure: No thermometer", "not_sure: I have none"),
        ("title: Fever check", "title: Fever"),
        ("Keep {baby} cool.", "Cool {baby}."),
    ],
)
def test_another_wording_means_the_same(edit: tuple[str, str]) -> None:
    assert changed(edit) == set()


@pytest.mark.parametrize(
    ("edit", "fact"),
    [
        (
            (
                "less: {text: Less, sets: {feeding: [reduced, none]}}",
                "less: {text: Less, sets: {feeding: reduced}}\n      none: Nothing",
            ),
            "feeding",
        ),
        (("input: temperature", "input: number"), "temperature_c"),
        (("sets: {temperature_c: under 38.0}", "sets: {temperature_c: 36.0 to 37.9}"), "temperature_c"),
        (("sets: {feeding: [reduced, none]}, then: feeding", "sets: {feeding: none}, then: feeding"), "feeding"),
        (("sets: {feeding: [reduced, none]}, then: feeding", "sets: {feeding: [reduced, none]}"), "feeding"),
    ],
)
def test_another_meaning_is_noticed_for_its_fact_alone(edit: tuple[str, str], fact: str) -> None:
    assert changed(edit) == {fact}


def test_another_list_of_values_is_another_meaning() -> None:
    assert changed(("options: [normal, pale, blue]", "options: [normal, pale, blue, grey]"), file=F) == {"colour"}


def test_another_time_for_which_an_answer_counts_is_another_meaning() -> None:
    edit = ("valid_for: 2 hours\n    usual: 36.8", "valid_for: 1 hour\n    usual: 36.8")

    assert changed(edit, file=F) == {"temperature_c"}


def test_a_fingerprint_is_the_same_after_a_restart() -> None:
    assert load().meanings == BEFORE
