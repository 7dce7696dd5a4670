"""Moments and days as the database keeps them: milliseconds since 1970 in UTC, and ISO dates."""

from datetime import UTC, date, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def to_ms(moment: datetime) -> int:
    """The milliseconds of an aware moment, rounded down, so that the order of moments is kept."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone, so nobody can say which moment it is")
    return (moment - _EPOCH) // _MILLISECOND


def to_ms_or_none(moment: datetime | None) -> int | None:
    """The same, where there may be no moment."""
    return None if moment is None else to_ms(moment)


def from_ms(milliseconds: int) -> datetime:
    """The moment in UTC."""
    return _EPOCH + milliseconds * _MILLISECOND


def from_ms_or_none(milliseconds: int | None) -> datetime | None:
    """The same, where there may be no moment."""
    return None if milliseconds is None else from_ms(milliseconds)


def from_day(day: str | None) -> date | None:
    """The date, where there may be none."""
    return None if day is None else date.fromisoformat(day)


def to_day(day: date | None) -> str | None:
    """The ISO text of a date; of a moment it would keep the hours, so a moment is refused."""
    if isinstance(day, datetime):
        raise TypeError(f"{day.isoformat()} is a moment, and a day was asked for")
    return None if day is None else day.isoformat()
