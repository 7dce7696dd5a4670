"""`steady check --prove`, `--mutate` and `--seal`: what takes a solver and a while."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from bot.places import find_places
from bot.settings import Settings

Prove = Annotated[bool, typer.Option("--prove", help="Prove that the scripts are safe for every child.")]
SaveCounterexample = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Prove, and write what was found as a test into this file.")
]
Mutate = Annotated[bool, typer.Option("--mutate", help="Plant small mistakes, and see whether each is caught.")]
Mutants = Annotated[
    int | None, typer.Option("--mutants", metavar="N", min=1, help="Plant N mistakes alone, evenly spread.")
]
SealBy = Annotated[
    str | None, typer.Option("--seal", metavar="NAME", help="Seal what rules, gates and answers mean now.")
]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What else a check is to do."""

    prove: bool
    save: Path | None
    mutate: bool
    mutants: int | None
    seal: str | None


def done(settings: Settings, wishes: Wishes, *, as_json: bool) -> bool:
    """Do what is wished; False where something was found that has to be mended."""
    from bot.authoring.mutants.run import run_mutants
    from bot.authoring.proof.prove import prove
    from bot.authoring.proof.seal import FILE, FOLDER, make_seal
    from bot.authoring.proof.witness import as_test
    from bot.script.load import load_script, read_folder

    # Programs read one object on stdout: what is said besides is out of their way.
    places = find_places(settings.scripts)
    good = True
    if wishes.seal is not None:
        path = places.content / FOLDER / FILE
        path.parent.mkdir(exist_ok=True)
        path.write_text(make_seal(read_folder(places.dialogs, places.content), wishes.seal), encoding="utf-8")
        typer.echo(f"Sealed by {wishes.seal}: {path}", err=as_json)
    if wishes.prove:
        script = load_script(read_folder(places.dialogs, places.content))
        certificate = prove(script, places.content)
        typer.echo(certificate.text(), err=as_json)
        good = certificate.clean
        if wishes.save is not None and not good:
            shown = next((one for one in certificate.findings if one.child is not None), None)
            if shown is None:
                typer.echo("What was found has no child to make a test of.", err=True)
            else:
                wishes.save.write_text(as_test(script, shown), encoding="utf-8")
                typer.echo(f"Written as a test: {wishes.save}", err=as_json)
    if wishes.mutate:
        report = run_mutants(places.dialogs, places.content, progress=_progress, number=wishes.mutants)
        typer.echo(report.text(), err=as_json)
        good = report.passed and good
    return good


def _progress(done_so_far: int, of: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done_so_far} of {of} ")
        sys.stderr.flush()
