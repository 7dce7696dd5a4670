"""The names of texts: one for each, and the same after an edit."""

from script_helpers import edited, load

from bot.places import find_places
from bot.script.check_texts import every_text
from bot.script.load import load_places
from bot.script.text_ids import text_id, texts_by_id


def test_a_name_says_the_file_and_the_keys_down_to_the_text() -> None:
    assert text_id("dialogs/fever_screen.yaml", ("questions", "feels_hot", "ask")) == (
        "fever_screen.questions.feels_hot.ask"
    )
    assert text_id("content/red_flags.yaml", ("rules", "F-01", "because")) == "red_flags.rules.F-01.because"


def test_a_howto_or_an_article_and_a_dialog_of_one_name_have_two_names() -> None:
    names = {text_id(file, ("title",)) for file in ("dialogs/bath.yaml", "content/howto/bath.yaml")}
    assert names == {"bath.title", "howto.bath.title"}
    assert text_id("content/articles/bath.md", ("title",)) == "articles.bath.title"


def test_every_text_of_our_script_has_a_name_of_its_own() -> None:
    places = find_places()
    script = load_places(places.dialogs, places.content)
    written = [(file, path, text) for file, path, text in every_text(script) if text.strip()]
    named = texts_by_id(script)
    assert len(named) == len(written) > 500


def test_a_name_leads_back_to_its_text() -> None:
    script = load()
    for file, path, text in every_text(script):
        if text.strip():
            found = texts_by_id(script)[text_id(file, path)]
            assert (found.file, found.path, found.text) == (file, path, text)


def test_a_name_stays_when_the_words_change() -> None:
    before = texts_by_id(load())
    name = next(one for one, text in before.items() if text.file == "dialogs/fever.yaml" and one.endswith(".title"))
    after = texts_by_id(load(edited("dialogs/fever.yaml", (f"title: {before[name].text}", "title: Another title"))))
    assert list(after) == list(before)
    assert after[name].text == "Another title"
