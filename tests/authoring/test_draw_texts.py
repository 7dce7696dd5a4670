"""Pictures as Mermaid, SVG and PNG: each can be read by what must read it, and says without colour what it says."""

from __future__ import annotations

import re
from importlib import import_module
from xml.etree import ElementTree

import mmdr
import pytest

from bot.authoring import draw_image
from bot.authoring.draw_dialog import draw_dialog
from bot.authoring.draw_docs import alarms
from bot.authoring.draw_dot import dot
from bot.authoring.draw_image import DrawError, png, svg
from bot.authoring.draw_mermaid import mermaid
from bot.authoring.draw_picture import Arrow, Box, Picture, Shape, Way
from bot.authoring.draw_whole import draw_whole
from bot.authoring.golden import engine
from bot.facts.level import Level

SCRIPT = engine().script
ALARMS = alarms()
SVG = "{http://www.w3.org/2000/svg}"

# GitHub shows no larger diagram.
MOST_LETTERS = 50_000
MOST_ARROWS = 500

ODD = Picture(
    "odd",
    'Quotes " and <tags>',
    "What is odd: # & ; ` \\ \N{DEGREE SIGN}.",
    (
        Box("start", Shape.START, ('"Start" #1; <b> & `x` \\n',)),
        Box("a#2", Shape.ASK, ("[x] {y} (z) |w|", "end"), level=Level.EMERGENCY, bare=True),
        Box("end", Shape.END, ("end",)),
        Box("EMERGENCY a#2", Shape.ALARM, ("EMERGENCY", "alone: E-01"), Level.EMERGENCY),
        Box("URGENT a#2", Shape.ALARM, ("URGENT", "alone: E-02"), Level.URGENT),
    ),
    (
        Arrow("start", "a#2", Way.ON, 'a "label" | x'),
        Arrow("a#2", "end", Way.YES, "yes", bare=True),
        Arrow("a#2", "EMERGENCY a#2", Way.ALARM, level=Level.EMERGENCY, bare=True),
        Arrow("a#2", "URGENT a#2", Way.ALARM, level=Level.URGENT),
    ),
    legend=("Dashed: not walked.",),
)
LARGEST = draw_dialog(SCRIPT, ALARMS, "episode")
PICTURES = [ODD, LARGEST, draw_dialog(SCRIPT, ALARMS, "massage"), draw_whole(SCRIPT)]
each = pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)


@each
def test_the_mermaid_text_can_be_read(picture: Picture) -> None:
    drawn = mmdr.render(mermaid(picture)).svg()

    for box in picture.boxes:
        if box.shape is not Shape.ALARM:
            word = re.findall(r"[A-Za-z]{2,}", " ".join(box.lines))[-1]
            assert word in drawn


def test_a_text_with_a_mistake_cannot() -> None:
    with pytest.raises(Exception, match=r"(?i)parse|syntax|error"):
        mmdr.render('flowchart TB\n  a["open --> b\n').svg()


@each
def test_mermaid_is_small_enough_for_github(picture: Picture) -> None:
    assert len(mermaid(picture)) < MOST_LETTERS
    assert len(picture.arrows) < MOST_ARROWS


@each
def test_names_in_mermaid_are_its_own_and_never_a_word_of_it(picture: Picture) -> None:
    names = re.findall(r"^ +(\w+)[\[({>]", mermaid(picture), flags=re.MULTILINE)

    assert len(names) == len(set(names)) == len(picture.boxes)
    assert all(name.startswith("n_") for name in names)


@each
def test_an_svg_is_well_formed_and_has_a_title_and_a_description(picture: Picture) -> None:
    root = ElementTree.fromstring(svg(picture))

    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "title desc"
    assert root.findtext(f"{SVG}title") == picture.title
    description = root.findtext(f"{SVG}desc", "")
    assert picture.about in description
    assert [box.name for box in picture.boxes if box.lines[0] not in description] == []


@each
def test_an_svg_shows_every_line_of_every_box_and_every_arrow(picture: Picture) -> None:
    root = ElementTree.fromstring(svg(picture))
    shown = [" ".join((text.text or "").split()) for text in root.iter(f"{SVG}text")]

    assert [line for box in picture.boxes for line in box.lines if " ".join(line.split()) not in shown] == []
    assert len(root.findall(f".//{SVG}g[@class='edge']")) == len(picture.arrows)


@each
def test_the_same_picture_gives_the_same_bytes(picture: Picture) -> None:
    assert svg(picture) == svg(picture)
    assert mermaid(picture) == mermaid(picture)


def test_an_svg_names_no_version_and_no_date() -> None:
    assert not re.search(r"graphviz|<!--|20\d\d-?\d\d", svg(LARGEST), flags=re.IGNORECASE)


def test_levels_differ_by_word_and_line_and_not_by_colour_alone() -> None:
    text = dot(ODD)
    widths = re.findall(r'"a#2" -> "alarms a#2" \[color="#b00020", penwidth="([\d.]+)"', text)

    assert widths == ["1.5", "3"]
    assert "EMERGENCY" in text
    assert "URGENT" in text
    assert "stroke-width:4px" in mermaid(ODD)
    assert "stroke-width:2px" in mermaid(ODD)


def test_what_no_chat_walks_is_dashed_in_both() -> None:
    assert dot(ODD).count("dashed") == 3
    assert mermaid(ODD).count("-.->") == 2
    assert "stroke-dasharray" in mermaid(ODD)
    assert "Dashed: not walked." in mermaid(ODD)
    assert "Dashed: not walked." in svg(ODD)


def test_a_png_is_a_png_as_wide_as_it_should_be() -> None:
    image = png(ODD)
    width = int(re.findall(r'width="(\d+)"', svg(ODD))[0])

    assert image.startswith(b"\x89PNG\r\n")
    assert abs(int.from_bytes(image[16:20]) - width * draw_image.ZOOM) <= 1


def test_without_a_font_no_png_without_words_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    class Fontless:
        @staticmethod
        def svg_to_bytes(**given: object) -> bytes:
            return b"only lines"

    real = import_module
    monkeypatch.setattr(draw_image, "import_module", lambda name: Fontless if name == "resvg_py" else real(name))

    with pytest.raises(DrawError, match=r"no font .* fonts-dejavu-core, or take --format svg"):
        png(ODD)


@pytest.mark.parametrize("maker", [svg, png])
def test_without_the_extra_it_is_said_what_to_install(maker: object, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(draw_image, "import_module", missing)

    with pytest.raises(DrawError, match=r"pip install 'steady-bot\[draw\]'; or take --format mermaid"):
        maker(ODD)  # type: ignore[operator]


def test_what_graphviz_cannot_read_is_an_error_for_people(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draw_image, "dot", lambda picture: "digraph {")

    with pytest.raises(DrawError, match="odd: Graphviz cannot draw this"):
        svg(ODD)
