"""Opening the database: encrypted, durable, migrated, and never changed by an opening that fails."""

import os
from pathlib import Path

from bot.store import driver
from bot.store.driver import Connection
from bot.store.errors import BusyError, OpeningError, StoreError, WrongKeyError
from bot.store.key import Key, sync_folder
from bot.store.migrations import migrate, refuse_if_newer

_PLAIN_HEADER = b"SQLite format 3\0"


def open_for_writing(path: Path, key: Key) -> Connection:
    """Open the database, made new if there is none, with its schema up to date."""
    if not path.parent.is_dir():
        # Not made here: where a volume was not mounted, the data would land in the container and go with it.
        raise OpeningError("this folder does not exist.", where=str(path.parent), cure="Make it, or mount it.")
    there = path.exists()
    # SQLite opens a file that it may not write for reading, and would tell so only at the first commit.
    if not _may_write(path.parent, os.W_OK | os.X_OK) or (there and not _may_write(path, os.W_OK)):
        raise _unwritable(path)
    if there:
        # Read first: even a failed opening for writing may move the log of a killed process into the file.
        _open_for_reading(path, key).close()
    else:
        _make_empty(path)
    connection = driver.connect(path, key, "rw")
    try:
        set_up(connection)
        migrate(connection)
    except driver.Error as error:
        connection.close()
        raise _explained(error, path) from None
    except BaseException:
        connection.close()
        raise
    return connection


def open_for_reading(path: Path, key: Key) -> Connection:
    """Open a database that exists, unable to change it."""
    if not path.exists():
        raise OpeningError(
            "there is no database here.", where=str(path), cure="Start the bot once, or name another file."
        )
    return _open_for_reading(path, key)


def _open_for_reading(path: Path, key: Key) -> Connection:
    _refuse_plain(path)
    try:
        connection = driver.connect(path, key, "ro")
    except driver.Error as error:
        raise _explained(error, path) from None
    try:
        connection.execute("PRAGMA query_only = ON")
        # The first read is where a wrong key shows.
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        refuse_if_newer(connection)
    except driver.Error as error:
        connection.close()
        raise _explained(error, path) from None
    except StoreError:
        connection.close()
        raise
    return connection


def set_up(connection: Connection) -> None:
    """Make a connection that writes durable and tidy."""
    connection.execute("PRAGMA journal_mode = WAL")
    # An answer is confirmed to Telegram once it is committed, so that a commit must survive a power cut.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    # Whatever SQLite must lay aside stays out of unencrypted temporary files.
    connection.execute("PRAGMA temp_store = MEMORY")
    # What is deleted is overwritten, so that "delete everything" holds against whoever has the key, too.
    connection.execute("PRAGMA secure_delete = ON")


def _may_write(path: Path, mode: int) -> bool:
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def _make_empty(path: Path) -> None:
    """Make the file ourselves, so that nobody else may read it; SQLite gives its log the same mode."""
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        sync_folder(path.parent)
    except FileExistsError:
        return
    except OSError:
        raise _unwritable(path) from None


def _refuse_plain(path: Path) -> None:
    try:
        with path.open("rb") as file:
            start = file.read(len(_PLAIN_HEADER))
    except OSError as error:
        raise OpeningError(f"the database cannot be read: {error.strerror}.", where=str(path)) from None
    if start == _PLAIN_HEADER:
        raise WrongKeyError(
            "this is an unencrypted SQLite file, and ours are encrypted. Nothing was changed.",
            where=str(path),
            cure="Name the right file in STEADY_DATABASE.",
        )


def _explained(error: Exception, path: Path) -> StoreError:
    code = driver.code(error)
    if code == driver.NOTADB:
        return WrongKeyError(
            "the key does not open this file, or it is not a database of Steady. Nothing was changed.",
            where=str(path),
            cure="Put back the key file that it was made with, or name the right file.",
        )
    if code == driver.BUSY:
        return BusyError("another process holds the database.", where=str(path), cure="Try again when it has finished.")
    if code in {driver.CANTOPEN, driver.READONLY, driver.PERM}:
        return _unwritable(path)
    return OpeningError(f"the database cannot be opened: {error}.", where=str(path))


def _unwritable(path: Path) -> OpeningError:
    # Even a reader needs to write beside the file: SQLite keeps its log and its locks there.
    return OpeningError(
        "the database or its folder cannot be written.",
        where=str(path),
        cure="Give both to the user that the bot runs as, on a disk that is not mounted read-only.",
    )
