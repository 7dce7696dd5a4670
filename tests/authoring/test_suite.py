"""`steady test` and `steady ready`: chats in files, run and judged without pytest."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.authoring import ready
from bot.authoring.ready import Stage, look, verdict
from bot.authoring.suite import Suite, SuiteError, find_chats, record, run_suite, suggestions
from bot.authoring.suite_report import covered_in_a_line, suggested, summary, uncovered_lines
from bot.authoring.trail import Way
from bot.cli import app
from bot.places import Places

CHECKOUT = Path(__file__).parents[2]
GOOD = """\
about: Two chats.
chats:
  - chat: Limp at 8 months is an emergency
    dialog: danger_check
    parent: {age: 8 months, floppy_sudden: yes}
    expect: {level: EMERGENCY, rules: [E-03]}
    show: end

  - chat: A blue baby is an emergency
    dialog: danger_check
    parent: {age: 8 months, colour: blue}
    expect: {level: EMERGENCY, rules: [E-02]}
    show: end
"""


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """The real dialogs with chats of their own beside them."""
    for name in ("dialogs", "content"):
        (tmp_path / name).symlink_to(CHECKOUT / name)
    (tmp_path / "tests" / "conversations").mkdir(parents=True)
    return Places(tmp_path / "dialogs", tmp_path / "content")


def chats(places: Places, text: str, name: str = "limp.yaml") -> Path:
    path = places.dialogs.parent / "tests" / "conversations" / name
    path.write_text(text, encoding="utf-8")
    return path


def recorded(places: Places, text: str = GOOD) -> Path:
    path = chats(places, text)
    record(places, run_suite(places))
    return path


def steady(places: Places, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--scripts", str(places.dialogs.parent)])


def test_recorded_chats_come_out_as_they_claim(places: Places) -> None:
    recorded(places)
    suite = run_suite(places)

    assert suite.to_mend() == []
    assert summary(suite) == "2 chats in 1 file: all come out as they claim and show what was recorded"


def test_what_is_shown_now_stands_beside_what_was_recorded(places: Places) -> None:
    path = recorded(places)
    path.write_text(path.read_text().replace("Call 112 now.", "Call 113 now.", 1))
    [one] = run_suite(places).to_mend()

    assert one.splitlines()[0] == "limp.yaml, line 3: Limp at 8 months is an emergency"
    assert "  -        Call 113 now." in one.splitlines()
    assert "  +        Call 112 now." in one.splitlines()


def test_a_claim_that_fails_is_told_and_nothing_of_its_file_is_recorded(places: Places) -> None:
    path = chats(places, GOOD.replace("rules: [E-02]", "rules: [E-03]"))
    before = path.read_text()
    suite = run_suite(places)

    assert "  E-03 is not raised (raised: E-02 EMERGENCY)" in suite.to_mend()[1].splitlines()
    assert record(places, suite) == 0
    assert path.read_text() == before


def test_a_known_fault_fails_nothing_until_it_is_mended(places: Places) -> None:
    wrong = GOOD.replace("rules: [E-02]}\n", "rules: [E-03]}\n    known_fault: the rule is not there yet\n")
    path = recorded(places, wrong)

    assert run_suite(places).to_mend() == []

    path.write_text(path.read_text().replace("expect: {level: EMERGENCY, rules: [E-03]}\n    known", "known", 1))
    path.write_text(path.read_text().replace("    known_fault", "    expect: {level: EMERGENCY}\n    known_fault"))
    [one] = run_suite(places).to_mend()
    assert "Take the line 'known_fault' out." in one


def test_a_mistake_in_a_file_is_told_with_its_line(places: Places) -> None:
    chats(places, GOOD.replace("colour: blue", "color: blue"))

    assert run_suite(places).to_mend() == [
        "limp.yaml, line 11: there is no fact 'color'. Did you mean 'colour'?",
    ]


def test_a_file_that_nobody_knows_is_refused(places: Places) -> None:
    path = chats(places, GOOD)

    assert find_chats(places, ["lim"]) == [path]
    with pytest.raises(SuiteError, match=r"no file of chats is called 'limb'. Write 'limp'|Did you mean 'limp'"):
        find_chats(places, ["limb"])


def test_no_chats_at_all_is_said(places: Places) -> None:
    with pytest.raises(SuiteError, match="there are no chats to run here"):
        run_suite(places)


def test_what_is_not_covered_is_named(places: Places) -> None:
    chats(places, GOOD)
    suite = run_suite(places)
    lines = list(uncovered_lines(suite.uncovered))

    assert "No chat covers these rules:" in lines
    assert "  E-01" in lines
    assert "  E-02" not in lines
    assert covered_in_a_line(suite).startswith("Covered: ")


def test_a_chat_for_a_way_that_none_takes_runs_when_it_is_pasted(places: Places) -> None:
    chats(places, GOOD)
    suite = run_suite(places)
    wanted = Way("danger_check", "do_rest_of_check", "finish")
    [found] = suggestions(places, _only(suite, wanted))
    lines = list(suggested([found]))

    assert Way("danger_check", "start", "do_danger_signs") not in suite.uncovered.ways
    assert wanted in suite.uncovered.ways
    chats(places, "\n".join(lines[lines.index("chats:") :]), "pasted.yaml")
    again = run_suite(places, ["pasted"])
    assert not again.problems
    assert not any(chat.faults for chat in again.chats)
    assert wanted not in again.uncovered.ways


def _only(suite: Suite, way: Way) -> Suite:
    """The suite with this way alone uncovered."""
    from dataclasses import replace

    return replace(suite, all=replace(suite.all, ways=frozenset({way})))


def test_the_command_ends_with_a_status(places: Places) -> None:
    recorded(places)
    done = steady(places, "test")
    assert (done.exit_code, done.stdout.splitlines()[0]) == (
        0,
        "2 chats in 1 file: all come out as they claim and show what was recorded",
    )

    chats(places, GOOD.replace("rules: [E-02]", "rules: [E-03]"))
    assert steady(places, "test").exit_code == 1


@pytest.fixture
def without_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof takes a while and has tests of its own."""
    monkeypatch.setattr(ready, "STAGES", tuple(stage for stage in ready.STAGES if stage.name != "Proof"))


