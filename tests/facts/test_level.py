"""Levels are ordered by severity, and each allows its own actions."""

import pytest

from bot.facts.level import ALLOWED, ORDER, Action, Level, default_action


def test_levels_are_ordered_from_harmless_to_severe() -> None:
    assert sorted(Level) == [Level.REASSURE, Level.ROUTINE, Level.SOON, Level.URGENT, Level.EMERGENCY]


@pytest.mark.parametrize(
    ("level", "lower"),
    [
        (Level.EMERGENCY, Level.URGENT),
        (Level.URGENT, Level.SOON),
        (Level.SOON, Level.ROUTINE),
        (Level.ROUTINE, Level.ROUTINE),
        (Level.REASSURE, Level.ROUTINE),
    ],
)
def test_an_undecided_level_counts_one_lower_and_never_reassures(level: Level, lower: Level) -> None:
    assert level.lower is lower


def test_every_level_says_which_actions_it_allows() -> None:
    assert set(ALLOWED) == set(Level)
    assert frozenset().union(*ALLOWED.values()) == set(Action)


def test_every_action_has_its_place_in_the_order_of_urgency() -> None:
    assert sorted(ORDER) == sorted(Action)
    assert ORDER.index(Action.CALL) < ORDER.index(Action.GO) < ORDER.index(Action.HOSPITAL)
    assert ORDER.index(Action.HOSPITAL) < ORDER.index(Action.DOCTOR) < ORDER.index(Action.PHONE)


@pytest.mark.parametrize("level", Level)
def test_the_action_of_a_level_that_names_none_is_allowed_for_it(level: Level) -> None:
    action = default_action(level)

    assert (action in ALLOWED[level]) is (level >= Level.URGENT)
    assert (action is None) is (level < Level.URGENT)
