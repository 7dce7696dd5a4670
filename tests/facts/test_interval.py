"""Stretches of numbers do what sets of numbers do."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.facts.interval import Interval
from bot.facts.truth import Truth

ends = st.none() | st.integers(-4, 4).map(Decimal)
SAMPLES = [Decimal(number) / 4 for number in range(-24, 25)]
"""The ends, numbers between them, and numbers beyond them all."""


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high, low_in, high_in = draw(ends), draw(ends), draw(st.booleans()), draw(st.booleans())
    if low is not None and high is not None:
        assume(low < high or (low == high and low_in and high_in))
    return Interval(low, high, low_in, high_in)


def holds(interval: Interval | None, number: Decimal) -> bool:
    if interval is None:
        return False
    above = interval.low is None or number > interval.low or (number == interval.low and interval.low_in)
    below = interval.high is None or number < interval.high or (number == interval.high and interval.high_in)
    return above and below


def members(interval: Interval | None) -> set[Decimal]:
    return {number for number in SAMPLES if holds(interval, number)}


@given(intervals(), intervals())
def test_intersect_holds_what_both_hold(one: Interval, other: Interval) -> None:
    assert members(one.intersect(other)) == members(one) & members(other)
    assert (one.intersect(other) is not None) is one.meets(other)


@given(intervals(), intervals())
def test_inside_is_to_hold_nothing_else(one: Interval, other: Interval) -> None:
    assert one.inside(other) is (members(one) <= members(other))


@given(intervals(), intervals())
def test_meeting_does_not_depend_on_the_order(one: Interval, other: Interval) -> None:
    assert one.meets(other) is other.meets(one)


@given(intervals(), intervals())
def test_hull_holds_both_and_begins_and_ends_with_one_of_them(one: Interval, other: Interval) -> None:
    hull = one.hull(other)

    assert one.inside(hull)
    assert other.inside(hull)
    assert (hull.low, hull.low_in) in {(one.low, one.low_in), (other.low, other.low_in)}
    assert (hull.high, hull.high_in) in {(one.high, one.high_in), (other.high, other.high_in)}


@given(intervals(), intervals())
def test_without_takes_away_exactly_the_other(one: Interval, other: Interval) -> None:
    try:
        left = one.without(other)
    except ValueError:
        rest = sorted(members(one) - members(other))
        gap = [number for number in SAMPLES if rest[0] < number < rest[-1] and number not in rest]
        assert gap, "refused though one piece would be left"
        return
    assert members(left) == members(one) - members(other)


@given(intervals(), intervals(), st.booleans())
def test_within_knows_only_what_the_stretch_tells(one: Interval, other: Interval, settled: bool) -> None:
    truth = one.within(other, settled=settled)
    inside = {number in members(other) for number in members(one)}

    if inside == {True}:
        assert truth is Truth.TRUE
    elif inside == {False}:
        assert truth is Truth.FALSE
    else:
        assert truth is (Truth.UNSURE if settled else Truth.OPEN)


@given(intervals(), intervals(), intervals())
def test_a_narrower_stretch_never_turns_what_was_decided(wide: Interval, other: Interval, wanted: Interval) -> None:
    narrow = wide.intersect(other) or wide
    before = wide.within(wanted, settled=False)

    if not before.unknown:
        assert narrow.within(wanted, settled=True) is before


@pytest.mark.parametrize(
    ("low", "high", "low_in", "high_in"), [(2, 1, True, True), (1, 1, False, True), (1, 1, True, False)]
)
def test_an_empty_stretch_is_refused(low: int, high: int, low_in: bool, high_in: bool) -> None:
    with pytest.raises(ValueError, match="empty interval"):
        Interval(Decimal(low), Decimal(high), low_in, high_in)


@pytest.mark.parametrize(
    ("interval", "text"),
    [
        (Interval.exactly(Decimal("38.0")), "38.0"),
        (Interval(Decimal(10), Decimal(29)), "10 to 29"),
        (Interval(Decimal(36), Decimal(38), high_in=False), "36 to under 38"),
        (Interval(Decimal(36), Decimal(38), low_in=False), "over 36 to 38"),
        (Interval(low=Decimal(5)), "at least 5"),
        (Interval(low=Decimal(5), low_in=False), "over 5"),
        (Interval(high=Decimal(5)), "up to 5"),
        (Interval(high=Decimal(5), high_in=False), "under 5"),
        (Interval(), "any number"),
    ],
)
def test_a_stretch_is_said_as_moderators_write_it(interval: Interval, text: str) -> None:
    assert str(interval) == text


def test_only_one_number_is_exact() -> None:
    assert Interval.exactly(Decimal(3)).exact == 3
    assert Interval(Decimal(3), Decimal(4)).exact is None
    assert Interval().exact is None
