"""Ages: by the calendar where the birth date is known, by the table of days elsewhere, always on the cautious side."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.facts.age import (
    MONTH_DAYS,
    Age,
    AgeLimit,
    Ages,
    Side,
    Unit,
    ages,
    limit_days,
    month_days,
    turning,
)
from bot.facts.interval import Interval
from bot.facts.truth import Truth
from bot.facts.value import NOT_SURE, Born, DaysOld, Number, Value

TRUE, FALSE, OPEN, UNSURE = Truth.TRUE, Truth.FALSE, Truth.OPEN, Truth.UNSURE
TODAY = date(2026, 1, 15)
ON_TIME = Number.of(40)
births = st.dates(date(2015, 1, 1), date(2025, 12, 31))


def limit(text: str) -> AgeLimit:
    side, number, unit = text.rsplit(" ", 2)
    return AgeLimit(Side(side), int(number), Unit(unit))


def born(on: date, *, today: date, weeks: Value | None = ON_TIME) -> Ages:
    return ages(Born(on), weeks, today)


def old(days: int, *, weeks: Value | None = ON_TIME) -> Ages:
    return ages(DaysOld(days, days, TODAY), weeks, TODAY)


@pytest.mark.parametrize(
    ("on", "months", "day"),
    [
        (date(2025, 1, 31), 1, date(2025, 3, 1)),
        (date(2024, 1, 31), 1, date(2024, 3, 1)),
        (date(2024, 1, 29), 1, date(2024, 2, 29)),
        (date(2025, 1, 29), 1, date(2025, 3, 1)),
        (date(2024, 2, 29), 12, date(2025, 3, 1)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 10, 31), 1, date(2025, 12, 1)),
        (date(2025, 12, 31), 2, date(2026, 3, 1)),
        (date(2025, 10, 15), 3, date(2026, 1, 15)),
        (date(2025, 11, 30), 13, date(2026, 12, 30)),
    ],
)
def test_a_month_is_turned_on_the_same_day_or_on_the_first_of_the_next(on: date, months: int, day: date) -> None:
    assert turning(on, months) == day


@given(births, st.integers(0, 60))
def test_turning_is_never_early(on: date, months: int) -> None:
    """A child counts as younger for a day rather than as older."""
    day = turning(on, months)

    assert (day.year - on.year) * 12 + day.month - on.month - months in (0, 1)
    assert day.day == on.day or (day.day == 1 and on.day > 28)
    assert turning(on, months + 1) > day


@pytest.mark.parametrize(
    ("today", "under", "up_to", "since"),
    [
        (date(2026, 1, 14), TRUE, TRUE, FALSE),
        (date(2026, 1, 15), FALSE, TRUE, TRUE),
        (date(2026, 1, 16), FALSE, FALSE, TRUE),
    ],
)
def test_up_to_3_months_includes_the_whole_day_of_turning_3_months(
    today: date, under: Truth, up_to: Truth, since: Truth
) -> None:
    age = born(date(2025, 10, 15), today=today).age

    assert age.matches(limit("under 3 months")) is under
    assert age.matches(limit("up to 3 months")) is up_to
    assert age.matches(limit("from 3 months")) is since


@pytest.mark.parametrize(
    ("months", "days"), [(1, 31), (2, 61), (3, 92), (4, 122), (5, 153), (6, 183), (9, 274), (12, 365)]
)
def test_where_only_days_are_known_a_month_is_a_number_of_days(months: int, days: int) -> None:
    """Source: rules.md, derived age."""
    assert month_days(months) == days
    assert limit_days(months, Unit.MONTHS) == days
    assert old(days).age.matches(AgeLimit(Side.UP_TO, months, Unit.MONTHS)) is TRUE
    assert old(days).age.matches(AgeLimit(Side.FROM, months, Unit.MONTHS)) is TRUE
    assert old(days + 1).age.matches(AgeLimit(Side.UP_TO, months, Unit.MONTHS)) is FALSE
    assert old(days - 1).age.matches(AgeLimit(Side.UNDER, months, Unit.MONTHS)) is TRUE


def test_other_months_go_by_their_mean_length() -> None:
    assert month_days(24) == 730
    assert month_days(18) == 548


def test_days_and_weeks_need_no_calendar() -> None:
    age = born(date(2025, 12, 18), today=TODAY).age

    assert age.days == (28, 28)
    assert age.matches(limit("under 28 days")) is FALSE
    assert age.matches(limit("up to 4 weeks")) is TRUE
    assert age.matches(limit("from 4 weeks")) is TRUE


@given(births, st.integers(0, 400), st.sampled_from(sorted(MONTH_DAYS)), st.sampled_from(Side))
def test_a_birth_date_and_a_number_of_days_agree_away_from_the_month(
    on: date, days: int, months: int, side: Side
) -> None:
    """Calendar months are 28 to 31 days, the table knows one length: they differ within three days of a limit."""
    today = on + timedelta(days=days)
    one = AgeLimit(side, months, Unit.MONTHS)
    by_days = ages(DaysOld(days, days, today), ON_TIME, today).age.matches(one)

    if abs(days - month_days(months)) > 3:
        assert born(on, today=today).age.matches(one) is by_days


@given(births, st.integers(0, 400), st.sampled_from(list(Unit)[:2]), st.integers(0, 60), st.sampled_from(Side))
def test_they_always_agree_on_days_and_weeks(on: date, days: int, unit: Unit, number: int, side: Side) -> None:
    today = on + timedelta(days=days)
    one = AgeLimit(side, number, unit)
    by_days = ages(DaysOld(days, days, today), ON_TIME, today).age

    assert born(on, today=today).age.matches(one) is by_days.matches(one)


@given(births, st.integers(0, 400), st.sampled_from(["3 months", "28 days", "8 weeks"]))
def test_a_known_age_is_on_one_side_of_every_limit(on: date, days: int, at: str) -> None:
    age = born(on, today=on + timedelta(days=days)).age
    under, up_to, since = (age.matches(limit(f"{side.value} {at}")) for side in Side)

    assert since is ~under
    assert up_to is TRUE or under is FALSE


def test_an_age_told_in_days_grows_with_the_calendar() -> None:
    told = DaysOld(20, 26, TODAY - timedelta(days=5))

    assert ages(told, ON_TIME, TODAY).age.days == (25, 31)


def test_an_age_on_both_sides_of_a_limit_counts_as_the_younger() -> None:
    age = ages(DaysOld(85, 100, TODAY), ON_TIME, TODAY).age

    assert age.matches(limit("under 3 months")) is TRUE
    assert age.matches(limit("up to 3 months")) is TRUE
    assert age.matches(limit("from 3 months")) is UNSURE


@pytest.mark.parametrize("at", ["1 days", "28 days", "3 months", "12 months"])
def test_an_unknown_age_is_young_enough_for_every_rule_and_old_enough_for_none(at: str) -> None:
    unknown = ages(NOT_SURE, ON_TIME, TODAY)

    for age in (unknown.age, unknown.corrected, unknown.younger):
        assert not age.known
        assert age.matches(limit(f"under {at}")) is TRUE
        assert age.matches(limit(f"up to {at}")) is TRUE
        assert age.matches(limit(f"from {at}")) is UNSURE


def test_a_child_born_5_weeks_early_is_5_weeks_younger() -> None:
    found = old(100, weeks=Number.of(35))

    assert found.age.days == (100, 100)
    assert found.corrected.days == (65, 65)
    assert found.younger.days == (65, 65)


@pytest.mark.parametrize("weeks", [37, 38, 40, 42])
def test_from_37_weeks_nothing_is_corrected(weeks: int) -> None:
    found = old(100, weeks=Number.of(weeks))

    assert found.corrected.days == found.younger.days == (100, 100)


def test_the_calendar_of_an_early_child_begins_at_the_day_it_was_due() -> None:
    found = born(date(2025, 9, 10), today=TODAY, weeks=Number.of(35))

    assert found.younger.matches(limit("up to 3 months")) is TRUE
    assert found.age.matches(limit("up to 3 months")) is FALSE
    assert born(date(2025, 9, 9), today=TODAY, weeks=Number.of(35)).younger.matches(limit("up to 3 months")) is FALSE


def test_weeks_that_nobody_knows_make_the_younger_age_4_weeks_younger() -> None:
    found = old(100, weeks=NOT_SURE)

    assert found.corrected.days == (100, 100)
    assert found.younger.days == (72, 72)


def test_before_the_weeks_are_asked_an_age_near_a_limit_is_open() -> None:
    found = old(100, weeks=None)

    assert found.age.matches(limit("up to 3 months")) is FALSE
    assert found.younger.matches(limit("up to 3 months")) is OPEN
    assert found.corrected.matches(limit("from 3 months")) is OPEN


def test_before_the_weeks_are_asked_no_early_birth_can_move_a_far_limit() -> None:
    assert old(20, weeks=None).younger.matches(limit("under 28 days")) is TRUE
    assert old(400, weeks=None).younger.matches(limit("from 3 months")) is TRUE


def test_early_by_an_unknown_number_of_weeks_stays_open_until_the_weeks_are_asked() -> None:
    early = Number(Interval(Decimal(22), Decimal(37), high_in=False), settled=False)
    told = Number(Interval(Decimal(22), Decimal(37), high_in=False))

    assert old(100, weeks=early).younger.days == (100 - 18 * 7, 100 - 4 * 7)
    assert old(100, weeks=early).younger.matches(limit("from 28 days")) is OPEN
    assert old(100, weeks=told).younger.matches(limit("from 28 days")) is UNSURE


@given(st.integers(0, 400), st.none() | st.just(NOT_SURE) | st.integers(22, 42).map(Number.of))
def test_corrected_and_younger_are_never_older_than_the_age(days: int, weeks: Value | None) -> None:
    found = old(days, weeks=weeks)

    for age in (found.corrected, found.younger):
        assert age.days[1] <= found.age.days[1]
        assert age.days[0] <= found.age.days[0]


@given(births, st.integers(0, 400), st.integers(22, 42), st.sampled_from(Side), st.integers(0, 12))
def test_asking_the_weeks_never_turns_what_was_decided(
    on: date, days: int, weeks: int, side: Side, months: int
) -> None:
    today = on + timedelta(days=days)
    one = AgeLimit(side, months, Unit.MONTHS)
    before = born(on, today=today, weeks=None)
    after = born(on, today=today, weeks=Number.of(weeks))

    for open_, settled in ((before.corrected, after.corrected), (before.younger, after.younger)):
        if not open_.matches(one).unknown:
            assert settled.matches(one) is open_.matches(one)


def test_a_limit_is_said_as_moderators_write_it() -> None:
    assert str(limit("up to 3 months")) == "up to 3 months"
    assert str(AgeLimit(Side.UNDER, 1, Unit.DAYS)) == "under 1 day"


def test_an_age_tells_whether_it_is_known() -> None:
    age: Age = old(3).age

    assert age.known
