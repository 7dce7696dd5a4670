"""`steady open-questions`: what a clinician has still to answer or to sign, and every name in it leads somewhere."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.authoring.check import check_folder
from bot.authoring.signing.questions import FILE
from bot.authoring.signing.still_open import still_open
from bot.cli import app
from bot.places import find_places
from bot.script.load import Folder, load_script, look_at, read_folder
from tests.signed import fully_approved

CHECKOUT = Path(__file__).resolve().parents[2]
RULES_PAGE = CHECKOUT.parents[1] / "shared" / "clinical" / "rules.md"


def folder() -> Folder:
    places = find_places()
    return read_folder(places.dialogs, places.content)


def steady(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def told(old: str, new: str) -> list[str]:
    files = dict(folder().files)
    assert files[FILE].count(old) == 1
    files[FILE] = files[FILE].replace(old, new)
    return [str(problem) for problem in check_folder(Folder(files)).problems]


def test_it_is_told_in_groups_with_counts() -> None:
    lines = steady("open-questions").stdout.splitlines()

    assert lines[0] == f"{sum(line.startswith('  Q-') for line in lines)} open questions for a clinician"
    assert "Emergencies" in lines
    assert re.search(r"^Not signed: (\d+) of \1$", "\n".join(lines), re.MULTILINE)
    assert "The sealed table of the proof: sealed by nobody yet" in lines
    assert any(re.fullmatch(r"Emergency numbers: 0 of \d+ countries checked by a person", line) for line in lines)


def test_programs_read_the_same() -> None:
    found = json.loads(steady("open-questions", "--json").stdout)

    assert found["questions"][0]["id"] == "Q-01"
    assert sum(len(names) for names in found["unsigned"].values()) == found["to_sign"]
    assert found["sealed_by"] == "nobody yet"
    assert "APLS" in found["general_knowledge"]


def test_a_question_about_something_that_is_not_there_is_a_mistake() -> None:
    [problem] = told("[gates.gates.massage, howto.massage]", "[gates.gates.massage, howto.masage]")

    assert problem.startswith(f"{FILE}, line ")
    assert problem.endswith("there is no rule, text, list or gate 'howto.masage'. Did you mean 'howto.massage'?")


def test_a_rule_with_an_open_question_that_is_not_in_the_file_is_a_mistake() -> None:
    [problem] = told("touches: [R-05]", "touches: [R-06]")

    assert "R-05 has an open question, and no question in content/open_questions.yaml touches it." in problem


def test_a_question_that_is_not_complete_is_told_once() -> None:
    assert told("    about: how-tos\n", "    about: massage\n")[0].startswith(f"{FILE}, line ")


def test_the_file_changes_nothing_for_a_parent() -> None:
    without = {path: text for path, text in folder().files.items() if path != FILE}
    before, after = load_script(folder()), load_script(Folder(without))

    assert before.structure == after.structure
    assert before.meanings == after.meanings
    assert before.approvals == after.approvals


def test_what_is_signed_is_no_longer_listed() -> None:
    places = find_places()
    found = still_open(look_at(fully_approved(folder())), places)

    assert found.unsigned == {}
    assert found.unreviewed == ()
    assert f"Signed: all {found.to_sign}" in found.as_text()


@pytest.mark.skipif(not RULES_PAGE.is_file(), reason="the page of rules is not in this checkout")
def test_every_open_question_of_the_page_of_rules_is_asked() -> None:
    page = RULES_PAGE.read_text(encoding="utf-8").partition("<!-- table: open -->")[2].partition("<!-- end -->")[0]
    asked = {name for one in still_open(look_at(folder()), find_places()).questions for name in one.touches}

    assert set(re.findall(r"^\d+\. ([A-Z]+-\d+[a-z]?)", page, re.MULTILINE)) <= asked
