"""Parents made up at random, with answers on both sides of every limit, and the level that the rules give them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from random import Random

from bot.facts.level import Level
from bot.facts.value import NO_SUCH, NOT_SURE, YES, Choice, DaysOld, Many, Number, Value
from bot.script.script import Script
from bot.script.vocabulary import Fact, FactType
from bot.triage.assess import assess
from bot.triage.knowledge import BIRTH, Knowledge, Told

DAY = date(2026, 1, 15)
DAYS_OLD = (
    *(0, 1, 3, 4, 5, 6, 7, 8, 13, 14, 20, 21, 27, 28, 34, 35, 42, 43, 55, 56, 60, 61, 84, 85, 90, 91, 92, 93),
    *(110, 121, 122, 152, 153, 182, 183, 250, 273, 274, 300, 364, 365, 400, 548, 600, 730, 900, 1090),
)
"""Ages on and beside the limits of the rules."""

NUMBERS: dict[str, tuple[str, ...]] = {
    "temperature_c": (
        *("34.9", "35.0", "35.9", "36.0", "36.4", "36.5", "36.8", "37.0", "37.4", "37.5", "37.9"),
        *("37.95", "38.0", "38.2", "38.9", "39.0", "39.9", "40.0"),
    ),
    "temperature_again_c": ("none", "none", "35.9", "36.8", "37.4", "37.5", "37.9", "38.0"),
    "duration_s": ("3", "9", "10", "29", "30", "60", "299", "300", "400"),
    "gestation_weeks": ("40", "40", "39", "37", "36", "34", "32", "29", "26"),
    "vaccination_hours_ago": ("none", "5", "30", "47", "49", "60", "71", "100"),
    "breathing_rate": ("none", "35", "45", "55", "60", "61"),
    "crying_hours": ("0", "0.5", "1", "2", "3", "4"),
    "fever_days": ("0", "0", "1", "4", "5"),
    "days_recurring": ("1", "2", "3", "5"),
    "minutes_since_feed": ("10", "39", "40", "60", "299", "300"),
}
NOT_SURE_SHARE = 0.12
SHAKING_SHARE = 0.7
DESCRIBED_SHARE = 0.9


def random_facts(script: Script, seed: int, most: int = 8) -> dict[str, Value]:
    """What the parent with this number knows: an age, perhaps shaking, and up to `most` other facts."""
    random = Random(seed)  # noqa: S311 (no secret is made here)
    days = random.choice(DAYS_OLD)
    facts: dict[str, Value] = {BIRTH: DaysOld(days, days, DAY)}
    others = [fact for name, fact in script.vocabulary.facts.items() if name != BIRTH and name not in script.local]
    if random.random() < SHAKING_SHARE:
        facts["tremor"] = YES
    for fact in random.sample(others, random.randint(1, most)):
        facts.setdefault(fact.id, _value(random, fact))
    if facts.get("tremor") == YES:
        for name in ("state", "body_parts", "duration_s"):
            if random.random() < DESCRIBED_SHARE:
                facts.setdefault(name, _value(random, script.vocabulary.facts[name]))
    return facts


def _value(random: Random, fact: Fact) -> Value:
    if random.random() < NOT_SURE_SHARE:
        return NOT_SURE
    match fact.type:
        case FactType.YES_NO:
            return Choice.of(random.choice(["yes", "no"]))
        case FactType.CHOICE:
            return Choice.of(random.choice(fact.options))
        case FactType.MANY:
            return Many.of(*random.sample(fact.options, random.choice([1, 1, 2, 3])))
        case _:
            number = random.choice(NUMBERS.get(fact.id, ("1",)))
            return NO_SUCH if number == "none" else Number.of(number)


def level_of(script: Script, facts: dict[str, Value]) -> Level:
    """The level that the rules give to all that this parent knows; REASSURE where no rule is raised."""
    level = assess(script.book, everything_known(script, facts)).level
    return Level.REASSURE if level is None else level


def everything_known(script: Script, facts: dict[str, Value]) -> Knowledge:
    """The facts with the usual value of whatever else would be asked, less those that would not be asked."""
    vocabulary = script.vocabulary
    told = dict(facts)
    for name, fact in vocabulary.facts.items():
        if name not in told and name not in script.local and _known(script, told).askable(name):
            told[name] = NOT_SURE if fact.usual is None else fact.usual
    for name in list(told):
        rest = {other: value for other, value in told.items() if other != name}
        if not _known(script, rest).askable(name):
            del told[name]
    return _known(script, told)


def _known(script: Script, told: dict[str, Value]) -> Knowledge:
    now = datetime.combine(DAY, time(12), UTC)
    answers = {name: Told(value, now) for name, value in told.items()}
    return Knowledge(script.vocabulary, answers, now=now, today=DAY)
