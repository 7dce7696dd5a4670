"""The library: every article is found by buttons and by its title, nothing is kept, and a check is not disturbed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

import pytest

from bot.authoring.chat import Chat
from bot.facts.level import Level
from bot.places import find_places
from bot.script.articles import MAX_PAGE, MAX_PAGES, Article
from bot.script.check_texts import every_text
from bot.script.load import Folder, load_places, load_script, read_folder
from bot.talk.effects import Ask, Escalate, Redraw, Say
from bot.talk.engine import Engine
from bot.talk.library import DANGER
from bot.talk.session import Session

MOST_BUTTONS = 11


@cache
def folder() -> Folder:
    places = find_places(None)
    return read_folder(places.dialogs, places.content)


@cache
def engine() -> Engine:
    places = find_places(None)
    return Engine(load_places(places.dialogs, places.content))


def at_the_menu() -> Chat:
    return Chat(engine()).commands("start").presses("agree").presses("not_sure")


def shown(chat: Chat) -> Ask:
    return next(one for one in reversed(chat.effects) if isinstance(one, Ask))


ARTICLES = list(engine().script.articles.values())
every_article = pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)


@every_article
def test_every_article_is_four_presses_from_the_menu(article: Article) -> None:
    chapter = engine().script.library.chapter_of(article.id)
    assert chapter is not None

    chat = at_the_menu().presses("more").presses("read").presses(chapter.label).presses(article.label)

    assert chat.asked == f"article.{article.id}"


@every_article
def test_every_article_is_found_by_its_title_its_button_and_its_name(article: Article) -> None:
    for typed in (article.title, article.label, article.id):
        assert at_the_menu().commands("read", typed).asked == f"article.{article.id}", typed


@every_article
def test_the_danger_signs_are_one_press_away_from_every_page(article: Article) -> None:
    chat = at_the_menu().commands("read", article.id)
    for number in range(len(article.pages)):
        page = chat.effects[-1]
        assert isinstance(page, Ask | Redraw)
        assert DANGER in [button.option for button in page.buttons]
        if number + 1 < len(article.pages):
            chat.presses("next")

    assert chat.presses(DANGER).asked == "danger_signs.danger_signs"


@every_article
def test_an_article_says_when_to_get_help_on_its_first_page(article: Article) -> None:
    assert "{emergency_number}" in article.pages[0].text


@every_article
def test_an_article_is_short_and_each_page_has_its_sources(article: Article) -> None:
    assert 1 <= len(article.pages) <= MAX_PAGES
    assert all(page.sources and len(page.text) <= MAX_PAGE for page in article.pages)


def test_a_page_is_turned_in_place_and_nothing_else_changes() -> None:
    chat = at_the_menu().commands("read", "trembling")
    turn = chat.session.turn

    chat.presses("next")

    assert [type(one) for one in chat.effects] == [Redraw]
    assert chat.session.turn == turn


def test_the_lists_are_short() -> None:
    for chapter in engine().script.library.chapters:
        asked = shown(at_the_menu().commands("read").presses(chapter))
        assert len(asked.buttons) <= MOST_BUTTONS


def test_nothing_that_was_read_or_typed_is_kept() -> None:
    chat = at_the_menu()
    before = chat.session
    chat.commands("read").presses("shaking").presses("trembling").presses("next").types("ultrasound").presses("to_menu")

    assert replace(chat.session, turn=0, prompts=(), seen_at=None) == replace(before, turn=0, prompts=(), seen_at=None)
    assert all(isinstance(effect, Say | Ask | Redraw) for line in chat.lines[3:] for effect in line.effects)


def test_what_was_typed_stands_nowhere_in_the_session() -> None:
    chat = at_the_menu().types("does an ultrasound hurt my Xanthippe")

    assert "xanthippe" not in str(chat.session).lower()


@pytest.mark.parametrize(
    "typed", ["38.2", "39,5", "101 F", "he has 38.5 now", "shaking now", "she vomits", "he is stiff"]
)
def test_what_may_be_urgent_is_never_answered_by_an_article_first(typed: str) -> None:
    first, *_ = shown(at_the_menu().types(typed)).buttons

    assert first.option == DANGER or first.option.startswith("menu_")


def test_a_typed_temperature_is_no_answer() -> None:
    chat = at_the_menu().types("38.2").presses("menu_fever")

    assert "temperature_c" not in chat.session.told


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("can I give her glycine", "names no medicine"),
        ("glicin", "names no medicine"),
        ("neck ring for bathing", "Never use a neck ring"),
        ("swim ring for the neck", "Never use a neck ring"),
        ("circle for swimming", "Never use a neck ring"),
    ],
)
def test_a_warning_wins_everywhere(typed: str, said: str) -> None:
    at_the_menu().types(typed).says(said)
    at_the_menu().commands("read").types(typed).says(said)
    at_the_menu().commands("read", typed).says(said)
    at_the_menu().presses("over").types(typed).says(said).asks("danger_signs.danger_signs")
    Chat(engine()).commands("start").types(typed).says(said)
    Chat(engine()).commands("start").commands("read", typed).says(said)


def test_a_search_in_the_middle_of_a_check_leaves_it_as_it_is() -> None:
    chat = at_the_menu().presses("over").presses("none").asks("warning_signs.warning_signs")
    before = chat.session.check
    chat.commands("read", "sleep").asks("library.found")

    assert not any(button.option.startswith("menu_") for button in shown(chat).buttons)
    assert chat.session.check == before
    assert chat.presses("continue").asked == "warning_signs.warning_signs"


def test_emergency_words_behind_the_command_are_heard() -> None:
    chat = at_the_menu().commands("read", "he is not breathing")

    assert any(isinstance(effect, Escalate) and effect.level is Level.EMERGENCY for effect in chat.effects)


def test_reading_needs_no_consent_and_gives_none() -> None:
    chat = Chat(engine()).commands("start").commands("read").presses("shaking").presses("trembling").presses("next")

    assert not chat.session.consent
    assert chat.presses("step_back").presses("to_menu").asked == "consent"


def test_a_check_from_the_library_before_consent_keeps_nothing() -> None:
    chat = Chat(engine()).commands("start").commands("read").presses(DANGER).asks("danger_signs.danger_signs")

    assert chat.session.check is not None
    assert not chat.session.check.kept


def test_a_link_opens_an_article_and_a_broken_one_a_list() -> None:
    assert Chat(engine()).commands("start", "read_born_early").asked == "article.born_early"
    assert at_the_menu().commands("start", "read_").asked == "library"
    assert at_the_menu().commands("start", "read_no_such_page").says("We have no page about that").asked == "menu"


def test_a_broken_link_before_consent_leads_to_the_first_message() -> None:
    assert Chat(engine()).commands("start", "read_no_such_page").asked in ("consent", "library")


def test_an_article_that_is_gone_while_it_is_read_leads_to_the_list() -> None:
    chat = at_the_menu().commands("read", "trembling")
    files = {path: text for path, text in folder().files.items() if not path.endswith("/trembling.md")}
    library = files["content/library.yaml"].replace("norm_and_alarm, trembling,", "norm_and_alarm,")
    chat.engine = Engine(load_script(Folder({**files, "content/library.yaml": library})))

    assert chat.presses("next").says("That text is not here any more").asked == "library"


def test_a_page_that_is_gone_while_it_is_read_leads_to_the_last_one() -> None:
    chat = at_the_menu().commands("read", "trembling").presses("next")
    path = "content/articles/trembling.md"
    short = "---\n".join(folder().files[path].split("---\n")[:3])
    chat.engine = Engine(load_script(Folder({**folder().files, path: short})))

    assert chat.presses("next").asked == "article.trembling"


def test_the_session_with_an_open_page_is_plain_data() -> None:
    """The chat stores and reads the session between all turns; this asks for the same of a list of what was found."""
    chat = at_the_menu().types("ultrasound").presses("about_tests").presses("next").presses("step_back")

    assert chat.presses("step_back").asked == "library.found"
    assert isinstance(chat.session, Session)


def test_an_old_button_of_a_page_shows_where_the_parent_is() -> None:
    chat = at_the_menu().commands("read", "trembling").commands("menu")

    chat.presses_earlier("next", "article.trembling").says("older message")
    assert chat.asked == "menu"


def test_no_article_has_the_name_of_a_dialog_or_a_how_to() -> None:
    """So that content/inventory.yaml and links mean one thing."""
    script = engine().script

    assert not set(script.articles) & {*script.dialogs, *script.howtos, *script.library.chapters, *script.book.gates}


_DEGREES = re.compile(r"(\d\d(?:\.\d)?)(?: to (\d\d\.\d))? °C")


def degrees(texts: Iterable[str]) -> set[str]:
    return {number for text in texts for found in _DEGREES.findall(text) for number in found if number}


def test_articles_name_no_temperature_that_the_rest_of_the_guide_does_not_name() -> None:
    """The limits are those of the rules, and the water is as warm as in the how-tos."""
    script = engine().script
    told = [(file, text) for file, _, text in every_text(script)]
    rules = {"36.4", "37.9"}  # Upper ends of F-09 and F-07, which no other text for parents names.

    articles = degrees(text for file, text in told if file.startswith("content/articles/"))
    others = degrees(text for file, text in told if not file.startswith("content/articles/"))

    assert len(articles) > 5
    assert articles <= others | rules
