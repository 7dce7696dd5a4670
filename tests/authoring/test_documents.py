"""`steady check --documents`: a citation that nobody can look up does not pass, nor a place that nobody has decided."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.authoring.documents.coverage import Coverage, cover
from bot.authoring.documents.reading import DocumentsError
from bot.cli import app
from bot.script.document import compose
from bot.script.load import Loaded

CHECKOUT = Path(__file__).resolve().parents[2]
SEEDS = CHECKOUT.parent / "shared" / "seeds"

SOURCES = """
sources:
  leaflet: {kind: document, title: A leaflet, file: leaflet.txt, seen: yes}
"""
INVENTORY = """
reviewed: {by: not yet reviewed by a clinician, on: 2026-11-22}
places:
  S-001: {place: leaflet:2, used_by: [rash.spots]}
  S-002: {place: leaflet:3, withheld_by: [too_old]}
reasons:
  too_old: {why: It was right once.}
"""
DIALOG = """
dialog: rash
questions:
  spots: {ask: Any spots?, sources: [leaflet:2]}
"""
LEAFLET = "A heading\nSpots that stay are a danger.\nRub them with butter.\n\n"


def coverage(tmp_path: Path, leaflet: str = LEAFLET, **edits: tuple[str, str]) -> Coverage:
    """What a small script with some edits and a leaflet of four lines come to."""
    (tmp_path / "leaflet.txt").write_text(leaflet, encoding="utf-8")
    files = {"content/sources.yaml": SOURCES, "content/inventory.yaml": INVENTORY, "dialogs/rash.yaml": DIALOG}
    for name, (old, new) in edits.items():
        file = next(path for path in files if name in path)
        assert files[file].count(old) == 1
        files[file] = files[file].replace(old, new)
    return cover(Loaded({path: compose(text, path) for path, text in files.items()}, None, ()), tmp_path)


def test_every_citation_that_is_there_and_every_place_decided_passes(tmp_path: Path) -> None:
    found = coverage(tmp_path)

    assert found.good
    assert found.as_text().splitlines() == [
        "leaflet (leaflet.txt): 2 places on 2 lines: 1 used, 1 withheld, 0 open",
        "  Cited 1 time.",
        "  Listed and cited by nothing, with a reason: line 3.",
        "  Not listed, such as headings: line 1.",
        "0 unresolved citations, 0 open.",
    ]


def test_a_citation_beyond_the_end_is_unresolved(tmp_path: Path) -> None:
    found = coverage(tmp_path, rash=("[leaflet:2]", "[leaflet:2, leaflet:5]"))

    assert not found.good
    assert [str(one) for one in found.unresolved] == [
        "dialogs/rash.yaml, line 4: leaflet:5 cannot be looked up: leaflet.txt ends with line 4."
    ]


def test_a_citation_of_a_blank_line_is_unresolved(tmp_path: Path) -> None:
    found = coverage(tmp_path, rash=("[leaflet:2]", "[leaflet:2, leaflet:4]"))

    assert [one.why for one in found.unresolved] == ["line 4 of leaflet.txt is blank"]


def test_a_citation_of_line_0_is_unresolved(tmp_path: Path) -> None:
    found = coverage(tmp_path, rash=("[leaflet:2]", "[leaflet:0]"))

    assert [one.why for one in found.unresolved] == ["leaflet.txt ends with line 4"]


def test_a_citation_of_a_line_that_the_inventory_does_not_list_is_unresolved(tmp_path: Path) -> None:
    found = coverage(tmp_path, rash=("[leaflet:2]", "[leaflet:1, leaflet:2]"))

    assert [one.why for one in found.unresolved] == ["content/inventory.yaml has nothing on this line"]


def test_a_place_of_the_inventory_that_is_not_in_the_document_is_unresolved(tmp_path: Path) -> None:
    found = coverage(tmp_path, inventory=("leaflet:3", "leaflet:30"))

    assert [str(one) for one in found.unresolved] == [
        "content/inventory.yaml, line 5: leaflet:30 cannot be looked up: leaflet.txt ends with line 4."
    ]


def test_a_document_that_lost_a_line_is_found_out(tmp_path: Path) -> None:
    found = coverage(tmp_path, leaflet=LEAFLET.replace("Spots that stay are a danger.", ""))

    assert [one.place.file for one in found.unresolved] == ["dialogs/rash.yaml", "content/inventory.yaml"]


def test_a_place_that_nobody_has_decided_does_not_pass(tmp_path: Path) -> None:
    found = coverage(tmp_path, inventory=("withheld_by: [too_old]", "open: yes"))

    assert not found.good
    assert found.as_text().splitlines()[-2:] == [
        "content/inventory.yaml, line 5: S-002 (leaflet:3) is open: say where it is used, or why not.",
        "0 unresolved citations, 1 open.",
    ]


def test_a_file_of_an_old_windows_editor_has_the_same_lines(tmp_path: Path) -> None:
    (tmp_path / "leaflet.txt").write_bytes(b"\xef\xbb\xbf" + LEAFLET.replace("\n", "\r\n").encode())

    assert coverage(tmp_path).good


@pytest.mark.parametrize("missing", ["folder", "file"])
def test_a_missing_document_is_one_clear_line(tmp_path: Path, missing: str) -> None:
    folder = tmp_path / "documents"
    if missing == "file":
        folder.mkdir()
    nodes = {"content/sources.yaml": SOURCES, "content/inventory.yaml": INVENTORY}

    with pytest.raises(DocumentsError) as told:
        cover(Loaded({path: compose(text, path) for path, text in nodes.items()}, None, ()), folder)

    assert len(str(told.value).splitlines()) == 1
    assert str(folder) in str(told.value)


def made_documents(folder: Path) -> Mapping[str, set[int]]:
    """Documents with some words on each line of the inventory and nothing on all others, instead of the articles."""
    import re

    text = (CHECKOUT / "content" / "inventory.yaml").read_text(encoding="utf-8")
    lines: dict[str, set[int]] = {}
    for name, line in re.findall(r"place: (\w+):(\d+)", text):
        lines.setdefault(name, set()).add(int(line))
    folder.mkdir()
    for name, numbers in lines.items():
        written = [f"What line {number} says." if number in numbers else "" for number in range(1, max(numbers) + 1)]
        (folder / f"{name}.txt").write_text("\n".join(written), encoding="utf-8")
    return lines


def check(documents: Path, *more: str) -> Result:
    return CliRunner().invoke(app, ["check", "--documents", str(documents), *more])


def test_the_shipped_scripts_pass_with_documents_that_have_these_lines(tmp_path: Path) -> None:
    made_documents(tmp_path / "documents")
    done = check(tmp_path / "documents")

    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[-1] == "0 unresolved citations, 0 open."


def test_the_shipped_scripts_do_not_pass_with_a_shorter_document_and_a_program_is_told_why(tmp_path: Path) -> None:
    made_documents(tmp_path / "documents")
    path = tmp_path / "documents" / "tremor.txt"
    path.write_text("\n".join(path.read_text(encoding="utf-8").split("\n")[:-1]), encoding="utf-8")
    done = check(tmp_path / "documents", "--json")

    told = json.loads(done.stdout)
    assert done.exit_code == 1
    assert told["problems"] == []
    assert {one["cites"] for one in told["documents"]["unresolved"]} == {"tremor:374"}
    assert told["documents"]["documents"]["tremor"]["places"] == 288


def test_a_folder_that_is_not_there_ends_the_command_with_one_line(tmp_path: Path) -> None:
    done = check(tmp_path / "nowhere")

    assert done.exit_code == 1
    assert isinstance(done.exception, DocumentsError)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the articles are not beside this checkout")
def test_the_shipped_scripts_pass_with_the_articles_themselves(tmp_path: Path) -> None:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    done = check(tmp_path / "seeds")

    assert done.exit_code == 0, done.output
    assert "288 places" in done.stdout
    assert "64 places" in done.stdout
