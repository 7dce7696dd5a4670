"""What a parent told: it goes through the database unchanged, and says when asking again is of no use."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.facts.interval import Interval
from bot.facts.value import (
    NO,
    NO_SUCH,
    NOT_SURE,
    NOT_SURE_TOO,
    YES,
    Born,
    Choice,
    DaysOld,
    Many,
    Number,
    Value,
    from_json,
    is_exact,
    to_json,
)

options = st.frozensets(st.sampled_from(["normal", "pale", "blue", NOT_SURE_TOO]), min_size=1)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
decimals = st.decimals(allow_nan=False, allow_infinity=False)


@st.composite
def numbers(draw: st.DrawFn) -> Number:
    low, high = draw(st.none() | decimals), draw(st.none() | decimals)
    if low is not None and high is not None:
        low, high = min(low, high), max(low, high)
    open_ends = low is None or high is None or low < high
    low_in, high_in = (draw(st.booleans()), draw(st.booleans())) if open_ends else (True, True)
    return Number(Interval(low, high, low_in, high_in), draw(st.booleans()))


@st.composite
def many(draw: st.DrawFn) -> Many:
    possible = draw(options)
    return Many(draw(st.frozensets(st.sampled_from(sorted(possible)))), possible)


values: st.SearchStrategy[Value] = st.one_of(
    st.just(NOT_SURE),
    st.just(NO_SUCH),
    st.builds(Choice, options, st.booleans()),
    many(),
    numbers(),
    st.builds(Born, days),
    st.builds(DaysOld, st.integers(0, 1000), st.integers(0, 1000), days),
)


@given(values)
def test_a_value_comes_back_from_json_unchanged(value: Value) -> None:
    assert from_json(json.loads(json.dumps(to_json(value)))) == value


@given(values)
def test_equal_values_are_written_alike(value: Value) -> None:
    """Sets have no order, but a fingerprint of an answer must not change from one start to the next."""
    assert json.dumps(to_json(from_json(to_json(value)))) == json.dumps(to_json(value))


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"something": 1},
        {"born": "yesterday"},
        {"born": 5},
        {"low": "many", "high": None, "low_in": True, "high_in": True, "settled": True},
        {"low": "2", "high": "1", "low_in": True, "high_in": True, "settled": True},
        {"one_of": 3, "settled": True},
        {"days": [1], "asof": "2026-01-01"},
    ],
)
def test_anything_else_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        from_json(data)


@pytest.mark.parametrize(
    ("value", "exact"),
    [
        (YES, True),
        (NO, True),
        (NOT_SURE, True),
        (NO_SUCH, True),
        (Choice.of("pale", "blue"), True),
        (Choice(frozenset({"pale", "blue"}), settled=False), False),
        (Choice(frozenset({"pale"}), settled=False), True),
        (Number.of(38), True),
        (Number(Interval(Decimal(10), Decimal(29))), True),
        (Number(Interval(Decimal(10), Decimal(29)), settled=False), False),
        (Many.of("chin"), True),
        (Born(date(2026, 1, 1)), True),
        (DaysOld(14, 20, date(2026, 1, 1)), True),
    ],
)
def test_asking_again_is_of_use_only_where_an_answer_is_not_settled(value: Value, exact: bool) -> None:
    assert is_exact(value) is exact


def test_the_option_is_exact_only_when_one_is_possible() -> None:
    assert Choice.of("pale").exact == "pale"
    assert Choice.of("pale", "blue").exact is None


def test_a_number_keeps_the_digits_that_were_typed() -> None:
    assert to_json(Number.of("38.0"))["low"] == "38.0"
    assert Number.of("38.0").exact == Decimal(38)
