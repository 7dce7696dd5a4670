"""What operators run: the bot itself, and the look whether it is well."""

from __future__ import annotations

import typer

from bot.commands.options import Database, Scripts, settings_for
from bot.errors import SteadyError


def run(*, database: Database = None, scripts: Scripts = None) -> None:
    """Run the bot on Telegram until it is told to stop."""
    from bot import app as steady

    steady.run(settings_for(database, scripts), typer.echo)


def health(*, database: Database = None) -> None:
    """Say whether the running bot is well; where none shows its status, whether the database can be read."""
    from bot.health import check_health

    try:
        typer.echo(check_health(settings_for(database, None)))
    except SteadyError as error:
        # Docker knows 0 and 1 and nothing else.
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
