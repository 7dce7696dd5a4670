"""The inventory against the scripts: a home is there and cites the line, and no line is cited that says nothing."""

from __future__ import annotations

import pytest
from script_helpers import base_files, edited

from bot.authoring.check import check_folder
from bot.script.load import Folder

FILE = "content/inventory.yaml"
GOOD = """
reviewed: {by: not yet reviewed by a clinician, on: 2026-11-22}
places:
  S-001: {place: tremor:36, used_by: [F-01]}
  S-002: {place: tremor:40, withheld_by: [too_old]}
  S-003: {place: tremor:53, used_by: [howto.massage]}
reasons:
  too_old: {why: It was right once., instead: [fever]}
systems:
  A: {what: Fever first, place: tremor:36, home: [fever, F-01]}
"""


def told(old: str = "", new: str = "") -> list[str]:
    """What the check says of the small script with this inventory, in which `old` is replaced."""
    assert not old or GOOD.count(old) == 1, old
    files = base_files() | {FILE: GOOD.replace(old, new) if old else GOOD}
    return [str(problem) for problem in check_folder(Folder(files)).problems]


def test_an_inventory_whose_homes_cite_their_lines_is_good() -> None:
    assert told() == []


def test_a_home_that_does_not_cite_the_line_is_told() -> None:
    assert told("used_by: [F-01]", "used_by: [E-02, F-01]") == [
        "content/inventory.yaml, line 4: 'E-02' does not cite tremor:36, where S-001 stands. "
        "Add tremor:36 to its sources, or take 'E-02' out here."
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("used_by: [F-01]", "used_by: [F-02]"),
        ("instead: [fever]", "instead: [fewer]"),
        ("home: [fever, F-01]", "home: [fewer, F-01]"),
    ],
)
def test_a_home_that_is_not_there_is_told_with_the_nearest_one(old: str, new: str) -> None:
    [line] = told(old, new)

    assert "there is no home '" in line
    assert "Did you mean '" in line


def test_a_reason_that_is_not_there_is_told() -> None:
    assert told("withheld_by: [too_old]", "withheld_by: [to_old]") == [
        "content/inventory.yaml, line 5: there is no withheld passage or reason 'to_old'. Did you mean 'too_old'?"
    ]


def test_a_place_that_says_nothing_of_itself_is_told() -> None:
    [line] = told(", used_by: [F-01]", "")

    assert "'S-001' says neither where it is used nor why not. Write 'used_by:', 'withheld_by:', or 'open: yes'" in line


def test_a_place_that_is_open_and_decided_is_told() -> None:
    [line] = told("used_by: [F-01]", "used_by: [F-01], open: yes")

    assert "'S-001' is open and decided." in line


def test_an_open_place_alone_is_no_mistake() -> None:
    assert told("used_by: [F-01]", "open: yes") == []


def test_what_is_no_line_of_a_document_is_told() -> None:
    assert "'NHS' is no line of a document. Write it like tremor:36." in told("tremor:40", "NHS")[0]


def test_a_citation_of_a_line_with_nothing_on_it_is_told_where_it_stands() -> None:
    files = base_files() | {FILE: GOOD} | edited("content/red_flags.yaml", ("sources: [tremor:36]", "sources: [tremor:36, tremor:37]"))  # fmt: skip # noqa: E501
    [problem] = check_folder(Folder(files)).problems

    assert problem.place.file == "content/red_flags.yaml"
    assert problem.what == "content/inventory.yaml has nothing on tremor:37."


def test_beside_other_mistakes_the_homes_are_not_looked_at() -> None:
    """What a broken file cites cannot be told: all its homes would look as if they were not there."""
    files = base_files() | {FILE: GOOD} | edited("content/red_flags.yaml", ("colour: blue}\n    tags", "colour: bleu}\n    tags"))  # fmt: skip # noqa: E501

    assert all(problem.place.file != FILE for problem in check_folder(Folder(files)).problems)
