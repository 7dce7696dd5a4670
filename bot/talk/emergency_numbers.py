"""The number to call, by country, and the country that a parent typed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError
from rapidfuzz import fuzz, process

from bot.facts.normalise import normalise, spell_out
from bot.talk.plain_data import mapping_at, only, text_at, texts_at

ENGLISH = "en"
LANGUAGES = (ENGLISH, "zh", "hi", "es", "ar", "fr", "bn", "pt", "ru", "de", "tr", "id", "uk")

_NUMBER_PARTS = ("number", "second", "advice", "poison", "checked", "names")
# Codes that stand for no country: groups, parts of countries without a code of their own, test codes.
_NO_COUNTRY = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})
_FLAG_A = ord("🇦")
_MOST_SUGGESTIONS = 4
_NEAR = 75.0
_SHORTEST_NEAR = 4
_LONGEST_NEAR = 60
_MOST_WORDS = 6
_WORDS_LOOKED_AT = 40


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    """The numbers of one country; `checked`: a person has made sure of them."""

    number: str
    second: str | None = None
    advice: str | None = None
    poison: str | None = None
    checked: bool = False


@dataclass(frozen=True, slots=True)
class FoundCountry:
    """The country that was typed, or else countries to ask about: a near name is never taken as meant."""

    country: str | None
    suggestions: tuple[str, ...] = ()


class EmergencyNumbers:
    """Which number to show to a parent."""

    def __init__(
        self, unknown: str, countries: Mapping[str, EmergencyNumber], names: Mapping[str, frozenset[str]]
    ) -> None:
        self._unknown = unknown
        self._countries = countries
        self._names = names

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> EmergencyNumbers:
        """Read the data of content/emergency_numbers.yaml; raises ValueError with the place of the first mistake."""
        only(data, ("version", "unknown", "countries", "other_names", "ambiguous"), "")
        unknown = text_at(data, "unknown", "")
        listed = mapping_at(data, "countries", "")
        if not listed:
            raise ValueError("countries: there are none.")
        names = _names_of_babel()
        countries: dict[str, EmergencyNumber] = {}
        for code in listed:
            _check_code(code, "countries")
            countries[code] = _read_number(mapping_at(listed, code, "countries"), f"countries.{code}")
            _add_names(names, texts_at(listed[code], "names", f"countries.{code}"), {code}, f"countries.{code}.names")
        others = mapping_at(data, "other_names", "")
        for code in others:
            _check_code(code, "other_names")
            _add_names(names, texts_at(others, code, "other_names"), {code}, f"other_names.{code}")
        ambiguous = mapping_at(data, "ambiguous", "")
        for name in ambiguous:
            codes = texts_at(ambiguous, name, "ambiguous")
            for code in codes:
                _check_code(code, f"ambiguous.{name}")
            names[normalise(name)] |= set(codes)
        return cls(unknown, countries, {name: frozenset(codes) for name, codes in names.items()})

    def number(self, country: str | None) -> str:
        """Return the number to call; where the country is not known or not listed, the one that works most widely."""
        listed = self.details(country)
        return listed.number if listed else self._unknown

    def details(self, country: str | None) -> EmergencyNumber | None:
        """Return all that is listed for a country, None where the number shown is a guess."""
        return self._countries.get(country) if country else None

    def name(self, country: str, language: str = ENGLISH) -> str:
        """Return the name of a country in a language, in English where Babel has none."""
        for tag in (language, ENGLISH):
            try:
                name = Locale.parse(tag, sep="-").territories.get(country)
            except (UnknownLocaleError, ValueError):
                continue
            if isinstance(name, str):
                return name
        return country

    def find_country(self, text: str) -> FoundCountry:
        """Return the country whose name, in any of our languages or its own, or whose flag is the whole text."""
        if flag := _flag(text):
            return FoundCountry(flag)
        typed = normalise(text)
        exact = self._names.get(typed, frozenset())
        if len(exact) == 1:
            return FoundCountry(next(iter(exact)))
        return FoundCountry(None, tuple(dict.fromkeys(self._near(text, typed, exact)))[:_MOST_SUGGESTIONS])

    def _near(self, text: str, typed: str, exact: Iterable[str]) -> Iterator[str]:
        yield from sorted(exact)
        if text.strip() in _territories(ENGLISH):
            yield text.strip()  # "DE": likely, but "NO" and "IN" are words
        said = typed.split()[:_WORDS_LOOKED_AT]
        for length in range(min(_MOST_WORDS, len(said)), 0, -1):
            for start in range(len(said) - length + 1):
                yield from sorted(self._names.get(" ".join(said[start : start + length]), ()))
        if _SHORTEST_NEAR <= len(typed) <= _LONGEST_NEAR:
            for name, _, _ in process.extract(
                typed, self._names.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR, limit=8
            ):
                yield from sorted(self._names[name])


@cache
def _territories(language: str) -> Mapping[str, str]:
    listed = Locale.parse(language).territories
    return {
        code: name for code, name in listed.items() if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY
    }


def _names_of_babel() -> defaultdict[str, set[str]]:
    names: defaultdict[str, set[str]] = defaultdict(set)
    for language in LANGUAGES:
        for code, name in _territories(language).items():
            for spelling in (name, spell_out(name)):
                names[normalise(spelling)].add(code)
    return names


def _check_code(code: str, where: str) -> None:
    if code not in _territories(ENGLISH):
        raise ValueError(f"{where}: '{code}' is no two-letter code of a country.")


def _read_number(data: Mapping[str, Any], where: str) -> EmergencyNumber:
    only(data, _NUMBER_PARTS, where)
    numbers = {part: text_at(data, part, where) for part in _NUMBER_PARTS[:4] if part == "number" or part in data}
    for part, number in numbers.items():
        if not number.replace("-", "").isdecimal():
            raise ValueError(f"{where}.{part}: '{number}' is no number to call.")
    checked = text_at(data, "checked", where)
    if checked not in ("yes", "no"):
        raise ValueError(f"{where}.checked: should be yes or no.")
    return EmergencyNumber(**numbers, checked=checked == "yes")


def _add_names(names: defaultdict[str, set[str]], added: Iterable[str], codes: set[str], where: str) -> None:
    for name in added:
        taken = names[normalise(name)] - codes
        if taken:
            raise ValueError(f"{where}: '{name}' is already the name of {', '.join(sorted(taken))}.")
        names[normalise(name)] |= codes


def _flag(text: str) -> str | None:
    """Read a flag: two letters of a kind that only flags are made of."""
    letters = [ord(sign) - _FLAG_A for sign in text.strip()]
    if len(letters) != 2 or not all(0 <= letter < 26 for letter in letters):
        return None
    code = "".join(chr(ord("A") + letter) for letter in letters)
    return code if code in _territories(ENGLISH) else None
