"""The library: chapters, the articles in each, and an article page by page, turned in place.

It is no check: no level is told, nothing that was read is kept, and it works before consent. The danger signs are one
press away from every page. A check that is running stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.script.articles import ARTICLE, FOUND, LIBRARY, Article
from bot.script.check_sources import GENERAL
from bot.script.citations import document_place
from bot.script.menu import MenuEntry
from bot.talk import emergency
from bot.talk.effects import Button
from bot.talk.flow import where_we_were
from bot.talk.may_i import warning
from bot.talk.menu import show_menu, show_second_level
from bot.talk.session import Pending, Prompt, Stage
from bot.talk.turn import STICKY_FOR, Turn

DANGER = "check_danger_signs"
MENU_ENTRY = "menu_"
"""Before the name of a button of the menu, where it stands among what was found."""


def show_chapters(turn: Turn, *, before: str | None = None) -> None:
    """Ask what to read about."""
    library = turn.script.library
    buttons = [Button(name, chapter.label) for name, chapter in library.chapters.items()]
    danger = turn.button(DANGER, danger=True)
    parts = [*_still_counts(turn), *([] if before is None else [before]), turn.voice.say(library.ask)]
    turn.ask(Pending.LIBRARY, LIBRARY, "\n\n".join(parts), [*buttons, danger, *_ways_out(turn)])


def show_chapter(turn: Turn, name: str, *, before: str | None = None) -> None:
    """Show the articles of a chapter."""
    chapter = turn.script.library.chapters.get(name)
    if chapter is None:
        show_chapters(turn, before=before)
        return
    found = [turn.script.articles[one] for one in chapter.articles if one in turn.script.articles]
    buttons = [Button(article.id, article.label) for article in found]
    parts = [*([] if before is None else [before]), f"{chapter.label}\n\n{turn.voice.say(turn.script.library.ask)}"]
    danger = turn.button(DANGER, danger=True)
    turn.ask(Pending.LIBRARY, f"{LIBRARY}.{name}", "\n\n".join(parts), [*buttons, danger, *_ways_out(turn)])


def show_found(turn: Turn, offers: Sequence[str], found: Sequence[str], *, danger: bool) -> None:
    """Show what a typed text has found: buttons of the menu, then articles and warnings, all by their names.

    What leads to a check always stands before what can be read; where the text may speak of danger, the check for
    danger signs stands before all else.
    """
    check = turn.button(DANGER, danger=True)
    entries = [one for name in offers if (one := turn.script.menu.find(name)) is not None]
    checks = [Button(f"{MENU_ENTRY}{entry.id}", entry.text) for entry in entries]
    texts = [button for name in found if (button := _found_button(turn, name)) is not None]
    if danger:
        shown = [check, *checks, *texts]
    elif checks:
        shown = [*checks, check, *texts]
    else:
        shown = [*texts, check]
    name = "found_offer" if checks else "found_and_danger" if danger else "found"
    out = turn.button("continue") if _running(turn) else turn.button("none_found", option="to_menu")
    data = {"offers": list(offers), "found": list(found), "danger": danger}
    parts = [*_still_counts(turn), turn.phrase(name)]
    if texts and name != "found":
        parts.append(turn.phrase("found_below"))
    turn.ask(Pending.LIBRARY, f"{LIBRARY}.{FOUND}", "\n\n".join(parts), [*shown, out], search=data)


def show_article(turn: Turn, name: str, *, page: int = 0, search: Mapping[str, Any] | None = None) -> None:
    """Show a page of an article as a new message; `search` is what was found on the way here."""
    article = turn.script.articles.get(name)
    if article is None:
        show_chapters(turn, before=turn.phrase("article_gone"))
        return
    page = min(page, len(article.pages) - 1)
    turn.ask(
        Pending.LIBRARY,
        f"{ARTICLE}.{name}",
        "\n\n".join([*_still_counts(turn), _text(turn, article, page)]),
        _buttons(turn, article, page),
        article=name,
        page=page,
        search=search,
    )


def show_again(turn: Turn, prompt: Prompt) -> None:
    """What a parent was reading, once more."""
    data = prompt.data
    if "article" in data:
        show_article(turn, str(data["article"]), page=int(data["page"]), search=data.get("search"))
    elif data.get("search"):
        _show_found_again(turn, data["search"])
    else:
        show_chapter(turn, prompt.question.removeprefix(LIBRARY).removeprefix("."))


def press_library(turn: Turn, prompt: Prompt, option: str) -> None:
    """Take a button of a list or of a page; those that lead to the menu are taken by whoever knows it."""
    if option == DANGER:
        emergency.danger_signs_again(turn)
    elif option in ("to_menu", "continue"):
        where_we_were(turn)
    elif option == "step_back":
        _step_back(turn, prompt)
    elif option == "next":
        _turn_to(turn, prompt, int(prompt.data["page"]) + 1)
    elif option in turn.script.withheld.passages:
        turn.say(warning(turn, turn.script.withheld.passages[option]))
        show_again(turn, prompt)
    elif option in turn.script.library.chapters and prompt.question == LIBRARY:
        show_chapter(turn, option)
    else:
        show_article(turn, option, search=prompt.data.get("search"))


def _show_found_again(turn: Turn, search: Mapping[str, Any]) -> None:
    show_found(turn, search["offers"], search["found"], danger=bool(search["danger"]))


def _turn_to(turn: Turn, prompt: Prompt, page: int) -> None:
    """Turn to another page of the article that is shown, in place."""
    article = turn.script.articles.get(str(prompt.data["article"]))
    if article is None or not 0 <= page < len(article.pages):
        show_again(turn, prompt)
        return
    buttons = _buttons(turn, article, page)
    options = {button.option: button.text for button in buttons}
    new = Prompt(prompt.pending, prompt.question, options, {**prompt.data, "page": page})
    turn.update(prompts=tuple(new if one.question == prompt.question else one for one in turn.session.prompts))
    turn.redraw(prompt.question, buttons, _text(turn, article, page))


def _step_back(turn: Turn, prompt: Prompt) -> None:
    """One page back, then to the list that led to the article, to the chapters, to the menu."""
    data = prompt.data
    if "article" in data and int(data["page"]) > 0:
        _turn_to(turn, prompt, int(data["page"]) - 1)
    elif "article" in data and data.get("search"):
        _show_found_again(turn, data["search"])
    elif "article" in data:
        chapter = turn.script.library.chapter_of(str(data["article"]))
        show_chapter(turn, "" if chapter is None else chapter.id)
    elif prompt.question != LIBRARY:
        show_chapters(turn)
    elif _running(turn) or turn.session.check is not None or turn.session.stage is not Stage.READY:
        where_we_were(turn)
    elif (above := _above(turn)) is not None:
        show_second_level(turn, above)
    else:
        show_menu(turn)


def _above(turn: Turn) -> MenuEntry | None:
    """The entry of the menu behind which the library stands."""
    entries = turn.script.menu.entries
    return next((entry for entry in entries if any(below.opens == LIBRARY for below in entry.entries)), None)


def _text(turn: Turn, article: Article, page: int) -> str:
    parts = [article.title, turn.voice.say(article.pages[page].text)]
    total = len(article.pages)
    if page == total - 1:
        by, on = article.reviewed
        parts.append(turn.phrase("article_end", sources=_sources(turn, article), by=by, on=on))
    if total > 1:
        parts.append(turn.phrase("page", number=str(page + 1), total=str(total)))
    return "\n\n".join(parts)


def _sources(turn: Turn, article: Article) -> str:
    """Where an article comes from, as a parent reads it: places in a document and the like are not named one by one."""
    named: dict[str, None] = {}
    for source in article.sources:
        if document_place(source) is not None:
            named[turn.phrase("article_from_parents_pages")] = None
        elif source.startswith(GENERAL):
            named[turn.phrase("article_from_general")] = None
        else:
            named[source] = None
    return ", ".join(named)


def _buttons(turn: Turn, article: Article, page: int) -> list[Button]:
    more = [turn.button("next_page", option="next")] if page + 1 < len(article.pages) else []
    return [*more, turn.button(DANGER, danger=True), *_ways_out(turn)]


def _found_button(turn: Turn, name: str) -> Button | None:
    """The button of something found; None where it is not there any more."""
    passage = turn.script.withheld.passages.get(name)
    if passage is not None and passage.label is not None:
        return Button(name, passage.label)
    article = turn.script.articles.get(name)
    return None if article is None else Button(name, article.label)


def _running(turn: Turn) -> bool:
    return turn.session.check is not None and not turn.check.ended


def _still_counts(turn: Turn) -> list[str]:
    """Serious advice of the last day is not read away."""
    recent = any(turn.now - flag.at <= STICKY_FOR for flag in turn.session.recent.values())
    serious = recent or (turn.session.check is not None and turn.check.ended)
    return [turn.phrase("still_counts")] if serious else []


def _ways_out(turn: Turn) -> list[Button]:
    on = turn.button("continue") if _running(turn) else turn.button("to_menu")
    return [turn.button("back", option="step_back"), on]