def test_ready_looks_at_everything() -> None:
    assert [stage.name for stage in ready.STAGES] == [
        "Check",
        "Drafts and things to do",
        "Proof",
        "Chats",
        "Cases",
        "Searches",
    ]


@pytest.mark.usefixtures("without_proof")
def test_ready_is_said_when_nothing_is_to_be_mended(places: Places) -> None:
    recorded(places)
    done = steady(places, "ready")

    assert done.exit_code == 0
    assert done.stdout.splitlines()[-1] == "Ready"


@pytest.mark.usefixtures("without_proof")
def test_ready_lists_what_is_to_be_mended(places: Places) -> None:
    chats(places, GOOD)
    done = steady(places, "ready")

    assert done.exit_code == 1
    assert done.stdout.splitlines()[-1] == "2 things to mend"
    assert "limp.yaml, line 3: Limp at 8 months is an emergency" in done.stdout


def test_a_script_with_mistakes_is_mended_first(places: Places) -> None:
    begun: list[str] = []

    def stage(name: str, found: list[str], *, needed: bool = False) -> Stage:
        def to_mend(_: Places) -> list[str]:
            begun.append(name)
            return found

        return Stage(name, to_mend, needed)

    stages = (stage("one", []), stage("two", ["a", "b"]), stage("three", ["c"], needed=True), stage("four", ["d"]))
    found = [one for _, things in look(places, stages) for one in things]

    assert begun == ["one", "two", "three"]
    assert verdict(found) == "3 things to mend"
