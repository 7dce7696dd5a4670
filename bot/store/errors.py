"""What can go wrong with the store, each in one line for whoever must act."""

from bot.errors import SteadyError


class StoreError(SteadyError):
    """The store cannot do what was asked."""


class KeyFileError(StoreError):
    """The key file is missing, open to others, malformed, or lies with the data."""

    exit_status = 78


class OpeningError(StoreError):
    """The database cannot be opened; its bytes are as they were."""

    exit_status = 78


class WrongKeyError(OpeningError):
    """The key does not open this file, or the file is not one of ours."""


class TooNewError(OpeningError):
    """A newer program wrote this database."""


class TooOldError(OpeningError):
    """An older program wrote this database, and what it lacks cannot be read."""


class BusyError(StoreError):
    """Another process held the database for longer than we wait; nothing was written, so try again."""


class BrokenError(StoreError):
    """A commit failed, so nothing more is taken in."""


class ClosedError(StoreError):
    """Work came after the store was closed."""


class QueryError(StoreError):
    """A query of an operator that does more than read, or that SQLite does not understand."""
