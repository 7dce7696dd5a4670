"""The SQLCipher driver with types; nothing else in the bot imports it.

Its exceptions are its own: `sqlite3.Error` of the standard library catches none of them.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, Protocol

from sqlcipher3 import dbapi2

from bot.store.key import Key

# SQLite waits this long for another process (publish, backup, forget) to end its transaction.
BUSY_SECONDS = 5.0

Error: type[Exception] = dbapi2.Error
# Not an Error: raised for several statements in one text.
Warned: type[Exception] = dbapi2.Warning

AUTH: int = dbapi2.SQLITE_AUTH
BUSY: int = dbapi2.SQLITE_BUSY
CANTOPEN: int = dbapi2.SQLITE_CANTOPEN
NOTADB: int = dbapi2.SQLITE_NOTADB
PERM: int = dbapi2.SQLITE_PERM
READONLY: int = dbapi2.SQLITE_READONLY

# What an authorizer is asked, and what it may answer.
ASK_FUNCTION: int = dbapi2.SQLITE_FUNCTION
ASK_PRAGMA: int = dbapi2.SQLITE_PRAGMA
ASK_READ: int = dbapi2.SQLITE_READ
ASK_RECURSIVE: int = dbapi2.SQLITE_RECURSIVE
ASK_SELECT: int = dbapi2.SQLITE_SELECT
ALLOW: int = dbapi2.SQLITE_OK
DENY: int = dbapi2.SQLITE_DENY

Authorizer = Callable[[int, str | None, str | None, str | None, str | None], int]


class Cursor(Protocol):
    """The answer to one statement."""

    @property
    def description(self) -> Sequence[Sequence[Any]] | None:
        """One entry per column, its name first; None where the statement has no columns."""

    @property
    def lastrowid(self) -> int | None:
        """The id of the row that was inserted last."""

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""

    def fetchone(self) -> tuple[Any, ...] | None:
        """The next row, or None."""

    def fetchmany(self, size: int) -> list[tuple[Any, ...]]:
        """The next rows, at most `size`."""

    def fetchall(self) -> list[tuple[Any, ...]]:
        """All rows that are left."""


class Connection(Protocol):
    """An open database, in autocommit: transactions begin and end only where we say so."""

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""

    def execute(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ..., /) -> Cursor:
        """Run one statement."""

    def set_authorizer(self, authorizer: Authorizer | None, /) -> None:
        """Ask `authorizer` about each thing that a statement wants to do."""

    def close(self) -> None:
        """Close the database."""


def connect(path: Path, key: Key, mode: Literal["ro", "rw"]) -> Connection:
    """Open the file at `path` and hand over the key; whether the key fits shows at the first read."""
    connection: Connection = dbapi2.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        # The writer's connection is opened by whoever starts the writer and used by its thread alone.
        check_same_thread=False,
        cached_statements=256,
    )
    # A wrong key is reported by us, in one line; SQLCipher would print several of its own.
    connection.execute("PRAGMA cipher_log_level = NONE")
    # A raw key: no passphrase is stretched at each opening. Pragmas take no parameters; it is only hex.
    connection.execute(f"PRAGMA key = \"x'{key.hex}'\"")
    return connection


def code(error: Exception) -> int:
    """The primary result code of SQLite behind a driver's error, 0 if it has none."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
