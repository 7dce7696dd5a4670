"""Pictures on a page in Markdown: as Mermaid, which GitHub shows, or as images beside the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.authoring.draw_boxes import asked_if
from bot.authoring.draw_mermaid import mermaid
from bot.authoring.draw_picture import Picture
from bot.authoring.draw_whole import WHOLE
from bot.authoring.not_reviewed import standing
from bot.script.script import Script

HEAD = """\
# What leads where

This page is generated from the dialogs and the rules: `{command}` writes it anew.

{standing}

Each dialog is drawn from the machine that the bot runs, from the top down. How to read the pictures:

- A box with a double border is a part with a picture of its own. The name in square brackets is that of the step.
- A pointed box is a condition. What is not known yet lets a question come, and holds a text back.
- A question is left out where its answer is known, or can change nothing.
- A red box with a thick border and a thick red arrow is **EMERGENCY**, which ends the questions at once. A thin one is
  **URGENT**, which is said at once; then the questions may go on. In it stand the rules that an answer can raise:
  *alone* (only the age is known besides), *with other answers*, or *as one more flag* among others.
- "Not sure" is offered everywhere and counts as one level lower, unless the rule says otherwise.
- Everywhere, emergency words and the emergency button lead to the emergency advice. They are not drawn.
"""
DASHED = "- A dashed line or border: no golden chat goes this way, or stops at this box.\n"
NO_WAY = "No golden chat goes these ways as a whole:"


def page(
    script: Script,
    pictures: Sequence[Picture],
    *,
    command: str,
    images: str | None = None,
    missing: dict[str, list[str]] | None = None,
) -> str:
    """The page; `images` is the ending of the image files, None shows Mermaid; `missing` are ways that no chat goes."""
    head = HEAD.format(command=command, standing=standing(script, "these dialogs")) + (
        DASHED if missing is not None else ""
    )
    parts = [head, _contents(pictures)]
    parts += ["\n".join(_chapter(script, one, images, (missing or {}).get(one.name, []))) for one in pictures]
    parts.append(_rules(script))
    return "\n".join(parts)


def _contents(pictures: Sequence[Picture]) -> str:
    return "\n".join(f"- [{one.title}](#{one.name})" for one in pictures) + "\n"


def _chapter(script: Script, picture: Picture, images: str | None, missing: Sequence[str]) -> Iterator[str]:
    yield f'<a id="{picture.name}"></a>\n'
    yield f"## {picture.title}\n"
    file = "" if picture.name == WHOLE else f" It stands in `dialogs/{picture.name}.yaml`."
    yield f"{picture.about}{file}\n"
    if images is None:
        yield f"```mermaid\n{mermaid(picture)}```\n"
    else:
        yield f"![{picture.title}: {picture.about}]({picture.name}.{images})\n"
    conditions = list(_conditions(script, picture.name))
    if conditions:
        yield "When a question makes sense at all (`content/facts.yaml`):\n"
        yield from (f"- `{name}`: {words}" for name, words in conditions)
        yield ""
    if missing:
        yield f"{NO_WAY}\n"
        yield from (f"- {way}" for way in missing)
        yield ""


def _conditions(script: Script, name: str) -> Iterator[tuple[str, str]]:
    if name in script.dialogs:
        for question in script.dialogs[name].questions:
            words = asked_if(script.vocabulary.facts[question], script)
            if words:
                yield question, words


def _rules(script: Script) -> str:
    rows = [f"| {rule.id} | {rule.title} | {rule.highest.name} |" for rule in script.book.rules.values()]
    return "\n".join(["## The rules", "", "| Rule | What | At most |", "|---|---|---|", *rows]) + "\n"
