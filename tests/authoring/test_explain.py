"""`steady explain ID` and `--text`: from a sentence to its source, and back from a line of an article."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.authoring.explain.edition import Edition, EditionError, read_edition
from bot.authoring.explain.match import LEAST, Matcher
from bot.authoring.explain.subject import NothingToExplainError, explain
from bot.cli import app
from bot.script.load import Folder, read_folder

CHECKOUT = Path(__file__).resolve().parents[2]


@cache
def edition() -> Edition:
    return read_edition("this folder", read_folder(CHECKOUT / "dialogs", CHECKOUT / "content"))


@cache
def matcher() -> Matcher:
    return Matcher(edition().texts)


def told(name: str) -> str:
    return "\n".join(explain(edition(), name))


def filled(text: str) -> str:
    """A text as a parent may read it."""
    named = text.replace("{baby}", "Mia").replace("{emergency_number}", "112").replace("{time}", "03:15")
    return re.sub(r"\{[a-z_]+\}", "38.5", named)


def found(pasted: str) -> list[str]:
    return [part.text.id for part in matcher().find(pasted).parts]


# ---- By name ----


def test_a_rule_is_told_with_its_condition_its_sources_and_who_signed_it() -> None:
    page = told("F-01")

    assert page.startswith("F-01: High temperature under 3 months (content/red_flags.yaml, line ")
    assert "EMERGENCY, go, when fever: yes and younger age up to 3 months." in page
    assert "  NICE NG143: NICE guideline NG143, fever in under 5s, with its traffic light table (guideline)" in page
    assert "    https://www.nice.org.uk/guidance/ng143/chapter/recommendations" in page
    assert "Not approved by a clinician yet." in page


def test_capitals_of_a_rule_do_not_matter() -> None:
    assert told("f-01") == told("F-01")


def test_a_place_of_an_article_leads_to_where_the_guide_says_it() -> None:
    page = told("S-012")

    assert page.startswith("S-012: line 12 of tremor.txt. It is used.")
    assert "  R-10: 30 seconds or longer (content/red_flags.yaml, line " in page
    assert "  episode.duration_s (dialogs/episode.yaml, line " in page


def test_a_line_of_an_article_tells_of_all_its_places_and_of_whatever_else_cites_it() -> None:
    page = told("tremor:36")

    assert [name for name in ("S-033", "S-034", "S-035") if f"{name}: line 36" in page] == ["S-033", "S-034", "S-035"]
    assert "Withheld by U-15: " in page
    assert "tremor:36 is cited here as well: " in page


def test_a_place_that_is_left_out_tells_the_reason() -> None:
    assert "Left out (not_a_treatment): It says that massage" in told("S-039")


def test_a_withheld_passage_tells_what_is_said_instead() -> None:
    assert "Whoever asks about it reads:\n  Most babies stay on schedule" in told("U-12")
    assert "The guide is silent about it, whatever is asked.\nIn its place: older_child, R-24, R-25." in told("U-28")


def test_a_text_tells_when_it_is_said() -> None:
    page = told("outcomes.advice.hold_test.say")

    assert "Said when one of these is raised: A-01, " in page
    assert "Said when all of this is true:\n  - limb or body: yes" in page
    assert "  tremor, line 120 of tremor.txt: Article about trembling in babies and older children" in page


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("episode.state", "episode.questions.state.ask: What was {baby} doing when it began?"),
        ("howto.bath.water", "It is shown in the how-to 'Bath', where the gate of bath is open."),
        ("M-05", "It closes the gate of massage (M-05), when level SOON or higher."),
        ("M-04", "It is always said with: massage."),
        ("gates.bath", "Closed (B-03), when level URGENT or higher."),
        ("phrases.texts.card", "NICE NG143: NICE guideline NG143"),
        ("articles.causes", "It is read in the library: by its button, or by words that find it."),
        ("causes", "It is read in the library: by its button, or by words that find it."),
        ("calm_home.near_you", "Said in 'A calm home' (dialogs/calm_home.yaml, line "),
    ],
)
def test_every_kind_of_name_has_its_page(name: str, line: str) -> None:
    assert line in told(name)


def test_every_text_of_the_guide_can_be_explained() -> None:
    for name in edition().texts:
        page = told(name)
        assert "Sources:" in page, name


def test_every_place_of_the_inventory_can_be_explained() -> None:
    for name in edition().inventory.items:
        page = told(name)
        assert "The guide says it here:" in page or "Withheld by" in page or "Left out" in page, name


def test_a_name_that_nothing_has_gets_the_nearest_one() -> None:
    with pytest.raises(NothingToExplainError, match=r"nothing is called 'F-91'.*Did you mean 'F-"):
        told("F-91")


def test_a_line_with_nothing_on_it_is_told() -> None:
    with pytest.raises(NothingToExplainError, match="nothing is listed on tremor:1"):
        told("tremor:1")


def test_a_version_with_mistakes_is_refused_with_the_first_one() -> None:
    with pytest.raises(EditionError, match=r"an old one cannot be read by this program: content/"):
        read_edition("an old one", Folder({"content/facts.yaml": "facts: {}\n"}))


# ---- By what a parent read ----


def test_every_text_is_found_again_from_its_own_words_with_a_name_and_a_number_filled_in() -> None:
    lost: list[str] = []
    for name, text in edition().texts.items():
        if name not in matcher().sentences or sum(map(len, matcher().sentences[name])) < 3 * LEAST:
            continue
        parts = matcher().find(filled(text.text)).parts
        if not any(name == part.text.id or name in part.same for part in parts):
            lost.append(name)

    assert lost == []


EMERGENCY = """Go to the hospital emergency department now.

