"""A text that speaks of a child's health says where it comes from, wherever it stands."""

from __future__ import annotations

import pytest
import yaml
from script_helpers import CHECKOUT, base_files, phrases, problems

from bot.script.check_cited import about_health
from bot.script.check_texts import every_text
from bot.script.citations import citations, document_place, home_of, sources_at
from bot.script.document import compose
from bot.script.load import look_at, read_folder


def test_a_phrase_that_says_whom_to_call_needs_a_source() -> None:
    written = yaml.safe_load(phrases())
    written["texts"]["help"] = "In danger, call {emergency_number}."

    [told] = problems({"content/phrases.yaml": yaml.safe_dump(written)})

    assert "'help' speaks of a child's health and names no source. Add 'help: [...]' below 'sources:'." in told


def test_a_phrase_with_its_source_is_good() -> None:
    written = yaml.safe_load(phrases())
    written["texts"]["help"] = "In danger, call {emergency_number}."
    written["sources"] = {"help": ["NICE NG143"]}

    assert problems({"content/phrases.yaml": yaml.safe_dump(written)}) == []


def test_a_source_of_a_phrase_that_is_not_there_is_told() -> None:
    written = yaml.safe_load(phrases()) | {"sources": {"halp": ["NICE NG143"]}}

    [told] = problems({"content/phrases.yaml": yaml.safe_dump(written)})

    assert "there is no phrase 'halp'. Did you mean 'help'?" in told


def test_a_phrase_cannot_cite_what_is_not_listed() -> None:
    written = yaml.safe_load(phrases()) | {"sources": {"help": ["NICE NG142"]}}

    [told] = problems({"content/phrases.yaml": yaml.safe_dump(written)})

    assert "'NICE NG142' is not in content/sources.yaml. Did you mean 'NICE NG143'?" in told


@pytest.mark.parametrize("text", ["Call {emergency_number}.", "A doctor today.", "Blue lips?", "It vomits."])
def test_whom_to_call_and_what_can_be_wrong_are_about_health(text: str) -> None:
    assert about_health(text)


@pytest.mark.parametrize("text", ["Question 3 of about 9", "Please press a button.", "No doctor has checked it yet."])
def test_what_leads_through_the_chat_is_not_about_health(text: str) -> None:
    assert not about_health(text)


def test_every_shipped_text_about_health_has_a_source() -> None:
    loaded = look_at(read_folder(CHECKOUT / "dialogs", CHECKOUT / "content"))
    assert loaded.script is not None
    bare = [
        path
        for file, path, text in every_text(loaded.script)
        if about_health(text) and not sources_at(loaded.nodes, file, path)
    ]

    # What is read on a button or above a text leads to the text that has the source.
    leading = {"buttons", "chapters", "label", "text", "title"}
    assert [path for path in bare if not leading & {str(step) for step in path}] == []


def test_a_citation_belongs_to_the_innermost_thing_that_has_a_name() -> None:
    files = base_files()
    nodes = {path: compose(files[path], path) for path in ("dialogs/fever.yaml", "content/gates.yaml")}
    homes = {one.home for one in citations(nodes)}

    assert {"fever", "fever.feels_hot", "massage"} <= homes


def test_homes_have_the_names_that_the_inventory_uses() -> None:
    assert home_of("dialogs/episode.yaml", ("questions", "state")) == "episode.state"
    assert home_of("content/howto/bath.yaml", ("steps", "water")) == "howto.bath.water"
    assert home_of("content/red_flags.yaml", ("rules", "F-01")) == "F-01"
    assert home_of("content/gates.yaml", ("gates", "massage", "closed", "M-05")) == "M-05"
    assert home_of("content/outcomes.yaml", ("advice", "film_it")) == "outcomes.advice.film_it"
    assert home_of("content/articles/causes.md", ("pages", "1")) == "articles.causes"


def test_a_text_cites_what_its_own_part_cites_and_else_what_the_file_does() -> None:
    nodes = {"dialogs/a.yaml": compose("sources: [one]\ntexts:\n  x: {say: X, sources: [two]}\n  y: {say: Y}\n", "a")}

    assert sources_at(nodes, "dialogs/a.yaml", ("texts", "x", "say")) == ("two",)
    assert sources_at(nodes, "dialogs/a.yaml", ("texts", "y", "say")) == ("one",)
    assert sources_at(nodes, "dialogs/b.yaml", ("texts",)) == ()


def test_a_line_of_a_document_is_told_from_a_name() -> None:
    assert str(document_place("tremor:36")) == "tremor:36"
    assert document_place("NICE NG143") is None
    assert document_place("general knowledge: WHO") is None
