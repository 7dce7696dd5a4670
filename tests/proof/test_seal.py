"""The sealed table: changed by a command alone, and edits are listed with a child that shows them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from proof_helpers import folder, places, planted, seal

from bot.authoring.proof import solver
from bot.authoring.proof.circuit import Circuit
from bot.authoring.proof.edits import FILE as EDITS
from bot.authoring.proof.prove import Prover
from bot.authoring.proof.seal import FILE, FOLDER, SealError, make_seal, read_seal
from bot.script.load import Folder, load_script
from bot.script.problems import ScriptError

RULES = "content/red_flags.yaml"
GREEN = "when: {vomiting: [green, blood]}"
ONE = "  - {{of: E-10, is: {kind}, why: for this test, child: {{age: 2 months, vomiting: {vomiting}}}}}\n"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder with the sealed files of the shipped scripts."""
    shutil.copytree(places().content / FOLDER, tmp_path / FOLDER)
    return tmp_path


def found(content: Path, before: str, after: str, edits: str) -> list[str]:
    (content / FOLDER / EDITS).write_text(f"edits:\n{edits}", encoding="utf-8")
    script = load_script(folder()) if before == after else planted(RULES, before, after)
    return [one.what for one in Prover(script, seal(), content).sealed_findings()]


def test_what_is_sealed_is_what_the_scripts_mean(content: Path) -> None:
    sealed, script = read_seal(content), load_script(folder())
    assert sealed.book.rules.keys() == script.book.rules.keys()
    for name, rule in script.book.rules.items():
        assert sealed.book.rules[name].levels == rule.levels, name


def test_a_table_that_is_made_anew_of_the_same_scripts_is_the_same() -> None:
    text = (places().content / FOLDER / FILE).read_text(encoding="utf-8")
    made = make_seal(Folder(folder().files), seal().by)
    assert made.partition("\nanswers:")[0].split("\n\n", 1)[1] == text.partition("\nanswers:")[0].split("\n\n", 1)[1]


def test_a_table_that_was_changed_by_hand_is_refused(content: Path) -> None:
    path = content / FOLDER / FILE
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("vomiting: [green, blood]", "vomiting: [blood]", 1), encoding="utf-8")
    with pytest.raises(SealError, match="was changed by hand"):
        read_seal(content)


def test_scripts_without_a_table_are_told_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(SealError, match="steady check --seal NAME"):
        read_seal(tmp_path)


def test_a_looser_edit_is_accepted_when_it_is_listed_with_a_child(content: Path) -> None:
    blood = GREEN.replace("green, ", "")
    assert found(content, GREEN, blood, ONE.format(kind="looser", vomiting="green")) == []


def test_an_edit_that_is_listed_the_other_way_round_is_refused(content: Path) -> None:
    told = found(content, GREEN, GREEN.replace("green, ", ""), ONE.format(kind="stricter", vomiting="green"))
    assert any("LOOSER than sealed" in one for one in told)
    assert any("nothing is stricter" in one for one in told)


def test_an_edit_whose_child_does_not_show_it_is_refused(content: Path) -> None:
    told = found(content, GREEN, GREEN.replace("green, ", ""), ONE.format(kind="looser", vomiting="blood"))
    assert any("does not show that it is looser" in one for one in told)


def test_an_edit_that_is_listed_and_not_made_is_refused(content: Path) -> None:
    told = found(content, "", "", ONE.format(kind="stricter", vomiting="green"))
    assert any("nothing is stricter" in one for one in told)


def test_an_edit_that_cannot_be_read_names_its_line(content: Path) -> None:
    with pytest.raises(ScriptError, match=r"edits.yaml, line 2: an edit needs exactly"):
        found(content, "", "", "  - {of: E-10}\n")


def test_without_a_solver_the_extra_to_install_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(solver, "import_module", missing)
    with pytest.raises(solver.NoSolverError, match=r"pip install 'steady-bot\[prove\]'"):
        solver.Solver(Circuit())
