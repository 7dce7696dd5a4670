"""A few pages of the document as pictures in docs/pictures/.

`python -m bot.authoring.document.docs_pictures` writes them anew, always with the same day on them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.authoring.document.as_pdf import as_pictures, pages_of
from bot.authoring.document.blocks import Document
from bot.authoring.document.build import build
from bot.authoring.document.figures import draw_with
from bot.places import find_places
from bot.script.load import load_script, look_at, read_folder

DAY = date(2026, 11, 22)
DOTS = 64.0
FRONT = "document-front.png"
PAGES = {
    "document-rules.png": "F-01  High temperature under 3 months",
    "document-danger-signs.png": "Danger signs",
    "document-results.png": "6  Results and safety net",
}
"""A file for the page on which each of these headings stands."""


def pictures(document: Document) -> Mapping[str, bytes]:
    """The pages by the names of their files."""
    drawn, pages = as_pictures(document, dots=DOTS), pages_of(document)
    return {FRONT: drawn[0]} | {name: drawn[pages[heading] - 1] for name, heading in PAGES.items()}


def main() -> None:
    """Write the pictures."""
    places = find_places()
    folder = read_folder(places.dialogs, places.content)
    script = load_script(folder)
    document = build(script, look_at(folder).nodes, today=DAY, draw=draw_with(script))
    target = places.dialogs.parent / "docs" / "pictures"
    for name, content in pictures(document).items():
        (target / name).write_bytes(content)


if __name__ == "__main__":
    main()
