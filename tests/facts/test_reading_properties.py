"""What holds for every text: what is printed is read back, and nothing is accepted that was not typed."""

import re
import time
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.facts.reading import (
    AgeText,
    AskUnit,
    Choose,
    Confirm,
    Duration,
    MeasureAgain,
    NoneAtAll,
    NotMeasured,
    OutOfScope,
    Read,
    Unclear,
    Unit,
    age_on,
    print_age,
    print_date,
    print_duration,
    print_temperature,
    read_age,
    read_birth_date,
    read_count,
    read_duration,
    read_number,
    read_temperature,
)
from bot.facts.reading.months import NUMBER_OF
from bot.facts.reading.typed import tidy, without_accents

TODAY = date(2026, 6, 15)
Reader: TypeAlias = Callable[[str], object]

READERS: dict[str, Reader] = {
    "age": lambda text: read_age(text, today=TODAY, limits=frozenset({28, 61, 92})),
    "birth date": lambda text: read_birth_date(text, today=TODAY),
    "temperature": read_temperature,
    "duration": read_duration,
    "hours": lambda text: read_count(text, Unit.HOUR),
    "number": read_number,
}
ACCEPTED = (Read, Confirm, Choose, AskUnit, MeasureAgain, OutOfScope)

PIECES = (
    "0 1 2 3 5 7 10 12 13 28 30 31 37,5 38 38.2 37.95 42.05 90 100.4 375 2024 2025 2026 25 ½ 1/2 half a an one two "
    "twenty days day d weeks w months m years y hours h minutes min seconds s c f ° celsius fahrenheit may jan de of "
    "mars 1st . , : / - – + ? ~ < and to or about almost less more than at least old born ago she is temp no not "
    "today yesterday 😀 ٣ ³ \u200e \u202e"
).split(" ")  # fmt: skip
typed_pieces = st.lists(st.sampled_from(PIECES), max_size=12)
texts = st.one_of(st.text(max_size=250), typed_pieces.map(" ".join), typed_pieces.map("".join))

birth_dates = st.integers(0, 1095).map(lambda days: TODAY - timedelta(days=days))


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@given(text=texts)
def test_no_text_breaks_a_reader(reader: Reader, text: str) -> None:
    assert isinstance(reader(text), (*ACCEPTED, Unclear, NotMeasured, NoneAtAll))


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@given(
    text=st.text(max_size=200).filter(
        lambda text: not any(unicodedata.numeric(c, None) is not None or c.isascii() for c in text)
    )
)
def test_a_text_without_a_number_is_never_accepted(reader: Reader, text: str) -> None:
    assert not isinstance(reader(text), ACCEPTED)


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@given(
    words=st.lists(
        st.sampled_from("weeks months old she is born - to about c f ° less than min she's . / 😀 may".split()),
        max_size=12,
    )
)
def test_units_and_words_without_a_number_are_never_accepted(reader: Reader, words: list[str]) -> None:
    assert not isinstance(reader(" ".join(words)), ACCEPTED)


def _figures(text: str) -> list[Decimal]:
    clean = tidy(text)
    assert isinstance(clean, str)
    return [Decimal(number.replace(",", ".")) for number in re.findall(r"\d+(?:[.,]\d+)?", clean)]


@given(text=texts.filter(lambda text: re.search("half|one|two|twenty|½", text) is None))
def test_an_accepted_temperature_is_the_one_number_that_was_typed(text: str) -> None:
    reading = read_temperature(text)
    if isinstance(reading, Read | MeasureAgain):
        assert _figures(text) == [reading.value]


