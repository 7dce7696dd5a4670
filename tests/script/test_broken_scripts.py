"""One mistake gives one message, which says where, what and what to do.

Each folder of `tests/broken_scripts` holds one file, which takes the place of the same file of the base script (or is
added to it). Its first line is the message that a moderator gets.
"""

import difflib
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from script_helpers import BASE, BROKEN, phrases

from bot.authoring.check import check_folder
from bot.script.foundation import FOUNDATION
from bot.script.load import read_folder

FOR_PROGRAMMERS = re.compile(
    r"\b(invalid|nodes?|schema|null|none ?type|none|true|false|mappings?|scalars?|sequences?|strings?|dict|str|int|bool"
    r"|parsers?|tokens?|exceptions?|traceback|regex|pydantic|boolean|integer|undefined)\b",
    re.IGNORECASE,
)
SEEN_ONLY_TOGETHER = {
    "circle_of_dialogs",
    "menu_starts_a_part",
    "part_that_nobody_does",
    "text_before_its_question",
}
"""Mistakes between dialogs are told once every dialog and the menu can be read."""


@dataclass(frozen=True)
class Fault:
    """A file with one mistake."""

    name: str
    path: Path
    file: str

    @property
    def expected(self) -> str:
        """The message in its first line."""
        first = self.path.read_bytes().split(b"\n", 1)[0].decode("utf-8")
        assert first.startswith("# expected: "), self.path
        return first.removeprefix("# expected: ")


def find_faults() -> list[Fault]:
    faults = []
    for folder in sorted(path for path in BROKEN.iterdir() if path.is_dir()):
        files = [path for path in folder.rglob("*") if path.is_file()]
        if folder != BASE:
            assert len(files) == 1, f"{folder.name} holds {len(files)} files"
            faults.append(Fault(folder.name, files[0], files[0].relative_to(folder).as_posix()))
    return faults


