"""What a job may ask of the store: typed reads and writes, never a connection and never SQL.

SQLite stands behind it (`sqlite_records.py`); PostgreSQL could. What one job writes is committed together or
not at all. Moments must be aware; they come back in UTC, rounded down to the millisecond.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, Protocol

from bot.store.jsontext import Json
from bot.store.rows import (
    Alert,
    Answer,
    AuditEntry,
    Check,
    CheckStatus,
    Child,
    Episode,
    Flag,
    InboxEvent,
    OutboxMessage,
    OwnQuestion,
    Parent,
    PausedDialog,
    ProfileFact,
    Publication,
    PublicationKind,
    Reminder,
    ScreenMessage,
    ScriptVersion,
    Session,
    StepCount,
)


class Parents(Protocol):
    """The people who write to us."""

    def add(
        self,
        channel: str,
        external_id: str,
        *,
        at: datetime,
        language: str | None = None,
        country: str | None = None,
    ) -> Parent:
        """Add a parent who is not known yet on this channel."""

    def find(self, channel: str, external_id: str) -> Parent | None:
        """The parent behind an id of a channel."""

    def get(self, parent_id: int) -> Parent | None:
        """The parent with our own id."""

    def save(self, parent: Parent) -> None:
        """Write back a changed copy (`dataclasses.replace`); channel, external id and creation stay."""

    def page(self, *, after: int = 0, limit: int) -> tuple[Parent, ...]:
        """The next parents after an id, by id."""


class Children(Protocol):
    """The babies of a parent; calls name the parent too, so that no id from a button opens another family."""

    def add(self, parent_id: int, nickname: str, *, birth_date: date | None, at: datetime) -> Child:
        """Add a child."""

    def get(self, parent_id: int, child_id: int) -> Child | None:
        """A child of this parent that is not deleted."""

    def of(self, parent_id: int) -> tuple[Child, ...]:
        """The children of this parent that are not deleted, oldest entry first."""

    def save(self, child: Child) -> None:
        """Write back a changed copy: nickname, birth date, `deleted_at`."""

    def delete(self, parent_id: int, child_id: int) -> bool:
        """Delete a child for good, with its checks, flags and diary; False if there was none."""


class Profiles(Protocol):
    """Facts about a child that outlive a check."""

    def set(self, child_id: int, fact: str, value: Json, *, at: datetime, script_version: str) -> None:
        """Keep the latest value of a fact."""

    def of(self, child_id: int) -> tuple[ProfileFact, ...]:
        """All facts of a child, by name."""

    def unset(self, child_id: int, fact: str) -> bool:
        """Forget a fact; False if it was not there."""


class Sessions(Protocol):
    """Where each parent is in the conversation."""

    def load(self, parent_id: int) -> Session | None:
        """The session of a parent."""

    def save(self, parent_id: int, *, state: str, turn: int, script_version: str, at: datetime) -> None:
        """Replace the session; a turn number that goes back is refused."""

    def page(self, *, after: int = 0, limit: int) -> tuple[Session, ...]:
        """The next sessions after a parent's id; a publisher looks there who is in mid-conversation."""

    def of_versions(self, *, since: datetime) -> Mapping[str, int]:
        """How many sessions that were written since a moment each version has."""


class Checks(Protocol):
    """Runs from the danger signs to an outcome."""

    def start(
        self, parent_id: int, *, child_id: int | None = None, dialog: str, at: datetime, script_version: str
    ) -> Check:
        """Open a check."""

    def get(self, check_id: int) -> Check | None:
        """One check."""

    def open_of(self, parent_id: int) -> Check | None:
        """The check that is open, the latest if there are several."""

    def of(self, parent_id: int, *, limit: int, offset: int = 0) -> tuple[Check, ...]:
        """The checks of a parent, newest first."""

    def assign(self, check_id: int, child_id: int) -> None:
        """Say whose check it is, once that is known; its flags follow."""

    def set_level(self, check_id: int, *, level: str, action: str | None = None) -> None:
        """Note the level reached so far, so that a check cut short keeps it."""

    def end(self, check_id: int, *, status: CheckStatus, at: datetime) -> None:
        """Close a check."""

    def left_open(self, *, before: datetime, limit: int) -> tuple[Check, ...]:
        """Open checks that began before a moment, oldest first."""

    def purge_private(self, check_id: int, facts: Collection[str]) -> None:
        """Forget these facts of a check and its child's profile, and which rules its private flags were."""

    def prune(self, *, before: datetime) -> int:
        """Delete checks that began before a moment, with their answers and flags; say how many there were."""