@given(
    number=st.decimals(0, 500, places=2),
    unit=st.sampled_from(["", "°", " C", "°C", " degrees"]),
    comma=st.booleans(),
)
def test_every_number_is_read_measured_again_asked_or_refused_by_its_range(
    number: Decimal, unit: str, comma: bool
) -> None:
    typed = str(number).replace(".", "," if comma else ".") + unit
    reading = read_temperature(typed)
    if Decimal("33.95") <= number < Decimal("42.05"):
        assert reading == Read(number)
    elif Decimal("31.95") <= number < Decimal("45.05"):
        assert reading == MeasureAgain(number)
    elif 90 <= number <= 110:
        assert isinstance(reading, Confirm)
        assert (reading.value >= 38) >= (number >= Decimal("100.4"))
    else:
        assert isinstance(reading, Unclear)


@given(
    parts=st.lists(st.sampled_from(["1", "3", "03", "12", "13", "29", "31", "25", "26", "2024", "2025", "2026"]),
                   min_size=2, max_size=4),
    mark=st.sampled_from([".", "/", "-", " ", ". "]),
)  # fmt: skip
def test_day_month_and_year_of_an_accepted_date_were_typed(parts: list[str], mark: str) -> None:
    reading = read_birth_date(mark.join(parts), today=TODAY)
    numbers = sorted(int(part) for part in parts)
    ages = reading.candidates if isinstance(reading, Choose) else ()
    if isinstance(reading, Read | Confirm | OutOfScope):
        ages = (reading.value,)
    for age in ages:
        born = age.birth_date
        assert born is not None
        assert born <= TODAY
        assert numbers in (
            sorted([born.day, born.month, born.year]),
            sorted([born.day, born.month, born.year - 2000]),
        )
        if isinstance(reading, Read):
            assert str(born.year) in parts


@given(
    parts=st.permutations(["{day}", "{month}", "{year}"]),
    day=st.integers(0, 40),
    month=st.sampled_from(sorted(NUMBER_OF)),
    year=st.sampled_from(["2025", "2026", "25", ""]),
    between=st.sampled_from([" ", ". ", "-", ", ", " de ", "th "]),
)
def test_day_and_month_name_of_an_accepted_date_were_typed(
    parts: list[str], day: int, month: str, year: str, between: str
) -> None:
    text = between.join(parts).format(day=day, month=month, year=year)
    reading = read_birth_date(text, today=TODAY)
    assert not isinstance(reading, Choose | AskUnit)
    if isinstance(reading, Read):
        born = reading.value.birth_date
        assert born is not None
        assert (born.day, born.month, str(born.year)) == (day, NUMBER_OF[month], year)
    if isinstance(reading, Confirm):
        born = reading.value.birth_date
        assert born is not None
        assert born.month == NUMBER_OF[month]
        assert str(born.day) in text
        assert born <= TODAY


@given(number=st.integers(0, 200), unit=st.sampled_from(["hours", "days", "weeks", "months", "years"]))
def test_an_age_is_never_read_as_older_than_its_longest_meaning(number: int, unit: str) -> None:
    reading = read_age(f"{number} {unit}", today=TODAY)
    longest = {"hours": 1 / 24, "days": 1.0, "weeks": 7.0, "months": 31.0, "years": 366.0}[unit]
    assert isinstance(reading, Read | Confirm | OutOfScope)
    assert reading.value.days <= number * longest
    assert isinstance(reading, OutOfScope) == (reading.value.days > 1096)


@given(number=st.integers(1, 1096), limits=st.frozensets(st.integers(1, 400)))
def test_an_age_in_weeks_or_months_never_stands_on_a_limit(number: int, limits: frozenset[int]) -> None:
    for unit in ("weeks", "months", "years"):
        reading = read_age(f"{number} {unit}", today=TODAY, limits=limits)
        if isinstance(reading, Read):
            assert reading.value.days not in limits
        if isinstance(reading, Confirm):
            assert reading.value.days + 1 in limits | {1096}


@given(birth_dates)
def test_a_printed_birth_date_is_read_back(born: date) -> None:
    age = AgeText((TODAY - born).days, exact=True, birth_date=born)
    assert read_birth_date(print_date(born), today=TODAY) == Read(age)
    assert read_age(print_age(age), today=TODAY) == Read(age)
    assert read_birth_date(born.isoformat(), today=TODAY) == Read(age)
    assert read_birth_date(f"{born:%d.%m.%Y}", today=TODAY) == Read(age)


