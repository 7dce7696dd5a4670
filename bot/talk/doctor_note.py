"""The parent's notes for the doctor: answers, advice, temperatures, diary and own questions as one plain text.

It is sent on, so it holds nothing private, nothing of another child, and no words that only this chat explains.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.facts.age_words import doctors_age, doctors_corrected_age
from bot.facts.level import Level
from bot.facts.value import YES, Number, Value
from bot.talk.advice import Voice
from bot.talk.around import Entry
from bot.talk.past import PastCheck
from bot.talk.told_words import answer_lines, fact_words
from bot.talk.turn import Turn
from bot.talk.wording import capital, print_moment, print_value

MOST_UNITS = 4000
"""UTF-16 units of the text that is sent as a message: Telegram takes 4096."""

MOST_CHECKS, MOST_ENTRIES, MOST_READINGS, MOST_WEEKS, MOST_COUNTED = 3, 10, 6, 8, 300
"""How many checks, events, temperatures and weeks stand in it, and how many events are counted."""

LOOKED_AT = 12
"""As many of the newest checks are looked at: many have neither answers nor advice."""

WEEK = timedelta(days=7)
READINGS = ("temperature_c", "temperature_again_c")
HELPED = ("stops_when_held", "stops_on_waking")
_LEVELS = {
    Level.EMERGENCY: "seen_level_emergency",
    Level.URGENT: "seen_level_urgent",
    Level.SOON: "history_level_soon",
    Level.ROUTINE: "history_level_routine",
}


@dataclass(frozen=True, slots=True)
class DoctorNote:
    """The text for a message, the whole text, and whether the message had to leave something out."""

    message: str
    whole: str

    @property
    def cut(self) -> bool:
        """Whether the whole text is longer than a message."""
        return self.message != self.whole


def doctor_note(turn: Turn) -> DoctorNote | None:
    """The notes about the child that is spoken of; None where nothing was told, saved or asked yet."""
    notes = _Notes(turn)
    if not notes.anything:
        return None
    whole = notes.text(MOST_CHECKS, len(notes.entries))
    if _units(whole) <= MOST_UNITS:
        return DoctorNote(whole, whole)
    shorter = (notes.text(MOST_CHECKS, entries) for entries in reversed(range(len(notes.entries))))
    shortest = (notes.text(checks, 0) for checks in reversed(range(MOST_CHECKS)))
    fits = (text for text in (*shorter, *shortest) if _units(text) <= MOST_UNITS)
    return DoctorNote(next(fits, _cut(notes.text(0, 0))), whole)


class _Notes:
    """What there is to tell, read once."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        self._script = turn.script
        self._today = turn.now.date()
        # The doctor reads of "the baby", not of "your baby".
        name = turn.session.nickname or turn.script.text("note_baby")
        self._voice = Voice(turn.script, turn.voice.number, name, turn.now)
        self._checks = turn.around.past.checks(limit=LOOKED_AT)
        self._questions = turn.around.past.questions()
        found = turn.around.diary.page(offset=0, limit=MOST_COUNTED)
        self._diary = [one for one in found if one.answers.get("tremor") == YES or one.lines]
        self.entries = self._diary[:MOST_ENTRIES]

    @property
    def anything(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self._questions or self._diary or any(one.answers or one.told for one in self._checks))

    def text(self, checks: int, entries: int) -> str:
        """The notes with so many checks and events in full."""
        parts = [
            [self._say("note_title", date=f"{self._today.day} {self._today:%b %Y}"), self._say("note_about")],
            [*self._age(), *self._first()],
            self._questions_part(),
            self._told(),
            *self._checks_part(checks),
            self._temperatures(),
            self._often(),
            self._diary_part(entries),
            [self._say("note_film")],
        ]
        return "\n\n".join("\n".join(part) for part in parts if part)

    def _say(self, name: str, **fields: str) -> str:
        return self._voice.phrase(name, **fields)

    def _moment(self, at: datetime) -> str:
        return print_moment(at.astimezone(self._turn.now.tzinfo))

    def _known(self, fact: str) -> Value | None:
        known = self._turn.session.told.get(fact)
        return None if known is None else known.value

    def _age(self) -> Iterator[str]:
        born, weeks = self._known("birth_date"), self._known("gestation_weeks")
        age = doctors_age(born, self._today)
        yield self._say("note_age", age=age or self._say("note_not_known"))
        corrected = doctors_corrected_age(born, weeks, self._today)
        if corrected is not None and weeks is not None:
            vocabulary = self._script.vocabulary.facts
            printed = print_value(vocabulary["gestation_weeks"], weeks, self._today)
            yield self._say("note_corrected", weeks=printed.removesuffix(" weeks"), age=corrected)
        elif weeks is not None and not isinstance(weeks, Number):
            yield self._say("note_weeks_not_known")

    def _first(self) -> Iterator[str]:
        """How it began: the oldest event of the diary that is counted."""
        if self._diary:
            oldest = self._diary[-1]
            yield self._say("note_first", when=self._moment(oldest.at), what=self._event(oldest))

    def _told(self) -> list[str]:
        told = [one for one in self._checks if one.told is not None]
        lines = [line for one in told[:MOST_CHECKS] for line in self._told_lines(one)]
        return [self._say("note_told"), *lines] if lines else []

    def _told_lines(self, check: PastCheck) -> Iterator[str]:
        told = check.told
        if told is not None:
            because = "; ".join(self._reasons(check))
            level = self._say(_LEVELS[told.level])
            yield f"• {self._moment(told.at)}: {level}{f' ({because})' if because else ''}"

    def _reasons(self, check: PastCheck) -> list[str]:
        rules = self._script.book.rules
        readings = [one.value for one in check.answers if one.fact in READINGS]
        reading = next((one for one in reversed(readings) if isinstance(one, Number) and one.exact is not None), None)
        found: list[str] = []
        for name in () if check.told is None else check.told.reasons:
            if name not in rules or rules[name].private:
                continue
            because = rules[name].because
            if "{temperature_c}" not in because:
                found.append(self._voice.say(because))
            elif reading is not None:
                found.append(self._voice.say(because, temperature_c=str(reading.exact)))
        return list(dict.fromkeys(found))[:2]

    def _checks_part(self, most: int) -> list[list[str]]:
        parts = []
        for one in self._checks:
            day = one.started.astimezone(self._turn.now.tzinfo).date()
            lines = answer_lines(self._voice, one.answers, day)
            if lines:
                dialog = self._script.dialogs.get(one.dialog)
                title = "" if dialog is None else dialog.title
                heading = self._say("note_check", when=self._moment(one.started), about=title)
                parts.append([heading, *(f"• {line}" for line in lines)])
        shown = parts[:most]
        if shown:
            shown[-1].append(self._say("note_not_seen"))
        return shown

    def _temperatures(self) -> list[str]:
        readings = [
            f"• {self._moment(answer.at)}: {answer.value.exact} °C"
            for check in self._checks
            for answer in reversed(check.answers)
            if answer.fact in READINGS and isinstance(answer.value, Number) and answer.value.exact is not None
        ]
        lines = list(dict.fromkeys(readings))[:MOST_READINGS]
        return [self._say("note_temperatures"), *lines] if lines else []

    def _often(self) -> list[str]:
        """How many events there were in each stretch of seven days, the last one ending today."""
        days = [one.at.astimezone(self._turn.now.tzinfo).date() for one in self._diary]
        if not days:
            return []
        weeks = min((self._today - min(days)) // WEEK + 1, MOST_WEEKS)
        counts = [self._count(days, self._today - number * WEEK) for number in range(weeks)]
        return [self._say("note_often", counts=", ".join(counts), total=str(len(days)))]

    def _count(self, days: Sequence[date], last: date) -> str:
        first = last - WEEK + timedelta(days=1)
        return f"{first.day} {first:%b} to {last.day} {last:%b}: {sum(first <= day <= last for day in days)}"

    def _diary_part(self, most: int) -> list[str]:
        lines = [f"• {self._moment(one.at)}: {self._event(one)}" for one in self.entries[:most]]
        older = len(self._diary) - len(lines)
        if not self._diary:
            return []
        left_out = [self._say("note_older", number=str(older))] if older else []
        return [self._say("note_diary"), *lines, *left_out]

    def _event(self, entry: Entry) -> str:
        """How long, where, doing what, and what helped; in the words of the buttons."""
        day = entry.at.date()
        parts = [fact_words(self._script, entry.answers, fact, day) for fact in ("duration_s", "body_parts", "state")]
        for fact in HELPED:
            words = fact_words(self._script, entry.answers, fact, day)
            short = next(
                (one.questions[fact].short for one in self._script.dialogs.values() if fact in one.questions), None
            )
            parts.append(None if words is None or short is None else f"{short}: {words}")
        return "; ".join(capital(part) for part in parts if part is not None) or self._say("note_no_details")

    def _questions_part(self) -> list[str]:
        lines = [f"{number}. {one.text}" for number, one in enumerate(self._questions, 1)]
        return [self._say("note_questions"), *lines] if lines else []


def _units(text: str) -> int:
    """The length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _cut(text: str) -> str:
    """The last resort: whole lines from the top, as many as fit."""
    lines = text.splitlines()
    while _units("\n".join(lines)) > MOST_UNITS:
        lines.pop()
    return "\n".join(lines)
