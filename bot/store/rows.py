"""What the store keeps, one frozen record per row. Moments are aware, in UTC, exact to the millisecond."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

CheckStatus = Literal["open", "finished", "cut_short", "interrupted"]


@dataclass(frozen=True, slots=True)
class Parent:
    """A person on a channel."""

    id: int
    channel: str
    external_id: str
    created_at: datetime
    language: str | None = None
    country: str | None = None
    time_zone: str | None = None
    consent_at: datetime | None = None
    consent_text_version: str | None = None
    current_child: int | None = None
    gone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Child:
    """A baby of a parent; with `deleted_at` it is hidden and waits to be deleted for good."""

    id: int
    parent_id: int
    nickname: str
    birth_date: date | None
    created_at: datetime
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ProfileFact:
    """A fact about a child that outlives a check."""

    child_id: int
    fact: str
    value: Any
    answered_at: datetime
    script_version: str


@dataclass(frozen=True, slots=True)
class Session:
    """Where one parent is; `state` belongs to the conversation, the store never looks inside."""

    parent_id: int
    state: str
    turn: int
    script_version: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Check:
    """One run from the danger signs to an outcome."""

    id: int
    parent_id: int
    child_id: int | None
    dialog: str
    started_at: datetime
    ended_at: datetime | None
    level: str | None
    action: str | None
    script_version: str
    status: CheckStatus


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer in the history of a check; a corrected one stands above its correction."""

    id: int
    check_id: int
    question: str
    fact: str
    value: Any
    answered_at: datetime
    script_version: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A red flag that was raised; the rule of a private one is forgotten with the check, its level is not."""

    id: int
    check_id: int
    child_id: int | None
    rule: str
    level: str
    action: str | None
    raised_at: datetime
    script_version: str
    lowered_at: datetime | None
    private: bool


@dataclass(frozen=True, slots=True)
class Episode:
    """One saved event in the diary; `day` is the date on which it happened where the parent lives."""

    id: int
    parent_id: int
    child_id: int
    check_id: int | None
    happened_at: datetime
    day: date
    saved_at: datetime
    level: str | None
    summary: Any
    script_version: str


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """What a parent wants to ask the doctor about a child, in the parent's own words."""

    id: int
    parent_id: int
    child_id: int
    text: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class StepCount:
    """How many parents went from `origin` to `step` in a dialog of a version; about nobody."""

    version: str
    dialog: str
    origin: str
    step: str
    parents: int


@dataclass(frozen=True, slots=True)
class InboxEvent:
    """An event whose turn failed, kept with what was sent until it is done."""

    channel: str
    event_id: str
    sender: str | None
    payload: Any
    received_at: datetime
    attempts: int


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """A message on its way to an address; priority 0 is the most urgent."""

    id: int
    parent_id: int | None
    channel: str
    address: str
    turn: int | None
    priority: int
    kind: str
    payload: Any
    created_at: datetime
    due_at: datetime
    attempts: int
    sent_at: datetime | None
    message_id: str | None
    failed_at: datetime | None
    failure: str | None
    script_version: str | None = None


@dataclass(frozen=True, slots=True)
class ScreenMessage:
    """A message in a chat that can still be pressed, or that is pinned; `message_id` is the channel's."""

    parent_id: int
    message_id: str
    turn: int
    question: str | None
    pinned: bool
    shown_at: datetime


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something to bring up later; with a turn it holds only while that turn is the latest."""

    id: int
    parent_id: int
    turn: int | None
    kind: str
    payload: Any
    due_at: datetime
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Alert:
    """That advice of a serious level was given, for the people who run the bot; it never says why.

    `sent` counts how often it was queued, `message` is the last time's id in the outbox.
    """

    id: int
    parent_id: int
    level: str
    age_band: str
    raised_at: datetime
    due_at: datetime
    sent: int
    message: int | None
    acknowledged_at: datetime | None


@dataclass(frozen=True, slots=True)
class ScriptVersion:
    """The files of a version that was published; lists leave its content out."""

    hash: str
    published_at: datetime
    content: bytes | None = None


PublicationKind = Literal["first start", "publish", "rollback"]


@dataclass(frozen=True, slots=True)
class Publication:
    """That a version went out; the latest one is what is talked from.

    `edit_class` compares it with what was talked from before (None for the first of all). `restores` is the
    publication that a rollback went back to.
    """

    id: int
    hash: str
    at: datetime
    by: str
    kind: PublicationKind
    note: str
    certificate: str | None
    approved_by: str | None
    for_parents: bool
    edit_class: str | None
    restores: int | None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """What somebody who runs or edits the bot did; never what a parent did."""

    id: int
    at: datetime
    who: str
    what: str
    detail: Any


@dataclass(frozen=True, slots=True)
class PausedDialog:
    """A dialog that is closed for parents."""

    dialog: str
    since: datetime
    by: str