@given(born=birth_dates)
def test_a_slash_date_is_that_day_or_a_choice_that_holds_it(born: date) -> None:
    reading = read_birth_date(f"{born:%d/%m/%Y}", today=TODAY)
    ages = reading.candidates if isinstance(reading, Choose) else ()
    if isinstance(reading, Read):
        ages = (reading.value,)
    assert born in [age.birth_date for age in ages]


@pytest.mark.parametrize("days", range(1097))
def test_a_printed_age_in_days_is_read_back(days: int) -> None:
    assert read_age(print_age(AgeText(days, exact=True)), today=TODAY) == Read(AgeText(days, exact=True))


@pytest.mark.parametrize("days", range(1096))
def test_a_printed_age_that_is_not_exact_is_read_back_or_asked(days: int) -> None:
    age = AgeText(days, exact=False)
    reading = read_age(print_age(age), today=TODAY)
    assert isinstance(reading, Read | Confirm)
    assert reading.value == age
    assert isinstance(reading, Read) == (days >= 31 or days % 7 == 0)


@pytest.mark.parametrize("twentieths", range(34 * 20, 42 * 20 + 1))
def test_a_printed_temperature_is_read_back(twentieths: int) -> None:
    celsius = Decimal(twentieths) / 20
    assert read_temperature(print_temperature(celsius)) == Read(celsius)


def _durations() -> st.SearchStrategy[Duration]:
    seconds = st.integers(1, 24 * 3600)
    pairs = st.tuples(st.integers(0, 3600), st.integers(1, 3600)).map(lambda pair: Duration(pair[0], sum(pair)))
    return st.one_of(
        seconds.map(lambda length: Duration(length, length)),
        seconds.map(lambda length: Duration(0, length - 1)),
        seconds.map(lambda length: Duration(length, None)),
        pairs,
        pairs.map(lambda band: Duration(band.low * 60, (band.high or 0) * 60)).filter(
            lambda band: (band.high or 0) < 24 * 3600
        ),
    )


@given(_durations())
def test_a_printed_length_of_time_is_read_back(duration: Duration) -> None:
    assert read_duration(print_duration(duration)) == Read(duration)


@given(text=typed_pieces.map(" ".join), zero=st.sampled_from([0x660, 0x6F0, 0x966, 0xFF10]))
def test_digits_of_every_script_are_read_alike(text: str, zero: int) -> None:
    ascii_text = text.replace("٣", "3")
    other = ascii_text.translate({ord("0") + digit: zero + digit for digit in range(10)})
    for reader in READERS.values():
        assert reader(other) == reader(ascii_text)


@given(text=texts)
def test_upper_and_lower_case_are_read_alike(text: str) -> None:
    if text.isascii():
        for reader in READERS.values():
            assert reader(text.upper()) == reader(text.lower())


@pytest.mark.parametrize(
    "text",
    ["1 " * 100, "1." * 100, "-" * 200, "half a " * 28, "1/2 " * 50, "may " * 50, "1 may " * 33, "no " * 66,
     "thermometer " * 16, "don't " * 33, " " * 199 + "1", "1:30" * 50, "3.3.20" * 33, "a and a half " * 15],
)  # fmt: skip
def test_no_text_takes_long(text: str) -> None:
    started = time.perf_counter()
    for reader in READERS.values():
        reader(text)
    assert time.perf_counter() - started < 5


def test_accents_do_not_matter_to_the_names_of_months() -> None:
    assert all(without_accents(name) == name for name in NUMBER_OF)


@given(born=st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_an_age_is_in_scope_from_birth_through_the_day_of_turning_36_months(born: date) -> None:
    reading = age_on(born, today=TODAY)
    if born > TODAY:
        assert isinstance(reading, Unclear)
    else:
        assert isinstance(reading, Read) == (born >= date(2023, 6, 15))
