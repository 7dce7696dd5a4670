"""`steady draw`: pictures of the dialogs and of the whole, on the screen or in a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.authoring.draw_alarms import Alarms
from bot.authoring.draw_dialog import draw_dialog
from bot.authoring.draw_format import Format
from bot.authoring.draw_image import DrawError, png, svg
from bot.authoring.draw_mermaid import mermaid
from bot.authoring.draw_page import page
from bot.authoring.draw_picture import Picture
from bot.authoring.draw_walked import Walked
from bot.authoring.draw_whole import WHOLE, draw_whole
from bot.script.problems import did_you_mean
from bot.script.script import Script

FOLDER = Path("pictures")
INDEX = "index.md"


ENDINGS = {Format.MERMAID: "mmd", Format.SVG: "svg", Format.PNG: "png"}


@dataclass(frozen=True, slots=True)
class DrawOptions:
    """What to draw: no `dialogs` are all and the whole; `out` is a folder, None the screen for one that fits there."""

    dialogs: tuple[str, ...] = ()
    format: Format = Format.MERMAID
    out: Path | None = None


def draw(script: Script, options: DrawOptions, walked: Walked | None = None) -> str:
    """Draw, write files where there are several, and give what is to be printed; raises DrawError."""
    pictures = [_marked(script, one, walked) for one in draw_all(script, options.dialogs)]
    if options.out is None and len(options.dialogs) == 1 and options.format is not Format.PNG:
        return _text(pictures[0], options.format)
    folder = options.out or FOLDER
    files = {f"{one.name}.{ENDINGS[options.format]}": _bytes(one, options.format) for one in pictures}
    images = None if options.format is Format.MERMAID else ENDINGS[options.format]
    missing = None if walked is None else {one.name: _missing(script, one.name, walked) for one in pictures}
    command = " ".join(["steady draw", *options.dialogs, "--format", options.format.value])
    files[INDEX] = page(script, pictures, command=command, images=images, missing=missing).encode()
    _write(folder, files)
    count = f"{len(pictures)} picture{'s' if len(pictures) > 1 else ''}"
    return f"{count} in {folder}; all of them on one page: {folder / INDEX}\n"


def draw_all(script: Script, names: Sequence[str] = (), alarms: Alarms | None = None) -> list[Picture]:
    """The pictures of these dialogs, or of the whole, then of all dialogs, parts last; raises DrawError."""
    for name in names:
        if name != WHOLE and name not in script.dialogs:
            raise DrawError("there is no such dialog.", where=name, cure=did_you_mean(name, (WHOLE, *script.dialogs)))
    alarms = alarms or Alarms(script)
    order = sorted(script.dialogs.values(), key=lambda dialog: (dialog.part, dialog.title, dialog.id))
    wanted = dict.fromkeys(names) or (WHOLE, *(dialog.id for dialog in order))
    return [draw_whole(script) if name == WHOLE else draw_dialog(script, alarms, name) for name in wanted]


def _marked(script: Script, picture: Picture, walked: Walked | None) -> Picture:
    if walked is None or picture.name == WHOLE:
        return picture
    return walked.marks(picture, script.machines[picture.name])


def _missing(script: Script, name: str, walked: Walked) -> list[str]:
    if name == WHOLE:
        return []
    return [f"from `{edge.source}` straight to `{edge.target}`" for edge in walked.missing(script.machines[name])]


def _text(picture: Picture, form: Format) -> str:
    makers: dict[Format, Callable[[Picture], str]] = {Format.MERMAID: mermaid, Format.SVG: svg}
    return makers[form](picture)


def _bytes(picture: Picture, form: Format) -> bytes:
    return png(picture) if form is Format.PNG else _text(picture, form).encode()


def _write(folder: Path, files: dict[str, bytes]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise DrawError(
            f"nothing can be written here: {error.strerror}.", where=str(folder), cure="Name another folder in --out."
        ) from None
