"""Every dependency has a reason, and the locks hold what pyproject.toml asks for, for every machine alike."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).parent.parent
LOCKS = {"run": [], "publish": ["prove"], "build": ["build"], "dev": ["build", "dev"]}


def asked_for(*groups: str) -> dict[str, Requirement]:
    project: dict[str, Any] = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    lines = list(project["project"]["dependencies"])
    if "dev" in groups:
        lines += [line for extra in project["project"]["optional-dependencies"].values() for line in extra]
    for group in groups:
        extra = project["project"]["optional-dependencies"].get(group, [])
        lines += project["dependency-groups"].get(group, extra)
    return {canonicalize_name(Requirement(line).name): Requirement(line) for line in lines}


def documented() -> dict[str, list[str]]:
    rows = {}
    for line in (CHECKOUT / "docs" / "dependencies.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if named := re.fullmatch(r"`(\S+)`", cells[0]):
            rows[named[1]] = cells[1:]
    return rows


def locked(name: str) -> dict[str, str]:
    text = (CHECKOUT / "locks" / f"{name}.txt").read_text()
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ]+)", text, flags=re.MULTILINE))


def test_every_dependency_is_documented_and_nothing_else() -> None:
    assert sorted(documented()) == sorted(asked_for("build", "dev"))


def test_every_dependency_has_a_reason_a_licence_and_an_alternative() -> None:
    for name, cells in documented().items():
        assert len(cells) == 3, name
        assert all(cells), name


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_satisfies_every_range(name: str) -> None:
    """If this fails: make lock."""
    pins = locked(name)

    for package, requirement in asked_for(*LOCKS[name]).items():
        assert package in pins, f"{package} is not in locks/{name}.txt: run make lock"
        assert requirement.specifier.contains(pins[package]), f"locks/{name}.txt is old: run make lock"


def test_the_locks_agree_on_every_version() -> None:
    run, publish, build, dev = locked("run"), locked("publish"), locked("build"), locked("dev")

    assert run.items() <= build.items() <= dev.items()
    assert run.items() < publish.items() < dev.items()


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_a_hash(name: str) -> None:
    text = (CHECKOUT / "locks" / f"{name}.txt").read_text()

    for pin in re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]:
        assert "--hash=sha256:" in pin, pin


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_names_no_place(name: str) -> None:
    """Where packages come from is everybody's own affair; the hashes say which they must be."""
    text = (CHECKOUT / "locks" / f"{name}.txt").read_text()

    assert not re.search(r"://|--index|--extra-index|--find-links|^\s*#.* /", text, flags=re.MULTILINE)
    assert text.splitlines()[1] == "#    make lock"
