"""Who runs a command, for the audit trail."""

from __future__ import annotations

import getpass
import os


def user() -> str:
    """The name of the user; a number where it has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        # In a container the user may have a number and no name.
        return f"user {os.getuid()}"