class Answers(Protocol):
    """What was answered in a check, corrections included."""

    def add(self, check_id: int, *, question: str, fact: str, value: Json, at: datetime, script_version: str) -> None:
        """Add an answer to the history."""

    def of(self, check_id: int) -> tuple[Answer, ...]:
        """All answers of a check, oldest first."""


class Flags(Protocol):
    """Red flags that were raised."""

    def add(
        self,
        check_id: int,
        *,
        child_id: int | None,
        rule: str,
        level: str,
        action: str | None = None,
        at: datetime,
        script_version: str,
        private: bool = False,
    ) -> None:
        """Raise a flag."""

    def lower(self, check_id: int, rule: str, *, at: datetime) -> bool:
        """Lower a flag, because the parent corrected its answer; False if it was not up."""

    def of(self, check_id: int) -> tuple[Flag, ...]:
        """All flags of a check, lowered ones too, oldest first."""

    def standing(self, parent_id: int, child_id: int | None, *, since: datetime) -> tuple[Flag, ...]:
        """EMERGENCY and URGENT flags raised since a moment and not lowered, newest first.

        Those of the child, and those of the parent's checks that never learned which child it was.
        Without a child: those of all the parent's checks.
        """


class Episodes(Protocol):
    """The diary."""

    def add(
        self,
        parent_id: int,
        child_id: int,
        *,
        check_id: int | None = None,
        happened_at: datetime,
        day: date,
        at: datetime,
        level: str | None = None,
        summary: Json,
        script_version: str,
    ) -> Episode:
        """Save an event; `day` is its date where the parent lives."""

    def get(self, parent_id: int, episode_id: int) -> Episode | None:
        """One episode of this parent."""

    def page(self, child_id: int, *, limit: int, offset: int = 0) -> tuple[Episode, ...]:
        """The episodes of a child, newest first."""

    def count(self, child_id: int) -> int:
        """How many episodes a child has."""

    def days(self, child_id: int, *, first: date | None = None, last: date | None = None) -> int:
        """On how many different days there was an episode, both ends included."""

    def save(self, episode: Episode) -> None:
        """Write back a changed copy: when it happened, level, summary."""

    def delete(self, parent_id: int, episode_id: int) -> bool:
        """Delete one episode of this parent; False if there was none."""

    def prune(self, *, before: datetime) -> int:
        """Delete episodes that were saved before a moment; say how many there were."""


class OwnQuestions(Protocol):
    """What parents want to ask the doctor."""

    def add(self, parent_id: int, child_id: int, text: str, *, at: datetime) -> OwnQuestion:
        """Keep a question about a child."""

    def of(self, child_id: int) -> tuple[OwnQuestion, ...]:
        """The questions about a child, oldest first."""

    def delete(self, parent_id: int, question: int) -> bool:
        """Delete one question of this parent; False if there was none."""

    def prune(self, *, before: datetime) -> int:
        """Delete questions that were kept before a moment; say how many there were."""


class StepCounts(Protocol):
    """How many parents went from step to step; nothing of it leads to a parent."""

    def count(self, *, day: date, version: str, dialog: str, origin: str, step: str) -> None:
        """One parent more went from a step to another on that day."""

    def between(self, first: date, until: date) -> tuple[StepCount, ...]:
        """The counts from a day on, up to another that does not belong to them."""

    def prune(self, *, before: date) -> int:
        """Delete the counts of days before one; say how many there were."""


class Inbox(Protocol):
    """Which events have been taken in, and what was sent while its turn is not done."""

    def receive(
        self,
        channel: str,
        event_id: str,
        *,
        at: datetime,
        sender: str | None = None,
        payload: Json = None,
        done: bool = False,
    ) -> bool:
        """Take in an event; False if it is already here.

        With `done` (the usual case: the turn is in the same job) neither sender nor payload reach the disk.
        """

    def finish(self, channel: str, event_id: str, *, at: datetime) -> None:
        """The turn is done: forget what was sent and who sent it, keep the key."""

    def fail(self, channel: str, event_id: str) -> int:
        """Count a failed attempt, and say how many there were."""

    def unfinished(self, *, limit: int) -> tuple[InboxEvent, ...]:
        """Events whose turn is not done, oldest first."""

    def prune(self, *, before: datetime, unfinished_too: bool = False, limit: int = 1000) -> int:
        """Forget up to `limit` events taken in before a moment; Telegram offers an update for 24 hours."""


