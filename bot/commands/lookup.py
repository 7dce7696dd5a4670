"""`steady find` and `steady rule`: where a wording or a rule lives, who is asked, which chats show it."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.options import Scripts, settings_for
from bot.errors import SteadyError
from bot.places import find_places


class NoSuchRuleError(SteadyError):
    """A rule that does not exist."""


def find(
    text: Annotated[str, typer.Argument(help="A wording, or the name of a fact, a rule or a question.")],
    *,
    scripts: Scripts = None,
) -> None:
    """Say where a wording or a name stands, and which chats show it; the exit status is 1 where it is nowhere."""
    from bot.app import script_folder
    from bot.authoring.chat_index import list_chats
    from bot.authoring.find_text import find_chats, find_text, told
    from bot.script.load import look_at

    settings = settings_for(scripts=scripts)
    loaded = look_at(script_folder(settings))
    hits = find_text(loaded.nodes, text)
    # The chats can only be read with a script that is whole.
    sound = loaded.script is not None and not loaded.problems
    chats = list_chats(find_places(settings.scripts), loaded.script) if sound and loaded.script is not None else []
    shown = find_chats(chats, text)
    for line in told(hits, shown, text):
        typer.echo(line)
    if not hits and not shown:
        raise typer.Exit(1)


def rule(
    name: Annotated[str, typer.Argument(metavar="ID", help="Such as F-01.")],
    *,
    scripts: Scripts = None,
) -> None:
    """Show a rule: its text, its condition in words, who is asked, and which chats show it."""
    from bot.app import load_script
    from bot.authoring.chat_index import list_chats
    from bot.authoring.rule_card import rule_card
    from bot.script.problems import did_you_mean

    settings = settings_for(scripts=scripts)
    script = load_script(settings)
    wanted = {known.casefold(): one for known, one in script.book.rules.items()}
    found = wanted.get(name.casefold())
    if found is None:
        cure = did_you_mean(name, script.book.rules, listed_in="content/red_flags.yaml")
        raise NoSuchRuleError(f"there is no rule '{name}'.", cure=cure)
    for line in rule_card(script, found, list_chats(find_places(settings.scripts), script)):
        typer.echo(line)
