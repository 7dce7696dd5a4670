"""What moderators run: check the dialogs and the content."""

from __future__ import annotations

import typer

from bot.app import script_folder
from bot.authoring.check import check_folder
from bot.commands.options import AsJson, Scripts, settings_for


def check(*, scripts: Scripts = None, json: AsJson = False) -> None:
    """Look for problems in the dialogs and the content; the exit status is 1 where there is one."""
    checked = check_folder(script_folder(settings_for(scripts=scripts)))
    typer.echo(checked.as_json() if json else checked.as_text())
    if checked.problems:
        raise typer.Exit(1)
