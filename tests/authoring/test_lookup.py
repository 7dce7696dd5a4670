"""`steady find` and `steady rule`: where a wording or a rule lives, who is asked, which chats show it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.authoring.find_text import find_text, flat
from bot.cli import app
from bot.errors import SteadyError
from bot.script.document import compose

TEXT = """\
questions:
  feels_hot:
    ask: |
      Put your hand on {baby}’s chest.
      Does it feel
      hotter than usual?
    options:
      hot: Hotter than usual
"""


def steady(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def found(wanted: str) -> list[str]:
    return [str(hit) for hit in find_text({"dialogs/a.yaml": compose(TEXT, "dialogs/a.yaml")}, wanted)]


def test_a_wording_is_found_across_lines_whatever_its_capitals_and_quotes() -> None:
    assert found("Hotter than usual") == [
        "dialogs/a.yaml, line 6: feels_hot, ask: Put your hand on {baby}’s chest. Does it feel hotter than usual?",
        "dialogs/a.yaml, line 8: feels_hot, hot: Hotter than usual",
    ]
    assert found("{baby}'s CHEST. does it")[0].startswith("dialogs/a.yaml, line 4:")


def test_a_name_is_found_where_it_is_given() -> None:
    assert found("feels_hot") == ["dialogs/a.yaml, line 2: feels_hot: ..."]


def test_nothing_is_found_by_nothing() -> None:
    assert found(" ") == []
    assert flat("  A\n b ") == "a b"


def test_a_wording_that_is_nowhere_has_an_exit_status_of_its_own() -> None:
    done = steady("find", "a wording that nobody wrote")

    assert (done.exit_code, done.stdout) == (1, "Nothing says 'a wording that nobody wrote'.\n")


def test_a_rule_is_told_on_one_page() -> None:
    lines = steady("rule", "f-01").stdout.splitlines()

    assert lines[0].startswith("F-01: High temperature under 3 months (content/red_flags.yaml, line ")
    assert "EMERGENCY, go, when fever: yes and younger age up to 3 months." in lines
    assert "Where answers leave that open it counts one level lower: URGENT." in lines
    assert any(line.startswith("  temperature_c: question 'temperature_c' (dialogs/temperature.yaml") for line in lines)
    assert "Chats that show it:" in lines
    assert any("fever_f01_under_3_months.yaml" in line for line in lines)


def test_a_rule_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    done = steady("rule", "F-1")

    assert isinstance(done.exception, SteadyError)
    assert str(done.exception) == "there is no rule 'F-1'. Did you mean 'F-11'?"


@pytest.mark.parametrize("name", ["E-01", "A-04", "C-07", "F-01v", "N-02"])
def test_every_kind_of_rule_can_be_told(name: str) -> None:
    assert steady("rule", name).exit_code == 0
