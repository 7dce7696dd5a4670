"""The number to call: every listed country, every way to write its name, and never a silent guess."""

import re
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from babel.core import UnknownLocaleError
from babel.languages import get_official_languages
from hypothesis import given
from hypothesis import strategies as st

from bot.facts.normalise import normalise
from bot.script.document import compose, plain
from bot.talk.emergency_numbers import LANGUAGES, EmergencyNumber, EmergencyNumbers

PATH = Path(__file__).parents[2] / "content" / "emergency_numbers.yaml"
DATA: dict[str, Any] = plain(compose(PATH.read_text(encoding="utf-8"), PATH.name))
NUMBERS = EmergencyNumbers.from_mapping(DATA)
AMBIGUOUS = {normalise(name) for name in DATA["ambiguous"]}
EU = set("AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split())
EEA = EU | {"IS", "LI", "NO"}


@pytest.mark.parametrize(
    ("country", "number"),
    [
        ("DE", "112"), ("GB", "999"), ("IE", "999"), ("US", "911"), ("RU", "103"), ("AU", "000"), ("NZ", "111"),
        ("BR", "192"), ("CN", "120"), ("IN", "112"), ("TH", "1669"), ("PK", "1122"), ("SG", "995"), ("AE", "998"),
        ("NP", "112"), ("QQ", "112"), ("", "112"), (None, "112"),
    ],
)  # fmt: skip
def test_the_number_of_a_country_or_the_widest_one(country: str | None, number: str) -> None:
    assert NUMBERS.number(country) == number


def test_all_states_of_the_european_economic_area_are_spelt_out() -> None:
    assert set(DATA["countries"]) >= EEA
    assert all("112" in (DATA["countries"][code]["number"], DATA["countries"][code].get("second")) for code in EEA)


def test_details_tell_a_second_number_and_the_poison_line() -> None:
    assert NUMBERS.details("GB") == EmergencyNumber("999", second="112", advice="111", poison="111")
    usa = NUMBERS.details("US")
    assert usa is not None
    assert usa.poison == "1-800-222-1222"


def test_details_of_an_unlisted_country_are_unknown_not_guessed() -> None:
    assert NUMBERS.details("NP") is None
    assert NUMBERS.details(None) is None


@pytest.mark.parametrize("country", DATA["countries"])
def test_no_number_has_been_checked_by_a_person_yet(country: str) -> None:
    details = NUMBERS.details(country)
    assert details is not None
    assert not details.checked


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Germany", "DE"), ("  germany!! ", "DE"), ("DEUTSCHLAND", "DE"), ("Alemania", "DE"), ("德国", "DE"),
        ("জার্মানি", "DE"),
        ("Österreich", "AT"), ("osterreich", "AT"), ("Oesterreich", "AT"), ("UK", "GB"), ("u.k.", "GB"),
        ("England", "GB"),
        ("USA", "US"), ("us", "US"), ("America", "US"), ("США", "US"), ("Russia", "RU"), ("РОССИЯ", "RU"),
        ("Turkey", "TR"),
        ("turkiye", "TR"), ("Polska", "PL"), ("Ελλάδα", "GR"), ("대한민국", "KR"), ("ไทย", "TH"), ("ישראל", "IL"),
        ("Côte d’Ivoire", "CI"), ("Ivory Coast", "CI"), ("nepal", "NP"), ("the netherlands", "NL"), ("holland", "NL"),
        ("🇩🇪", "DE"), ("🇬🇧 ", "GB"), ("مصر", "EG"), ("السعودية", "SA"), ("भारत", "IN"), ("Guinea", "GN"),
        ("Niger", "NE"),
    ],
)  # fmt: skip
def test_a_country_is_found_by_its_whole_name(text: str, country: str) -> None:
    assert NUMBERS.find_country(text).country == country


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("Grmany", "DE"), ("Nigria", "NG"), ("Untied Kingdom", "GB"), ("I live in Germany", "DE"), ("我在中国", "CN"),
        ("Germany, Berlin", "DE"), ("DE", "DE"), ("Korea", "KR"), ("Congo", "CD"), ("Georgia", "GE"),
        ("Georgia", "US"),
    ],
)  # fmt: skip
def test_a_near_or_double_name_is_only_suggested(text: str, suggestion: str) -> None:
    found = NUMBERS.find_country(text)
    assert found.country is None
    assert suggestion in found.suggestions


@pytest.mark.parametrize("text", ["", "   ", "no", "in", "it", "yes", "asdf", "36.8", "🙂", "🇦", "🇿🇿"])
def test_other_texts_name_no_country(text: str) -> None:
    found = NUMBERS.find_country(text)
    assert found.country is None
    assert found.suggestions == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_listed_country_is_found_by_its_name_in_our_languages(language: str) -> None:
    for country in DATA["countries"]:
        name = Locale.parse(language).territories[country]
        if normalise(name) not in AMBIGUOUS:
            assert NUMBERS.find_country(name).country == country, name


@pytest.mark.parametrize("country", DATA["countries"])
def test_every_listed_country_is_found_by_its_own_name(country: str) -> None:
    for language in get_official_languages(country, regional=False, de_facto=True):
        try:
            name = Locale.parse(language).territories.get(country)
        except (UnknownLocaleError, ValueError):
            continue
        if name and normalise(name) not in AMBIGUOUS:
            assert NUMBERS.find_country(name).country == country, name


@pytest.mark.parametrize(
    ("country", "language", "name"),
    [
        ("DE", "en", "Germany"),
        ("DE", "ru", "Германия"),
        ("DE", "pt-BR", "Alemanha"),
        ("DE", "xx", "Germany"),
        ("QQ", "en", "QQ"),
    ],
)
def test_a_country_is_named_in_the_language_of_the_parent(country: str, language: str, name: str) -> None:
    assert NUMBERS.name(country, language) == name


@given(st.text(alphabet=st.characters(exclude_categories=[]), max_size=200))
def test_no_text_is_too_strange(text: str) -> None:
    found = NUMBERS.find_country(text)
    assert len(found.suggestions) <= 4


GOOD: dict[str, Any] = {"unknown": "112", "countries": {"DE": {"number": "112", "checked": "no"}}}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"unknown": ""}, "unknown: should be a text, not nothing."),
        ({"countries": {}}, "countries: there are none."),
        (
            {"countries": {"XX": {"number": "1", "checked": "no"}}},
            "countries: 'XX' is no two-letter code of a country.",
        ),
        ({"countries": {"DE": {"number": 112, "checked": "no"}}}, "countries.DE.number: should be a text, not 112."),
        (
            {"countries": {"DE": {"number": "one one two", "checked": "no"}}},
            "countries.DE.number: 'one one two' is no number to call.",
        ),
        ({"countries": {"DE": {"number": "112"}}}, "countries.DE.checked: should be a text, not nothing."),
        ({"countries": {"DE": {"number": "112", "checked": "maybe"}}}, "countries.DE.checked: should be yes or no."),
        (
            {"countries": {"DE": {"numbr": "112", "checked": "no"}}},
            "countries.DE.numbr: there is no such entry. Did you mean 'number'?",
        ),
        ({"other_names": {"AT": ["Germany"]}}, "other_names.AT: 'Germany' is already the name of DE."),
        ({"ambiguous": {"Korea": ["KR", "ZZ"]}}, "ambiguous.Korea: 'ZZ' is no two-letter code of a country."),
    ],
)
def test_a_mistake_is_named_with_its_place(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        EmergencyNumbers.from_mapping(GOOD | change)
