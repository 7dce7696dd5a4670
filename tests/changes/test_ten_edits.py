"""Ten prepared edits: each has the right class, and a sentence that a nurse understands."""

from __future__ import annotations

import pytest
from changed import changes
from ten_edits import DELETED, LABEL, LOOSER_LIMIT, NEW_LINE, REMOVED_LINE, TEN_AND_ONE, WORDING, Prepared

from bot.script.edit_class import EditClass


@pytest.mark.parametrize("prepared", TEN_AND_ONE, ids=lambda one: one.name)
def test_each_edit_is_told_in_its_sentence_and_class(prepared: Prepared) -> None:
    found = changes(*prepared.edits).changes

    assert sorted((one.kind.value, one.what) for one in found) == sorted(prepared.told)


def test_an_edit_of_a_question_names_the_question_that_changes_for_a_parent_in_the_middle() -> None:
    assert changes(*LABEL.edits).questions == {"temperature.feels_hot"}
    assert changes(*DELETED.edits).questions == {"temperature.feels_cold"}
    assert changes(*REMOVED_LINE.edits).questions == {"danger_signs.danger_signs"}
    assert changes(*LOOSER_LIMIT.edits).questions == frozenset()


def test_a_change_stands_under_the_title_of_its_dialog() -> None:
    [one] = changes(*WORDING.edits).changes

    assert one.heading == "“Temperature” (dialogs/temperature.yaml)"
    assert one.file == "dialogs/temperature.yaml"


def test_all_edits_together_are_as_grave_as_the_gravest() -> None:
    assert changes(*NEW_LINE.edits).edit_class is EditClass.STRICTER
    assert changes(*NEW_LINE.edits, *REMOVED_LINE.edits).edit_class is EditClass.LOOSER
    assert changes(*NEW_LINE.edits, *REMOVED_LINE.edits, *DELETED.edits).edit_class is EditClass.STRUCTURAL
