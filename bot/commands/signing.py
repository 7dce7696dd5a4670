"""`steady approve` and `steady open-questions`: what a clinician signs, and what a clinician has still to answer."""

from __future__ import annotations

import sys
from datetime import date, datetime
from typing import Annotated

import typer

from bot.commands.options import AsJson, Scripts, settings_for
from bot.places import find_places


def read_day(text: str) -> date:
    """A day, as 2026-11-22."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"'{text}' is no date. Write it like 2026-11-22.") from None


def approve(
    names: Annotated[
        list[str], typer.Argument(metavar="ID...", help="Such as F-01, or outcomes.advice for all that begins so.")
    ],
    *,
    by: Annotated[str | None, typer.Option(help="Who signs.")] = None,
    role: Annotated[str | None, typer.Option(help="As what, such as 'paediatrician'.")] = None,
    on: Annotated[
        date | None, typer.Option(parser=read_day, metavar="YYYY-MM-DD", help="When it was signed; else today.")
    ] = None,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Take signatures back.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before writing.")] = False,
    scripts: Scripts = None,
) -> None:
    """Sign rules, texts and limits as they stand now: shows each, then writes the signature into its file."""
    from bot.authoring.check import counted
    from bot.authoring.signing.approve import ApproveError, check_signer, choose, load_sound, sign
    from bot.authoring.signing.show import shown

    signer = None
    if not withdraw:
        if by is None or role is None:
            cure = "Write for example: steady approve F-01 --by 'Dr. A. Person' --role paediatrician"
            raise ApproveError("a signature needs --by and --role.", cure=cure)
        # The day on the wall of whoever signs.
        today = datetime.now().astimezone().date()
        signer = check_signer(by, role, on or today, today=today)
    places = find_places(settings_for(scripts=scripts).scripts)
    _, loaded = load_sound(places)
    script = loaded.script
    if script is None:
        raise AssertionError("a sound script is there")
    chosen = choose(script.approvals, names)
    for one in chosen:
        for line in shown(loaded, script, one):
            typer.echo(line)
        typer.echo()
    what = (
        f"Take back {counted(len(chosen), 'signature')}" if signer is None else f"Sign {counted(len(chosen), 'thing')}"
    )
    if not yes and not _confirmed(f"{what}{'' if signer is None else f' as {signer.by}, {signer.role}'}?"):
        typer.echo("Nothing was written.")
        raise typer.Exit(1)
    changed = sign(places, chosen, signer)
    done = "taken back" if signer is None else "signed"
    typer.echo(f"{counted(len(chosen), 'thing')} {done} in {counted(len(changed), 'file')}.")
    left = len(script.unapproved) - sum(one.id in script.unapproved for one in chosen) + len(chosen) * (signer is None)
    typer.echo(_left(left))


def open_questions(*, json: AsJson = False, scripts: Scripts = None) -> None:
    """List what a clinician has still to answer or to sign, and what nobody has checked yet."""
    from bot.authoring.signing.approve import load_sound
    from bot.authoring.signing.still_open import still_open

    places = find_places(settings_for(scripts=scripts).scripts)
    found = still_open(load_sound(places)[1], places)
    typer.echo(found.as_json() if json else found.as_text())


def _confirmed(question: str) -> bool:
    if not sys.stdin.isatty():
        typer.echo("Nobody is there to ask. Write --yes to sign without a question.", err=True)
        return False
    return typer.confirm(question)


def _left(number: int) -> str:
    return (
        "Everything that has to be signed is." if number == 0 else f"{number} still to be signed: steady open-questions"
    )