Why: a fever under 3 months (38.0 °C or more, or hot to touch) needs a hospital check now.

• Go now, day or night. Let someone else drive if you can.
• No way to get there? Call 112.
• Call too if Mia turns blue or limp, has a fit, or will not wake."""


def test_a_message_is_its_level_and_its_reason() -> None:
    assert found(EMERGENCY) == ["outcomes.levels.emergency_go.say", "red_flags.rules.F-01.because"]
    assert matcher().find(EMERGENCY).share > 0.95


def test_breaks_quotes_and_capitals_do_not_matter() -> None:
    assert found(" ".join(EMERGENCY.upper().split())) == found(EMERGENCY)


def test_a_part_of_a_message_is_enough() -> None:
    assert found("Let someone else drive if you can.") == ["outcomes.levels.emergency_go.say"]


def test_several_texts_of_one_message_are_told_in_their_order() -> None:
    pasted = (
        "• Film it, if someone else can hold the phone. Keep the film for the doctor.\n\n"
        "• Take the papers from pregnancy and birth with you."
    )

    assert found(pasted) == ["outcomes.advice.film_it.say", "outcomes.advice.papers.say"]


def test_words_that_several_texts_share_name_all_of_them() -> None:
    [part] = matcher().find("No massage or exercises until a doctor says yes.").parts

    assert {part.text.id, *part.same} == {
        "outcomes.levels.urgent_hospital.say",
        "outcomes.levels.urgent_doctor.say",
        "outcomes.levels.urgent_phone.say",
    }


def test_behind_why_stands_a_reason_and_not_a_line_of_a_list_with_the_same_words() -> None:
    assert found("Why: it lasted 30 seconds or longer.") == ["red_flags.rules.R-10.because"]
    assert found("• It lasted 30 seconds or longer") == ["episode.checklists.how_it_was.items.0.text"]


def test_what_the_guide_never_said_is_not_found() -> None:
    assert found("My aunt says that babies who tremble should sleep in the oven.") == []


# ---- The command ----


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No database and no key: as on the computer of somebody who edits dialogs."""
    monkeypatch.setenv("STEADY_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("STEADY_CONFIG_DIR", str(tmp_path / "config"))


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, ["explain", *arguments], input=typed)


@pytest.mark.usefixtures("nowhere")
def test_the_command_needs_no_database_for_a_name_or_a_text() -> None:
    assert "R-10: 30 seconds or longer" in run("S-012").stdout
    done = run("--text", "Let someone else drive if you can.")

    assert done.exit_code == 0
    assert done.stdout.startswith("This folder says 100% of these words, in 1 text:\n\n1. outcomes.levels.emergency_go")


@pytest.mark.usefixtures("nowhere")
def test_without_a_name_the_text_is_read_from_the_keyboard() -> None:
    assert run(typed=EMERGENCY).stdout == run("--text", EMERGENCY).stdout


@pytest.mark.usefixtures("nowhere")
def test_what_nobody_said_ends_with_status_1() -> None:
    done = run("--text", "Babies who tremble should sleep in the oven.")

    assert done.exit_code == 1
    assert isinstance(done.exception, NothingToExplainError)
