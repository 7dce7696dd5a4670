"""The key file."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.store.errors import KeyFileError
from bot.store.key import Key, load_key, load_or_make_key


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    folder = tmp_path / "config"
    folder.mkdir()
    return folder / "steady.key"


def test_the_first_start_makes_a_key_that_only_its_owner_may_read(key_file: Path, path: Path) -> None:
    made = load_or_make_key(key_file, path)
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert re.fullmatch(r"[0-9a-f]{64}\n", key_file.read_text())
    assert made.hex == key_file.read_text().strip()
    assert list(key_file.parent.iterdir()) == [key_file]


def test_the_next_start_finds_the_same_key(key_file: Path, path: Path) -> None:
    made = load_or_make_key(key_file, path)
    path.write_bytes(b"a database")
    assert load_or_make_key(key_file, path) == made
    assert load_key(key_file) == made


def test_two_keys_are_never_the_same(key_file: Path, path: Path) -> None:
    assert load_or_make_key(key_file, path) != load_or_make_key(key_file.with_name("other.key"), path)


def test_a_key_shows_itself_in_no_traceback(key: Key) -> None:
    assert key.hex not in repr(key)
    assert key.hex not in f"{key}"


def test_a_lost_key_is_told_in_one_line_and_never_replaced(key_file: Path, path: Path) -> None:
    path.write_bytes(b"a database")
    with pytest.raises(KeyFileError) as caught:
        load_or_make_key(key_file, path)
    line = str(caught.value)
    assert "\n" not in line
    assert str(key_file) in line
    assert str(path) in line
    assert "untouched" in line
    assert "Put back the key file" in line
    assert list(key_file.parent.iterdir()) == []
    assert path.read_bytes() == b"a database"


@pytest.mark.parametrize("leftover", ["an empty file", "a broken link"])
def test_anything_in_the_place_of_the_database_keeps_a_new_key_from_being_made(
    leftover: str, key_file: Path, path: Path
) -> None:
    if leftover == "an empty file":
        path.touch()
    else:
        path.symlink_to(path.with_name("gone.db"))
    with pytest.raises(KeyFileError, match="there is no key file here"):
        load_or_make_key(key_file, path)


@pytest.mark.parametrize("place", ["steady.key", "keys/steady.key"])
def test_a_key_beside_or_below_the_data_is_refused(place: str, path: Path) -> None:
    key_file = path.parent / place
    key_file.parent.mkdir(exist_ok=True)
    with pytest.raises(KeyFileError, match="lies with the data"):
        load_or_make_key(key_file, path)
    assert not key_file.exists()


def test_a_link_out_of_the_way_does_not_hide_a_key_beside_the_data(tmp_path: Path, path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.symlink_to(path.parent)
    with pytest.raises(KeyFileError, match="lies with the data"):
        load_or_make_key(elsewhere / "steady.key", path)


def test_a_key_beside_the_data_can_be_asked_for(path: Path) -> None:
    key_file = path.with_name("steady.key")
    assert load_or_make_key(key_file, path, beside_the_data=True) == load_key(key_file)


def test_data_below_the_folder_of_the_key_is_fine(tmp_path: Path, path: Path) -> None:
    assert load_or_make_key(tmp_path / "steady.key", path) == load_key(tmp_path / "steady.key")


@pytest.mark.parametrize("mode", [0o604, 0o644, 0o620, 0o666, 0o777])
def test_a_key_that_others_can_read_or_change_is_refused(mode: int, key_file: Path, path: Path) -> None:
    load_or_make_key(key_file, path)
    key_file.chmod(mode)
    with pytest.raises(KeyFileError, match=rf"open to others \(mode {mode:04o}\)\. Run: chmod 600"):
        load_or_make_key(key_file, path)


@pytest.mark.parametrize("mode", [0o400, 0o440, 0o600, 0o640])
def test_a_key_that_only_its_group_can_read_is_taken(mode: int, key_file: Path, path: Path) -> None:
    made = load_or_make_key(key_file, path)
    key_file.chmod(mode)
    assert load_key(key_file) == made


@pytest.mark.parametrize(
    "content", [b"", b"abc", b"5a" * 31, b"5a" * 33, b"zz" * 32, b"\xff" * 32, b"5a" * 32 + b"\n5a"]
)
def test_a_malformed_key_is_refused_without_repeating_it(content: bytes, key_file: Path, path: Path) -> None:
    key_file.write_bytes(content)
    key_file.chmod(0o600)
    with pytest.raises(KeyFileError, match="this is no key") as caught:
        load_or_make_key(key_file, path)
    assert "5a5a" not in str(caught.value)
    assert key_file.read_bytes() == content


def test_capitals_and_blanks_around_a_key_do_no_harm(key_file: Path, path: Path) -> None:
    key_file.write_text("  " + "5A" * 32 + "\r\n")
    key_file.chmod(0o600)
    assert load_or_make_key(key_file, path) == Key("5a" * 32)


def test_nothing_but_hex_can_become_a_key() -> None:
    with pytest.raises(KeyFileError):
        Key("'; ATTACH")


def test_a_missing_folder_is_not_made_because_a_volume_may_be_missing(tmp_path: Path, path: Path) -> None:
    with pytest.raises(KeyFileError, match="no key can be made here: No such file"):
        load_or_make_key(tmp_path / "not mounted" / "steady.key", path)
    assert not (tmp_path / "not mounted").exists()


def test_a_folder_in_the_place_of_the_key_is_told(tmp_path: Path, path: Path) -> None:
    folder = tmp_path / "config"
    folder.mkdir()
    with pytest.raises(KeyFileError, match="cannot be read: Is a directory"):
        load_or_make_key(folder, path)


def test_a_key_that_must_be_there_is_missed(key_file: Path) -> None:
    with pytest.raises(KeyFileError, match="there is no key file here"):
        load_key(key_file)


def test_of_many_first_starts_at_once_all_get_the_same_key(key_file: Path, path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from bot.store.key import load_or_make_key\n"
        "sys.stdin.readline()\n"
        f"print(load_or_make_key(Path({str(key_file)!r}), Path({str(path)!r})).hex)"
    )
    starts = [
        subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(8)
    ]
    for start in starts:
        assert start.stdin is not None
        start.stdin.write("go\n")
        start.stdin.flush()
    keys = {start.communicate()[0] for start in starts}
    assert keys == {key_file.read_text()}
    assert os.listdir(key_file.parent) == [key_file.name]  # noqa: PTH208 (no draft is left)