class Outbox(Protocol):
    """Messages that a channel has not taken yet, and the ids of those it has."""

    def queue(
        self,
        channel: str,
        address: str,
        *,
        parent_id: int | None,
        turn: int | None,
        priority: int,
        kind: str,
        payload: Json,
        at: datetime,
        due_at: datetime | None = None,
        script_version: str | None = None,
    ) -> int:
        """Queue a message, due at once unless said otherwise; 0 is the most urgent priority.

        `script_version` is the version whose words it says, where it says any.
        """

    def due(self, now: datetime, *, limit: int) -> tuple[OutboxMessage, ...]:
        """At most one message per address, the most urgent addresses first.

        At one address a more urgent message passes those before it; equally urgent ones leave in the order in which
        they were queued, also where the first of them waits for its time.
        """

    def behind(self, message: OutboxMessage) -> tuple[OutboxMessage, ...]:
        """What was queued for the same address later and waits, in order."""

    def next_due_at(self, *, after: datetime | None = None) -> datetime | None:
        """When the next message is due, of those due later than a moment; None if none waits."""

    def sent(self, message: int, *, at: datetime, message_id: str | None = None) -> bool:
        """The channel has taken it; False if it is no longer here."""

    def retry(self, message: int, *, due_at: datetime) -> bool:
        """It failed or nobody knows; try again then. False if it is no longer here."""

    def give_up(self, message: int, *, at: datetime, reason: str) -> bool:
        """It can never be delivered; False if it is no longer here."""

    def give_up_all(self, channel: str, address: str, *, at: datetime, reason: str) -> int:
        """Nothing can be delivered to this address any more (the parent blocked us)."""

    def hold(self, channel: str, address: str, *, until: datetime) -> int:
        """Let nothing that waits for this address be due before a moment (the chat was told to slow down)."""

    def get(self, message: int) -> OutboxMessage | None:
        """One message."""

    def of_turn(self, parent_id: int, turn: int) -> tuple[OutboxMessage, ...]:
        """The messages of a turn, in order; the sent ones know their id on the channel."""

    def waiting(self) -> int:
        """How many messages wait."""

    def purge(self, *, before: datetime, limit: int = 1000) -> int:
        """Forget what up to `limit` messages sent or given up before a moment said; ids and times stay."""

    def purge_of(self, parent_id: int, *, before_turn: int) -> int:
        """Forget what messages of a parent said that were sent or given up, of the turns before one."""

    def prune(self, *, before: datetime, limit: int = 1000) -> int:
        """Delete up to `limit` messages sent or given up before a moment."""


class Screens(Protocol):
    """The messages in a chat that can still be pressed, or that are pinned."""

    def add(self, parent_id: int, message_id: str, *, turn: int, question: str, at: datetime) -> None:
        """A message with buttons was shown."""

    def find(self, parent_id: int, *, turn: int, question: str) -> ScreenMessage | None:
        """The message of a question, the latest if it was delivered twice."""

    def with_buttons(self, parent_id: int, *, before_turn: int) -> tuple[ScreenMessage, ...]:
        """The messages of earlier turns that still have buttons, oldest first."""

    def drop_buttons(self, parent_id: int, message_id: str) -> None:
        """The buttons of a message are gone, or about to go."""

    def pin(self, parent_id: int, message_id: str, *, turn: int, at: datetime) -> None:
        """A message was pinned."""

    def unpin(self, parent_id: int, message_id: str) -> None:
        """A message is pinned no longer, or about to be."""

    def pinned(self, parent_id: int) -> tuple[ScreenMessage, ...]:
        """What is pinned, oldest first."""

    def pinned_before(self, moment: datetime, *, limit: int) -> tuple[ScreenMessage, ...]:
        """What was shown before a moment and is still pinned."""

    def prune(self, *, before: datetime) -> int:
        """Forget messages shown before a moment that are not pinned; say how many there were."""


class Reminders(Protocol):
    """What must be brought up later: reminders, escalations that wait for an answer."""

    def add(self, parent_id: int, *, kind: str, due_at: datetime, turn: int | None = None, payload: Json = None) -> int:
        """Remember something."""

    def due(self, now: datetime, *, limit: int, channel: str | None = None) -> tuple[Reminder, ...]:
        """What is due, the longest overdue first; with a channel only what is for its parents."""

    def next_due_at(self) -> datetime | None:
        """When the next one is due; None if none waits."""

    def of(self, parent_id: int) -> tuple[Reminder, ...]:
        """What waits for a parent, next first."""

    def done(self, reminder: int, *, at: datetime) -> bool:
        """It was brought up; False if it was done or cancelled before."""

    def cancel(self, parent_id: int, *, kind: str | None = None, turn: int | None = None) -> int:
        """Cancel what waits for a parent: all, or those of a kind, of a turn, of both."""

    def prune(self, *, before: datetime) -> int:
        """Delete what was done before a moment."""


