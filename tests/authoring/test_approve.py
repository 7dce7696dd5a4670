"""`steady approve`: a signature stands in its file afterwards, and no other character of the file is another."""

import difflib
import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.authoring.signing.approve import ApproveError, Signer, check_signer, choose, load_sound, sign
from bot.authoring.signing.write import with_approvals, written
from bot.cli import app
from bot.places import Places, find_places
from bot.script.approval import Approval, Approvals
from bot.script.load import load_places

DAY = date(2026, 11, 22)
SIGNER = Signer("Dr. A. Person", "paediatrician", DAY)
APPROVAL = Approval("Dr. A. Person", "paediatrician", DAY, "0123456789ab")
BY = ("--by", "Dr. A. Person", "--role", "paediatrician")
LINE = '{by: Dr. A. Person, role: paediatrician, on: 2026-11-22, covers: "0123456789ab"}'


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A copy of the scripts: nothing in this repository is to be approved."""
    real = find_places(None)
    shutil.copytree(real.dialogs, tmp_path / "dialogs")
    shutil.copytree(real.content, tmp_path / "content")
    return find_places(tmp_path)


def approvals(places: Places) -> Approvals:
    return load_places(places.dialogs, places.content).approvals


def texts(places: Places) -> dict[Path, bytes]:
    return {path: path.read_bytes() for root in (places.dialogs, places.content) for path in root.rglob("*.*")}


def steady(places: Places, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--scripts", str(places.content.parent)])


def changed_lines(before: dict[Path, bytes], after: dict[Path, bytes]) -> list[str]:
    """The lines that were added (+) or taken out (-)."""
    return [
        line
        for path in before
        for line in difflib.ndiff(before[path].decode().splitlines(True), after[path].decode().splitlines(True))
        if line[0] in "+-"
    ]


def test_nothing_in_this_repository_is_approved() -> None:
    places = find_places(None)

    assert all(one.approval is None for one in approvals(places).signables.values())


def test_everything_can_be_signed_and_taken_back_and_only_signatures_change(places: Places) -> None:
    before = texts(places)
    everything = tuple(approvals(places).signables.values())
    sign(places, everything, SIGNER)

    assert approvals(places).unapproved == ()
    signed = changed_lines(before, texts(places))
    added = [line for line in signed if line.startswith("+")]
    assert sum("covers:" in line for line in added) == len(everything)
    assert {line for line in added if "covers:" not in line} == {"+ \n", "+ approved:\n"}
    assert {line.strip() for line in signed if line.startswith("-")} == {"-     approved: {by: nobody yet}"}

    sign(places, everything, None)
    assert set(approvals(places).unapproved) == {one.id for one in everything}


def test_one_signature_is_one_line(places: Places) -> None:
    before = texts(places)
    done = steady(
        places, "approve", "f-01", "--by", "Dr. A. Person", "--role", "paediatrician", "--on", "2026-11-22", "--yes"
    )

    assert done.exit_code == 0
    assert "EMERGENCY, go, when fever: yes and younger age up to 3 months." in done.stdout
    assert "'fever' means (temperature at least 37.95 °C" in done.stdout
    assert done.stdout.splitlines()[-2:] == [
        "1 thing signed in 1 file.",
        f"{len(approvals(places).unapproved)} still to be signed: steady open-questions",
    ]
    approval = approvals(places).signables["F-01"].approval
    assert approval is not None
    assert changed_lines(before, texts(places)) == [
        "-     approved: {by: nobody yet}\n",
        f"+     approved: {written(approval)}\n",
    ]


def test_a_text_is_shown_before_it_is_signed_and_nothing_is_written_without_a_yes(places: Places) -> None:
    before = texts(places)
    done = steady(places, "approve", "outcomes.levels.emergency_call.say", "--by", "A", "--role", "nurse")

    assert done.exit_code == 1
    assert "  Call {emergency_number} now.\n" in done.stdout
    assert "Sources: NHS, Healthier Together" in done.stdout
    assert "Nobody is there to ask. Write --yes to sign without a question." in done.output
    assert texts(places) == before


def test_an_open_question_is_shown_with_what_is_signed(places: Places) -> None:
    done = steady(places, "approve", "E-04", "--by", "A", "--role", "nurse")

    assert "Open question: Is an ambulance right for a fit that stopped hours ago" in done.stdout


def test_a_name_that_begins_many_signs_them_all(places: Places) -> None:
    found = approvals(places)

    assert {one.id for one in choose(found, ["outcomes.instead"])} == {
        "outcomes.instead.child_hurt",
        "outcomes.instead.parent_at_limit",
    }
    assert [one.id for one in choose(found, ["f-01", "F-01"])] == ["F-01"]


def test_an_unknown_name_is_told_with_the_nearest_one(places: Places) -> None:
    with pytest.raises(ApproveError, match=r"nothing to sign is called 'F01'\. Did you mean 'F-01'\?"):
        choose(approvals(places), ["F01"])


def test_an_edit_voids_the_signature_and_the_check_notes_it(places: Places) -> None:
    steady(places, "approve", "F-01", *BY, "--yes")
    rules = places.content / "red_flags.yaml"
    rules.write_text(rules.read_text().replace("needs a hospital check now", "needs a check in hospital now"))
    checked = steady(places, "check")

    assert checked.exit_code == 0
    assert (
        "the approval of F-01 by Dr. A. Person (paediatrician) is void since its content has changed. "
        "After a new look: steady approve F-01 --by NAME --role ROLE."
    ) in checked.stdout
    assert '"notes": [' in steady(places, "check", "--json").stdout


def test_an_edit_of_a_computed_fact_voids_every_rule_behind_which_it_stands(places: Places) -> None:
    sign(places, tuple(approvals(places).signables.values()), SIGNER)
    facts = places.content / "facts.yaml"
    text = facts.read_text()
    assert text.count("any: [{temperature_c: at least 37.95}") == 1
    facts.write_text(text.replace("any: [{temperature_c: at least 37.95}", "any: [{temperature_c: at least 38.0}"))
    unapproved = approvals(places).unapproved

    assert {"F-01", "F-02", "F-06", "outcomes.levels.emergency_go"} & set(unapproved) == {"F-01", "F-02", "F-06"}
    assert "E-12" not in unapproved


def test_scripts_with_a_mistake_cannot_be_signed(places: Places) -> None:
    (places.content / "menu.yaml").write_text("ask: Hello\n")

    with pytest.raises(ApproveError, match="in scripts with a mistake nothing can be signed: content/menu"):
        load_sound(places)


def test_who_signs_is_said_in_full() -> None:
    with pytest.raises(ApproveError, match="--role is empty"):
        check_signer("A", " ", DAY, today=DAY)
    with pytest.raises(ApproveError, match="'nobody yet' cannot sign"):
        check_signer("Nobody yet", "nurse", DAY, today=DAY)
    with pytest.raises(ApproveError, match="2026-11-23 is still to come"):
        check_signer("A", "nurse", date(2026, 11, 23), today=DAY)


def test_a_signature_without_a_name_is_refused(places: Places) -> None:
    done = CliRunner().invoke(app, ["approve", "F-01", "--scripts", str(places.content.parent)])

    assert done.exit_code == 1
    assert str(done.exception).startswith("a signature needs --by and --role.")


WHOLE = f"a:\n  sources: [x]\n  approved: {LINE}\n"
PART = f"texts:\n  card: x\n\napproved:\n  card: {LINE}\n"


@pytest.mark.parametrize(
    ("before", "path", "after"),
    [
        pytest.param(
            "a:\n  say: |\n    One.\n\n    Two.\n  sources: [x]  # why\n\nb: c\n",
            ("a", "approved"),
            f"a:\n  say: |\n    One.\n\n    Two.\n  sources: [x]  # why\n  approved: {LINE}\n\nb: c\n",
            id="below the sources",
        ),
        pytest.param(
            "a:\n  sources: [x]\n  say: |\n    One.\n\n# about b\nb: c\n",
            ("a", "approved"),
            f"a:\n  sources: [x]\n  approved: {LINE}\n  say: |\n    One.\n\n# about b\nb: c\n",
            id="sources before the text",
        ),
        pytest.param(
            "a:\n  sources:\n    - x\n    - y\n  # a remark\n  say: z\n",
            ("a", "approved"),
            f"a:\n  sources:\n    - x\n    - y\n  approved: {LINE}\n  # a remark\n  say: z\n",
            id="sources below each other",
        ),
        pytest.param(
            "a: {say: x, sources: [“ü”]}\n",
            ("a", "approved"),
            f"a: {{say: x, sources: [“ü”], approved: {LINE}}}\n",
            id="braces, and letters of more than one byte",
        ),
        pytest.param(
            "a:\n  approved:\n    by: nobody yet\n\n  # about b\n  b: c\n",
            ("a", "approved"),
            f"a:\n  approved:\n    {LINE}\n\n  # about b\n  b: c\n",
            id="a signature on lines of its own",
        ),
        pytest.param("texts:\n  card: x", ("approved", "card"), PART, id="a part of signatures"),
        pytest.param(
            "texts:\n  card: x\n\napproved:\n  start: {by: nobody yet}\n",
            ("approved", "card"),
            f"texts:\n  card: x\n\napproved:\n  start: {{by: nobody yet}}\n  card: {LINE}\n",
            id="one more in the part",
        ),
        pytest.param("a:\n  sources: [x]", ("a", "approved"), WHOLE, id="no end of the last line"),
        pytest.param("a:\r\n  sources: [x]\r\n", ("a", "approved"), WHOLE.replace("\n", "\r\n"), id="lines of Windows"),
    ],
)
def test_a_signature_is_written_in_place(before: str, path: tuple[str, ...], after: str) -> None:
    assert with_approvals(before, [(path, APPROVAL)]) == after


def test_a_name_with_signs_of_the_language_in_it_is_put_in_quotes() -> None:
    odd = Approval('A, {B}: "C" # D', "nurse", DAY, "0123456789ab")

    assert written(odd) == ('{by: "A, {B}: \\"C\\" # D", role: nurse, on: 2026-11-22, covers: "0123456789ab"}')
