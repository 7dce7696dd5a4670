"""`steady draw`, as a moderator uses it, and the pictures in docs/ that it is held to."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.authoring import draw_docs, draw_image
from bot.authoring.draw_image import DrawError
from bot.authoring.golden import engine
from bot.cli import app
from bot.errors import SteadyError

CHECKOUT = Path(__file__).parents[2]
DOCS = CHECKOUT / "docs"
SCRIPT = engine().script


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["draw", *arguments], catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


@cache
def page() -> str:
    return draw_docs.flows()


def test_one_dialog_is_printed_as_mermaid() -> None:
    printed = run("worry")

    assert printed.startswith("flowchart TB\n")
    assert "n_ask_parent_very_worried" in printed


def test_the_whole_is_a_name_as_well() -> None:
    assert run("whole").startswith("flowchart LR\n")


def test_one_dialog_is_printed_as_svg_on_demand() -> None:
    assert run("worry", "--format", "svg").startswith("<svg ")


@pytest.mark.parametrize(("format", "ending"), [("mermaid", "mmd"), ("svg", "svg"), ("png", "png")])
def test_several_dialogs_go_into_a_folder_with_a_page(format: str, ending: str, tmp_path: Path) -> None:  # noqa: A002
    printed = run("worry", "tone", "--format", format, "--out", str(tmp_path / "here"))
    page = (tmp_path / "here" / "index.md").read_text()

    assert {path.name for path in (tmp_path / "here").iterdir()} == {f"worry.{ending}", f"tone.{ending}", "index.md"}
    assert "2 pictures in" in printed
    assert "index.md" in printed
    assert page.count("```mermaid") == (2 if format == "mermaid" else 0)
    assert ("(worry.png)" in page) is (format == "png")


def test_a_png_is_never_printed_and_goes_into_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEADY_SCRIPTS", str(CHECKOUT))
    monkeypatch.chdir(tmp_path)

    assert "1 picture in pictures" in run("worry", "--format", "png")
    assert (tmp_path / "pictures" / "worry.png").read_bytes().startswith(b"\x89PNG")


def test_a_dialog_that_does_not_exist_is_named_with_the_nearest_one() -> None:
    with pytest.raises(DrawError, match=r"tempreature: there is no such dialog\. Did you mean 'temperature'\?"):
        run("tempreature")


def test_a_folder_that_cannot_be_made_is_an_error_for_people(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(DrawError, match="Name another folder in --out"):
        run("worry", "--out", str(tmp_path / "file"))


def test_without_the_extra_mermaid_is_still_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(draw_image, "import_module", missing)

    assert run("worry").startswith("flowchart TB\n")
    with pytest.raises(SteadyError, match=r"steady-bot\[draw\]"):
        run("worry", "--format", "svg")


def test_coverage_runs_the_golden_chats_beside_the_dialogs(tmp_path: Path) -> None:
    for name in ("dialogs", "content"):
        (tmp_path / name).symlink_to(CHECKOUT / name)
    chats = tmp_path / "tests" / "conversations"
    chats.mkdir(parents=True)
    golden = CHECKOUT / "tests" / "conversations" / "danger_e14_e15_swallowed_water_allergy.yaml"
    (chats / golden.name).write_text(golden.read_text())

    done = CliRunner().invoke(
        app,
        ["draw", "danger_signs", "worry", "--coverage", "--scripts", str(tmp_path), "--out", str(tmp_path / "out")],
        catch_exceptions=False,
    )

    shown = (tmp_path / "out" / "index.md").read_text()
    assert re.search(r"Running \d golden chats", done.stderr)
    assert "no golden chat goes this way" in shown
    assert "from `start` straight to `ask_parent_very_worried`" in shown
    assert "-.->" in (tmp_path / "out" / "worry.mmd").read_text()


def test_the_page_of_flows_is_what_the_command_writes() -> None:
    """After a change of a dialog or rule: python -m bot.authoring.draw_docs."""
    assert (DOCS / draw_docs.PAGE).read_text(encoding="utf-8") == page()


def test_the_images_are_what_the_command_writes() -> None:
    """After a change of a dialog or rule: python -m bot.authoring.draw_docs."""
    wanted = draw_docs.images()

    # The pages of the document stand beside them; no test depends on the bytes of a PNG.
    assert {path.name for path in (DOCS / draw_docs.PICTURES).glob("*.svg")} == {path.name for path in wanted}
    for path, text in wanted.items():
        assert (DOCS / path).read_text(encoding="utf-8") == text, path


def test_the_page_of_flows_shows_every_dialog_and_names_every_rule() -> None:
    titles = re.findall(r"^## (.+)$", page(), flags=re.MULTILINE)

    assert titles.count("The rules") == 1
    assert [dialog.title for dialog in SCRIPT.dialogs.values() if dialog.title not in titles] == []
    assert page().count("```mermaid") == len(SCRIPT.dialogs) + 1
    assert [rule for rule in SCRIPT.book.rules if f"| {rule} |" not in page()] == []
    assert "No clinician has reviewed these dialogs." in page()
    assert draw_docs.COMMAND in page()
