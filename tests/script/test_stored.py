"""A version that is stored comes back as it was, and nothing else is taken for it."""

import json

import pytest

from bot.places import find_places
from bot.script.load import Folder, read_folder
from bot.script.problems import Place, Problem
from bot.script.stored import StoredError, pack, unpack

FOLDER = Folder({"dialogs/b.yaml": "title: Ä ❤ \u2028\n", "dialogs/a.yaml": "title: A\r\n"})


def test_what_is_packed_comes_back_with_the_same_name() -> None:
    assert unpack(pack(FOLDER), FOLDER.hash) == FOLDER


def test_the_shipped_scripts_come_back_as_they_are() -> None:
    places = find_places()
    shipped = read_folder(places.dialogs, places.content)

    assert unpack(pack(shipped), shipped.hash).files == shipped.files


def test_equal_files_are_equal_bytes_in_whatever_order_they_were_read() -> None:
    assert pack(Folder(dict(reversed(list(FOLDER.files.items()))))) == pack(FOLDER)


def test_another_letter_is_another_version_and_is_refused() -> None:
    changed = pack(FOLDER).replace(b"title: A", b"title: B")

    with pytest.raises(StoredError, match=f"version {FOLDER.hash[:12]} is not stored as it was published: its files"):
        unpack(changed, FOLDER.hash)


@pytest.mark.parametrize(
    "data", [b"", b"\xff", b"null", b"[]", b'{"files": []}', b'{"files": {"a": 1}}', pack(FOLDER)[:-1]]
)
def test_bytes_that_are_no_version_are_refused(data: bytes) -> None:
    with pytest.raises(StoredError, match="Publish it anew"):
        unpack(data)


def test_a_folder_with_a_file_that_could_not_be_read_is_not_packed() -> None:
    unread = Folder({"a": ""}, (Problem(Place("b.yml", 1), "what", "cure"),))

    with pytest.raises(ValueError, match=r"b\.yml could not be read"):
        pack(unread)


def test_the_bytes_are_json_that_anybody_can_read() -> None:
    assert json.loads(pack(FOLDER)) == {"files": dict(FOLDER.files)}
