"""What a parent typed, as a value: ages, birth dates, temperatures, lengths of time, counts, yes and no.

Everything here is a pure function of the text (and of today's date). Nothing but `Read` may be stored
without asking the parent again; see `result`.
"""

from bot.facts.reading.age import print_age, read_age
from bot.facts.reading.child_age import AgeReading, AgeText, age_on
from bot.facts.reading.count import CountReading, read_count
from bot.facts.reading.dates import print_date, read_birth_date
from bot.facts.reading.duration import Duration, DurationReading, print_duration, read_duration
from bot.facts.reading.numbers import read_number
from bot.facts.reading.quantities import Unit
from bot.facts.reading.result import (
    AskUnit,
    Choose,
    ChooseBecause,
    Confirm,
    ConfirmBecause,
    MeasureAgain,
    NoneAtAll,
    NotMeasured,
    OutOfScope,
    Read,
    Unclear,
    UnclearBecause,
)
from bot.facts.reading.temperature import (
    TemperatureReading,
    judge_celsius,
    print_temperature,
    read_temperature,
)
from bot.facts.reading.yes_no import YesNo, YesNoWords, read_yes_no

__all__ = [
    "AgeReading",
    "AgeText",
    "AskUnit",
    "Choose",
    "ChooseBecause",
    "Confirm",
    "ConfirmBecause",
    "CountReading",
    "Duration",
    "DurationReading",
    "MeasureAgain",
    "NoneAtAll",
    "NotMeasured",
    "OutOfScope",
    "Read",
    "TemperatureReading",
    "Unclear",
    "UnclearBecause",
    "Unit",
    "YesNo",
    "YesNoWords",
    "age_on",
    "judge_celsius",
    "print_age",
    "print_date",
    "print_duration",
    "print_temperature",
    "read_age",
    "read_birth_date",
    "read_count",
    "read_duration",
    "read_number",
    "read_temperature",
    "read_yes_no",
]
