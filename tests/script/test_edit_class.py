"""How grave an edit is."""

from bot.script.edit_class import EditClass, gravest


def test_the_gravest_of_several_edits_counts() -> None:
    """One looser edit among many of wording makes the whole version looser."""
    assert gravest([EditClass.WORDING, EditClass.LOOSER, EditClass.STRICTER]) is EditClass.LOOSER
    assert gravest([EditClass.LOOSER, EditClass.STRUCTURAL]) is EditClass.STRUCTURAL
    assert gravest([]) is EditClass.WORDING


def test_only_wording_and_stricter_edits_reach_a_running_check() -> None:
    """Whatever takes something away from a parent waits for the next check."""
    assert [one for one in EditClass if one.hot] == [EditClass.WORDING, EditClass.STRICTER]