FAULTS = find_faults()
every_fault = pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the base script on the disk."""
    folder = tmp_path_factory.mktemp("script") / "base"
    shutil.copytree(BASE, folder)
    (folder / "content" / "phrases.yaml").write_text(phrases(), encoding="utf-8")
    return folder


def messages(base: Path, scratch: Path, *faults: Fault) -> list[str]:
    folder = scratch / "script"
    shutil.copytree(base, folder)
    for fault in faults:
        (folder / fault.file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(fault.path, folder / fault.file)
    found = check_folder(read_folder(folder / "dialogs", folder / "content"))
    return [str(problem) for problem in found.problems]


OF_NURSES = (
    "tab", "too_far_to_the_right", "too_far_to_the_left", "missing_colon", "missing_space_after_colon", "dash_missing",
    "two_colons", "unclosed_quote", "quotes_of_a_word_processor", "comma_for_a_point", "comma_for_a_point_in_braces",
    "sign_for_at_least", "more_than_for_over", "hyphen_for_to", "younger_than_for_under", "fahrenheit",
    "no_for_an_option", "capital_in_a_value", "or_in_a_value", "unsure_for_not_sure", "date_as_in_a_letter",
    "step_with_a_capital", "dialog_with_its_ending", "letters_mixed_up", "unknown_fact_to_ask", "missing_source",
    "rule_without_example", "level_in_small_letters", "duplicate_key", "answer_that_straddles_a_rule", "text_too_long",
    "label_too_long", "question_in_no_plan", "dead_end", "gap_between_answers", "condition_that_never_holds",
    "placeholder_in_square_brackets", "text_before_its_question", "example_that_does_not_come_out",
)  # fmt: skip
"""Mistakes that a nurse makes who edits a dialog for the first time."""


def test_the_mistakes_of_nurses_are_among_them() -> None:
    assert len(OF_NURSES) >= 30
    assert {fault.name for fault in FAULTS} >= set(OF_NURSES)


def test_the_base_script_has_no_problem(folder: Path, tmp_path: Path) -> None:
    assert messages(folder, tmp_path) == []


@every_fault
def test_one_mistake_gives_exactly_one_message(fault: Fault, folder: Path, tmp_path: Path) -> None:
    assert messages(folder, tmp_path, fault) == [fault.expected]


@every_fault
def test_a_message_says_where_what_and_what_to_do(fault: Fault) -> None:
    place, _, rest = fault.expected.partition(": ")

    assert re.fullmatch(r"(dialogs|content)/[\w/]+\.\w+, line \d+", place)
    assert len(re.findall(r"[.?)](?= [A-Z('\"]|$)", rest)) >= 2, "a message is two sentences: what, and what to do"
    assert rest[-1] in ".?)"
    assert len(rest) <= 200


@every_fault
def test_a_message_speaks_everyday_words(fault: Fault) -> None:
    """What the moderator wrote stands between quotation marks, and may be anything."""
    _, _, rest = fault.expected.partition(": ")
    own_words = re.sub(r"'[^']*'|\"[^\"]*\"|Write one of: [^.]*\.", "", rest)

    assert not FOR_PROGRAMMERS.search(own_words)


@pytest.mark.parametrize(
    "fault", [fault for fault in FAULTS if (BASE / fault.file).is_file()], ids=lambda fault: fault.name
)
def test_a_fault_is_one_change_of_the_base_script(fault: Fault) -> None:
    base = BASE / fault.file
    was = base.read_bytes().decode("utf-8").splitlines()[1:]
    now = fault.path.read_bytes().decode("utf-8", errors="replace").splitlines()[1:]
    places = [code for code in difflib.SequenceMatcher(None, was, now).get_opcodes() if code[0] != "equal"]

    # A step that is moved is taken out in one place and put in in another.
    assert len(places) <= (2 if fault.name in ("follow_up_above", "flag_of_the_same_stratum") else 1)


ELSEWHERE = [
    fault
    for fault in FAULTS
    if fault.file not in ("dialogs/fever.yaml", *FOUNDATION) and fault.name not in SEEN_ONLY_TOGETHER
]
IN_FEVER = [fault for fault in FAULTS if fault.file == "dialogs/fever.yaml" and fault.name not in SEEN_ONLY_TOGETHER]
PAIRS = [(fault, ELSEWHERE[number % len(ELSEWHERE)]) for number, fault in enumerate(IN_FEVER)]


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=lambda fault: fault.name)
def test_two_mistakes_in_two_files_give_two_messages_in_order(
    one: Fault, other: Fault, folder: Path, tmp_path: Path
) -> None:
    expected = sorted([one, other], key=lambda fault: fault.expected.split(":")[0])

    assert messages(folder, tmp_path, one, other) == [fault.expected for fault in expected]


IN_FOUNDATION = [fault for fault in FAULTS if fault.file in FOUNDATION]
ALONE = [fault for fault in FAULTS if fault.name in ("two_colons", "misspelt_key", "label_too_long", "text_too_long")]
FOUNDED = [(fault, ALONE[number % len(ALONE)]) for number, fault in enumerate(IN_FOUNDATION)]


@pytest.mark.parametrize(("one", "other"), FOUNDED, ids=lambda fault: fault.name)
def test_a_mistake_in_what_all_refer_to_hides_no_other(one: Fault, other: Fault, folder: Path, tmp_path: Path) -> None:
    expected = sorted([one, other], key=lambda fault: fault.expected.split(":")[0])

    assert messages(folder, tmp_path, one, other) == [fault.expected for fault in expected]


def test_there_are_faults_of_every_file() -> None:
    """So that a kind of file cannot be forgotten when the folder is tidied."""
    files = {fault.file for fault in FAULTS}
    written = {path.relative_to(BASE).as_posix() for path in BASE.rglob("*.yaml")}

    # What stands in these is read by the conversation, not by the script.
    assert written - files == {"content/words.yaml", "content/emergency_numbers.yaml"}
