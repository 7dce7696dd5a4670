"""What can go wrong in a way that a person has to mend."""

from typing import ClassVar


class SteadyError(Exception):
    """Something that a person has to mend, told in words for that person.

    `str(error)` is one line: where it is, what is wrong, what to do. Rooms subclass it.
    """

    exit_status: ClassVar[int] = 1

    def __init__(self, what: str, *, where: str | None = None, cure: str | None = None) -> None:
        self.what = what
        self.where = where
        self.cure = cure
        place = f"{where}: " if where else ""
        advice = f" {cure}" if cure else ""
        super().__init__(f"{place}{what}{advice}")


class SettingsError(SteadyError):
    """A setting that the bot cannot start with."""

    # EX_CONFIG of sysexits.h: a supervisor can tell "will never start like this" from a crash.
    exit_status = 78
