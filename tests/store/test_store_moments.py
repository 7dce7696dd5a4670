"""Moments, days and JSON as the database keeps them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.jsontext import from_json, to_json
from bot.store.moments import from_day, from_ms, to_day, to_ms

MILLISECOND = timedelta(milliseconds=1)
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(
    min_value=datetime(1900, 1, 1),  # noqa: DTZ001 (hypothesis adds the zone)
    max_value=datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=zones,
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(moments)
def test_a_moment_comes_back_in_utc_and_less_than_a_millisecond_earlier(moment: datetime) -> None:
    back = from_ms(to_ms(moment))
    assert back.tzinfo is UTC
    assert timedelta(0) <= moment - back < MILLISECOND


@given(moments, moments)
def test_the_order_of_moments_is_kept(one: datetime, other: datetime) -> None:
    if one <= other:
        assert to_ms(one) <= to_ms(other)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        to_ms(datetime(2026, 11, 22))  # noqa: DTZ001


@given(st.dates())
def test_a_day_comes_back(day: date) -> None:
    assert from_day(to_day(day)) == day


def test_no_day_stays_no_day_and_a_moment_is_none() -> None:
    assert from_day(to_day(None)) is None
    with pytest.raises(TypeError, match="is a moment"):
        to_day(datetime(2026, 11, 22, tzinfo=UTC))


@given(json_values)
def test_json_comes_back_and_can_always_be_stored(value: object) -> None:
    text = to_json(value)  # type: ignore[arg-type]
    assert from_json(text) == value
    text.encode()


def test_letters_of_all_languages_are_kept_as_they_are() -> None:
    assert to_json({"nickname": "Малыш 👶"}) == '{"nickname":"Малыш 👶"}'


def test_half_an_emoji_is_escaped() -> None:
    assert to_json("\ud83d") == '"\\ud83d"'


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_json_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        to_json(number)
