"""What a turn wants recorded, written to the store: consent, checks, answers, flags, the diary."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.facts.value import Born, to_json
from bot.store.jsontext import Json
from bot.store.records import Records
from bot.store.rows import CheckStatus, Child, Parent
from bot.talk.effects import (
    AnswerKept,
    CancelReminder,
    CheckEnded,
    CheckStarted,
    ConsentGiven,
    CountryChosen,
    Effect,
    EpisodeChanged,
    EpisodeDeleted,
    EpisodeSaved,
    FlagLowered,
    FlagRaised,
    QuestionDeleted,
    QuestionKept,
    Remind,
    ScriptChanged,
)
from bot.talk.session import Check, Session
from bot.talk.wording import DEFAULT_NAME

BIRTH_DATE = "birth_date"


def _described(event: EpisodeSaved | EpisodeChanged) -> dict[str, Json]:
    """What was said of an event, as it is stored."""
    return {
        "answers": {fact: to_json(value) for fact, value in event.answers.items()},
        "lines": list(event.lines),
        "questions": list(event.questions),
    }


class Bookkeeper:
    """Writes the records of one turn of one parent."""

    def __init__(self, records: Records, parent: Parent, before: Session, script_version: str) -> None:
        self._records = records
        self.parent = parent
        self._version = script_version
        # The conversation counts checks by turns, the store by its own ids. A parent's checks never overlap, so
        # that the one which the session holds is always the latest.
        self._held = before.check.number if before.check is not None and before.check.kept else None
        self._check_id = None if self._held is None else self._latest_check()

    def keep(self, effects: Iterable[Effect], after: Session, *, interrupted: bool = False) -> None:
        """Write all records among the effects; `interrupted` says that nobody was there when the check ended."""
        for effect in effects:
            self._keep(effect, "interrupted" if interrupted else "cut_short")
        if after.check is None or after.check.number != self._held:
            self._let_go()
        elif not after.check.ended:
            self._note_level(after.check)

    def _keep(self, effect: Effect, cut_short: CheckStatus) -> None:
        match effect:
            case ConsentGiven(at):
                self._save_parent(replace(self.parent, consent_at=at, consent_text_version=self._version))
            case CountryChosen(country):
                self._save_parent(replace(self.parent, country=country))
            case CheckStarted(number, dialog, at):
                self._let_go()
                self._held = number
                self._check_id = self._records.checks.start(
                    self.parent.id, child_id=self._child(at).id, dialog=dialog, at=at, script_version=self._version
                ).id
            case AnswerKept():
                self._keep_answer(effect)
            case FlagRaised(_, rule, level, action, at, private):
                self._records.flags.add(
                    self._check(),
                    child_id=self._child(at).id,
                    rule=rule,
                    level=level.name,
                    action=None if action is None else action.value,
                    at=at,
                    script_version=self._version,
                    private=private,
                )
            case FlagLowered(_, rule, at):
                self._records.flags.lower(self._check(), rule, at=at)
            case CheckEnded(_, level, action, at, short):
                if level is not None:
                    self._records.checks.set_level(
                        self._check(), level=level.name, action=None if action is None else action.value
                    )
                self._records.checks.end(self._check(), status=cut_short if short else "finished", at=at)
            case EpisodeSaved() | EpisodeChanged() | EpisodeDeleted() | QuestionKept() | QuestionDeleted():
                self._keep_diary(effect)
            case Remind() | CancelReminder():
                self._keep_reminder(effect)
            case ScriptChanged():
                self._note_change(effect)

    def _keep_reminder(self, effect: Remind | CancelReminder) -> None:
        self._records.reminders.cancel(self.parent.id, kind=effect.kind)
        if isinstance(effect, Remind):
            self._records.reminders.add(self.parent.id, kind=effect.kind, due_at=effect.at, turn=effect.turn)

    def _note_change(self, change: ScriptChanged) -> None:
        """Note what an edit did to a running check: counts, dated by the day, so that nobody can tell whose it was."""
        day = change.at.replace(hour=0, minute=0, second=0, microsecond=0)
        detail: Json = {
            "from": change.old,
            "to": change.new,
            "kept": change.kept,
            "asked_again": change.asked_again,
            "told": change.told,
        }
        self._records.audit.add("bot", "check taken over to another version", at=day, detail=detail)

    def _keep_diary(
        self, effect: EpisodeSaved | EpisodeChanged | EpisodeDeleted | QuestionKept | QuestionDeleted
    ) -> None:
        match effect:
            case EpisodeSaved():
                self._save_episode(effect)
            case EpisodeChanged():
                self._change_episode(effect)
            case EpisodeDeleted(entry):
                self._records.episodes.delete(self.parent.id, entry)
            case QuestionKept(text, at):
                self._records.own_questions.add(self.parent.id, self._child(at).id, text, at=at)
            case QuestionDeleted(question):
                self._records.own_questions.delete(self.parent.id, question)

    def _keep_answer(self, answer: AnswerKept) -> None:
        if answer.private:
            # The session alone holds it, and only while the check runs (Always 10).
            return
        value = to_json(answer.value)
        self._records.answers.add(
            self._check(),
            question=answer.question,
            fact=answer.fact,
            value=value,
            at=answer.at,
            script_version=self._version,
        )
        if not answer.of_child:
            return
        child = self._child(answer.at)
        self._records.profiles.set(child.id, answer.fact, value, at=answer.at, script_version=self._version)
        if answer.fact == BIRTH_DATE:
            born = answer.value.on if isinstance(answer.value, Born) else None
            self._records.children.save(replace(child, birth_date=born))

    def _save_episode(self, episode: EpisodeSaved) -> None:
        self._records.episodes.add(
            self.parent.id,
            self._child(episode.at).id,
            check_id=self._check(),
            happened_at=episode.at,
            day=episode.at.date(),
            at=episode.at,
            level=None if episode.level is None else episode.level.name,
            summary={"reasons": list(episode.reasons), **_described(episode)},
            script_version=self._version,
        )

    def _change_episode(self, changed: EpisodeChanged) -> None:
        kept = self._records.episodes.get(self.parent.id, changed.entry)
        if kept is None:
            return
        summary = {**kept.summary, **_described(changed)}
        self._records.episodes.save(replace(kept, happened_at=changed.at, day=changed.at.date(), summary=summary))

    def _note_level(self, check: Check) -> None:
        """A check that nobody ends keeps the level that it had reached."""
        flag = max(check.flags.values(), key=lambda one: one.level, default=None)
        if flag is not None:
            self._records.checks.set_level(
                self._check(), level=flag.level.name, action=None if flag.action is None else flag.action.value
            )

    def _let_go(self) -> None:
        """A check that the session holds no more is over for good: which private rules it raised is forgotten."""
        if self._check_id is not None:
            self._records.checks.purge_private(self._check_id, ())
        self._held = self._check_id = None

    def _child(self, at: datetime) -> Child:
        """The child that is spoken of; added when a check is kept for the first time."""
        if self.parent.current_child is not None:
            child = self._records.children.get(self.parent.id, self.parent.current_child)
            if child is not None:
                return child
        child = self._records.children.add(self.parent.id, DEFAULT_NAME, birth_date=None, at=at)
        self._save_parent(replace(self.parent, current_child=child.id))
        return child

    def _check(self) -> int:
        if self._check_id is None:
            raise LookupError("there is something to keep, and no check to keep it with")
        return self._check_id

    def _latest_check(self) -> int | None:
        latest = self._records.checks.of(self.parent.id, limit=1)
        return latest[0].id if latest else None

    def _save_parent(self, parent: Parent) -> None:
        self.parent = parent
        self._records.parents.save(parent)
