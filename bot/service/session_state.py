"""The session as the store keeps it, and what is left of it when it cannot be read any more."""

from __future__ import annotations

from datetime import datetime

from bot.facts.level import Action, Level
from bot.store.jsontext import from_json, to_json
from bot.store.records import Records
from bot.store.rows import Parent
from bot.talk.session import Flag, Session, Stage
from bot.talk.session_json import dump, load
from bot.talk.turn import PRIVATE_RULE, STICKY_FOR


def load_session(records: Records, parent: Parent) -> Session:
    """The session of a parent; a new one where there is none."""
    stored = records.sessions.load(parent.id)
    return Session() if stored is None else load(from_json(stored.state))


def save_session(records: Records, parent: Parent, session: Session, at: datetime) -> None:
    """Replace the session of a parent."""
    records.sessions.save(
        parent.id, state=to_json(dump(session)), turn=session.turn, script_version=session.script, at=at
    )


def rescued_session(records: Records, parent: Parent, at: datetime) -> Session:
    """The session, or, where it cannot be read, one made of the tables: serious advice still counts (Always 4)."""
    try:
        return load_session(records, parent)
    except Exception:  # noqa: BLE001 (whatever is wrong with the text, the parent must get an answer)
        stored = records.sessions.load(parent.id)
        consent = parent.consent_at is not None
        return Session(
            turn=0 if stored is None else stored.turn,
            stage=_stage(parent),
            consent=consent,
            country=parent.country,
            recent={
                PRIVATE_RULE if flag.private else flag.rule: Flag(
                    Level[flag.level],
                    None if flag.action is None else Action(flag.action),
                    sure=True,
                    at=flag.raised_at,
                )
                for flag in reversed(records.flags.standing(parent.id, None, since=at - STICKY_FOR))
            },
        )


def _stage(parent: Parent) -> Stage:
    if parent.consent_at is None:
        return Stage.NEW
    return Stage.COUNTRY if parent.country is None else Stage.READY
