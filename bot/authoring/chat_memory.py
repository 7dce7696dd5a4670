"""What the store would keep of a simulated chat, so that a later turn finds it: diary, checks, own questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.facts.level import Level
from bot.talk.around import Around, Diary, Entry, ListedDiary
from bot.talk.effects import (
    AnswerKept,
    CheckEnded,
    CheckStarted,
    Effect,
    EpisodeChanged,
    EpisodeDeleted,
    EpisodeSaved,
    FlagLowered,
    FlagRaised,
    ForgetParent,
    QuestionDeleted,
    QuestionKept,
)
from bot.talk.past import ListedPast, OwnQuestion, PastAnswer, PastCheck, PastFlag, told_in


@dataclass(slots=True)
class _Check:
    """A check as it grows."""

    dialog: str
    started: datetime
    level: Level | None = None
    ended: datetime | None = None
    finished: bool = False
    answers: list[PastAnswer] = field(default_factory=list)
    flags: dict[str, PastFlag] = field(default_factory=dict)

    def as_past(self) -> PastCheck:
        level = max((one.level for one in self.flags.values()), default=None) if self.ended is None else self.level
        told = told_in(level, self.ended, finished=self.finished, flags=self.flags.values())
        return PastCheck(self.dialog, self.started, told, tuple(self.answers))


@dataclass(slots=True)
class ChatMemory:
    """Gathers the records of each turn."""

    checks: dict[int, _Check] = field(default_factory=dict)
    asked: dict[int, OwnQuestion] = field(default_factory=dict)

    def after(self, around: Around, effect: Effect) -> Around:
        """What the next turn may look up, once this effect is done."""
        match effect:
            case EpisodeSaved() | EpisodeChanged() | EpisodeDeleted():
                return replace(around, diary=_diary(around.diary, effect))
            case ForgetParent():
                self.checks.clear()
                self.asked.clear()
                return replace(around, diary=ListedDiary(), past=ListedPast())
            case QuestionKept(text):
                number = max(self.asked, default=0) + 1
                self.asked[number] = OwnQuestion(number, text)
            case QuestionDeleted(question):
                self.asked.pop(question, None)
            case _ if not self._checked(effect):
                return around
        newest_first = tuple(one.as_past() for one in reversed(self.checks.values()))
        return replace(around, past=ListedPast(newest_first, tuple(self.asked.values())))

    def _checked(self, effect: Effect) -> bool:
        """Take what a check tells; False where the effect is none of it."""
        match effect:
            case CheckStarted(number, dialog, at):
                self.checks[number] = _Check(dialog, at)
            case AnswerKept(number, question, fact, value, at) if number in self.checks:
                if not effect.private:
                    self.checks[number].answers.append(PastAnswer(question, fact, value, at))
            case FlagRaised(number, rule, level, _, at, private) if number in self.checks:
                self.checks[number].flags[rule] = PastFlag(rule, level, at, private)
            case FlagLowered(number, rule) if number in self.checks:
                self.checks[number].flags.pop(rule, None)
            case CheckEnded(number, level, _, at, cut_short) if number in self.checks:
                one = self.checks[number]
                one.level, one.ended, one.finished = level, at, not cut_short
            case _:
                return False
        return True


def _diary(diary: Diary, effect: EpisodeSaved | EpisodeChanged | EpisodeDeleted) -> ListedDiary:
    kept: dict[int, Entry] = {one.id: one for one in diary.page(offset=0, limit=diary.count())}
    match effect:
        case EpisodeSaved(_, at, level, reasons, answers, lines, questions):
            number = max(kept, default=0) + 1
            kept[number] = Entry(number, at, level, reasons, answers, lines, questions)
        case EpisodeChanged(entry, at, answers, lines, questions):
            kept[entry] = replace(kept[entry], at=at, answers=answers, lines=lines, questions=questions)
        case EpisodeDeleted(entry):
            kept.pop(entry, None)
    return ListedDiary(_newest_first(kept))


def _newest_first(kept: Mapping[int, Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(kept.values(), key=lambda one: (one.at, one.id), reverse=True))
