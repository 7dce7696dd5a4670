"""The hazard log names rules, tests, proofs and decisions that are there, and no serious rule is without a hazard."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from bot.authoring.hazards import DATA, FOLDER, PAGE, Hazard, page, read_hazards
from bot.facts.level import Level
from bot.places import find_places
from bot.script.load import load_places
from bot.script.problems import ScriptError

CHECKOUT = Path(__file__).resolve().parents[1]
TEXT = (CHECKOUT / FOLDER / DATA).read_text(encoding="utf-8")
HAZARDS = read_hazards(TEXT)
SCRIPT = load_places(find_places().dialogs, find_places().content)
DECISIONS = sorted(path.name for path in (CHECKOUT / "docs" / "decisions").glob("*.md"))
every_hazard = pytest.mark.parametrize("one", HAZARDS, ids=lambda one: one.id)


@cache
def names_in(file: str) -> frozenset[str]:
    """The names of the tests of a file."""
    path = CHECKOUT / file
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def properties() -> set[str]:
    """The letters of what is proved, as the page about the proof has them."""
    found = re.findall(r"^  (\([a-z]\)) ", (CHECKOUT / "docs" / "proof.md").read_text(encoding="utf-8"), re.MULTILINE)
    return {f"proof {letter}" for letter in found}


def unresolved(one: Hazard) -> list[str]:
    """The names of a hazard that lead nowhere."""
    told = one.told
    rules = [name for name in told.rules if name not in SCRIPT.book.rules]
    decisions = [name for name in told.decisions if not any(page.startswith(f"{int(name):04}-") for page in DECISIONS)]
    held = [name for name in told.held_by if name not in properties() and not _is_test(name)]
    return [*rules, *decisions, *held]


def _is_test(name: str) -> bool:
    file, _, test = name.partition("::")
    return test.startswith("test_") and test in names_in(file)


@every_hazard
def test_every_name_of_a_hazard_leads_somewhere(one: Hazard) -> None:
    assert unresolved(one) == []


def test_a_test_rule_decision_or_proof_that_is_not_there_is_noticed() -> None:
    text = """\
hazards:
  HZ-01:
    hazard: Something
    cause: Something
    harm: Somebody is harmed
    controls: [Something]
    rules: [E-99]
    decisions: [99]
    held_by: [proof (z), "tests/test_hazards.py::test_that_nobody_wrote", "tests/no_file.py::test_x", proof (a)]
    residual: Something
"""
    [one] = read_hazards(text)

    assert unresolved(one) == [
        "E-99", "99", "proof (z)", "tests/test_hazards.py::test_that_nobody_wrote", "tests/no_file.py::test_x",
    ]  # fmt: skip


def test_every_serious_rule_is_a_control_of_some_hazard() -> None:
    serious = {rule.id for rule in SCRIPT.book.rules.values() if rule.highest >= Level.URGENT}

    assert serious - {rule for one in HAZARDS for rule in one.told.rules} == set()


def test_every_hazard_says_what_is_left_and_no_two_are_called_alike() -> None:
    assert len(HAZARDS) >= 20
    assert len({one.told.hazard for one in HAZARDS}) == len(HAZARDS)
    assert all(re.fullmatch(r"HZ-\d\d", one.id) for one in HAZARDS)


def test_a_hazard_without_what_is_left_is_refused() -> None:
    with pytest.raises(ScriptError, match="'residual' is missing in hazard HZ-01"):
        read_hazards(TEXT.partition("  HZ-02:")[0].replace("    residual:", "    # residual:"))


def test_the_page_is_what_the_command_prints() -> None:
    written = (CHECKOUT / FOLDER / PAGE).read_text(encoding="utf-8")

    assert written == page(HAZARDS, SCRIPT, DECISIONS), "make docs"
