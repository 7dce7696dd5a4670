"""The engine's own words: every one is there, short enough, and filled only with what the engine knows."""

import pytest
import yaml
from script_helpers import load, phrases, problems

from bot.script.phrases import BUTTONS, MAX_LABEL, TEXTS
from bot.script.test_version import PHRASE, SAY_IT

FILE = "content/phrases.yaml"
TEXT = sorted(TEXTS)[0]


def changed(part: str, name: str, text: str | None) -> list[str]:
    """What is told when one phrase says something else, or is taken out; without the line."""
    data = yaml.safe_load(phrases())
    if text is None:
        del data[part][name]
    else:
        data[part][name] = text
    found = problems({FILE: yaml.safe_dump(data, default_style='"', width=10**6)})
    assert all(message.startswith(f"{FILE}, line ") for message in found)
    return [message.split(": ", 1)[1] for message in found]


def test_every_phrase_is_found_under_its_name() -> None:
    script = load()

    assert {script.button(name) for name in BUTTONS} == set(BUTTONS)
    assert all(script.text(name) == (PHRASE if name in SAY_IT else name) for name in TEXTS)


@pytest.mark.parametrize(("part", "name"), [("buttons", "not_sure"), ("texts", TEXT)])
def test_a_missing_phrase_is_told_by_its_name(part: str, name: str) -> None:
    assert changed(part, name, None) == [f"the phrase '{name}' is missing. Add '{name}: ...'."]


def test_a_misspelt_phrase_is_told_once_and_not_as_a_missing_one() -> None:
    text = phrases().replace("  not_sure: not_sure", "  notsure: not_sure")

    (message,) = problems({FILE: text})
    assert message.endswith("there is no phrase 'notsure'. Did you mean 'not_sure'?")


def test_an_empty_phrase_is_told() -> None:
    assert changed("buttons", "back", " ") == ["'back' is empty. Write the text after the colon."]


def test_a_button_has_room_for_40_characters() -> None:
    assert changed("buttons", "back", "x" * MAX_LABEL) == []
    assert changed("buttons", "back", "x" * (MAX_LABEL + 1)) == [
        "'back' has 41 characters; 40 is the limit here. Shorten it."
    ]


def test_a_text_is_filled_with_what_belongs_to_it() -> None:
    assert changed("texts", "step", "{number} of {total}, {baby}") == []
    assert changed("texts", "step", "{nummer} of {total}") == ["nobody fills '{nummer}' here. Did you mean 'number'?"]


@pytest.mark.parametrize("text", ["{number", "number}", "{{number}}", "{}", "{ baby }"])
def test_a_brace_that_nothing_fills_never_reaches_a_parent(text: str) -> None:
    assert changed("texts", "step", text)


def test_a_missing_part_is_told() -> None:
    buttons = phrases().partition("texts:")[0]

    assert problems({FILE: buttons}) == [f"{FILE}, line 1: 'texts' is missing in this file. Put it back."]
