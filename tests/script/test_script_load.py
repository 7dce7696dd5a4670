"""A folder becomes one script, or a list of everything that is wrong with it."""

import shutil
from pathlib import Path

import pytest
from script_helpers import BASE, BROKEN, CHECKOUT, base_files, edited, load, phrases, problems

from bot.script.foundation import FOUNDATION
from bot.script.load import COMPULSORY, Folder, load_places, load_script, read_folder
from bot.script.problems import ScriptError


def test_the_base_script_is_read_whole() -> None:
    script = load()

    assert set(script.dialogs) == set(script.machines) == {"danger", "fever"}
    assert set(script.howtos) == {"massage"}
    assert set(script.book.rules) == {"E-02", "F-01", "C-07"}
    assert set(script.book.gates) == {"massage", "gymnastics"}
    assert [entry.start for entry in script.menu.entries] == ["fever"]
    assert script.button("yes") == "yes"
    assert script.text("help") == "help"


def test_the_real_script_has_no_problem() -> None:
    load_places(CHECKOUT / "dialogs", CHECKOUT / "content")


def test_the_hash_names_exactly_these_files() -> None:
    files = base_files()

    assert load().hash == Folder(dict(reversed(files.items()))).hash
    assert load().hash != Folder(files | edited("dialogs/fever.yaml", ("# Fever.", "# Fever!"))).hash


@pytest.mark.parametrize("path", COMPULSORY)
def test_a_missing_file_is_told_once(path: str) -> None:
    files = {name: text for name, text in base_files().items() if name != path}
    with pytest.raises(ScriptError) as caught:
        load_script(Folder(files))

    assert [str(problem) for problem in caught.value.problems] == [f"{path}, line 1: the file is missing. Put it back."]


@pytest.mark.parametrize("path", COMPULSORY)
def test_a_misnamed_file_is_told_once_and_under_its_name(path: str) -> None:
    wrong = path.replace(".yaml", "s.yaml")
    files = {wrong if name == path else name: text for name, text in base_files().items()}
    with pytest.raises(ScriptError) as caught:
        load_script(Folder(files))

    assert [str(problem) for problem in caught.value.problems] == [
        f"{wrong}, line 1: nothing reads this file. Call it '{path}'."
    ]


@pytest.mark.parametrize("path", FOUNDATION)
def test_a_file_to_which_all_refer_hides_no_mistake_of_another(path: str) -> None:
    found = problems({path: "a: [\n", "dialogs/fever.yaml": "dialog: fever\n"})

    assert found[0].startswith(f"{path}, line 1:")
    assert {one.partition(",")[0] for one in found} == {path, "dialogs/fever.yaml"}


def test_a_dialog_that_cannot_be_read_hides_no_other() -> None:
    found = problems(
        {"dialogs/fever.yaml": "dialog: [\n"}
        | edited("dialogs/danger.yaml", ("rule: E-02", "rule: E-03"))
        | edited("content/menu.yaml", ("text: Fever", "txt: Fever"))
    )

    assert [message.split(", line")[0] for message in found] == [
        "content/menu.yaml",
        "dialogs/danger.yaml",
        "dialogs/fever.yaml",
    ]


def test_three_mistakes_in_one_file_are_three_messages() -> None:
    found = problems(
        edited(
            "dialogs/fever.yaml",
            ("sets: {colour: pale}", "sets: {color: pale}"),
            ("say: cool", "say: cold"),
            ("gate: massage\n", "gate: message\n"),
        )
    )

    assert len(found) == 3
    assert found == sorted(found, key=lambda message: int(message.split("line ")[1].split(":")[0]))


def test_a_folder_is_read_from_the_disk(tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path / "script")
    (tmp_path / "script" / "content" / "phrases.yaml").write_text(phrases(), encoding="utf-8")
    (tmp_path / "script" / "content" / "articles" / ".DS_Store").write_text("Of a Mac\n", encoding="utf-8")
    (tmp_path / "script" / "dialogs" / "dialog.schema.json").write_text("{}", encoding="utf-8")

    script = load_places(tmp_path / "script" / "dialogs", tmp_path / "script" / "content")

    assert script.hash == load().hash


def test_a_byte_order_mark_makes_no_other_script(tmp_path: Path) -> None:
    """Notepad writes one."""
    folder = tmp_path / "script"
    shutil.copytree(BASE, folder)
    before = read_folder(folder / "dialogs", folder / "content")
    path = folder / "dialogs" / "fever.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    assert read_folder(folder / "dialogs", folder / "content") == before


def test_a_file_in_old_letters_hides_no_other(tmp_path: Path) -> None:
    folder = tmp_path / "script"
    shutil.copytree(BASE, folder)
    (folder / "content" / "phrases.yaml").write_text(phrases(), encoding="utf-8")
    shutil.copy(BROKEN / "old_letters" / "dialogs" / "fever.yaml", folder / "dialogs")
    shutil.copy(BROKEN / "unknown_rule_of_line" / "dialogs" / "danger.yaml", folder / "dialogs")
    with pytest.raises(ScriptError) as caught:
        load_places(folder / "dialogs", folder / "content")

    assert [problem.place.file for problem in caught.value.problems] == ["dialogs/danger.yaml", "dialogs/fever.yaml"]


def test_a_local_fact_belongs_to_its_dialog() -> None:
    script = load(
        edited(
            "dialogs/fever.yaml",
            (
                "  feeding:\n",
                "  how_long:\n    ask: How long?\n    options: {five: 5, ten: 10}\n    local: yes\n"
                "    sources: [tremor:36]\n  feeding:\n",
            ),
            ("  - ask: feeding\n", "  - ask: feeding\n  - when: {feeding: normal}\n    ask: how_long\n"),
        )
    )

    assert script.local == {"how_long"}
    assert script.vocabulary.options_of("how_long") == ("five", "ten")