class Alerts(Protocol):
    """That serious advice was given, for the people who run the bot."""

    def add(self, parent_id: int, *, level: str, age_band: str, at: datetime) -> Alert:
        """Raise an alert, due at once."""

    def get(self, alert: int) -> Alert | None:
        """One alert."""

    def due(self, now: datetime, *, limit: int, channel: str) -> tuple[Alert, ...]:
        """The alerts about parents of a channel that nobody has acknowledged and that are due, the oldest first."""

    def count(self, parent_id: int, *, since: datetime) -> int:
        """How many alerts a parent has caused since a moment."""

    def sent(self, alert: int, *, message: int, due_at: datetime) -> None:
        """It was queued once more, and is due again then."""

    def wait(self, alert: int, *, due_at: datetime) -> None:
        """It is due again then."""

    def acknowledge(self, alert: int, *, at: datetime) -> bool:
        """Somebody has seen it; False if somebody had before, or it is gone."""

    def prune(self, *, before: datetime) -> int:
        """Delete alerts that were acknowledged before a moment."""


class Scripts(Protocol):
    """Versions that were published, and each time that one was; the latest publication is the current one."""

    def publish(
        self,
        hash_: str,
        content: bytes | None,
        *,
        at: datetime,
        by: str,
        kind: PublicationKind = "publish",
        note: str = "",
        certificate: str | None = None,
        approved_by: str | None = None,
        for_parents: bool = False,
        edit_class: str | None = None,
        restores: int | None = None,
    ) -> Publication:
        """Keep a version and make it the current one; without content it is one that is kept already."""

    def current_hash(self) -> str | None:
        """The hash of the current version; None before the first was published."""

    def current(self) -> Publication | None:
        """The latest publication."""

    def publications(self) -> tuple[Publication, ...]:
        """Every publication, newest first."""

    def get(self, hash_: str) -> ScriptVersion | None:
        """A version that is kept, with its content."""

    def all(self) -> tuple[ScriptVersion, ...]:
        """All versions that are kept, newest first, without content."""

    def allow_moves(self, to_hash: str, classes: Mapping[str, str]) -> None:
        """Note, for each of these versions, what the edit from there to a version means for a running check."""

    def moves(self, to_hash: str) -> Mapping[str, str]:
        """What was noted, by the version from which one would move."""

    def prune(self, *, before: datetime, latest: int) -> int:
        """Delete versions last published before a moment to which nothing refers; the latest publications' stay."""


class Audit(Protocol):
    """What operators, moderators and the bot itself did to the bot; nothing about a parent belongs here."""

    def add(self, who: str, what: str, *, at: datetime, detail: Json = None) -> None:
        """Add an entry."""

    def latest(self, *, limit: int) -> tuple[AuditEntry, ...]:
        """The latest entries, newest first."""


class Pauses(Protocol):
    """Dialogs that are closed for parents."""

    def pause(self, dialog: str, *, at: datetime, by: str) -> None:
        """Close a dialog; one that is closed stays as it was."""

    def resume(self, dialog: str) -> bool:
        """Open it again; False if it was open."""

    def all(self) -> tuple[PausedDialog, ...]:
        """All closed dialogs, by name."""


class Notes(Protocol):
    """Small things that the bot must remember about itself."""

    def get(self, name: str) -> str | None:
        """A note."""

    def set(self, name: str, value: str) -> None:
        """Keep a note."""


class Records(Protocol):
    """All that is stored; valid only inside the job that was given it."""

    parents: Parents
    children: Children
    profiles: Profiles
    sessions: Sessions
    checks: Checks
    answers: Answers
    flags: Flags
    episodes: Episodes
    own_questions: OwnQuestions
    step_counts: StepCounts
    inbox: Inbox
    outbox: Outbox
    reminders: Reminders
    alerts: Alerts
    screens: Screens
    scripts: Scripts
    audit: Audit
    pauses: Pauses
    notes: Notes

    def forget(self, parent_id: int) -> bool:
        """Delete everything about a parent, now; False if there was nobody."""

    def export(self, parent_id: int) -> dict[str, Any] | None:
        """Everything that is stored about a parent: table by table, moments as ISO text."""

    def log_salt(self) -> bytes:
        """The salt with which ids are hashed before they go into a log."""

    def data_version(self) -> int:
        """A number that changes when another process has written something."""
