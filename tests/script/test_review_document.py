"""The reviewers' document: whole, numbered, the same for the same script, and readable as pages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from script_helpers import base_files, edited
from typer.testing import CliRunner

from bot.authoring.changes.compare import compare
from bot.authoring.document import as_pdf as pages
from bot.authoring.document import write
from bot.authoring.document.as_markdown import as_markdown
from bot.authoring.document.as_pdf import DocumentError, as_pdf, unshown
from bot.authoring.document.blocks import Document, Fields, Heading, Told
from bot.authoring.document.build import Since, build, named_only
from bot.authoring.document.figures import figure
from bot.authoring.document.rules import OUTCOMES
from bot.cli import app
from bot.places import find_places
from bot.script.load import Folder, look_at, read_folder
from bot.script.text_ids import text_id, texts_by_id

PLACES = find_places()
DAY = date(2026, 11, 22)
PICTURE = Path(__file__).parents[2] / "docs" / "pictures" / "temperature.svg"


def document_of(folder: Folder, since: Since | None = None) -> Document:
    loaded = look_at(folder)
    assert loaded.script is not None
    assert not loaded.problems
    return build(loaded.script, loaded.nodes, today=DAY, draw=named_only, since=since)


@pytest.fixture(scope="module")
def folder() -> Folder:
    return read_folder(PLACES.dialogs, PLACES.content)


@pytest.fixture(scope="module")
def document(folder: Folder) -> Document:
    return document_of(folder)


@pytest.fixture(scope="module")
def markdown(document: Document) -> str:
    return as_markdown(document)


@pytest.fixture(scope="module")
def pdf(document: Document) -> bytes:
    return as_pdf(document)


def words_of(content: bytes) -> str:
    opened = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_range() for page in opened)


def test_every_text_stands_in_it_exactly_once(folder: Folder, document: Document) -> None:
    script = look_at(folder).script
    assert script is not None

    assert sorted(document.ids()) == sorted(texts_by_id(script))


def test_the_texts_are_numbered_in_their_order(markdown: str, document: Document) -> None:
    numbers = [markdown.index(f"**{number}**") for number in range(1, 40)]

    assert numbers == sorted(numbers)
    assert f"**{len(list(document.ids()))}**" in markdown


def test_every_rule_gate_dialog_and_source_has_its_place(folder: Folder, document: Document, markdown: str) -> None:
    script = look_at(folder).script
    assert script is not None
    headings = [block.text for block in document.blocks if isinstance(block, Heading)]

    for rule in script.book.rules.values():
        assert f"{rule.id}  {rule.title}" in headings
    for gate in script.book.gates:
        assert f"Gate: {gate}" in headings
    for dialog in script.dialogs.values():
        assert dialog.title in headings
    for article in script.articles.values():
        assert article.title in headings
    for passage in script.withheld.passages.values():
        assert f"{passage.id}  {passage.title}" in headings
    for source in look_at(folder).nodes["content/sources.yaml"].entries["sources"].entries:  # type: ignore[union-attr]
        assert f"| {source} |" in markdown.replace("\\", "")


def test_a_rule_points_to_the_numbers_of_what_is_said_with_it(document: Document) -> None:
    told = {block.number: block.id for block in document.blocks if isinstance(block, Told)}
    rules = iter(document.blocks)
    next(block for block in rules if isinstance(block, Heading) and block.text.startswith("E-04 "))
    fields = next(block for block in rules if isinstance(block, Fields))
    said = dict(fields.rows)["Said with it"].split(", ")

    assert text_id(OUTCOMES, ("meanwhile", "fit", "say")) in {told[int(one.removeprefix("no. "))] for one in said}


def test_the_front_page_names_the_version_and_an_edit_changes_it(folder: Folder, markdown: str) -> None:
    files = dict(folder.files)
    files["dialogs/tone.yaml"] += "\n# One more remark.\n"
    other = as_markdown(document_of(Folder(files)))

    assert f"Version: **{folder.hash[:12]}**" in markdown
    assert f"Version: **{folder.hash[:12]}**" not in other
    assert "Not clinically validated" in markdown


def test_what_changed_is_told_where_another_version_is_named() -> None:
    old = Folder(base_files())
    new = Folder(base_files() | edited("dialogs/fever.yaml", ("Keep {baby} cool.", "Open a window for {baby}.")))
    told = as_markdown(document_of(new, Since("the old one", compare(old, new))))

    assert "Since the old one: 1 wording." in told
    assert "Not compared with another version" in as_markdown(document_of(new))


def test_the_pages_open_and_hold_the_chapters(pdf: bytes, document: Document) -> None:
    words = words_of(pdf)

    assert 60 < len(pypdfium2.PdfDocument(pdf)) < 400
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            assert " ".join(block.text.split()) in " ".join(words.split())


def test_the_same_script_on_the_same_day_gives_the_same_bytes(document: Document, pdf: bytes) -> None:
    assert as_pdf(document) == pdf


def test_nothing_of_a_text_is_taken_for_markup() -> None:
    written = "Keep #strong[{baby}] *cool* $x$ @here <b>now</b>."
    folder = Folder(base_files() | edited("dialogs/fever.yaml", ("Keep {baby} cool.", written)))
    document = document_of(folder)

    assert written in " ".join(words_of(as_pdf(document)).split())
    assert "\\*cool\\*" in as_markdown(document)


def test_words_in_letters_that_the_pages_lack_stand_in_the_markdown_alone(markdown: str, pdf: bytes) -> None:
    assert unshown("没有呼吸")
    assert unshown("لا يتنفس")
    assert not unshown("не дышит, atmet nicht, ğış")
    assert "呼吸" in markdown
    assert "letters that these pages cannot show" in " ".join(words_of(pdf).split())


def test_a_picture_is_cut_between_its_boxes_and_nothing_is_lost() -> None:
    drawn = PICTURE.read_text(encoding="utf-8")
    cut = figure("Temperature", drawn)

    assert sum(piece.height for piece in cut.pieces) == 1421
    assert len(cut.pieces) > 3
    for box in ("ask_temperature_c", "ask_feels_hot", "ask_fever_days"):
        assert sum(f">[{box}]<" in piece.svg for piece in cut.pieces) == 1


def test_without_typst_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch, document: Document) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(pages, "import_module", missing)

    with pytest.raises(DocumentError, match=r"pip install 'steady-bot\[document,draw\]'"):
        as_pdf(document)


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    for path, text in base_files().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def run(*arguments: str, scripts: Path) -> str:
    database = ["--database", str(scripts / "none.db")]
    done = CliRunner().invoke(app, ["document", "--scripts", str(scripts), *database, *arguments])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_command_prints_markdown(scripts: Path) -> None:
    told = run("--date", "2026-11-22", scripts=scripts)

    assert told.startswith("# Steady: all texts and rules, for review\n")
    assert "Made on: **2026-11-22**" in told


def test_the_command_writes_pages_with_pictures(scripts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = figure("Temperature", PICTURE.read_text(encoding="utf-8"))
    monkeypatch.setattr(write, "draw_with", lambda script: lambda name: drawn)
    target = scripts / "review.pdf"
    told = run("--date", "2026-11-22", "--pdf", "--output", str(target), scripts=scripts)

    assert told == f"Written: {target}\n"
    assert "Start: Temperature" in words_of(target.read_bytes())


def test_a_database_that_cannot_be_read_holds_up_nothing(scripts: Path) -> None:
    (scripts / "none.db").write_bytes(b"no database")
    told = run("--date", "2026-11-22", scripts=scripts)

    assert "Not compared with another version" in told


def test_scripts_with_a_mistake_give_their_list(scripts: Path) -> None:
    (scripts / "dialogs" / "fever.yaml").write_text("dialog: fever\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["document", "--scripts", str(scripts), "--database", str(scripts / "none.db")])

    assert done.exit_code != 0
