"""The names of the months that parents type, and the ones that we print."""

from datetime import date

ENGLISH = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

# Without accents (typed.without_accents), in lower case: en, de, fr, es, it, pt, tr, ru; in full and short.
# Russian as typed in a date (1 мая) and in the calendar (май); й loses its breve like any other accent.
# Not here: es, it, pt "ago" (August), because of "3 weeks ago".
_NAMES = (
    "january jan januar janner janvier janv enero ene gennaio gen janeiro ocak oca января январь янв",
    "february feb februar febr fevrier fev fevr febrero febbraio fevereiro subat sub февраля февраль фев",
    "march mar marz mars marzo marco mart mrz марта март мар",
    "april apr avril avr abril abr aprile nisan nis апреля апрель апр",
    "may mai mayo maggio mag maio mayis мая маи",
    "june jun juni juin junio giugno giu junho haziran haz июня июнь июн",
    "july jul juli juillet juil julio luglio lug julho temmuz tem июля июль июл",
    "august aug aout agosto agustos agu августа август авг",
    "september sept sep septembre septiembre settembre set setembro eylul eyl сентября сентябрь сен сент",
    "october oct okt oktober octobre octubre ottobre ott outubro out ekim eki октября октябрь окт",
    "november nov novembre noviembre novembro kasim kas ноября ноябрь ноя нояб",
    "december dec dez dezember decembre diciembre dic dicembre dezembro aralik ara декабря декабрь дек",
)

NUMBER_OF = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}
"""Month by name; a name that stands for two months would be a mistake (tested)."""


def print_date(day: date) -> str:
    """A date with the name of its month, which reads the same everywhere: 3 April 2025."""
    return f"{day.day} {ENGLISH[day.month - 1]} {day.year}"
