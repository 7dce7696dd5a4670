"""Truth with two unknowns: the laws of logic hold, and what is decided stays decided."""

from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.facts.truth import Truth, all_of, any_of, at_least, of

TRUE, FALSE, OPEN, UNSURE = Truth.TRUE, Truth.FALSE, Truth.OPEN, Truth.UNSURE
truths = st.sampled_from(Truth)
parts = st.lists(truths, max_size=6)


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (TRUE, TRUE, TRUE),
        (TRUE, FALSE, FALSE),
        (FALSE, FALSE, FALSE),
        (TRUE, OPEN, OPEN),
        (TRUE, UNSURE, UNSURE),
        (FALSE, OPEN, FALSE),
        (FALSE, UNSURE, FALSE),
        (OPEN, OPEN, OPEN),
        (UNSURE, UNSURE, UNSURE),
        (OPEN, UNSURE, OPEN),
    ],
)
def test_and_in_either_order(one: Truth, other: Truth, both: Truth) -> None:
    assert all_of([one, other]) is both
    assert all_of([other, one]) is both


@pytest.mark.parametrize(
    ("one", "other", "either"),
    [
        (TRUE, TRUE, TRUE),
        (TRUE, FALSE, TRUE),
        (FALSE, FALSE, FALSE),
        (TRUE, OPEN, TRUE),
        (TRUE, UNSURE, TRUE),
        (FALSE, OPEN, OPEN),
        (FALSE, UNSURE, UNSURE),
        (OPEN, OPEN, OPEN),
        (UNSURE, UNSURE, UNSURE),
        (OPEN, UNSURE, OPEN),
    ],
)
def test_or_in_either_order(one: Truth, other: Truth, either: Truth) -> None:
    assert any_of([one, other]) is either
    assert any_of([other, one]) is either


def test_not_of_an_unknown_is_the_same_unknown() -> None:
    assert [~truth for truth in (TRUE, FALSE, OPEN, UNSURE)] == [FALSE, TRUE, OPEN, UNSURE]


def test_only_open_and_unsure_are_unknown() -> None:
    assert {truth for truth in Truth if truth.unknown} == {OPEN, UNSURE}


def test_nothing_to_hold_always_holds_and_nothing_to_choose_never_does() -> None:
    assert all_of([]) is TRUE
    assert any_of([]) is FALSE
    assert at_least(0, []) is TRUE


def test_a_plain_bool_is_never_unknown() -> None:
    assert (of(True), of(False)) == (TRUE, FALSE)


@given(parts)
def test_de_morgan(several: list[Truth]) -> None:
    assert ~all_of(several) is any_of(~part for part in several)
    assert ~any_of(several) is all_of(~part for part in several)


@given(parts)
def test_one_of_several_is_or_and_all_of_several_is_and(several: list[Truth]) -> None:
    assert at_least(1, several) is any_of(several)
    assert at_least(len(several), several) is all_of(several)


@given(parts, st.integers(0, 7))
def test_n_of_several_hold_unless_too_many_do_not(several: list[Truth], number: int) -> None:
    fails = at_least(len(several) - number + 1, [~part for part in several])

    assert at_least(number, several) is ~fails


@pytest.mark.parametrize("several", list(product(Truth, repeat=3)))
def test_the_order_of_parts_never_matters(several: tuple[Truth, ...]) -> None:
    for number in range(4):
        assert len({at_least(number, order) for order in permutations(several)}) == 1
    assert len({all_of(order) for order in permutations(several)}) == 1
    assert len({any_of(order) for order in permutations(several)}) == 1


@given(parts, st.data())
def test_an_answer_never_turns_what_was_decided(several: list[Truth], data: st.DataObject) -> None:
    """An open part may become anything; a parent who was not sure may find out."""
    later = [data.draw(truths) if part is OPEN else part for part in several]
    found_out = [data.draw(st.sampled_from([TRUE, FALSE])) if part.unknown else part for part in several]
    for number in range(len(several) + 1):
        before = at_least(number, several)
        if before is not OPEN:
            assert at_least(number, later) is before
        if not before.unknown:
            assert at_least(number, found_out) is before


@given(parts)
def test_it_is_open_exactly_when_answers_could_decide_it(several: list[Truth]) -> None:
    for number in range(len(several) + 1):
        reached = {
            at_least(number, [decided if part is OPEN else part for part in several]) for decided in (TRUE, FALSE)
        }
        if at_least(number, several) is OPEN:
            assert reached & {TRUE, FALSE}
        else:
            assert reached == {at_least(number, several)}
