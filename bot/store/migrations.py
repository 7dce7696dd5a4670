"""The schema and its history.

Steps are only ever added, and only add: no table is rebuilt under a running bot.
"""

import secrets
from typing import cast

from sqlite_utils import Database, Migrations

from bot.store.driver import Connection
from bot.store.errors import TooNewError, TooOldError
from bot.store.own_question_tables import OWN_QUESTIONS
from bot.store.publication_tables import PUBLICATIONS
from bot.store.step_count_tables import STEP_COUNTS

_LEVELS = "('EMERGENCY', 'URGENT', 'SOON', 'ROUTINE', 'REASSURE')"

# Moments are milliseconds since 1970 in UTC, days and birth dates ISO text, JSON compact text.
# AUTOINCREMENT where an id travels in a button or waits in a sender: it must never come to mean another row.
_FIRST = (
    """
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE parents (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        channel TEXT NOT NULL,
        external_id TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        language TEXT,
        country TEXT,
        time_zone TEXT,
        consent_at INTEGER,
        consent_text_version TEXT,
        current_child INTEGER,
        gone_at INTEGER,
        UNIQUE (channel, external_id)
    ) STRICT
    """,
    """
    CREATE TABLE children (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        parent_id INTEGER NOT NULL REFERENCES parents (id) ON DELETE CASCADE,
        nickname TEXT NOT NULL,
        birth_date TEXT,
        created_at INTEGER NOT NULL,
        deleted_at INTEGER
    ) STRICT
    """,
    "CREATE INDEX children_of_parent ON children (parent_id)",
    """
    CREATE TABLE profile_facts (
        child_id INTEGER NOT NULL REFERENCES children (id) ON DELETE CASCADE,
        fact TEXT NOT NULL,
        value TEXT NOT NULL,
        answered_at INTEGER NOT NULL,
        script_version TEXT NOT NULL,
        PRIMARY KEY (child_id, fact)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE sessions (
        parent_id INTEGER PRIMARY KEY REFERENCES parents (id) ON DELETE CASCADE,
        state TEXT NOT NULL,
        turn INTEGER NOT NULL,
        script_version TEXT NOT NULL,
        updated_at INTEGER NOT NULL
    ) STRICT
    """,
    f"""
    CREATE TABLE checks (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        parent_id INTEGER NOT NULL REFERENCES parents (id) ON DELETE CASCADE,
        child_id INTEGER REFERENCES children (id) ON DELETE CASCADE,
        dialog TEXT NOT NULL,
        started_at INTEGER NOT NULL,
        ended_at INTEGER,
        level TEXT CHECK (level IN {_LEVELS}),
        action TEXT,
        script_version TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('open', 'finished', 'cut_short', 'interrupted'))
    ) STRICT
    """,
    "CREATE INDEX checks_of_parent ON checks (parent_id, id)",
    "CREATE INDEX checks_of_child ON checks (child_id)",
    "CREATE INDEX checks_left_open ON checks (started_at) WHERE status = 'open'",
    """
    CREATE TABLE answers (
        id INTEGER PRIMARY KEY,
        check_id INTEGER NOT NULL REFERENCES checks (id) ON DELETE CASCADE,
        question TEXT NOT NULL,
        fact TEXT NOT NULL,
        value TEXT NOT NULL,
        answered_at INTEGER NOT NULL,
        script_version TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX answers_of_check ON answers (check_id)",
    # A misspelt level would be a flag that nobody finds within its 24 hours, so that it is refused.
    f"""
    CREATE TABLE flags (
        id INTEGER PRIMARY KEY,
        check_id INTEGER NOT NULL REFERENCES checks (id) ON DELETE CASCADE,
        child_id INTEGER REFERENCES children (id) ON DELETE CASCADE,
        rule TEXT NOT NULL,
        level TEXT NOT NULL CHECK (level IN {_LEVELS}),
        action TEXT,
        raised_at INTEGER NOT NULL,
        script_version TEXT NOT NULL,
        lowered_at INTEGER,
        private INTEGER NOT NULL CHECK (private IN (0, 1))
    ) STRICT
    """,
    "CREATE INDEX flags_of_check ON flags (check_id)",
    "CREATE INDEX flags_of_child ON flags (child_id)",
    f"""
    CREATE TABLE episodes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        parent_id INTEGER NOT NULL REFERENCES parents (id) ON DELETE CASCADE,
        child_id INTEGER NOT NULL REFERENCES children (id) ON DELETE CASCADE,
        check_id INTEGER REFERENCES checks (id) ON DELETE SET NULL,
        happened_at INTEGER NOT NULL,
        day TEXT NOT NULL,
        saved_at INTEGER NOT NULL,
        level TEXT CHECK (level IN {_LEVELS}),
        summary TEXT NOT NULL,
        script_version TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX episodes_of_child ON episodes (child_id, happened_at, id)",
    "CREATE INDEX episodes_of_parent ON episodes (parent_id)",
    "CREATE INDEX episodes_of_check ON episodes (check_id)",
    """
    CREATE TABLE inbox (
        channel TEXT NOT NULL,
        event_id TEXT NOT NULL,
        sender TEXT,
        payload TEXT,
        received_at INTEGER NOT NULL,
        done_at INTEGER,
        attempts INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (channel, event_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX inbox_by_age ON inbox (received_at)",
    "CREATE INDEX inbox_unfinished ON inbox (channel, sender) WHERE done_at IS NULL",
    # The address stands here again because a reply may be owed to somebody who is no parent: one whose first
    # event failed, one who has just been forgotten, an operator.
    """
    CREATE TABLE outbox (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        parent_id INTEGER REFERENCES parents (id) ON DELETE CASCADE,
        channel TEXT NOT NULL,
        address TEXT NOT NULL,
        turn INTEGER,
        priority INTEGER NOT NULL,
        kind TEXT NOT NULL,
        payload TEXT,
        created_at INTEGER NOT NULL,
        due_at INTEGER NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        sent_at INTEGER,
        message_id TEXT,
        failed_at INTEGER,
        failure TEXT
    ) STRICT
    """,
    """
    CREATE INDEX outbox_waiting ON outbox (channel, address, id, priority, due_at)
    WHERE sent_at IS NULL AND failed_at IS NULL
    """,
    # For purge and prune, which must not look through all that was ever sent.
    """
    CREATE INDEX outbox_ended ON outbox (payload IS NULL, coalesce(sent_at, failed_at))
    WHERE coalesce(sent_at, failed_at) IS NOT NULL
    """,
    "CREATE INDEX outbox_of_parent ON outbox (parent_id, turn)",
    """
    CREATE TABLE reminders (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        parent_id INTEGER NOT NULL REFERENCES parents (id) ON DELETE CASCADE,
        turn INTEGER,
        kind TEXT NOT NULL,
        payload TEXT,
        due_at INTEGER NOT NULL,
        done_at INTEGER
    ) STRICT
    """,
    "CREATE INDEX reminders_waiting ON reminders (due_at, id) WHERE done_at IS NULL",
    "CREATE INDEX reminders_of_parent ON reminders (parent_id)",
    """
    CREATE TABLE script_versions (
        hash TEXT PRIMARY KEY,
        published_at INTEGER NOT NULL,
        by TEXT NOT NULL,
        note TEXT NOT NULL,
        certificate TEXT,
        content BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE audit (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        who TEXT NOT NULL,
        what TEXT NOT NULL,
        detail TEXT
    ) STRICT
    """,
    """
    CREATE TABLE paused (
        dialog TEXT PRIMARY KEY,
        since INTEGER NOT NULL,
        by TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
)


def m001_first_tables(db: Database) -> None:
    """Everything that the first release keeps."""
    for statement in _FIRST:
        db.execute(statement)
    db.execute("INSERT INTO meta (name, value) VALUES ('log_salt', ?)", [secrets.token_hex(32)])


_ALERTS = (
    """
    CREATE TABLE alerts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        parent_id INTEGER NOT NULL REFERENCES parents (id) ON DELETE CASCADE,
        level TEXT NOT NULL CHECK (level IN ('EMERGENCY', 'URGENT')),
        age_band TEXT NOT NULL,
        raised_at INTEGER NOT NULL,
        due_at INTEGER NOT NULL,
        sent INTEGER NOT NULL DEFAULT 0,
        message INTEGER,
        acknowledged_at INTEGER
    ) STRICT
    """,
    "CREATE INDEX alerts_waiting ON alerts (due_at, id) WHERE acknowledged_at IS NULL",
    "CREATE INDEX alerts_of_parent ON alerts (parent_id, raised_at)",
)


def m002_alerts(db: Database) -> None:
    """What the people who run the bot are told about serious advice."""
    for statement in _ALERTS:
        db.execute(statement)


# A message stands here while it has buttons (then it has a question) or is pinned.
_SCREENS = (
    """
    CREATE TABLE screens (
        parent_id INTEGER NOT NULL REFERENCES parents (id) ON DELETE CASCADE,
        message_id TEXT NOT NULL,
        turn INTEGER NOT NULL,
        question TEXT,
        pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
        shown_at INTEGER NOT NULL,
        PRIMARY KEY (parent_id, message_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX screens_by_age ON screens (shown_at)",
)


def m003_screens(db: Database) -> None:
    """Which messages of a chat can still be pressed, or are pinned."""
    for statement in _SCREENS:
        db.execute(statement)


def m004_publications(db: Database) -> None:
    """When which version was published, which version a message is of, and where running checks may move on."""
    for statement in PUBLICATIONS:
        db.execute(statement)


def m005_own_questions(db: Database) -> None:
    """What a parent wants to ask the doctor."""
    for statement in OWN_QUESTIONS:
        db.execute(statement)


def m006_step_counts(db: Database) -> None:
    """How many parents went from a question to the next, or left; about nobody."""
    db.execute(STEP_COUNTS)


# In the order in which they came; never renamed, never taken out.
STEPS = (m001_first_tables, m002_alerts, m003_screens, m004_publications, m005_own_questions, m006_step_counts)

_KNOWN = frozenset(step.__name__ for step in STEPS)

_migrations = Migrations("steady")
for _step in STEPS:
    _migrations()(_step)


def migrate(connection: Connection) -> None:
    """Bring the schema up to date, all steps or none; a schema that is newer than this program is refused."""
    if not _missing(connection):
        return
    # The lock comes first: of two programs that start together, one makes the tables, the other finds them.
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _missing(connection):
            _migrations.apply(_sqlite_utils(connection))
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def refuse_if_newer(connection: Connection) -> None:
    """Refuse a database that a newer program has already changed."""
    unknown = _applied(connection) - _KNOWN
    if unknown:
        raise TooNewError(
            f"a newer program has changed this database ({', '.join(sorted(unknown))}). It is left as it is.",
            cure="Start that newer program again, or restore a backup from before it.",
        )


def refuse_if_older(connection: Connection) -> None:
    """Refuse to read a database to which this program would first have to add something."""
    if _missing(connection):
        raise TooOldError(
            "an older program made this database, and this one has not been started with it yet.",
            cure="Start the bot once (steady run): it brings the database up to date, and nothing is lost.",
        )


def _missing(connection: Connection) -> frozenset[str]:
    refuse_if_newer(connection)
    return _KNOWN - _applied(connection)


def _applied(connection: Connection) -> set[str]:
    return {migration.name for migration in _migrations.applied(_sqlite_utils(connection))}


def _sqlite_utils(connection: Connection) -> Database:
    # It is typed for the standard library's driver; ours has the same methods.
    return Database(cast("object", connection), execute_plugins=False)  # type: ignore[arg-type]
