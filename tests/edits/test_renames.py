"""A rename that is declared (`renamed_from`) keeps what was told: facts, answers, lines, dialogs, rules (R17)."""

from __future__ import annotations

import re
from functools import cache

from edit_places import BABY, at_menu

from bot.authoring.chat import Chat
from bot.authoring.persona import Persona
from bot.facts.level import Level
from bot.facts.value import YES, Choice
from bot.places import find_places
from bot.script.load import Folder, load_script, read_folder
from bot.script.script import Script
from bot.talk.engine import Engine


@cache
def files() -> dict[str, str]:
    found = find_places()
    return dict(read_folder(found.dialogs, found.content).files)


@cache
def old() -> Engine:
    return Engine(load_script(Folder(files())))


def renamed(*pairs: tuple[str, str], notes: dict[str, tuple[str, str]] | None = None) -> Script:
    """The real script with words replaced everywhere, and `renamed_from` put below the lines that `notes` names."""
    changed = {}
    for path, text in files().items():
        new = text
        for word, by in pairs:
            new = re.sub(rf"(?<![\w-]){re.escape(word)}(?![\w-])", by, new)
        for file, (line, note) in (notes or {}).items():
            if file == path:
                assert new.count(line) == 1, (file, line, new.count(line))
                new = new.replace(line, f"{line}{note}")
        changed[path] = new
    return load_script(Folder(changed))


def play(question: str) -> Chat:
    chat = at_menu(old()).presses("over")
    persona = Persona(old().script, {**BABY, "tremor": YES, "feels_hot": YES}, chat.now.date())
    while chat.asked != question:
        persona.answer(chat)
    return chat


def go_on(chat: Chat, script: Script) -> Chat:
    chat.engine = Engine(script)
    return chat


def test_a_fact_by_another_name_keeps_its_answer() -> None:
    chat = play("wellbeing.otherwise")
    assert chat.session.told["feels_hot"].value == YES
    notes = {"content/facts.yaml": ("  feels_hotter:\n", "    renamed_from: feels_hot\n")}
    go_on(chat, renamed(("feels_hot", "feels_hotter"), notes=notes)).types("hm")

    assert chat.session.told["feels_hotter"].value == YES
    assert "feels_hot" not in chat.session.told
    assert "Some questions have changed" not in chat.text
    chat.asks("wellbeing.otherwise")


def test_a_fact_by_another_name_that_is_not_declared_is_another_fact() -> None:
    chat = go_on(play("wellbeing.otherwise"), renamed(("feels_hot", "feels_hotter"))).types("hm")

    assert not {"feels_hot", "feels_hotter"} & chat.session.told.keys()


def test_a_waiting_question_by_another_name_takes_the_answer_of_its_old_button() -> None:
    chat = play("temperature.feels_hot")
    notes = {"content/facts.yaml": ("  feels_hotter:\n", "    renamed_from: feels_hot\n")}
    go_on(chat, renamed(("feels_hot", "feels_hotter"), notes=notes)).presses("hot")

    assert chat.session.told["feels_hotter"].value == YES


def test_an_answer_by_another_name_keeps_its_value() -> None:
    chat = at_menu(old()).presses("over")
    persona = Persona(old().script, {**BABY, "tremor": YES, "temperature_method": Choice.of("armpit")}, chat.now.date())
    while chat.asked != "temperature.temperature_c":
        persona.answer(chat)
    chat.types("37.9").asks("temperature.temperature_method").presses("armpit")
    assert chat.session.told["temperature_method"].value == Choice.of("armpit")
    line = "      under_arm: Under the arm\n"
    new = "      under_arm: {text: Under the arm, renamed_from: armpit}\n"
    text = {path: re.sub(r"(?<![\w-])armpit(?![\w-])", "under_arm", one) for path, one in files().items()}
    text["dialogs/temperature.yaml"] = text["dialogs/temperature.yaml"].replace(line, new)
    go_on(chat, load_script(Folder(text))).types("hm")

    assert chat.session.told["temperature_method"].value == Choice.of("under_arm")
    assert "Last time you said" not in chat.text


def test_a_dialog_by_another_name_goes_on_where_it_was() -> None:
    chat = play("wellbeing.otherwise")
    text = {path: re.sub(r"(?<![\w-])wellbeing(?![\w-])", "how_it_is", one) for path, one in files().items()}
    text["dialogs/how_it_is.yaml"] = text.pop("dialogs/wellbeing.yaml").replace(
        "dialog: how_it_is\n", "dialog: how_it_is\nrenamed_from: wellbeing\n"
    )
    told = chat.session.told
    go_on(chat, load_script(Folder(text))).presses("none")

    assert told.keys() <= chat.session.told.keys()
    assert "Some questions have changed" not in chat.text
    assert chat.session.check is not None
    assert chat.session.check.given[-1].question == "how_it_is.otherwise"


def test_a_rule_by_another_name_keeps_its_flag() -> None:
    chat = at_menu(old()).presses("over")
    persona = Persona(old().script, {**BABY, "tremor": YES, "stops_when_held": Choice.of("no")}, chat.now.date())
    while not (chat.session.check and any(one.level >= Level.URGENT for one in chat.session.check.flags.values())):
        persona.answer(chat)
    assert chat.session.check is not None
    rule, flag = next((name, one) for name, one in chat.session.check.flags.items() if one.level >= Level.URGENT)
    notes = {"content/red_flags.yaml": ("  X-77:\n", f"    renamed_from: {rule}\n")}
    go_on(chat, renamed((rule, "X-77"), notes=notes)).types("hm")

    assert chat.session.check.flags["X-77"].level is flag.level
    assert rule not in chat.session.check.flags
