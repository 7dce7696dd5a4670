"""`steady publish` and `steady versions`: options in, lines out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from bot.commands.options import Database, Scripts, settings_for
from bot.commands.user import user
from bot.places import find_places


def publish(
    version: Annotated[
        str | None, typer.Argument(help="With --rollback: which version, by the first letters of its name.")
    ] = None,
    *,
    note: Annotated[str, typer.Option(help="What was changed and why, in a line.")] = "",
    by: Annotated[str | None, typer.Option(help="Who does it, for the audit trail; else the user's name.")] = None,
    for_parents: Annotated[
        bool, typer.Option("--for-parents", help="No test version any more: everything must be approved.")
    ] = False,
    approved_by: Annotated[
        str | None, typer.Option(help="The second person, who has read a looser or structural edit.")
    ] = None,
    rollback: Annotated[
        bool, typer.Option("--rollback", help="Put back the version before, or the one that is named.")
    ] = False,
    database: Database = None,
    scripts: Scripts = None,
) -> None:
    """Check, prove and test the dialogs, then show them to parents; nothing changes where anything is wrong."""
    from bot.app import publishing_desk
    from bot.authoring.publishing.publish import Outcome, Wish
    from bot.authoring.publishing.publish import publish as publish_folder
    from bot.authoring.publishing.rollback import roll_back

    if version is not None and not rollback:
        raise typer.BadParameter("a version is named with --rollback only; without it the folder is published.")
    if rollback and for_parents:
        raise typer.BadParameter("a version is put back as it was published: leave --for-parents out.")
    if for_parents and by is None:
        raise typer.BadParameter("who publishes for parents gives a name: --by NAME")
    settings = settings_for(database, scripts)
    wish = Wish(by or user(), note, for_parents=for_parents, approved_by=approved_by)
    if rollback:
        outcome = roll_back(publishing_desk(settings, make=False), version, wish, clock=_now, say=typer.echo)
    else:
        places = find_places(settings.scripts)
        outcome = publish_folder(places, publishing_desk(settings, make=True), wish, clock=_now, say=typer.echo)
    if outcome is Outcome.REFUSED:
        raise typer.Exit(1)


def versions(*, database: Database = None) -> None:
    """List what was published, newest first, and how many checks are running with each version."""
    from bot.app import publishing_desk
    from bot.authoring.publishing.listing import versions_told

    now = _now()
    for line in versions_told(publishing_desk(settings_for(database), make=False).published(now), now):
        typer.echo(line)


def _now() -> datetime:
    return datetime.now(UTC)
