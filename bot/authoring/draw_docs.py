"""The pictures in docs/: every dialog as Mermaid in docs/flows.md, some as images in docs/pictures/.

`python -m bot.authoring.draw_docs` writes them anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bot.authoring.draw import draw_all
from bot.authoring.draw_alarms import Alarms
from bot.authoring.draw_image import svg
from bot.authoring.draw_page import page
from bot.authoring.draw_whole import WHOLE
from bot.authoring.golden import engine
from bot.places import find_places

COMMAND = "python -m bot.authoring.draw_docs"
PAGE = Path("flows.md")
PICTURES = Path("pictures")
AS_IMAGES = (WHOLE, "new_episode", "episode", "temperature")
"""The whole, a flow that begins while a child shakes, the largest dialog, and a small one with all there is."""


@cache
def alarms() -> Alarms:
    """What answers can raise by the scripts of this checkout, found out once for all that look at it."""
    return Alarms(engine().script)


def flows() -> str:
    """The page with every dialog of the scripts of this checkout."""
    return page(engine().script, draw_all(engine().script, alarms=alarms()), command=COMMAND)


def images() -> Mapping[Path, str]:
    """The images, by their places in docs/; raises DrawError without the extra `draw`."""
    return {
        PICTURES / f"{picture.name}.svg": svg(picture) for picture in draw_all(engine().script, AS_IMAGES, alarms())
    }


def main() -> None:
    """Write the page and the images."""
    docs = find_places().dialogs.parent / "docs"
    (docs / PICTURES).mkdir(exist_ok=True)
    for path, text in {PAGE: flows(), **images()}.items():
        (docs / path).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
