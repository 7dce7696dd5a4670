"""From a folder of scripts to the document as bytes."""

from __future__ import annotations

from datetime import date

from bot.authoring.document.as_markdown import as_markdown
from bot.authoring.document.as_pdf import as_pdf, need_typst
from bot.authoring.document.build import Since, build, named_only
from bot.authoring.document.figures import draw_with
from bot.authoring.document.front import DIGITS
from bot.places import Places
from bot.script.load import look_at, read_folder
from bot.script.problems import ScriptError


def written(places: Places, *, today: date, pdf: bool, since: Since | None = None) -> tuple[bytes, str]:
    """The document, and a name for its file; raises ScriptError where the scripts have a mistake."""
    if pdf:
        # Before the minute that the pictures take.
        need_typst()
    loaded = look_at(read_folder(places.dialogs, places.content))
    if loaded.problems or loaded.script is None:
        raise ScriptError(loaded.problems)
    script = loaded.script
    draw = draw_with(script) if pdf else named_only
    document = build(script, loaded.nodes, today=today, draw=draw, since=since)
    name = f"steady-{script.hash[:DIGITS]}.{'pdf' if pdf else 'md'}"
    return (as_pdf(document) if pdf else as_markdown(document).encode()), name
