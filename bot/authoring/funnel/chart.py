"""The funnel of one dialog as a chart: a bar for each question, and in its own hatching how many left there."""

from __future__ import annotations

from html import escape

from bot.authoring.draw_image import FONTS, rasterised
from bot.authoring.funnel.funnel import LEAST, Funnel, Step
from bot.authoring.funnel.report import FEW

WIDTH, WORDS, NUMBERS, ROW, TOP, BOTTOM = 1060, 440, 210, 30, 96, 64
BAR = WIDTH - WORDS - NUMBERS - 40
INK, QUIET, STAYED, GONE = "#1f2933", "#52606d", "#7b9ebd", "#b4412f"
"""Dark enough on white; what left is hatched too, so that colour alone tells nothing."""


def chart(funnel: Funnel, days: str) -> str:
    """The chart as SVG; the same funnel gives the same text."""
    height = TOP + ROW * len(funnel.steps) + BOTTOM
    most = max((step.reached for step in funnel.steps), default=LEAST)
    title = f"{funnel.title}: where parents leave, {days}"
    rows = [_row(step, number, most) for number, step in enumerate(funnel.steps)]
    below = TOP + ROW * len(funnel.steps) + 26
    notes = [f"Rounded down to a multiple of {LEAST}; fewer than {LEAST} are never told. Hatched: left here."]
    if funnel.others:
        notes.append(f"{funnel.others} more questions were reached by fewer than {LEAST}.")
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc" width="{WIDTH}" '
            f'height="{height}" viewBox="0 0 {WIDTH} {height}" font-family="{FONTS}" font-size="14">',
            f'<title id="title">{escape(title)}</title>',
            f'<desc id="desc">{escape(_described(funnel))}</desc>',
            '<defs><pattern id="gone" width="6" height="6" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)"><rect width="6" height="6" fill="#ffffff"/>'
            f'<rect width="3" height="6" fill="{GONE}"/></pattern></defs>',
            f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
            _text(20, 32, title, size=18),
            _text(20, 56, _ends(funnel), colour=QUIET),
            _text(WORDS + BAR + 40, 84, "Reached", colour=QUIET, size=12),
            _text(WORDS + BAR + 110, 84, "Left", colour=QUIET, size=12),
            *rows,
            *(_text(20, below + 18 * number, note, colour=QUIET, size=12) for number, note in enumerate(notes)),
            "</svg>",
            "",
        ]
    )


def chart_png(funnel: Funnel, days: str) -> bytes:
    """The chart as PNG; raises DrawError where this machine cannot make one."""
    return rasterised(chart(funnel, days))


def _row(step: Step, number: int, most: int) -> str:
    top = TOP + ROW * number
    whole = BAR * step.reached / most
    gone = 0.0 if step.left is None else BAR * step.left / most
    return "\n".join(
        [
            _text(20, top + 19, step.words),
            f'<rect x="{WORDS + 20}" y="{top + 4}" width="{whole - gone:.1f}" height="{ROW - 10}" fill="{STAYED}"/>',
            f'<rect x="{WORDS + 20 + whole - gone:.1f}" y="{top + 4}" width="{gone:.1f}" height="{ROW - 10}" '
            f'fill="url(#gone)" stroke="{GONE}" stroke-width="{1 if gone else 0}"/>',
            _text(WORDS + BAR + 40, top + 19, str(step.reached)),
            _text(WORDS + BAR + 110, top + 19, FEW if step.left is None else f"{step.left}, {step.percent} %"),
        ]
    )


def _text(x: float, y: float, words: str, *, colour: str = INK, size: int = 14) -> str:
    return f'<text x="{x}" y="{y}" fill="{colour}" font-size="{size}">{escape(words)}</text>'


def _ends(funnel: Funnel) -> str:
    ends = (
        (funnel.result, "came to a result"),
        (funnel.emergency, "were told to get help at once"),
        (funnel.left, "left"),
    )
    told = ", ".join(f"{FEW if number is None else number} {words}" for number, words in ends)
    return f"{funnel.began} parents began, {told}."


def _described(funnel: Funnel) -> str:
    rows = (
        f"{step.words}: {step.reached} reached it, {FEW if step.left is None else step.left} left there."
        for step in funnel.steps
    )
    return "\n".join([_ends(funnel), *rows])
