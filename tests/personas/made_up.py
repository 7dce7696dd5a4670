"""Made-up parents for the clinical vocabulary: answers on both sides of every limit, some of them "not sure"."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from second_reading import UNKNOWN, Child, Table

DAY = date(2026, 1, 15)
DAYS_OLD = (
    *(0, 1, 3, 4, 5, 6, 7, 8, 13, 14, 15, 20, 21, 27, 28, 29, 34, 35, 36, 41, 42, 43, 55, 56, 57, 60, 61, 62),
    *(83, 84, 85, 90, 91, 92, 93, 110, 121, 122, 123, 152, 153, 154, 182, 183, 184, 242, 243, 273, 274, 275),
    *(300, 364, 365, 366, 400, 547, 548, 600, 730, 731, 900, 1090),
)
NUMBERS: dict[str, tuple[str, ...]] = {
    "temperature_c": (
        *("34.9", "35.0", "35.9", "36.0", "36.4", "36.5", "36.8", "36.8", "36.8", "36.8", "37.0", "37.4", "37.5"),
        *("37.9", "37.95", "38.0", "38.2", "38.5", "38.6", "38.9", "38.95", "39.0", "39.9", "39.95", "40.0", "41.0"),
    ),
    "temperature_again_c": ("none", "none", "34.9", "35.9", "36.0", "36.8", "37.4", "37.5", "37.9", "38.0"),
    "duration_s": ("2", "9", "10", "29", "30", "60", "299", "300", "400"),
    "gestation_weeks": ("40", "40", "40", "39", "37", "36", "34", "32", "29", "26"),
    "vaccination_hours_ago": ("none", "5", "30", "47", "48", "49", "60", "71", "72", "73", "100"),
    "breathing_rate": ("none", "35", "39", "40", "45", "49", "50", "60", "61", "70"),
    "crying_hours": ("0", "0.5", "1", "2", "2.9", "3", "4"),
    "fever_days": ("0", "1", "4", "5", "6"),
    "days_recurring": ("1", "1", "2", "3", "5"),
    "minutes_since_feed": ("10", "39", "40", "60", "299", "300"),
}
GRAVE = frozenset(
    {
        *("breathing", "chest_indrawing", "unresponsive", "hard_to_wake", "floppy_sudden", "moves_only_when_touched"),
        *("non_blanching_rash", "swallowed_substance", "under_water", "allergic_signs", "suspected_fit", "shaken"),
        *("bulging_fontanelle", "stiff_neck", "head_injury_signs", "parent_may_harm", "eyes", "awareness"),
        *("colour_during", "breathing_during", "recovered_after", "stops_when_held", "stops_on_waking", "floppy_new"),
    }
)
"""Most of these are an EMERGENCY by themselves, and hide everything else; most parents have seen none of them."""

BESIDE = frozenset({"age_days", "birth_date"})
OF_TREMOR = ("state", "body_parts", "duration_s", "movement", "in_series")
MAKES_SENSE_WITHOUT_READING = ("feels_hot", "feels_cold")


def made_up(table: Table, seed: int) -> dict[str, Any]:
    """The facts of one parent, as a case file has them: only such as make sense for their child."""
    random = Random(seed)
    days = random.choice(DAYS_OLD)
    facts: dict[str, Any] = {"age_days": str(days)}
    if random.random() < 0.5:
        facts["birth_date"] = (DAY - timedelta(days=days)).isoformat()
    elif random.random() < 0.05:
        facts["birth_date"] = UNKNOWN
    share = random.choice([0.0, 0.0, 0.05, 0.15, 0.4])
    if random.random() < 0.8:
        facts["temperature_c"] = random.choice(NUMBERS["temperature_c"])
    if random.random() < 0.6:
        facts["tremor"] = "yes"
        for name in OF_TREMOR:
            if random.random() < 0.9:
                facts[name] = _value(table, name, random, share)
    grave = random.random() < 0.2
    names = [name for name in table.facts if name not in BESIDE and (grave or name not in GRAVE)]
    for name in random.sample(names, random.randint(0, 5)):
        facts.setdefault(name, _value(table, name, random, share))
    return sensible(table, facts)


def sensible(table: Table, facts: dict[str, Any]) -> dict[str, Any]:
    """Leave out what makes no sense; who tells of a stiff or floppy child has that concern."""
    facts = dict(facts)
    tone = [name for line in table.lists["T"]["lines"] for name in line]
    usual = {name: table.facts[name].get("usual") for name in tone}
    if facts.get("tone_concern") != "yes" and any(facts.get(name, usual[name]) != usual[name] for name in tone):
        facts["tone_concern"] = "yes"
    for _ in range(3):
        child = Child(table, facts, DAY)
        tells = {facts.get("tremor"), facts.get("tone_concern")}
        measured = child.entry("measured", "yes")
        low, high = float("nan"), float("nan")
        if facts.get("temperature_c", UNKNOWN) != UNKNOWN:
            low = high = float(facts["temperature_c"])
        for name in list(facts):
            of_fit = name in ("eyes", "awareness") and not tells & {"yes", UNKNOWN}
            of_touch = name in MAKES_SENSE_WITHOUT_READING and measured
            of_time = name in ("when_last", "ongoing_now", "fit_seen_by_doctor") and not (
                facts.get("tremor") in ("yes", UNKNOWN) or facts.get("suspected_fit") in ("yes", UNKNOWN)
            )
            again = name == "temperature_again_c" and not (37.45 <= low < 37.95 or high < 36.45)
            method = name == "temperature_method" and not (37.0 <= low <= 38.5 or high < 36.5)
            if name not in BESIDE and (of_fit or of_touch or of_time or again or method or not child.makes_sense(name)):
                del facts[name]
    return _consistent(facts)


def _consistent(facts: dict[str, Any]) -> dict[str, Any]:
    """No child feels hot and cold at once, and a fit that is happening now was not longer ago."""
    if facts.get("feels_hot") == "yes":
        facts.pop("feels_cold", None)
    if facts.get("ongoing_now") == "yes":
        facts.pop("when_last", None)
        facts.pop("fit_seen_by_doctor", None)
    if facts.get("when_last", "last_24h") == "last_24h":
        facts.pop("fit_seen_by_doctor", None)
    return facts


def _value(table: Table, name: str, random: Random, unknown: float) -> Any:
    if random.random() < unknown:
        return UNKNOWN
    fact = table.facts[name]
    match fact["type"]:
        case "yes_no":
            return random.choice(["yes", "no"])
        case "choice":
            return random.choice(fact["options"])
        case "many":
            return random.sample(fact["options"], random.choice([1, 1, 2, 3]))
        case _:
            return random.choice(NUMBERS[name])


TEMPERATURES = (
    *(("36.8", "36,8"), ("36.8", "36.8 C"), ("36.8", "36.8°"), ("36.8", "it is 36.8"), ("36.8", "368")),
    *(("38.0", "38"), ("38.0", "38,0 °C"), ("38.0", "100.4"), ("38.0", "100.4 F"), ("38.2", "38.2 degrees")),
    *(("37.5", "375"), ("39.0", "102.2"), ("39.5", "39,5°C"), ("37.9", "37.9."), ("40.1", " 40.1 ")),
)
"""A reading in °C, and how a parent may type it (source: rules.md section 3)."""

AGES = (
    *(("10", "10 days"), ("10", "10d"), ("21", "3 weeks"), ("45", "1.5 months"), ("45", "1,5 months")),
    *(("71", "2m 10d"), ("365", "1 year"), ("200", "200 days"), ("27", "27 days old"), ("63", "9 weeks")),
)


def spelled(table: Table, seed: int) -> dict[str, Any]:
    """A made-up parent who types the temperature or the age in one of many spellings."""
    random = Random(seed)
    facts = made_up(table, seed)
    for name in [*GRAVE, "birth_date", "unknown"]:
        facts.pop(name, None)
    if random.random() < 0.5:
        facts["temperature_c"], facts["temperature_raw"] = random.choice(TEMPERATURES)
    else:
        facts["age_days"], facts["age_raw"] = random.choice(AGES)
    return facts
