"""Until everything is approved the chat says that no doctor has checked it; then no more (Always 11)."""

import re
from functools import cache
from pathlib import Path

import pytest

from bot.authoring.chat import Chat
from bot.authoring.conversations import run
from bot.authoring.golden import engine as unapproved_engine
from bot.authoring.not_reviewed import standing
from bot.authoring.read_conversations import read_conversations
from bot.authoring.trail import traced
from bot.channels.telegram.surface import Surface
from bot.places import find_places
from bot.script.check_texts import every_text
from bot.script.load import Folder, load_script, read_folder
from bot.script.problems import ScriptError
from bot.script.script import Script
from bot.talk.effects import SendExport
from bot.talk.engine import Engine
from tests.signed import fully_approved

SENTENCE = "This is a test version. No doctor has checked this advice yet."
SAID = re.compile(
    r"test version|no (doctor|clinician) has (checked|approved|reviewed)|not (yet )?(reviewed|checked)", re.I
)
NO_DEVICE = "It is not an approved medical device."
NOBODY_READS = "No doctor or nurse reads this chat."
CHATS = Path(__file__).parents[1] / "conversations" / "tour.yaml"


def folder() -> Folder:
    places = find_places()
    return read_folder(places.dialogs, places.content)


@cache
def approved_folder() -> Folder:
    return fully_approved(folder())


@cache
def approved() -> Script:
    return load_script(approved_folder())


def test_a_copy_with_every_signature_counts_as_approved() -> None:
    assert approved().unapproved == ()
    assert approved().approvals.complete


def test_the_start_says_that_it_is_a_test_version_until_all_is_approved() -> None:
    start = unapproved_engine().script.text("start")

    assert f"• {SENTENCE}\n• {NO_DEVICE}" in start
    assert approved().text("start") == start.replace(f"• {SENTENCE}\n", "")


@pytest.mark.parametrize("name", ["about", "bot_description", "bot_short_description"])
def test_so_does_what_tells_about_the_guide(name: str) -> None:
    assert SENTENCE in unapproved_engine().script.text(name)
    assert not SAID.search(approved().text(name))


def test_no_text_says_it_once_all_is_approved() -> None:
    said = [(file, path) for file, path, text in every_text(approved()) if SAID.search(text.replace(NO_DEVICE, ""))]

    assert said == [("content/phrases.yaml", ("texts", "test_version"))]


def test_that_no_doctor_reads_the_chat_and_that_it_is_no_medical_device_stays() -> None:
    script = approved()

    assert NOBODY_READS in script.text("start")
    assert NO_DEVICE in script.text("start")
    assert NOBODY_READS in script.text("help")
    assert NOBODY_READS in Surface.of(script).description
    assert "No country has approved it as a medical device." in script.text("about")


def test_every_outcome_says_it_until_all_is_approved_and_is_the_same_else() -> None:
    for before, after in zip(_texts(unapproved_engine().script), _texts(approved()), strict=True):
        assert after == before.replace(f"• {SENTENCE}\n", "").replace(f"\n\n{SENTENCE}", "")
        assert not SAID.search(after.replace(NO_DEVICE, ""))
        assert ("Get medical help straight away if" in before) <= (SENTENCE in before)


def _texts(script: Script) -> list[str]:
    traced_script, trail = traced(script)
    engine = Engine(traced_script)
    found = read_conversations(CHATS.read_text(encoding="utf-8"), CHATS.name, traced_script)
    return [text for one in found for line in run(engine, one, trail).chat.lines for text in line.bot]


def test_one_signature_that_is_void_is_enough_to_say_it_again() -> None:
    files = dict(approved_folder().files)
    rules = files["content/red_flags.yaml"]
    files["content/red_flags.yaml"] = rules.replace("needs a hospital check now", "needs a check in hospital now")
    script = load_script(Folder(files))

    assert script.unapproved == ("F-01",)
    assert SENTENCE in script.text("start")


def test_one_file_that_nobody_reviewed_is_enough_to_say_it_again() -> None:
    files = dict(approved_folder().files)
    files["dialogs/bath.yaml"] = folder().files["dialogs/bath.yaml"]

    assert SENTENCE in load_script(Folder(files)).text("start")


def test_the_export_says_it_only_as_long_as_it_is_so() -> None:
    chat = Chat(Engine(approved())).commands("start").presses("agree").presses("not_sure").commands("export")

    assert [one.note for one in chat.effects if isinstance(one, SendExport)] == [""]


def test_the_pages_for_people_say_it_only_as_long_as_it_is_so() -> None:
    assert standing(approved(), "these texts") == "Steady is no approved medical device."
    assert standing(unapproved_engine().script, "these texts").startswith("**No clinician has reviewed these texts.**")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("    • {test_version}\n", "", "'start' does not say that this is a test version."),
        ("• {test_version}\n", "• {test_version} Be careful.\n", "'{test_version}' stands beside other words"),
    ],
    ids=["left out", "beside other words"],
)
def test_a_start_that_could_not_say_it_is_refused(old: str, new: str, told: str) -> None:
    files = dict(folder().files)
    files["content/phrases.yaml"] = files["content/phrases.yaml"].replace(old, new, 1)

    with pytest.raises(ScriptError, match=re.escape(told)):
        load_script(Folder(files))
