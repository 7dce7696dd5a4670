"""Options that several commands share, and the settings that they make."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from bot.settings import Settings, read_settings

Database = Annotated[Path | None, typer.Option(help="Another database than that of STEADY_DATABASE.")]
Scripts = Annotated[Path | None, typer.Option(help="A folder with other dialogs/ and content/.")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs: one JSON document.")]

# Frames with their locals would show what a parent wrote.
PLAIN_ERRORS: dict[str, Any] = {"pretty_exceptions_enable": False, "pretty_exceptions_show_locals": False}


def settings_for(database: Path | None = None, scripts: Path | None = None) -> Settings:
    """The settings of the environment, with those that an option names instead."""
    given = {"database": database, "scripts": scripts}
    return read_settings(**{name: path for name, path in given.items() if path is not None})
