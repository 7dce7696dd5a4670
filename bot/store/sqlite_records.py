"""`Records` on SQLite: the tables put together, and what spans them all."""

from typing import Any

from bot.store.driver import Connection
from bot.store.jsontext import from_json
from bot.store.moments import from_ms
from bot.store.records import (
    Alerts,
    Answers,
    Audit,
    Checks,
    Children,
    Episodes,
    Flags,
    Inbox,
    Notes,
    Outbox,
    OwnQuestions,
    Parents,
    Pauses,
    Profiles,
    Reminders,
    Screens,
    Scripts,
    Sessions,
    StepCounts,
)
from bot.store.tables.alerts import SqliteAlerts
from bot.store.tables.answers import SqliteAnswers
from bot.store.tables.audit import SqliteAudit
from bot.store.tables.checks import SqliteChecks
from bot.store.tables.children import SqliteChildren
from bot.store.tables.episodes import SqliteEpisodes
from bot.store.tables.flags import SqliteFlags
from bot.store.tables.inbox import SqliteInbox
from bot.store.tables.notes import SqliteNotes
from bot.store.tables.outbox import SqliteOutbox
from bot.store.tables.own_questions import SqliteOwnQuestions
from bot.store.tables.parents import SqliteParents
from bot.store.tables.pauses import SqlitePauses
from bot.store.tables.profiles import SqliteProfiles
from bot.store.tables.reminders import SqliteReminders
from bot.store.tables.screens import SqliteScreens
from bot.store.tables.scripts import SqliteScripts
from bot.store.tables.sessions import SqliteSessions
from bot.store.tables.step_counts import SqliteStepCounts

_CHECKS = "check_id IN (SELECT id FROM checks WHERE parent_id = :parent)"

# Every table that holds something about a parent, and how its rows are found. `SHARED` are all the others;
# a test holds the two together with the schema, so that no new table is forgotten by "delete everything".
OWNED = {
    "parents": "SELECT * FROM parents WHERE id = :parent",
    "children": "SELECT * FROM children WHERE parent_id = :parent ORDER BY id",
    "profile_facts": """
        SELECT * FROM profile_facts WHERE child_id IN (SELECT id FROM children WHERE parent_id = :parent)
        ORDER BY child_id, fact
    """,
    "sessions": "SELECT * FROM sessions WHERE parent_id = :parent",
    "checks": "SELECT * FROM checks WHERE parent_id = :parent ORDER BY id",
    "answers": f"SELECT * FROM answers WHERE {_CHECKS} ORDER BY id",  # noqa: S608 (our own words)
    "flags": f"SELECT * FROM flags WHERE {_CHECKS} ORDER BY id",  # noqa: S608 (our own words)
    "episodes": "SELECT * FROM episodes WHERE parent_id = :parent ORDER BY happened_at, id",
    "own_questions": "SELECT * FROM own_questions WHERE parent_id = :parent ORDER BY id",
    "inbox": """
        SELECT * FROM inbox
        WHERE done_at IS NULL
            AND (channel, sender) = (SELECT channel, external_id FROM parents WHERE id = :parent)
        ORDER BY received_at
    """,
    "outbox": """
        SELECT * FROM outbox
        WHERE parent_id = :parent
            OR (
                parent_id IS NULL
                AND (channel, address) = (SELECT channel, external_id FROM parents WHERE id = :parent)
            )
        ORDER BY id
    """,
    "reminders": "SELECT * FROM reminders WHERE parent_id = :parent ORDER BY id",
    "alerts": "SELECT * FROM alerts WHERE parent_id = :parent ORDER BY id",
    "screens": "SELECT * FROM screens WHERE parent_id = :parent ORDER BY shown_at, message_id",
}
SHARED = frozenset({"meta", "script_versions", "publications", "version_moves", "audit", "paused", "step_counts"})

_JSON = frozenset({"value", "summary", "payload"})

# An event's key alone is about nobody; without it, an event that is offered again would be taken for new.
_FORGET_EVENTS = """
    UPDATE inbox SET sender = NULL, payload = NULL, done_at = received_at
    WHERE done_at IS NULL
        AND (channel, sender) = (SELECT channel, external_id FROM parents WHERE id = :parent)
"""
_FORGET_MESSAGES_OF_NOBODY = """
    DELETE FROM outbox
    WHERE parent_id IS NULL
        AND (channel, address) = (SELECT channel, external_id FROM parents WHERE id = :parent)
"""
# All other tables follow by their foreign keys.
_FORGET_PARENT = "DELETE FROM parents WHERE id = :parent"


class SqliteRecords:
    """What a job is given."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self.parents: Parents = SqliteParents(db)
        self.children: Children = SqliteChildren(db)
        self.profiles: Profiles = SqliteProfiles(db)
        self.sessions: Sessions = SqliteSessions(db)
        self.checks: Checks = SqliteChecks(db)
        self.answers: Answers = SqliteAnswers(db)
        self.flags: Flags = SqliteFlags(db)
        self.episodes: Episodes = SqliteEpisodes(db)
        self.own_questions: OwnQuestions = SqliteOwnQuestions(db)
        self.step_counts: StepCounts = SqliteStepCounts(db)
        self.inbox: Inbox = SqliteInbox(db)
        self.outbox: Outbox = SqliteOutbox(db)
        self.reminders: Reminders = SqliteReminders(db)
        self.alerts: Alerts = SqliteAlerts(db)
        self.screens: Screens = SqliteScreens(db)
        self.scripts: Scripts = SqliteScripts(db)
        self.audit: Audit = SqliteAudit(db)
        self.pauses: Pauses = SqlitePauses(db)
        self.notes: Notes = SqliteNotes(db)

    def forget(self, parent_id: int) -> bool:
        """Delete everything about a parent, now."""
        parameters = {"parent": parent_id}
        self._db.execute(_FORGET_EVENTS, parameters)
        self._db.execute(_FORGET_MESSAGES_OF_NOBODY, parameters)
        return self._db.execute(_FORGET_PARENT, parameters).rowcount > 0

    def export(self, parent_id: int) -> dict[str, Any] | None:
        """Everything that is stored about a parent: table by table, moments as ISO text."""
        found = {table: self._plain_rows(sql, parent_id) for table, sql in OWNED.items()}
        return found if found["parents"] else None

    def log_salt(self) -> bytes:
        """The salt with which ids are hashed before they go into a log."""
        salt = self.notes.get("log_salt")
        if salt is None:
            raise LookupError("the first migration writes a salt, and it is gone")
        return bytes.fromhex(salt)

    def data_version(self) -> int:
        """A number that changes when another process has written something."""
        [(version,)] = self._db.execute("PRAGMA data_version").fetchall()
        return int(version)

    def _plain_rows(self, sql: str, parent_id: int) -> list[dict[str, Any]]:
        cursor = self._db.execute(sql, {"parent": parent_id})
        names = [column[0] for column in cursor.description or ()]
        return [
            {name: _plain(name, value) for name, value in zip(names, row, strict=True)} for row in cursor.fetchall()
        ]


def _plain(column: str, value: Any) -> Any:
    if value is None:
        return None
    if column.endswith("_at"):
        return from_ms(value).isoformat()
    return from_json(value) if column in _JSON else value
