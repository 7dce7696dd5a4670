"""Spans of time as moderators write them."""

from datetime import timedelta

import pytest

from bot.facts.span import read_span


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("30 minutes", timedelta(minutes=30)),
        ("1 hour", timedelta(hours=1)),
        ("2 hours", timedelta(hours=2)),
        ("1 day", timedelta(days=1)),
        ("10 seconds", timedelta(seconds=10)),
        (" 2 days ", timedelta(days=2)),
    ],
)
def test_a_span_is_a_number_and_a_unit(text: str, span: timedelta) -> None:
    assert read_span(text) == span


@pytest.mark.parametrize(
    "text", ["", "soon", "2", "hours", "two hours", "2 h", "2 weeks", "-1 hour", "1.5 hours", "9" * 30 + " days"]
)
def test_anything_else_is_refused_with_the_forms_that_are_understood(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a span of time\. Write for example '30 minutes'"):
        read_span(text)
